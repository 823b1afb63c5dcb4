"""A plan under other circumstances: more money or less, paid in time, without limits of capacity, wanted by all, on a perfect list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from sim.kit.calendar import Quarter
from sim.policies.calendar import AS_PLANNED
from sim.policies.discovery import discover
from sim.policies.readings import split
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix

ENOUGH_A_HOUSEHOLD = 1_000_000_000  # dong: more than all levers together could use for one
LEAST_BOUND = 256.0
CERTAIN = 1e6  # as a chance of take-up: certain whatever multiplies it


@dataclass(frozen=True)
class Circumstances:
    """``factor`` multiplies all money of a mix. ``in_time``: signed in January and paid by the planned calendar.

    ``places``: as many can be served as money lasts for. ``wanted``: every household that may have a support wants it.
    ``perfect_list``: the review sees true circumstances.
    """

    factor: float = 1.0
    in_time: bool = False
    places: bool = False
    wanted: bool = False
    perfect_list: bool = False

    @property
    def setting(self) -> Circumstances:
        """What mixes that run side by side must share: all but money and places."""
        return replace(self, factor=1.0, places=False)


def envelopes_of(scenario: Any, mix: str) -> tuple[Envelope, ...]:
    """The envelopes that a mix may use."""
    return tuple(envelope for envelope in scenario.money if envelope.open_to(split(mix)[0]))


def total_of(scenario: Any, mix: str) -> int:
    """All money of a mix in all years, dong."""
    return sum(envelope.amount_dong for envelope in envelopes_of(scenario, mix))


def without_bound(scenario: Any, mix: str) -> float:
    """A factor on a mix's money by which nobody is refused for money that any of its envelopes could pay."""
    return max(LEAST_BOUND, float(ceil(ENOUGH_A_HOUSEHOLD * scenario.households / max(total_of(scenario, mix), 1))))


def under(scenario: Any, mix: str, some: Mapping[str, Circumstances]) -> Any:
    """The scenario with a mix of each name that is ``mix`` under those circumstances; all share one setting."""
    base, reading = split(mix)
    setting = next(iter(some.values())).setting
    changed = replace(
        scenario,
        money=tuple(
            replace(envelope, amount_dong=_scaled(envelope.amount_dong, one.factor), only=(name,))
            for name, one in some.items()
            for envelope in envelopes_of(scenario, mix)
        ),
        mixes={**{name: _mix(scenario, base, name, one) for name, one in some.items()}, NO_POLICY: Mix(NO_POLICY)},
        delivery=AS_PLANNED if setting.in_time else reading or scenario.delivery,
        structure=replace(scenario.structure, perfect_list=scenario.structure.perfect_list or setting.perfect_list),
    )
    return replace(changed, signed=Quarter(scenario.first_year, 1)) if setting.in_time else changed


def _mix(scenario: Any, base: str, name: str, one: Circumstances) -> Mix:
    levers = discover(scenario.levers_folder)
    allocations = scenario.mixes[base].levers
    return Mix(name, {key: _allocation(allocation, one, levers[key], scenario.households) for key, allocation in allocations.items()})


def _allocation(allocation: Allocation, one: Circumstances, lever: Any, households: int) -> Allocation:
    """A lever's part: an amount in dong grows with the money, a share does by itself."""
    amount = None if allocation.amount_dong is None else _scaled(allocation.amount_dong, one.factor)
    options = dict(allocation.options)
    if one.places and "places" in lever.file.options:
        options["places"] = households
    return replace(allocation, amount_dong=amount, options=options)


def _scaled(dong: int, factor: float) -> int:
    return int(dong * factor + 0.5)


def take_up_parameters(scenario: Any, mix: str) -> tuple[str, ...]:
    """The parameters that say how many want the levers of a mix."""
    levers = discover(scenario.levers_folder)
    return tuple(dict.fromkeys(levers[key].file.take_up for key in scenario.mixes[split(mix)[0]].levers if levers[key].file.take_up))


def start_under(society: Any, setting: Circumstances, take_up: Sequence[str]) -> Any:
    """A copy of a society at its start in which ``take_up`` is certain, or the review sees all, if the setting says so."""
    changed = society.copy()
    if setting.wanted:
        changed.parameters = society.parameters.copy()
        for name in take_up:
            changed.parameters[name] = CERTAIN
    changed.perfect_list = society.perfect_list or setting.perfect_list
    return changed
