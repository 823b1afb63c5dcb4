"""Households, communes and world together: what happens in a quarter, at the review and on 1 January, without any programme."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from sim.dynamics import applying, family, households_come_and_go, kernel
from sim.dynamics.frames import THEMES
from sim.dynamics.household_loops import people_in
from sim.dynamics.households_come_and_go import Comings
from sim.dynamics.uneven import grow_unevenly
from sim.dynamics.upkeep import gained_capacity
from sim.dynamics.world import World, count_seekers, turn_communes
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.parameters import ByRow
from sim.standards.lists import tick_clocks, turn_lists
from sim.standards.review import dwelling_discount, left_of_error, next_review_error, review, score
from sim.standards.standard import Standard

STOCK = (*THEMES["tally"].split(), "lasting_income")  # what taking stock writes
STOCK_READS = [name for theme in ("who", "people", "means", "aid") for name in THEMES[theme].split()]


def _for_stock(h: Table, rows: np.ndarray) -> Table:
    """Some rows with the columns that the kernel asks for; those that taking stock does not read stay empty."""
    some = h.take(rows, only=STOCK_READS)
    rest = [h.columns[name] for names in THEMES.values() for name in names.split() if name not in some]
    return Table([*some.columns.values(), *rest], some.arrays() | {column.name: column.empty(len(rows)) for column in rest})


@dataclass
class Society:
    """The state of one batch of replications.

    ``parameters`` are yearly and ``rates`` quarterly numbers, a record for each replication; ``intercept`` is what the
    review form adds to log income in each cell, shape (cells,), so that the plan's counts come out at the start; ``weight``
    is how many households a row stands for. ``uneven`` is growth above that of the replication (see dynamics/uneven.py);
    ``stated`` are the rows that a roster describes as they are at the start. ``places`` are those of the plan that it is of, None
    for all.
    """

    households: Table
    communes: Table
    world: World
    parameters: np.ndarray
    rates: np.ndarray
    standard: Standard
    intercept: np.ndarray
    seed: int
    first: int
    perfect_list: bool = False
    couplings: bool = True
    weight: int = 1
    uneven: np.ndarray | None = None
    stated: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    places: range | None = None

    def copy(self) -> Society:
        """An independent copy; what never changes is shared."""
        return replace(
            self, households=self.households.copy(), communes=self.communes.copy(), world=self.world.copy(), intercept=self.intercept.copy()
        )

    @property
    def by_row(self) -> ByRow:
        """Yearly parameters by household row."""
        return ByRow(self.parameters, self.households.replication - self.first)

    @property
    def by_commune(self) -> ByRow:
        """Yearly parameters by commune."""
        return ByRow(self.parameters, self.communes.replication - self.first)

    def live(self, now: Quarter) -> None:
        """A quarter: the world moves, communes open jobs and markets, households live."""
        h, communes = self.households, self.communes
        self.world.turn(now)
        if self.uneven is not None and self.world.moving:
            grow_unevenly(h, self.uneven)
        turn_communes(communes, self.world, self.rates, now, self.world.seed, self.couplings, self.weight)
        kernel.live_quarter(h, communes, self.rates, self.world.record, now.number, self.seed, (0, len(h)))
        count_seekers(h, communes)
        tick_clocks(h)

    def take_stock(self, rows: np.ndarray | None = None) -> None:
        """Bring tallies and lasting income up to date after members or means were changed from outside the kernel, in all households
        or in some ``rows``."""
        if rows is None:
            kernel.refresh(self.households, self.communes, self.rates, self.world.record)
        elif len(rows):
            some = _for_stock(self.households, rows)
            first = int(some.replication[0]) - self.first
            kernel.refresh(some, self.communes, self.rates[first:], self.world.record[first:])
            for name in STOCK:
                self.households[name][rows] = some[name]

    def score(self, now: Quarter) -> np.ndarray:
        """Score A of every household as a review of today would find it, points by row."""
        h = self.households
        return score(h, self.standard, now, self.intercept[h.cell], self._deflator(), self.perfect_list)

    def apply(self, now: Quarter) -> np.ndarray:
        """Households decide whether to ask for a review; returns the scores that decide it, points by row."""
        h, points = self.households, self.score(now)
        threshold = self.standard.threshold_of(h.urban, now, "second")
        applying.decide(h, self.by_row, points <= threshold, applying.readiness(self.communes, self.by_commune), now, self.seed)
        return points

    def review(self, now: Quarter) -> None:
        """The yearly review on the state at hand: writes ``reviewed``."""
        points = self.apply(now)
        review(self.households, self.by_row, self.standard, now, self.seed, points, self.perfect_list)

    def turn_lists(self) -> None:
        """1 January: the review's results come into force."""
        turn_lists(self.households)

    def new_lists(self) -> None:
        """The first 1 January: results come into force, families grow older and the lasting error moves, as between any two reviews.

        No household leaves or is founded, so that the plan's counts stay. One that would be left by all stays as it is, and so
        does what a roster states.
        """
        h, now = self.households, self.world.begin
        turn_lists(h)
        before, error, shocks = h.members.copy(), h.review_error.copy(), h.shocks.copy()
        self._grow_older(now)
        self._move_error(now)
        kept = people_in(h.members) == 0
        kept[self.stated] = True
        h.members[:, kept], h.shocks[kept] = before[:, kept], shocks[kept]
        h.review_error[self.stated] = error[self.stated]

    def leaving(self, now: Quarter) -> tuple[np.ndarray, np.ndarray]:
        """1 January: everybody a year older; masks of the households that have dissolved and that move away."""
        self._grow_older(now)
        return households_come_and_go.draw_leavers(self.households, self.parameters, now.number, self.seed)

    def renew_households(self, now: Quarter, dissolved: np.ndarray, moved: np.ndarray) -> Comings:
        """Take the leavers out, let couples found households, move the lasting error of the score on."""
        self.households, splits = households_come_and_go.turn_households(
            self.households, self.parameters, self.rates, now.year, now.number, self.seed, dissolved | moved
        )
        self._move_error(now)
        self.take_stock()
        return Comings(splits=splits, dissolved=int(dissolved.sum()), moved=int(moved.sum()))

    def _grow_older(self, now: Quarter) -> None:
        old_from = float(self.world.record["old_from"][0])
        family.grow_older(self.households, self.parameters, now.number, self.seed, (0, len(self.households)), old_from)

    def _move_error(self, now: Quarter) -> None:
        left = left_of_error(gained_capacity(self.communes), self.by_commune)
        next_review_error(self.households, self.by_row, now, self.seed, left[self.households.cell])

    def _deflator(self) -> np.ndarray:
        """Log points that the score takes off lasting income, by row: price rises and what the dwelling lacks."""
        prices = self.world.score_deflator()[self.households.replication - self.first]
        return prices + dwelling_discount(self.households, self.by_row)
