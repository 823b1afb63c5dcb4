"""Small starts for the tests of the population."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from sim.dynamics.frames import WORLD_DTYPE
from sim.entitlements import Entitlements
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.book import Book
from sim.law.parameters import draw
from sim.population.synthesis import synthesise
from sim.standards.load import load_standard
from sim.start import own_parameters

BEGIN = Quarter(2024, 1)
COMMUNE = {
    "income_per_head": 4500.0, "income_sd_log": 0.1, "household_size": 3.7, "urban_share": 0.0, "minority_share": 0.005,
    "merit_share": 0.08, "farm_labour_share": 0.2295, "insurance_cover": 0.9231, "livestock_share": 0.25,
}


def place(households: int = 1572, poor: int = 25, near_poor: int = 40, **facts: float) -> SimpleNamespace:
    """A place like a delta commune, with some facts changed."""
    return SimpleNamespace(
        name="xã", households=households, poor=poor, near_poor=near_poor, area="ordinary", facts=SimpleNamespace(**(COMMUNE | facts))
    )


def world_of(replications: int) -> np.ndarray:
    """The world's record on a first day without growth."""
    world = np.zeros(replications, dtype=WORLD_DTYPE)
    for name in ("nominal", "price_level", "growth_level"):
        world[name] = 1.0
    world["assistance_standard"] = 360.0
    for name, value in Entitlements(Book.load()).assistance_rules(BEGIN).items():
        world[name] = value
    return world


def start_of(
    places: list, replications: int = 4, first: int = 0, seed: int = 5, begin: Quarter = BEGIN, **overrides: float
) -> tuple[Table, Table, np.ndarray]:
    """Households, communes and the yearly parameters of a start."""
    parameters = draw(own_parameters(), seed, np.arange(first, first + replications), overrides)
    h, communes = synthesise(places, parameters, seed, first, replications, begin, world_of(replications), load_standard("vn_2022"))
    return h, communes, parameters


def income_of(h: Table, parameters: np.ndarray) -> np.ndarray:
    """Lasting income a head, float64."""
    return h.lasting_income.astype(np.float64)


def gini(values: np.ndarray, weights: np.ndarray) -> float:
    """Gini index of weighted values."""
    order = np.argsort(values)
    share = np.concatenate([[0.0], np.cumsum(weights[order]) / weights.sum()])
    part = np.concatenate([[0.0], np.cumsum((values * weights)[order]) / (values * weights).sum()])
    return float(1.0 - ((part[1:] + part[:-1]) * np.diff(share)).sum())


def intra_correlation(values: np.ndarray, group: np.ndarray) -> float:
    """Share of the variance that lies between groups (analysis of variance estimate)."""
    size = np.bincount(group).astype(float)
    mean = np.bincount(group, weights=values) / size
    between = (size * (mean - values.mean()) ** 2).sum() / (len(size) - 1)
    within = ((values - mean[group]) ** 2).sum() / (len(values) - len(size))
    typical = (len(values) - (size**2).sum() / len(values)) / (len(size) - 1)
    variance = (between - within) / typical
    return float(variance / (variance + within))
