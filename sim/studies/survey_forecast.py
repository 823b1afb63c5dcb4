"""Forecasts of survey poverty rates: a sample of each province, fitted to what the survey told in one year, lives on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sim.studies.income_fit import quantile_of, share_below, shifts_to_fifths
from sim.studies.province_sample import Free, Known, scenario_of
from sim.studies.spread_work import Size, Step, spread

LOWEST_INCOME = 1.0  # thousand dong a month: below this an income of a year counts as so much


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


def _one_batch(scenario: Any, known: Known, seed: int, task: range, step: Step) -> tuple[np.ndarray, np.ndarray]:
    """One batch of replications: a year on the synthesised incomes, the fit to the survey, then the years ahead.

    Gives the rates, and how much more they changed in one half of each sample than in the other.
    """
    from sim.engine import Simulation
    from sim.scenario.shape import NO_POLICY

    begun = Simulation.start(scenario, task, seed)
    simulation = Simulation(begun, NO_POLICY, begun.society)
    fitted: list[_Fitted] = []
    whole: list[np.ndarray] = []
    halves: list[np.ndarray] = []

    def at_year_end(now: Any) -> None:
        if not fitted:
            fitted.append(_fit(now, known, len(task)))
        else:
            whole.append(_rates(now, fitted[0].line))
        halves.append(_rates(now, fitted[0].line, 0) - _rates(now, fitted[0].line, 1) if whole else fitted[0].halves)

    simulation.yearly.append(at_year_end)
    simulation.run()
    step()
    return np.stack(whole, axis=-1), np.stack([later - halves[0] for later in halves[1:]], axis=-1)


@dataclass(frozen=True)
class _Fitted:
    """The line of each place, thousand dong a month, and the rate of one half of each sample over that of the other at the origin."""

    line: np.ndarray
    halves: np.ndarray


def _fit(simulation: Any, known: Known, replications: int) -> _Fitted:
    """Shift lasting incomes so that the year's fifths are the survey's; find the line below which the survey's rate lies."""
    h = simulation.households
    shape = (replications * len(known.codes), -1)
    income, people = _income(h).reshape(shape), h.members_at_home.astype(np.float64).reshape(shape)
    lasting = h.lasting_income.astype(np.float64).reshape(shape)
    rank = (np.argsort(np.argsort(lasting, axis=1, kind="stable"), axis=1) + 0.5) / lasting.shape[1]
    shift = shifts_to_fifths(income, rank, people, np.tile(known.fifths, (replications, 1)))
    line = quantile_of(income * np.exp(shift), people, np.tile(known.rates / 100.0, replications))
    h.ability[...] = h.ability + shift.ravel()
    h.outside_support[...] = h.outside_support * np.exp(shift.ravel())
    simulation.society.take_stock()
    shares = [_shares(income[:, half::2] * np.exp(shift[:, half::2]), people[:, half::2], line) for half in (0, 1)]
    return _Fitted(line.reshape(replications, -1), (shares[0] - shares[1]).reshape(replications, -1))


def _shares(income: Sequence[np.ndarray], people: Sequence[np.ndarray], line: np.ndarray) -> np.ndarray:
    return 100.0 * np.array([share_below(*one) for one in zip(income, people, line, strict=True)])


def _rates(simulation: Any, line: np.ndarray, half: int | None = None) -> np.ndarray:
    """Percent of people below the line of their place, (replications, places), of all or one half of the households."""
    h, communes = simulation.households, simulation.communes
    home = communes.home.astype(np.int64)[h.cell]
    group = (h.replication.astype(np.int64) - simulation.society.first) * line.shape[1] + home
    order = np.argsort(group, kind="stable")
    order = order if half is None else order[h.origin[order] % 2 == 1 - half]
    income, people = _income(h)[order], h.members_at_home[order]
    ends = np.cumsum(np.bincount(group[order], minlength=line.size))
    parts = [slice(begin, end) for begin, end in zip([0, *ends[:-1]], ends, strict=True)]
    return _shares([income[part] for part in parts], [people[part] for part in parts], line.ravel()).reshape(line.shape)


def _income(h: Any) -> np.ndarray:
    return np.maximum(h.income_per_head.astype(np.float64), LOWEST_INCOME)
