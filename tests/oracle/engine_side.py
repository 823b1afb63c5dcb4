"""The engine driven from the same start: its history under the same names as the oracle's."""

from __future__ import annotations

import numpy as np

from sim.dynamics.rates import rates
from sim.dynamics.world import World, settle_markets
from sim.engine import Begun, Simulation
from sim.entitlements import Entitlements
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.society import Society
from sim.standards.load import load_standard
from sim.start import all_parameters
from tests.oracle.world import MIX, Start


class CountedAsOf(Entitlements):
    """The law of each day, but what counts as income by the law of one."""

    def __init__(self, book: Book, granted: bool, day: Quarter):
        super().__init__(book, granted)
        self.day = day

    def assistance_counts(self, now: Quarter) -> float:
        """Whether social assistance counts as income for the line: 1 or 0."""
        return super().assistance_counts(self.day)

    def electricity_counts(self, now: Quarter) -> float:
        """Whether electricity support counts as income for the line: 1 or 0."""
        return super().electricity_counts(self.day)


def begin(start: Start) -> Begun:
    """The engine's own start, with the society that a made-up start describes."""
    plan, first_quarter = start.scenario, Quarter(start.scenario.first_year, 1)
    day, book = start.counted_as_of, Book.load()
    quarterly = rates(start.parameters, start.drawn, book.prices_at_start(plan.first_year))
    law = CountedAsOf(book, plan.entitlements, day) if day else Entitlements(book, plan.entitlements)
    world = World(start.drawn, start.seed, start.first, law, first_quarter)
    world.turn(first_quarter)
    society = Society(
        start.households.copy(), start.communes.copy(), world, start.drawn, quarterly, load_standard(plan.standard), start.intercept,
        start.seed, start.first, perfect_list=plan.structure.perfect_list, couplings=plan.structure.couplings,
    )
    society.take_stock()
    settle_markets(society.households, society.communes, quarterly, start.first)
    world.own_growth, world.moving = start.logs["own_growth"].copy(), True
    return Begun(plan, society, start.seed)


def start_of(begun: Begun) -> Start:
    """The start that the engine made itself, for the oracle."""
    society, world = begun.society, begun.society.world
    logs = {name: getattr(world, name) for name in ("log_growth", "log_price", "log_jobs", "own_growth")}
    return Start(
        begun.scenario, begun.seed, society.first, all_parameters(begun.scenario), society.parameters, society.households, society.communes,
        society.intercept, logs, settled=True,
    )


def history(begun: Begun) -> dict[str, np.ndarray]:
    """Every column of households and communes at the end of every quarter, and the ledger at the end."""
    kept: dict[str, np.ndarray] = {}
    simulation = Simulation(begun, MIX)
    while not simulation.finished:
        now = simulation.now
        simulation.quarter()
        for table, columns in (("h", simulation.households), ("c", simulation.communes)):
            kept.update({f"{now.year}Q{now.quarter}/{table}/{name}": array.copy() for name, array in columns.arrays().items()})
    rows = simulation.programme.ledger.rows()
    names = ("replication", "year", "quarter", "place", "source", "kind", "lever", "entry", "dong")
    return kept | {"ledger": np.array(sorted(" ".join(str(row[name]) for name in names) for row in rows))}
