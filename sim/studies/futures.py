"""A scenario, and a society at its start, under one of the futures that it may meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.dynamics.rates import rates as quarterly
from sim.dynamics.world import World
from sim.kit.calendar import Quarter
from sim.kit.complaints import Complaint, InputError, nearest
from sim.law.book import Book
from sim.law.parameters import draw
from sim.scenario.check_futures import USUAL
from sim.scenario.future import Future, Shock, shipped
from sim.start import all_parameters

# A structural alternative that is a parameter, and the value that makes it so.
AS_PARAMETER = {("trap", True): ("trap", 1.0), ("trap", False): ("trap", 0.0), ("list_pressure", False): ("list_pressure", 0.0)}
Quarters = frozenset[int]


def futures_of(scenario: Any, asked: Sequence[str] | None = None) -> dict[str, Future]:
    """The usual future first, then those of the program and of the scenario, or those asked for; InputError for an unknown one."""
    known = {**shipped(), **scenario.futures}
    for name in asked or ():
        if name not in known and name != USUAL:
            facts = {"known": [*known], "nearest": nearest(name, known)}
            raise InputError([Complaint("unknown_future", str(scenario.path), value=name, facts=facts)])
    return {USUAL: Future(USUAL, {})} | {name: known[name] for name in (asked or known) if name != USUAL}


def scenario_in(scenario: Any, future: Future) -> Any:
    """The scenario as this future lets it be: its money, when it is signed and how it is delivered, its structure."""
    return replace(
        scenario,
        money=_money(scenario, future),
        signed=min(scenario.signed.plus(future.late), Quarter(scenario.last_year, 4)),
        delivery=future.delivery or scenario.delivery,
        structure=replace(scenario.structure, **future.structure),
    )


def _money(scenario: Any, future: Future) -> tuple[Any, ...]:
    """Envelopes of which only a share comes, and a part of that in the next year; the last year's comes in its year."""
    money = []
    for envelope in scenario.money:
        comes = round(envelope.amount_dong * future.money.get(envelope.kind, 1.0))
        later = round(comes * future.next_year.get(envelope.kind, 0.0)) if envelope.year < scenario.last_year else 0
        money += [envelope.of_amount(comes - later)]
        money += [replace(envelope.of_amount(later), year=envelope.year + 1)] if later else []
    return tuple(money)


def society_in(society: Any, scenario: Any, future: Future) -> Any:
    """A copy of a society at its start whose parameters and world are those of the future from then on."""
    changed = society.copy()
    named = _replaced(future)
    if named or future.times:
        changed.parameters = _parameters(society, scenario, named, future.times)
        level = Book.load().prices_at_start(scenario.first_year)
        changed.rates = quarterly(all_parameters(scenario), changed.parameters, level)
        changed.world.parameters = changed.parameters
    if future.shock is not None:
        changed.world = ShockedWorld.of(changed.world, future.shock, quarters_of(scenario, future.shock))
    changed.couplings = future.structure.get("couplings", society.couplings)
    changed.perfect_list = future.structure.get("perfect_list", society.perfect_list)
    return changed


def _replaced(future: Future) -> dict[str, Any]:
    """Parameters that get another number or prior, those that structural alternatives stand for among them."""
    structural = [AS_PARAMETER[key] for key in future.structure.items() if key in AS_PARAMETER]
    return {**dict(structural), **future.parameters}


def _parameters(society: Any, scenario: Any, named: Mapping[str, Any], times: Mapping[str, float]) -> np.ndarray:
    """Parameters by replication: of a new prior each replication takes the value at the quantile that it had of the old one."""
    known = {name: all_parameters(scenario)[name] for name in named}
    rows = society.first + np.arange(len(society.parameters))
    drawn, changed = draw(known, society.seed, rows, named), society.parameters.copy()
    for name in named:
        changed[name] = drawn[name]
    for name, factor in times.items():
        changed[name] = changed[name] * np.float32(factor)
    return changed


def quarters_of(scenario: Any, shock: Shock) -> Quarters:
    """Numbers of the quarters that a shock strikes."""
    years = {"first": scenario.first_year, "middle": (scenario.first_year + scenario.last_year) // 2, "last": scenario.last_year}
    return frozenset(Quarter(years[shock.year], quarter).number for quarter in shock.quarters)


class ShockedWorld(World):
    """A world in which a common shock strikes every commune in some quarters, beside those that come by chance in others."""

    shock: Shock
    quarters: Quarters
    usual: np.ndarray

    @classmethod
    def of(cls, world: World, shock: Shock, quarters: Quarters) -> ShockedWorld:
        """The world with this shock ahead."""
        struck = cls(world.parameters, world.seed, world.first, world.law, world.begin)
        vars(struck).update(vars(world))
        struck.shock, struck.quarters, struck.usual = shock, quarters, world.parameters
        return struck

    def copy(self) -> World:
        """An independent copy, for another mix from the same start."""
        plain = super().copy()
        plain.parameters = self.usual
        return ShockedWorld.of(plain, self.shock, self.quarters)

    def turn(self, now: Quarter) -> None:
        """Move on by a quarter; the numbers of common shocks are those of the quarter."""
        self.parameters = self.usual
        if now.number in self.quarters:
            self.parameters = self.usual.copy()
            self.parameters["covariate_shock"] = 1.0
            self.parameters["covariate_loss"] = self.shock.loss / len(self.quarters)
        super().turn(now)
