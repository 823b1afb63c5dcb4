"""The oracle as a Mesa model: communes and households as agents, and the order of quarter and year."""

from __future__ import annotations

from collections.abc import Callable

import mesa

from sim.kit.calendar import Quarter
from sim.policies.discovery import discover
from sim.scenario.shape import Scenario
from sim.standards.load import load_standard
from tests.oracle.commune import Commune
from tests.oracle.families import grow_older, is_gone, let_children_go, moves_away
from tests.oracle.household import Household
from tests.oracle.levers import SLOW_LEVERS
from tests.oracle.programme import SlowProgramme
from tests.oracle.review import Reviewer, move_error, tick, turn_list
from tests.oracle.times import Times, prices_at_start
from tests.oracle.world import Start


class SlowModel(mesa.Model):
    """One mix of a scenario from a start. ``households`` and ``communes`` are Mesa agents; ``tell`` is called every quarter."""

    def __init__(self, start: Start, mix: str, tell: Callable[[SlowModel], None]):
        super().__init__(seed=1)
        self.scenario, self.tell, self.seed_of_luck = start.scenario, tell, start.seed
        scenario = start.scenario
        self.all_times = [self._times(start, row) for row in range(len(start.drawn))]
        self.communes = [self._commune(start, number) for number in range(len(start.communes))]
        for number in range(len(start.households)):
            row = {name: array[..., number] for name, array in start.households.arrays().items()}
            commune = self.communes[int(row["cell"])]
            commune.households.append(Household(self, commune, row))
        self.now = Quarter(scenario.first_year, 1)
        if not start.settled:
            self._settle()
        self.levers = levers_of(scenario, mix)
        self.reviewer = Reviewer(load_standard(scenario.standard), scenario.structure.perfect_list)
        self.programme = SlowProgramme(scenario, mix, self.levers, self.communes)

    def _times(self, start: Start, row: int) -> Times:
        logs = {name: values[row] for name, values in start.logs.items()}
        key, plan = (start.seed, start.first + row), start.scenario
        times = Times(key, start.drawn[row], start.parameters, logs, plan.entitlements, prices_at_start(plan.first_year))
        times.counted_as_of = start.counted_as_of
        return times

    def _commune(self, start: Start, number: int) -> Commune:
        row = {name: array[..., number] for name, array in start.communes.arrays().items()}
        return Commune(self, self.all_times[number // len(start.scenario.places)], row, start.intercept[number])

    def _settle(self) -> None:
        """Lasting incomes, usual jobs and calf sales of a start that has none yet."""
        for times in self.all_times:
            times.read_law(self.now)
        self.households.do("take_stock")
        for commune in self.communes:
            commune.settle()

    @property
    def households(self) -> mesa.agent.AgentSet:
        """All households."""
        return self.agents_by_type[Household]

    def run(self) -> None:
        """Quarter after quarter to the end of the last year."""
        last = Quarter(self.scenario.end_year, 4)
        while True:
            self.step()
            self.tell(self)
            if self.now == last:
                return
            self.now = self.now.next()

    def step(self) -> None:
        """One quarter: the plan chooses, the times move, households live, supports arrive, the review looks."""
        now = self.now
        if now.quarter == 1:
            if now.year > self.scenario.first_year:
                self.new_year()
            self.programme.open_year(now)
        if self._chooses():
            self.programme.choose(now)
        for times in self.all_times:
            times.turn(now)
        for commune in self.communes:
            commune.turn(now.number, self.scenario.structure.couplings)
        self.households.shuffle_do("live", now.number)
        for commune in self.communes:
            commune.count_seekers()
        self.households.do(tick)
        self.programme.bank_flows(now)
        self.programme.arrive(now)
        self.households.do("take_stock")
        if now.quarter == 3:
            self.households.do(self.reviewer.examine, now)
        if now.quarter == 4:
            self.programme.close_year(now)

    def new_year(self) -> None:
        """1 January: new lists, a year older, leavers out, couples in, the review's errors moved on."""
        now = self.now
        self.households.do(turn_list)
        for household in self.households:
            if household.yearly.ageing:
                grow_older(household, now)
        for household in list(self.households):
            if is_gone(household) or moves_away(household, now):
                self.programme.release(now, household)
                household.commune.households.remove(household)
                household.remove()
        for household in list(self.households):
            couple = let_children_go(household, now)
            if couple:
                couple.commune.households.append(couple)
        self.households.do(move_error, now)
        self.households.do("take_stock")

    def _chooses(self) -> bool:
        """In the quarter of signing, and in the first quarter of the plan's later years."""
        signed, now = self.scenario.signed, self.now
        return now == signed or (signed < now and now.quarter == 1 and now.year <= self.scenario.last_year)


def levers_of(scenario: Scenario, mix: str) -> list:
    """The mix's levers in the program's order."""
    allocations = scenario.mixes[mix].levers
    couplings = scenario.structure.couplings
    return [SLOW_LEVERS[key](lever.file, allocations[key], couplings) for key, lever in discover().items() if key in allocations]
