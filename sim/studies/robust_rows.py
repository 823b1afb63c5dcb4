"""The tables of ``robust``: from what each future gave to regret, targets met and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.measures.paired import pair
from sim.measures.targets import band, probability
from sim.scenario.future import Future
from sim.studies.discovery import discover
from sim.studies.frame import Frame
from sim.studies.robustness import MET, MISSED, WORST

EVEN = 0.5
HALF, WORST_SHARE = 0.5, 0.25
LEAST_RUNS = 10  # replications of which at least one future fails, below which no rule is sought
Row = dict[str, Any]


@dataclass(frozen=True)
class Lived:
    """One future as it was lived: households of the measure and targets met by mix, and drivers, all by replication."""

    future: Future
    frame: Frame
    households: Mapping[str, np.ndarray]
    met: Mapping[str, Mapping[str, np.ndarray]]
    drivers: Mapping[str, np.ndarray]


def tables_of(lived: Sequence[Lived], mixes: Sequence[str], mix: str) -> dict[str, Any]:
    """All tables as data frames."""
    from pandas import DataFrame

    outcomes = [row for one in lived for row in _outcomes(one, mixes)]
    targets = [row for one in lived for row in _targets(one, mixes)]
    return {
        "outcomes": DataFrame(outcomes),
        "targets": DataFrame(targets),
        "mixes_over_futures": DataFrame([_over_futures(outcomes, one) for one in mixes]),
        "satisficing": DataFrame(list(_satisficing(targets, mixes))),
        "rules": DataFrame(list(_rules(lived, mix))),
        "drivers": _table_of_drivers(lived, mix),
    }


def _outcomes(one: Lived, mixes: Sequence[str]) -> Iterator[Row]:
    best = min(mixes, key=lambda mix: float(np.mean(one.households[mix])))
    for mix in mixes:
        values = one.households[mix]
        regret = pair(values, one.households[best], more_is_better=False)
        median, low, high = band(values)
        error = float(np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")
        head = {"future": one.future.key, "mix": mix, "mean": float(np.mean(values)), "error": error, "median": median}
        gap = {"regret": regret.mean, "regret_error": 0.0 if mix == best else regret.error, "best": mix == best}
        yield head | {"low": low, "high": high} | gap | {"runs": len(values)}


def _targets(one: Lived, mixes: Sequence[str]) -> Iterator[Row]:
    for mix in mixes:
        for name, met in one.met[mix].items():
            chance, error = probability(met)
            yield {"future": one.future.key, "mix": mix, "target": name, "probability": chance, "mc_error": error}


def _over_futures(outcomes: Sequence[Row], mix: str) -> Row:
    own = [row for row in outcomes if row["mix"] == mix]
    worst = max(own, key=lambda row: row["regret"])
    mean = float(np.mean([row["regret"] for row in own]))
    best = {"best_in": sum(row["best"] for row in own), "futures": len(own)}
    return {"mix": mix, "max_regret": worst["regret"], "worst_future": worst["future"], "mean_regret": mean, **best}


def _satisficing(targets: Sequence[Row], mixes: Sequence[str]) -> Iterator[Row]:
    """Every future counts alike."""
    for mix in mixes:
        for name in dict.fromkeys(row["target"] for row in targets):
            own = [row for row in targets if row["mix"] == mix and row["target"] == name]
            least = min(own, key=lambda row: row["probability"])
            even = sum(row["probability"] >= EVEN for row in own)
            share = float(np.mean([row["probability"] for row in own]))
            worst = {"least": least["probability"], "least_in": least["future"]}
            yield {"mix": mix, "target": name, "share": share, **worst, "even_in": even, "futures": len(own)}


def _rules(lived: Sequence[Lived], mix: str) -> Iterator[Row]:
    """Rules for each target: for its being missed or met, whichever is rarer; and for the quarter of runs with most households."""
    drivers = _joined(lived)
    if not drivers:
        return
    wanted = []
    for name in lived[0].met[mix]:
        met = np.concatenate([one.met[mix][name] for one in lived])
        rarer = MISSED if met.mean() >= HALF else MET
        wanted.append((name, rarer, met if rarer == MET else ~met))
    households = np.concatenate([one.households[mix] for one in lived])
    wanted.append(("", WORST, households > np.quantile(households, 1.0 - WORST_SHARE)))
    replication = np.concatenate([np.arange(len(one.households[mix])) for one in lived])
    learn = replication % 2 == 0  # a replication lies in one half with all its futures, which share its luck
    for target, outcome, rows in wanted:
        if len(np.unique(replication[rows])) < LEAST_RUNS:
            continue
        for number, rule in enumerate(discover(drivers, rows, learn), start=1):
            about = {"share": rule.share, "base": rule.base, "coverage": rule.coverage, "runs": rule.runs}
            for part in rule.conditions:
                condition = {"driver": part.driver, "side": part.side, "threshold": part.threshold}
                yield {"target": target, "outcome": outcome, "rule": number, **condition, **about}


def _joined(lived: Sequence[Lived]) -> dict[str, np.ndarray]:
    """Drivers that every future has, all futures one after the other."""
    names = [name for name in lived[0].drivers if all(name in one.drivers for one in lived)]
    return {name: np.concatenate([one.drivers[name] for one in lived]) for name in names}


def _table_of_drivers(lived: Sequence[Lived], mix: str) -> Any:
    from pandas import DataFrame, concat

    tables = []
    for one in lived:
        runs = np.arange(len(one.households[mix]))
        met = {f"met_{name}": mask.astype(np.int64) for name, mask in one.met[mix].items()}
        tables.append(DataFrame({"future": one.future.key, "replication": runs, **one.drivers, "households": one.households[mix], **met}))
    return concat(tables, ignore_index=True)
