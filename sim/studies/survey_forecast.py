"""Forecasts of survey poverty rates: a sample of each province, fitted to what the survey told in one year, lives on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sim.studies.income_fit import mean_of_poorest, quantile_of, share_below, shifts_to_fifths
from sim.studies.province_sample import Free, Known, scenario_of
from sim.studies.spread_work import Size, Step, spread

LOWEST_INCOME = 1.0  # thousand dong a month: below this an income of a year counts as so much
POOREST = 0.4  # of people: those whose growth is measured
PILOT = 8  # replications that show how far the growth of the poorest falls behind the mean's


def forecast(known: Known, years: int, free: Free, size: Size, step: Step | None = None) -> tuple[np.ndarray, np.ndarray]:
    """True poverty rates in percent 1 to ``years`` years after the origin: (replications, places, years); and what part of their
    variance comes from the chance of who is in a sample, (places, years).

    Replication r is the same however many there are.
    """
    scenario = scenario_of(known, free, size.agents, years)
    parts = spread(partial(_one_batch, scenario, known, size.seed), size, size.agents * len(known.codes), step)
    rates = np.concatenate([whole for whole, _ in parts])
    halves = np.concatenate([half for _, half in parts])
    return rates, (halves**2).mean(axis=0) / 4.0


def lag_of_poorest(known: Known, years: int, free: Free, size: Size) -> float:
    """How much less the income of the poorest two fifths grows than the mean in such samples, log points a year."""
    scenario = scenario_of(known, free, size.agents, years)
    few = Size(size.agents, PILOT, size.seed, size.threads)
    lags = spread(partial(_one_pilot, scenario, known, size.seed), few, size.agents * len(known.codes))
    return float(np.mean(np.concatenate(lags)) / years)


def _one_batch(scenario: Any, known: Known, seed: int, task: range, step: Step) -> tuple[np.ndarray, np.ndarray]:
    """Rates of one batch of replications, and how much more they changed in one half of each sample than in the other."""
    whole: list[np.ndarray] = []
    halves: list[np.ndarray] = []

    def measure(simulation: Any, origin: _Origin) -> None:
        samples = _Samples(simulation, origin.line.shape)
        whole.append(samples.rates(origin.line))
        halves.append(samples.rates(origin.line, 0) - samples.rates(origin.line, 1) - origin.halves)

    _live(scenario, known, seed, task, measure)
    step()
    return np.stack(whole, axis=-1), np.stack(halves, axis=-1)


def _one_pilot(scenario: Any, known: Known, seed: int, task: range, step: Step) -> np.ndarray:
    """Log points by which the poorest have fallen behind the mean at the end, by sample."""
    found: list[np.ndarray] = []

    def measure(simulation: Any, origin: _Origin) -> None:
        found[:] = [origin.poorest - _Samples(simulation, origin.line.shape).poorest()]

    _live(scenario, known, seed, task, measure)
    step()
    return found[0].ravel()


@dataclass(frozen=True)
class _Origin:
    """Samples at the origin, (replications, places): line in thousand dong a month, rate of one half of the sample over that of the
    other, log income of the poorest over the mean."""

    line: np.ndarray
    halves: np.ndarray
    poorest: np.ndarray


def _live(scenario: Any, known: Known, seed: int, task: range, measure: Callable[[Any, _Origin], None]) -> None:
    """A year on the synthesised incomes, the fit to the survey, then the years ahead, each of which is measured."""
    from sim.engine import Simulation
    from sim.scenario.shape import NO_POLICY

    begun = Simulation.start(scenario, task, seed)
    simulation = Simulation(begun, NO_POLICY, begun.society)
    fitted: list[_Origin] = []

    def at_year_end(now: Any) -> None:
        if fitted:
            measure(now, fitted[0])
        else:
            fitted.append(_fit(now, known, len(task)))

    simulation.yearly.append(at_year_end)
    simulation.run()


def _fit(simulation: Any, known: Known, replications: int) -> _Origin:
    """Shift lasting incomes so that the year's fifths are the survey's; find the line below which the survey's rate lies."""
    h = simulation.households
    shape = (replications * len(known.codes), -1)
    income, people = _income(h).reshape(shape), h.members_at_home.astype(np.float64).reshape(shape)
    lasting = h.lasting_income.astype(np.float64).reshape(shape)
    rank = (np.argsort(np.argsort(lasting, axis=1, kind="stable"), axis=1) + 0.5) / lasting.shape[1]
    shift = shifts_to_fifths(income, rank, people, np.tile(known.fifths, (replications, 1)))
    income = income * np.exp(shift)
    line = quantile_of(income, people, np.tile(known.rates / 100.0, replications))
    h.ability[...] = h.ability + shift.ravel()
    h.outside_support[...] = h.outside_support * np.exp(shift.ravel())
    simulation.society.take_stock()
    shares = [_shares(income[:, half::2], people[:, half::2], line) for half in (0, 1)]
    back = (replications, len(known.codes))
    return _Origin(line.reshape(back), (shares[0] - shares[1]).reshape(back), _poorest(income, people).reshape(back))


class _Samples:
    """Incomes of a year in each sample, in which households have come and gone."""

    def __init__(self, simulation: Any, shape: tuple[int, ...]) -> None:
        h, communes = simulation.households, simulation.communes
        self._shape, places = shape, shape[1]
        self._group = (h.replication.astype(np.int64) - simulation.society.first) * places + communes.home.astype(np.int64)[h.cell]
        self._income, self._people, self._half = _income(h), h.members_at_home, h.origin % 2

    def rates(self, line: np.ndarray, half: int | None = None) -> np.ndarray:
        """Percent of people below the line of their place, of all or one half of the households."""
        return _shares(*self._parts(half), line.ravel()).reshape(self._shape)

    def poorest(self) -> np.ndarray:
        """Log income of the poorest over the mean."""
        return _poorest(*self._parts(None)).reshape(self._shape)

    def _parts(self, half: int | None) -> tuple[list[np.ndarray], list[np.ndarray]]:
        rows = np.argsort(self._group, kind="stable")
        rows = rows if half is None else rows[self._half[rows] == 1 - half]
        ends = np.cumsum(np.bincount(self._group[rows], minlength=int(np.prod(self._shape))))[:-1]
        return np.split(self._income[rows], ends), np.split(self._people[rows], ends)


def _shares(income: Sequence[np.ndarray], people: Sequence[np.ndarray], line: np.ndarray) -> np.ndarray:
    return 100.0 * np.array([share_below(*one) for one in zip(income, people, line, strict=True)])


def _poorest(income: Sequence[np.ndarray], people: Sequence[np.ndarray]) -> np.ndarray:
    return np.array([np.log(mean_of_poorest(*one, POOREST) / mean_of_poorest(*one, 1.0)) for one in zip(income, people, strict=True)])


def _income(h: Any) -> np.ndarray:
    return np.maximum(h.income_per_head.astype(np.float64), LOWEST_INCOME)
