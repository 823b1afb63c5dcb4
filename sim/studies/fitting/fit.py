"""The fit: particles of each reading, their posterior, what it predicts of the record, and whether the method finds known numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from sim.law.posterior import Posterior, rounded
from sim.studies import manifest
from sim.studies.executors import threads_to_use
from sim.studies.fitting import abc, calibration, fit_rows, survey
from sim.studies.fitting.fitted import Fitted
from sim.studies.fitting.free import Reading, readings
from sim.studies.fitting.particles import (
    AT_A_TIME,
    ONE_FOR,
    Simulated,
    compared,
    simulate_flows,
    simulate_provinces,
    table_of,
)  # fmt: skip
from sim.studies.fitting.statistics import observed, record_digest, statistics

PARTICLES, PREDICTED, SEED = 1500, 200, 2022
NAME = "vietnam"  # of the posterior files, followed by the reading
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Fit:
    """One reading's fit: ``scores`` and ``compared`` statistics of all particles, and the ``kept`` ones."""

    reading: Reading
    scores: np.ndarray
    compared: np.ndarray
    regression: abc.Regression
    kept: abc.Kept
    posterior: Posterior


def fit(
    asked: Sequence[str] = (),
    *,
    particles: int = PARTICLES,
    predicted: int = PREDICTED,
    seed: int = SEED,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Fitted:
    """Fit the free numbers under each reading asked for (all by default); the same arguments give the same posterior."""
    started, workers = datetime.now(UTC), threads_to_use(threads)
    known = readings()
    chosen = [known[key] for key in asked or known]
    batches, more = -(-particles // AT_A_TIME), -(-predicted // AT_A_TIME)
    counter = _Counter(progress, batches * (1 + len(chosen)) + 2 * more * len(chosen))
    provinces: dict[str, np.ndarray] = {}
    fits, foretold = [], []
    for reading in chosen:
        scores = reading.scores(seed, particles)
        values = reading.values(scores)
        provinces = provinces or simulate_provinces(values, seed, workers, counter.step)
        flows = simulate_flows(table_of(reading, values), particles, seed, workers, counter.step)
        one = conclude(reading, scores, compared(Simulated(flows, provinces), values, seed), (particles, seed))
        fits.append(one)
        foretold.append(_predict(one, predicted, seed + 1, workers, counter.step))
    settings = {"particles": particles, "predicted": predicted, "seed": seed, "readings": [one.key for one in chosen]}
    return Fitted(
        posteriors={one.reading.key: one.posterior for one in fits},
        parameters=pd.concat([fit_rows.parameters(one) for one in fits], ignore_index=True),
        predictions=pd.concat([fit_rows.predictions(one, found) for one, found in zip(fits, foretold, strict=True)], ignore_index=True),
        calibration=pd.concat([calibration.coverage(one) for one in fits], ignore_index=True),
        ranks=pd.concat([calibration.ranks(one) for one in fits], ignore_index=True),
        manifest=_describe(settings, started, workers),
    )


def conclude(reading: Reading, scores: np.ndarray, figures: np.ndarray, about: tuple[int, int]) -> Fit:
    """The posterior of a reading from its particles' normal scores and statistics on their scales."""
    used = np.array([one.fitted for one in statistics()])
    regression = abc.regress(scores, figures[:, used])
    kept = abc.fit(scores, figures[:, used], observed()[used], regression)
    values = reading.values(kept.scores)
    table = rounded(np.stack([values[name] for name in reading.kept], axis=1))
    weights = rounded(kept.weights[None, :])[0]
    particles, seed = about
    made = {
        "command": f"thoatngheo fit --particles {particles} --seed {seed}",
        "version": manifest.installed(manifest.PACKAGE),
        "record": record_digest(),
        "particles": particles,
        "kept": len(kept.rows),
        "effective": round(kept.effective),
        "households": {"flows": 100_000 // ONE_FOR, **survey.settings()},
        "statistics": [one.key for one in statistics() if one.fitted],
    }
    vi, en = f"Ước lượng từ số liệu: {reading.vi}", f"Fitted to the record: {reading.en}"
    key = f"{NAME}_{reading.key}"
    posterior = Posterior(key, reading.kept, table, weights / np.cumsum(weights)[-1], vi, en, reading.key, made)
    return Fit(reading, scores, figures, regression, kept, posterior)


def _predict(one: Fit, count: int, seed: int, threads: int, tell: Callable[[], None]) -> tuple[np.ndarray, np.ndarray]:
    """Statistics of fresh replications under the posterior, on their scales: with the spread between places, and without."""
    reading, kept = one.reading, one.kept
    values = reading.values(kept.scores)
    names = tuple(values)
    whole = Posterior("", names, np.stack([values[name] for name in names], axis=1), kept.weights)
    drawn = whole.draw(seed, np.arange(count))
    flows = simulate_flows(table_of(reading, drawn), count, seed, threads, tell)
    found = Simulated(flows, simulate_provinces(drawn, seed, threads, tell))
    return compared(found, drawn, seed), compared(found, drawn, seed, with_spread=False)


def _describe(settings: Mapping[str, Any], started: datetime, threads: int) -> dict[str, Any]:
    """The manifest; its run is named by settings, record and versions."""
    resolved = {**settings, "record": record_digest()}
    run = manifest.digest_of({"study": "fit", **resolved, "versions": manifest.versions()})[:10]
    return {"study": "fit", **manifest.describe_run(resolved, {}, run, started, threads)}


class _Counter:
    """Counts batches done for ``progress``."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def step(self) -> None:
        """One more batch is done."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
