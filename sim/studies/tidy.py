"""A run's results as tidy tables: what its files hold, one figure a row, and medians with their bands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.measures.grouping import ALL
from sim.measures.targets import band
from sim.studies.judging import jointly, judge_all, together
from sim.studies.results import Results
from sim.studies.tables import ALL_TARGETS, flows_table, ledger_table, measures_table

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("measures", "flows", "ledger", "targets")


def table(results: Results, name: str, **where: Any) -> pd.DataFrame:
    """One of the run's four tables (see the columns of its files), rows narrowed by ``where``: ``mix="plan", year=2024``.

    ValueError for a table or column that there is not.
    """
    import pandas as pd

    made = {"measures": measures_table, "flows": flows_table, "ledger": ledger_table}
    if name not in TABLES:
        raise ValueError(f"no such table: {name!r}; there are {', '.join(TABLES)}")
    rows = made[name](results).to_pandas() if name in made else pd.DataFrame(_targets(results))
    for column, value in where.items():
        if column not in rows:
            raise ValueError(f"no such column: {column!r}; there are {', '.join(rows.columns)}")
        rows = rows[rows[column] == value]
    return rows.reset_index(drop=True)


def summary(results: Results, measure: str = "official_poor_households", place: str = ALL, group: str = ALL) -> pd.DataFrame:
    """A measure by mix and year: its median and the band that holds 90 % of the runs."""
    import pandas as pd

    rows = []
    for mix in results.frame.mixes:
        for year in results.frame.years:
            median, low, high = band(results.at(mix, measure, year, place, group))
            rows.append({"mix": mix, "year": year, "median": median, "p05": low, "p95": high})
    return pd.DataFrame(rows)


def _targets(results: Results) -> list[dict[str, Any]]:
    """A row a target and mix as in ``targets.csv``, then each mix's chance of all targets jointly."""
    names = ("median", "p05", "p95", "shortfall_households_median", "no_policy_median", "note")
    rows = [
        {"name": one.target.name, "mix": one.mix, "target_value": one.target.value, "unit": one.target.unit}
        | {"probability": one.probability, "mc_error": one.mc_error}
        | {name: getattr(one, name) for name in names}
        for one in judge_all(results)
    ]
    if len(together(results)) > 1:
        for mix in results.frame.mixes:
            chance, error = jointly(results, mix)
            rows.append({"name": ALL_TARGETS, "mix": mix, "probability": chance, "mc_error": error})
    return rows
