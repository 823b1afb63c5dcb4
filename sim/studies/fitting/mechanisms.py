"""Trials of levers inside the model: the same households, in the same luck, with and without the lever, in a poor upland commune.

Beside the paired effect, which no real trial can see, stands what one would estimate: eligible households fall into two random
halves, one seen with the lever and the other without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from zlib import crc32

import numpy as np
import pandas as pd

from sim.agents.members import get
from sim.engine import Simulation
from sim.kit import draws
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.open import read_yaml
from sim.law.posterior import Posterior
from sim.policies.discovery import discover
from sim.scenario.read import read_scenario
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix, Scenario, Structure
from sim.studies import manifest
from sim.studies.executors import batches, in_order, threads_to_use
from sim.studies.study import Study

HERE = Path(__file__).parent
REPLICATIONS, SEED, AT_A_TIME, YEARS, FIRST = 48, 1, 24, 5, 2024
MONEY = 200_000_000_000  # enough for every eligible household, dong
HALVES = crc32(b"halves of a trial")
PERCENT = 100.0


@dataclass(frozen=True)
class Tried(Study):
    """``trials``: a row a trial, with the published interval, the paired effect over replications (``low``, ``median``, ``high`` of
    90 %), what a trial of two halves would find (``trial_*``), the paired effect over all replications together (``estimate``),
    households that the trial is about in a replication (``served``), and whether the estimate lies ``inside``."""

    TABLES: ClassVar[tuple[str, ...]] = ("trials",)

    trials: pd.DataFrame


def trials(
    asked: tuple[str, ...] = (),
    *,
    replications: int = REPLICATIONS,
    seed: int = SEED,
    threads: int | None = None,
    posterior: Posterior | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Tried:
    """Run the trials asked for (all by default)."""
    started, workers = datetime.now(UTC), threads_to_use(threads)
    known, rows = known_trials(), []
    chosen = {key: entry for key, entry in known.items() if not asked or key in asked}
    for done, (key, entry) in enumerate(chosen.items(), start=1):
        plan = replace(scenario(entry), posterior=posterior)
        work = _worker(plan, entry, seed)
        parts = list(in_order(work, batches(replications, AT_A_TIME), workers, lambda: None))
        rows.append(_row(str(key), entry, np.concatenate(parts, axis=1)))
        if progress is not None:
            progress(done, len(chosen))
    settings = {"replications": replications, "seed": seed, "trials": list(chosen), "posterior": posterior.plain() if posterior else {}}
    run = manifest.digest_of({"study": "trials", **settings, "versions": manifest.versions()})[:10]
    made = {"study": "trials", **manifest.describe_run(settings, {}, run, started, workers)}
    return Tried(pd.DataFrame(rows), manifest=made)


def known_trials() -> Mapping[str, Any]:
    """The trials of ``mechanisms.yaml`` by name."""
    found: Mapping[str, Any] = read_yaml(HERE / "mechanisms.yaml")["trials"]
    return found


def untried() -> list[str]:
    """Levers without a published effect to try."""
    return [str(lever) for lever in read_yaml(HERE / "mechanisms.yaml")["untried"]]


def scenario(entry: Mapping[str, Any]) -> Scenario:
    """A poor upland commune with money for every eligible household in January, and nothing that households do to one another."""
    facts = dict(read_yaml(HERE / "mechanisms.yaml")["population"]) | dict(entry.get("population") or {})
    known = read_scenario(HERE / "provinces.yaml")
    counts = {name: int(facts.pop(name)) for name in ("households", "poor", "near_poor")}
    place = known.places[0]
    place = replace(place, name="trial", facts=replace(place.facts, **facts), income_of=None)
    place = replace(place, households=counts["households"], poor=counts["poor"], near_poor=counts["near_poor"])
    lever = discover()[entry["lever"]]
    options: dict[str, Any] = {"places": counts["households"]} if "places" in lever.file.options else {}
    options |= dict(entry.get("options") or {})
    kind: Any = "credit" if lever.file.kinds == ("credit",) else lever.file.kinds[0]
    last = FIRST + int(entry.get("supported", 1)) - 1
    certain = {} if entry.get("among") == "offered" else {lever.file.take_up: 1.0} if lever.file.take_up else {}
    return replace(
        known,
        key="trial",
        places=(place,),
        targets=(),
        mixes={"plan": Mix("plan", {entry["lever"]: Allocation(share=1.0, options=options)}), NO_POLICY: Mix(NO_POLICY)},
        money=tuple(Envelope("bank" if kind == "credit" else "central", kind, year, MONEY) for year in range(FIRST, last + 1)),
        parameters=certain | dict(entry.get("parameters") or {}),
        signed=Quarter(FIRST, 1),
        first_year=FIRST,
        last_year=last,
        follow_years=YEARS,
        standard="vn_2022",
        delivery="as_planned",
        structure=Structure(couplings=False, list_pressure=False),
    )


def _worker(plan: Scenario, entry: Mapping[str, Any], seed: int) -> Callable[[range, Callable[[], None]], np.ndarray]:
    """Sums of a batch (2 x 2 x 2, replications), then the households that the trial is about."""

    def work(task: range, step: Callable[[], None]) -> np.ndarray:
        begun = Simulation.start(plan, task, seed)
        one, other = Simulation(begun, "plan"), Simulation(begun, NO_POLICY)
        among = _eligible(other.households, entry.get("among", "served"))
        sums = np.zeros((2, 2, 2, len(task)))  # of what, with or without, half, replication
        served = np.zeros(len(task))
        for _ in range(entry["year"] - 1):
            for _ in range(4):
                one.quarter()
                other.quarter()
        for _ in range(4):
            one.quarter()
            other.quarter()
            served = _add(sums, one.households, other.households, (entry, among, task.start, seed))
        step()
        return np.concatenate([sums.reshape(8, -1), served[None]])

    return work


def _eligible(h: Table, among: str) -> np.ndarray:
    """Numbers of the households that a trial may be about, by what they are at the start."""
    chosen = {"offered": h.standing > 0, "seeking": h.seekers > 0}
    return number(h)[chosen.get(among, np.ones(len(h), dtype=bool))]


def _add(sums: np.ndarray, with_it: Table, without: Table, about: tuple[Mapping[str, Any], np.ndarray, int, int]) -> np.ndarray:
    """Add a quarter of those whom the trial is about; returns how many they are, by replication."""
    entry, eligible, first, seed = about
    numbers, a, b = np.intersect1d(number(with_it), number(without), return_indices=True)
    chosen = np.isin(numbers, eligible)
    if entry.get("among", "served") in ("served", "seeking"):
        chosen &= with_it.received[0][a] > 0
    a, b = a[chosen], b[chosen]
    of = with_it.replication[a] - first
    luck = draws.uniform(seed, with_it.origin[a], with_it.branch[a], with_it.replication[a], 0, HALVES)
    half = (luck < 0.5).astype(np.int64)
    for side, (h, rows) in enumerate(((with_it, a), (without, b))):
        for what, values in enumerate(measured(h, rows, str(entry["measure"]))):
            np.add.at(sums[what, side], (half, of), values)
    return np.bincount(of, minlength=sums.shape[-1]).astype(np.float64)


def measured(h: Table, rows: np.ndarray, measure: str) -> tuple[np.ndarray, np.ndarray]:
    """By household: what is counted, and of how many."""
    if measure == "enrolment":
        members = h.members[:, rows]
        child = (get(members, "present") == 1) & (get(members, "age") >= 6) & (get(members, "age") <= 15)
        return (child & (get(members, "in_school") == 1)).sum(axis=0).astype(np.float64), child.sum(axis=0).astype(np.float64)
    return h[measure][rows].astype(np.float64), np.ones(len(rows))


def number(h: Table) -> np.ndarray:
    """One number a household: replication, origin and branch."""
    return (h.replication.astype(np.int64) << 48) | (h.origin.astype(np.int64) << 16) | h.branch.astype(np.int64)


def _effects(sums: np.ndarray, measure: str) -> tuple[np.ndarray, np.ndarray]:
    """The paired effect and that of two halves, by replication; ``sums`` is (of what, with or without, half, replication)."""
    whole = sums.sum(axis=2)
    halves = np.stack([sums[:, 0, 0], sums[:, 1, 1]], axis=1)  # one half with it, the other without
    return _effect(whole, measure), _effect(halves, measure)


def _effect(sums: np.ndarray, measure: str) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = sums[0, 0] / sums[1, 0], sums[0, 1] / sums[1, 1]
        if measure == "enrolment":
            return np.asarray(one / (1.0 - one) / (other / (1.0 - other)))
        return np.asarray(PERCENT * (one - other) if measure == "wage_workers" else PERCENT * (one / other - 1.0))


def _row(key: str, entry: Mapping[str, Any], found: np.ndarray) -> dict[str, Any]:
    sums, served = found[:8].reshape(2, 2, 2, -1), found[8]
    paired, halves = _effects(sums, str(entry["measure"]))
    row: dict[str, Any] = {"trial": key, "lever": entry["lever"], "year": entry["year"], "measure": entry["measure"]}
    row |= {"published_low": float(entry["low"]), "published_high": float(entry["high"]), "stated": entry["stated"]}
    for prefix, values in (("", paired), ("trial_", halves)):
        sound = values[np.isfinite(values)]
        quantiles = np.quantile(sound, (0.05, 0.5, 0.95)) if len(sound) else np.full(3, np.nan)
        row |= dict(zip((f"{prefix}low", f"{prefix}median", f"{prefix}high"), quantiles.tolist(), strict=True))
    estimate = float(_effect(sums.sum(axis=(2, 3))[..., None], str(entry["measure"]))[0])
    row |= {"estimate": estimate, "served": float(served.mean())}
    return row | {"inside": bool(row["published_low"] <= estimate <= row["published_high"])}
