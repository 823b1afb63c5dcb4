"""Simulated earnings have the yearly persistence and spread that were drawn for their replication."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kit.calendar import Quarter
from tests.verification import small

OFF = small.WORK_STILL | small.WORLD_STILL | small.MEANS_STILL | small.LIVING_STILL | small.FAMILIES_STILL
HOUSEHOLDS, YEARS = 3000, 12


def earnings(parameters: dict[str, float], replications: int = 1) -> tuple[list[np.ndarray], np.ndarray]:
    """Earnings of each quarter from all work, (years, quarters, households) by replication, and the parameters drawn.

    Work, means, health and the world stand still, so that nothing but the lasting and the passing shock moves them.
    Herds are left out, and households that earn nothing or whose workers return from abroad.
    """
    place = small.place(households=HOUSEHOLDS, poor=300, near_poor=200, livestock_share=0.0)
    society = small.start(small.plan([place], parameters=OFF | parameters, structure=small.uncoupled()), replications).society
    h, quarters = society.households, []
    abroad = h.abroad > 0
    for number in range(4 * YEARS):
        society.live(Quarter.from_number(Quarter(2024, 1).number + number))
        quarters.append((h.own_income + h.wage_income).astype(np.float64) / society.world.record["nominal"][h.replication])
    earned = np.array(quarters).reshape(YEARS, 4, replications, HOUSEHOLDS).transpose(2, 0, 1, 3)
    usable = ~abroad.reshape(replications, HOUSEHOLDS) & (earned > 1.0).all(axis=(1, 2))
    assert usable.mean() > 0.9
    return [earned[k][:, :, usable[k]] for k in range(replications)], society.parameters


def within(values: np.ndarray) -> np.ndarray:
    """Deviations from each household's own mean over the years."""
    return values - values.mean(axis=0)


def test_the_passing_shock_alone() -> None:
    """With the passing shock alone, the year's earnings spread by the prior and have no memory, and nobody earns more on average."""
    earned, _ = earnings({"persistent_sd": 0.0, "passing_yearly_sd": 0.26})
    yearly = earned[0].mean(axis=1)
    factor = yearly / yearly.mean(axis=0)
    spread = np.sqrt(np.log(1 + factor.var() * YEARS / (YEARS - 1)))
    assert spread == pytest.approx(0.26, rel=0.03)
    calm, _ = earnings({"persistent_sd": 0.0, "passing_yearly_sd": 0.0})
    assert earned[0].mean() == pytest.approx(calm[0].mean(), rel=0.01)
    memory = np.mean(within(yearly)[:-1] * within(yearly)[1:]) / np.var(within(yearly))
    assert memory == pytest.approx(-1 / (YEARS - 1), abs=0.03)


def test_the_lasting_shock_alone() -> None:
    """With the lasting shock alone, the mean log earnings of a year have the prior's spread, and changes its persistence."""
    earned, _ = earnings({"persistent_sd": 0.3, "passing_yearly_sd": 0.0, "income_persistence": 0.8})
    yearly = np.log(earned[0]).mean(axis=1)
    # The variance of a change over k years is 2 sd^2 (1 - the autocorrelation at k years).
    one, two = (np.mean((yearly[k:] - yearly[:-k]) ** 2) for k in (1, 2))
    assert np.sqrt(one / (2 * (1 - 0.8))) == pytest.approx(0.3, rel=0.04)
    assert two > 1.6 * one


def test_each_replication_has_the_persistence_and_spread_drawn_for_it() -> None:
    """With both shocks at their priors, persistence and both spreads of each of eight replications come back from its incomes.

    Changes of log earnings over one, two and three quarters and the years' means tell the three numbers apart.
    """
    earned, drawn = earnings({}, replications=8)
    for replication in range(8):
        p, quarters = drawn[replication], np.log(earned[replication])
        yearly = quarters.mean(axis=1)
        passing = np.log(1 + 4 * (np.exp(float(p["passing_yearly_sd"]) ** 2) - 1)) / 4
        lasting, persistence = float(p["persistent_sd"]) ** 2, float(p["income_persistence"])
        change = np.mean((yearly[1:] - yearly[:-1]) ** 2)
        assert change == pytest.approx(2 * lasting * (1 - persistence) + 2 * passing, rel=0.05)
        across = np.mean(within(yearly)[:-1] * within(yearly)[1:])
        rho = quarterly(persistence)
        assert across == pytest.approx(expected_memory(lasting, passing, rho), abs=0.08 * lasting + 0.05 * passing)


def quarterly(persistence: float) -> float:
    """The quarter's AR(1) coefficient whose yearly means have this autocorrelation, by trying."""
    grid = np.linspace(0.5, 0.9999, 20_000)
    lags = np.abs(np.subtract.outer(np.arange(8), np.arange(8)))
    own, next_ = ((lags[:4, part, None] * 1.0) for part in (slice(0, 4), slice(4, 8)))
    memory = (grid**next_).mean(axis=(0, 1)) / (grid**own).mean(axis=(0, 1))
    return float(grid[np.argmin(np.abs(memory - persistence))])


def expected_memory(lasting: float, passing: float, rho: float) -> float:
    """Mean product of successive deviations from a household's own mean over all years, for lasting and passing variance."""
    quarters = np.arange(4 * YEARS)
    z = rho ** np.abs(np.subtract.outer(quarters, quarters))
    z = z.reshape(YEARS, 4, YEARS, 4).mean(axis=(1, 3))
    covariance = lasting * z / z[0, 0] + passing * np.eye(YEARS)
    centre = np.eye(YEARS) - 1 / YEARS
    deviations = centre @ covariance @ centre
    return float(np.mean(np.diag(deviations, 1)))
