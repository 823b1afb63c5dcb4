"""One household followed quarter by quarter, with a mix of levers and without any, in one replication."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from sim.agents.codebook import Standing
from sim.agents.identity import name_of, parse_id
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.kit.complaints import Complaint, InputError, nearest
from sim.policies.lever import Outcome
from sim.scenario.shape import NO_POLICY
from sim.standards.load import load_standard
from sim.standards.standard import Standard
from sim.studies.diary import Diary
from sim.studies.pages import Page

Who = Literal["escaped", "refused", "fell-back"]
WHO = ("escaped", "refused", "fell-back")
ON_LIST = "on_list"  # why a household was picked when nobody asked for one
# Refusals of households that might have had the support.
REFUSED = (Outcome.NO_MONEY, Outcome.NO_CAPACITY, Outcome.CANNOT_PAY_SHARE)


@dataclass(frozen=True)
class Explanation:
    """The pages of one household by mix: the mix asked for, and ``no_policy``.

    ``picked`` says why this household: "" (asked for by name), one of WHO, or ``on_list``, the first on the poor list
    at the start. ``last`` is the last quarter simulated.
    """

    key: str
    name: Mapping[str, str]
    household: str
    replication: int
    seed: int
    standard: Standard
    signed: Quarter
    last: Quarter
    picked: str
    place: str
    pages: Mapping[str, tuple[Page, ...]]


def explain(
    scenario: Any,
    household: str | None = None,
    *,
    mix: str = "plan",
    replication: int = 0,
    who: Who | None = None,
    seed: int | None = None,
) -> Explanation:
    """Follow the household ``1043.0`` (or the first of a kind ``who``) through one replication of a scenario.

    Without either, the first household on the poor list at the start. Raises InputError for a household, mix or kind
    that the replication does not have.
    """
    from sim.engine import Simulation  # imported late, since it compiles

    seed = scenario.runs.seed if seed is None else seed
    if mix not in scenario.mixes:
        raise _wrong("unknown_mix_to_explain", scenario, mix, nearest=nearest(mix, scenario.mixes), known=sorted(scenario.mixes))
    begun = Simulation.start(scenario, range(replication, replication + 1), seed)
    known = Sightings.of(Simulation(begun, mix))
    if household is not None:
        found, picked = known.named(scenario, household), ""
    else:
        found, picked = known.first(scenario, who), who or ON_LIST
    cell, origin, branch = found
    pages = {name: _follow(Simulation(begun, name), origin, branch, cell) for name in dict.fromkeys((mix, NO_POLICY))}
    return Explanation(
        key=scenario.key,
        name=scenario.name,
        household=name_of(origin, branch),
        replication=replication,
        seed=seed,
        standard=load_standard(scenario.standard),
        signed=scenario.signed,
        last=Quarter(scenario.end_year, 4),
        picked=picked,
        place=begun.communes[cell % len(begun.communes)].name,
        pages=pages,
    )


def _follow(simulation: Any, origin: int, branch: int, cell: int) -> tuple[Page, ...]:
    """Run to the end with a diary of the household."""
    diary = Diary(simulation, origin, branch, cell)
    simulation.run()
    return tuple(diary.pages)


@dataclass
class Sightings:
    """Everybody that one run has seen, in the order of rows, with the lists and refusals of each year."""

    poor_at_start: set[tuple[int, int, int]]
    seen: dict[tuple[int, int, int], None]
    escaped: dict[tuple[int, int, int], None] = field(default_factory=dict)
    fell_back: dict[tuple[int, int, int], None] = field(default_factory=dict)
    refused: dict[tuple[int, int, int], None] = field(default_factory=dict)

    @classmethod
    def of(cls, simulation: Any) -> Sightings:
        """Run a simulation to its end and note who did what."""
        h = simulation.households
        everybody = np.ones(len(h), dtype=bool)
        first = cls(set(_keys(h, h.standing == Standing.POOR)), dict.fromkeys(_keys(h, everybody)))
        simulation.yearly.append(first.note)
        simulation.run()
        return first

    def note(self, simulation: Any) -> None:
        """A year's end."""
        h = simulation.households
        self.seen |= dict.fromkeys(_keys(h, h.branch > 0))
        left = dict.fromkeys(_keys(h, (h.standing == Standing.POOR) & (h.reviewed != Standing.POOR)))
        back = _keys(h, (h.standing != Standing.POOR) & (h.reviewed == Standing.POOR))
        self.fell_back |= dict.fromkeys(key for key in back if key in self.escaped)
        self.escaped |= left
        refused = np.isin(np.atleast_2d(h.outcome), np.array(REFUSED, dtype=np.uint8)).any(axis=0) & (h.standing != Standing.NOT_LISTED)
        self.refused |= dict.fromkeys(_keys(h, refused))

    def named(self, scenario: Any, household: str) -> tuple[int, int, int]:
        """The household of that name, at the start or later."""
        try:
            origin, branch, _ = parse_id(household)
        except ValueError:
            raise _wrong("household_name", scenario, household) from None
        for key in self.seen:
            if key[1:] == (origin, branch):
                return key
        alike = [name_of(*key[1:]) for key in self.seen if key[1] == origin]
        last = max(key[1] for key in self.seen)
        raise _wrong("unknown_household", scenario, household, nearest=", ".join(alike[:3]), last=name_of(last, 0))

    def first(self, scenario: Any, who: str | None) -> tuple[int, int, int]:
        """The first household of a kind; of those on the poor list at the start where none is asked for."""
        kinds: Mapping[str, Callable[[], Any]] = {
            "escaped": lambda: self.escaped,
            "refused": lambda: self.refused,
            "fell-back": lambda: self.fell_back,
        }
        if who is not None and who not in kinds:
            raise _wrong("unknown_kind_to_explain", scenario, who, nearest=nearest(who, WHO), known=WHO)
        found = kinds[who]() if who else sorted(self.poor_at_start) or self.seen
        if not found:
            raise _wrong("nobody_of_kind", scenario, str(who))
        return next(iter(found))


def _keys(h: Table, mask: np.ndarray) -> list[tuple[int, int, int]]:
    """Cell, origin and branch of the households of a mask."""
    return list(zip(h.cell[mask].tolist(), h.origin[mask].tolist(), h.branch[mask].tolist(), strict=True))


def _wrong(code: str, scenario: Any, value: str, **facts: Any) -> InputError:
    return InputError([Complaint(code, str(scenario.path), value=value, facts=facts)])
