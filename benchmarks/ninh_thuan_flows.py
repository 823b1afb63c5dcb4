"""Flows between the lists of a population like Ninh Thuận's in 2022, beside those on record.

Run from the project's folder: ``python benchmarks/ninh_thuan_flows.py [REPLICATIONS]`` (10 unless said otherwise; about
half a minute). Writes ``benchmarks/results/ninh_thuan_flows.csv``: each flow on record, and its median and 90 % band over
replications under no_policy. The parameters are at their priors: nothing is fitted to these figures yet.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

from sim.measures.flows import FROM, TO
from sim.scenario.read import read_scenario
from sim.studies.results import Results
from sim.studies.run import run

HERE = Path(__file__).parent
SCENARIO = HERE.parent / "scenarios" / "ninh_thuan_2022.yaml"
FILE = HERE / "results" / "ninh_thuan_flows.csv"
YEAR = 2022

POOR, NEAR = ("poor",), ("near_poor", "near_poor_newly_escaped")
UNLISTED, NEW = ("not_listed", "not_listed_newly_escaped"), ("new_household",)
REPORT = "Ninh Thuận, BC 320/BC-UBND of 28 November 2022"
LOW_BASE = "between 0 and 150 households by the same report, whose base was computed by assuming none; of about 157,000 unlisted"
NEWS = "Government report on Resolution 76/2014/QH13: 5.1 % a year in 2016-2018; nearly 12 % in 2011-2015"
# Name, where households came from and went to, the share on record in percent, its source.
SHARES = (
    ("poor to near-poor", POOR, "near_poor", "12.7", REPORT),
    ("poor to no list", POOR, "not_listed", "11.3", REPORT),
    ("poor gone", POOR, "gone", "0.3", REPORT),
    ("near-poor to no list", NEAR, "not_listed", "39.6", REPORT),
    ("near-poor to poor", NEAR, "poor", "0.6", REPORT),
    ("near-poor gone", NEAR, "gone", "0.2", REPORT),
    ("new poor of the unlisted", UNLISTED + NEW, "poor", "0.0 to 0.1", LOW_BASE),
    ("new near-poor of the unlisted", UNLISTED + NEW, "near_poor", "", ""),
)


def flow(table: np.ndarray, origins: tuple[str, ...], to: str | None = None) -> np.ndarray:
    """Households by replication from some origins, to one place or to all; ``table`` is (replications, from, to)."""
    rows = table[:, [FROM.index(origin) for origin in origins], :]
    return rows.sum(axis=(1, 2)) if to is None else rows[:, :, TO.index(to)].sum(axis=1)


def shares(results: Results, year: int) -> dict[str, np.ndarray]:
    """Each flow of a year as percent of where it began, by replication; and relapses over exits."""
    table = results.flows["no_policy"][:, results.frame.years.index(year) - 1].sum(axis=1)
    found = {name: 100.0 * flow(table, origins, to) / flow(table, origins) for name, origins, to, _, _ in SHARES}
    exits = flow(table, POOR, "near_poor") + flow(table, POOR, "not_listed")
    relapsed = flow(table, ("near_poor_newly_escaped", "not_listed_newly_escaped"), "poor")
    return found | {"relapse within 36 months over exits": 100.0 * relapsed / exits}


def main(replications: int) -> None:
    """Run and write the file."""
    results = run(read_scenario(SCENARIO), ["no_policy"], replications=replications)
    on_record = {name: (recorded, source) for name, _, _, recorded, source in SHARES}
    on_record["relapse within 36 months over exits"] = ("5 to 12", NEWS)
    FILE.parent.mkdir(exist_ok=True)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("year", "flow", "on_record_percent", "median_percent", "p5_percent", "p95_percent", "replications", "source"))
        for year in results.frame.years[1:]:
            for name, values in shares(results, year).items():
                middle, low, high = np.quantile(values, (0.5, 0.05, 0.95))
                recorded, source = on_record[name] if year == YEAR or name.startswith("relapse") else ("", "")
                writer.writerow((year, name, recorded, f"{middle:.2f}", f"{low:.2f}", f"{high:.2f}", replications, source))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
