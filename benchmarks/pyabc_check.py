"""The fit beside that of another program: the same priors, model and record, with the sequential sampler of pyabc.

Run from the project's folder, in an environment that has ``pyabc`` (0.13) beside this project, on one core:
``python benchmarks/pyabc_check.py [PARTICLES] [POPULATIONS]`` (a quarter of an hour). Writes ``benchmarks/results/pyabc_check.csv``:
for each number of the reading ``drift`` its middle and spread under both posteriors, as normal scores under the prior, where 0 and 1 are
the prior's own. The rejection sampler of the fit draws all its particles from the prior and moves them by regression; pyabc narrows
populations step by step around the record, with distances in terms of what statistics tell of each number (its ``PredictorSumstat``), and
moves none. The middles should be apart by less than the fit's spread. Spreads are no check: a last population of some hundred weighted
particles holds few of equal weight.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyabc

from sim.kit import maths
from sim.law.posterior import SHIPPED, USUAL, read_posterior
from sim.studies.fitting.free import readings
from sim.studies.fitting.particles import Simulated, compared, simulate_flows, simulate_provinces, table_of
from sim.studies.fitting.statistics import observed, statistics

HERE = Path(__file__).parent
FILE = HERE / "results" / "pyabc_check.csv"
READING, SEED = "drift", 2022
COLUMNS = ("number", "fit_middle", "fit_sd", "pyabc_middle", "pyabc_sd", "simulations", "particles")
USED = np.array([one.fitted for one in statistics()])


def simulated(scores: np.ndarray, seed: int) -> np.ndarray:
    """Statistics used by the fit, on their scales, of one particle with these normal scores and a luck of its own."""
    values = readings()[READING].values(scores[None, :])
    provinces = simulate_provinces(values, seed, 1, _nothing)
    flows = simulate_flows(table_of(readings()[READING], values), 1, seed, 1, _nothing)
    return compared(Simulated(flows, provinces), values, seed)[0, USED]


def sequential(particles: int, populations: int) -> tuple[dict[str, np.ndarray], np.ndarray, int]:
    """Normal scores of pyabc's last population by number, their weights, and simulations spent."""
    names, seeds = readings()[READING].drawn, iter(range(1, 10**9))
    np.random.seed(SEED)

    def model(parameters: pyabc.Parameter) -> dict[str, np.ndarray]:
        return {"statistics": simulated(np.array([parameters[name] for name in names]), SEED + next(seeds))}

    told = pyabc.sumstat.PredictorSumstat(pyabc.predictor.LinearPredictor(), fit_ixs={0, 1})
    abc = pyabc.ABCSMC(
        model,
        pyabc.Distribution(**{name: pyabc.RV("norm", 0.0, 1.0) for name in names}),
        pyabc.AdaptivePNormDistance(p=2, sumstat=told),
        population_size=particles,
        sampler=pyabc.sampler.SingleCoreSampler(),
    )
    with tempfile.TemporaryDirectory() as folder:
        history = abc.new(f"sqlite:///{folder}/check.db", {"statistics": observed()[USED]})
        history = abc.run(max_nr_populations=populations)
        last, weights = history.get_distribution()
        return {name: last[name].to_numpy() for name in names}, np.asarray(weights), int(history.total_nr_simulations)


def main() -> None:
    """Fit by pyabc, set it beside the shipped posterior, write the file."""
    particles, populations = (int(word) for word in (*sys.argv[1:], "120", "4")[:2])
    scores, weights, spent = sequential(particles, populations)
    reading, posterior = readings()[READING], read_posterior(SHIPPED / f"{USUAL}.yaml")
    rows = []
    for name, prior in reading.free.items():
        column = posterior.values[:, posterior.names.index(name)]
        ours = maths.normal_quantile(np.clip(_share(prior, column), 1e-6, 1 - 1e-6))
        figures = (*_moments(ours, posterior.weights), *_moments(scores[name], weights))
        rows.append((name, *(f"{figure:.2f}" for figure in figures), spent, particles))
        print(*rows[-1])
    with FILE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


def _share(prior: object, values: np.ndarray) -> np.ndarray:
    """Share of a prior's mass below values, from its quantiles."""
    grid = np.linspace(0.0005, 0.9995, 4000)
    return np.interp(values, np.asarray(prior.quantile(grid)), grid)  # type: ignore[attr-defined]


def _moments(values: np.ndarray, weights: np.ndarray) -> tuple[float, float]:
    middle = float(np.average(values, weights=weights))
    return middle, float(np.sqrt(np.average((values - middle) ** 2, weights=weights)))


def _nothing() -> None:
    """Nobody is told."""


if __name__ == "__main__":
    main()
