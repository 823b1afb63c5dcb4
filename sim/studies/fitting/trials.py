"""Trials of levers inside the model: the same households, in the same luck, with and without the lever, in a poor upland commune.

Beside the paired effect, which no real trial can see, stands what one would estimate: eligible households fall into two random
halves, one seen with the lever and the other without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from sim.law.posterior import Posterior
from sim.studies import manifest
from sim.studies.executors import batches, threads_to_use
from sim.studies.fitting.mechanisms import known_trials, scenario
from sim.studies.fitting.trial_sums import worker
from sim.studies.spread_work import share_out
from sim.studies.study import Study

REPLICATIONS, SEED, AT_A_TIME = 48, 1, 24
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
        work = worker(plan, entry, seed)
        parts = share_out(work, batches(replications, AT_A_TIME), workers, lambda: None)
        rows.append(_row(str(key), entry, np.concatenate(parts, axis=1)))
        if progress is not None:
            progress(done, len(chosen))
    settings = {"replications": replications, "seed": seed, "trials": list(chosen), "posterior": posterior.plain() if posterior else {}}
    run = manifest.digest_of({"study": "trials", **settings, "versions": manifest.versions()})[:10]
    made = {"study": "trials", **manifest.describe_run(settings, {}, run, started, workers)}
    return Tried(pd.DataFrame(rows), manifest=made)


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
