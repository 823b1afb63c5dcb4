"""The simulation: the order of a quarter and of a year, for one mix of levers over a batch of replications."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from sim import start
from sim.agents.codebook import commune_lever_columns, lever_columns
from sim.checks import check_books, check_finite, check_households, check_order
from sim.kit.calendar import Quarter
from sim.kit.columns import Column, Table
from sim.policies.discovery import discover
from sim.policies.lever import Lever
from sim.policies.programme import Programme
from sim.policies.readings import split
from sim.population.division import divide
from sim.population.sampling import sampled
from sim.scenario.shape import Scenario
from sim.society import Society


class Simulation:
    """One mix, from the 1 January of the plan's first year to the end of the years it is followed.

    ``mix`` may name the reading of delivery as well: ``plan.as_planned``, ``plan.as_delivered`` (see policies/readings.py).
    ``yearly`` holds functions called with the simulation at the end of each fourth quarter, before the lists turn.
    """

    def __init__(self, begun: Begun, mix: str, society: Society | None = None):
        self.scenario, self.mix, self.seed = begun.scenario, mix, begun.seed
        self.society = society or begun.society.copy()
        self.levers = self.levers_of(self.scenario, mix)
        self.society.households = with_columns(self.society.households, lever_columns(len(self.levers)))
        self.society.communes = with_columns(self.society.communes, commune_lever_columns(len(self.levers)))
        parameters, one_for = self.society.parameters, self.scenario.one_for
        self.programme = Programme(self.scenario, mix, self.levers, parameters, self.seed, begun.communes, one_for)
        self.now = Quarter(self.scenario.first_year, 1)
        self.last = Quarter(self.scenario.end_year, 4)
        self.finished, self._has_lived = False, False
        self.yearly: list[Callable[[Simulation], None]] = []
        self.quarterly: list[Callable[[Simulation], None]] = []

    @staticmethod
    def start(
        scenario: Scenario,
        replications: range,
        seed: int,
        parameters: np.ndarray | None = None,
        only: range | None = None,
        growth: np.ndarray | None = None,
    ) -> Begun:
        """The start that every mix of the scenario shares, for replications ``start`` to ``stop``; see ``start.build``."""
        return Begun(scenario, start.build(scenario, replications, seed, parameters, only, growth), seed)

    @staticmethod
    def own_growth(scenario: Scenario, replications: range, seed: int) -> np.ndarray:
        """The whole population's own growth, which every part of it must be told; see ``start.own_growth``."""
        return start.own_growth(scenario, replications, seed)

    @classmethod
    def side_by_side(cls, begun: Begun, mixes: Sequence[str], at_start: Callable[[Simulation], None]) -> Iterator[Simulation]:
        """Simulations of several mixes, each to be followed to its end before the next is asked for.

        Until a support first falls due, or a review looks, all mixes live the same quarters: these are lived once. The start
        is used up by it; ``at_start(simulation)`` sees each mix there.
        """
        common, waiting = begun.society, [cls(begun, mix, replace(begun.society)) for mix in mixes]
        for one in waiting:
            at_start(one)
        while True:
            for one in waiting:
                one._plan()
            now = waiting[0].now
            common.live(now)
            if now.quarter == 3 or any(one.programme.expects(now, one.households, one.communes) for one in waiting):
                break
            for one in waiting:
                one._carry_out()
        while waiting:
            one = waiting.pop(0)
            one.society, one._has_lived = one.society.copy() if waiting else one.society, True
            yield one

    @property
    def households(self) -> Table:
        """The households now."""
        return self.society.households

    @property
    def communes(self) -> Table:
        """The communes now."""
        return self.society.communes

    def quarter(self) -> None:
        """One quarter: the plan chooses, the world moves, households live, supports arrive, the review looks."""
        if self.finished:
            return
        if not self._has_lived:
            self._plan()
            self.society.live(self.now)
        self._has_lived = False
        self._carry_out()

    def _plan(self) -> None:
        """The new year, and the choice if this quarter has one."""
        if self.now.quarter == 1:
            self._open_year()
        if self._chooses():
            self.programme.choose(self.now, self.households, self.communes)
        elif self.now.quarter == 1 and self.now > self.scenario.signed:
            self.programme.lend_again(self.now, self.households, self.communes)

    def _carry_out(self) -> None:
        """What happens once households have lived the quarter."""
        self.programme.bank_flows(self.now, self.households, self.communes)
        self.society.take_stock(self.programme.arrive(self.now, self.households, self.communes))
        if self.now.quarter == 3:
            self.society.review(self.now)
        self._tell(self.quarterly)
        if self.now.quarter == 4:
            self._close_year()
        self._advance()

    def run(self) -> None:
        """Run to the end."""
        while not self.finished:
            self.quarter()

    def _open_year(self) -> None:
        """1 January: lists, families and households of the new year (the first year starts with them in place), then money."""
        if self.now.year > self.scenario.first_year:
            self._renew()
        self.programme.open_year(self.now, self.households, self.communes)

    def _renew(self) -> None:
        before = len(self.households)
        self.society.turn_lists()
        dissolved, moved = self.society.leaving(self.now)
        self.programme.release(self.households, dissolved | moved, self.now)
        comings = self.society.renew_households(self.now, dissolved, moved)
        check_households(before, comings, len(self.households), self.now)
        check_order(self.households, self.now)

    def _chooses(self) -> bool:
        """Beneficiaries are chosen in the quarter of signing, and in the first quarter of later years of the plan."""
        if self.now.year > self.scenario.last_year:
            return False
        return self.now == self.scenario.signed or (self.now > self.scenario.signed and self.now.quarter == 1)

    def _close_year(self) -> None:
        self.programme.close_year(self.now, self.households, self.communes)
        check_books(self.programme, self.households, self.communes, self.now)
        check_finite(self.households, self.now)
        self._tell(self.yearly)

    def _advance(self) -> None:
        self.finished = self.now >= self.last
        if not self.finished:
            self.now = self.now.next()

    def _tell(self, listeners: list[Callable[[Simulation], None]]) -> None:
        for listener in listeners:
            listener(self)

    @staticmethod
    def levers_of(scenario: Scenario, mix: str) -> tuple[Lever, ...]:
        """The levers of a mix, in the order of discovery, which fixes their slots."""
        name, _ = split(mix)
        used = scenario.mixes[name].levers if name in scenario.mixes else {}
        return tuple(lever for key, lever in discover(scenario.levers_folder).items() if key in used)


class Begun:
    """A scenario with the society at its start, copied by every mix, and the communes that its places are divided into."""

    def __init__(self, scenario: Scenario, society: Society, seed: int):
        self.scenario, self.society, self.seed = scenario, society, seed
        self.communes = divide(sampled(scenario.places, scenario.one_for), seed, scenario.one_for, society.places)


def with_columns(table: Table, more: tuple[Column, ...]) -> Table:
    """The same table with more columns, empty."""
    arrays = table.arrays() | {column.name: column.empty(len(table)) for column in more}
    return Table([*table.columns.values(), *more], arrays)
