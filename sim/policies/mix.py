"""A mix as the levers of a run see it: which envelopes each may use, how much of them, whom it puts first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.kit.complaints import nearest
from sim.policies.lever import Lever
from sim.policies.money import NO_SLOT, part_of


@dataclass(frozen=True)
class Claim:
    """What the mix gives one lever: its slot among the run's levers, its allocation, its order of people, its options.

    ``not_together`` are the slots of levers that give the same thing: who has one in a year gets none of the others.
    """

    slot: int
    lever: Lever
    allocation: Any
    priority: tuple[str, ...]
    options: Mapping[str, Any]
    not_together: tuple[int, ...] = ()

    @property
    def ceiling(self) -> int | None:
        """The most public money for a household at a time, thousand dong; None for no bound."""
        return getattr(self.allocation, "ceiling", None)

    @property
    def revolving(self) -> Any:
        """Terms under which households repay part of the support (share, after_quarters, instalments); None if they keep it."""
        return getattr(self.allocation, "revolving", None)


def claims_of(mix: Any, levers: Sequence[Lever]) -> tuple[Claim, ...]:
    """The claims of a mix, in the order of the run's levers.

    Groups that the plan puts first come after the lever's own order of standings, so that the poor stay first.
    """
    slots = {lever.key: slot for slot, lever in enumerate(levers)}
    unknown = [key for key in mix.levers if key not in slots]
    if unknown:
        raise ValueError(f"mix {mix.name} names {unknown}, levers of the run are {list(slots)}")
    claims = []
    for key, allocation in sorted(mix.levers.items(), key=lambda item: slots[item[0]]):
        lever = levers[slots[key]]
        priority = tuple(dict.fromkeys((*_standings(lever), *(allocation.priority or ()), *_other_groups(lever))))
        alike = tuple(slots[other] for other in mix.levers if are_alike(lever, levers[slots[other]]))
        claims.append(Claim(slots[key], lever, allocation, priority, options_of(lever, allocation.options), alike))
    return tuple(claims)


def are_alike(one: Lever, other: Lever) -> bool:
    """Whether one of two levers says that it is not given together with the other."""
    return other.key in one.file.not_together or one.key in other.file.not_together


def _standings(lever: Lever) -> tuple[str, ...]:
    return tuple(group for group in lever.file.priority if group in ("poor", "near_poor", "newly_escaped"))


def _other_groups(lever: Lever) -> tuple[str, ...]:
    return tuple(group for group in lever.file.priority if group not in _standings(lever))


def options_of(lever: Lever, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """All options of a lever with the mix's choices put in; ValueError for an option that it does not have."""
    faults = option_faults(lever, given)
    if faults:
        raise ValueError(f"lever {lever.key}: {faults}")
    return {**_defaults(lever), **(given or {})}


def _defaults(lever: Lever) -> dict[str, Any]:
    return {name: entry.get("default") for name, entry in lever.file.options.items()}


def option_faults(lever: Lever, given: Mapping[str, Any] | None) -> list[tuple[str, str, dict[str, Any]]]:
    """What is wrong with the options a mix gives a lever: (option, code of the complaint, its facts)."""
    known = _defaults(lever)
    faults: list[tuple[str, str, dict[str, Any]]] = []
    for name, value in (given or {}).items():
        if name not in known:
            faults.append((name, "lever_unknown_option", {"lever": lever.key, "valid": sorted(known), "nearest": nearest(name, known)}))
        elif not _suits(value, known[name]):
            faults.append((name, "lever_odd_option", {"lever": lever.key, "option": name, "default": known[name]}))
    return faults


def _suits(value: Any, default: Any) -> bool:
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return type(value) is type(default)
    whole = isinstance(default, int) or default is None
    return value >= 0 and (isinstance(value, int) or not whole)


def parts_of(amount: int, claims: Iterable[Claim], wishes: dict[int, int], given: Mapping[str, int] | None = None) -> dict[int, int]:
    """Whole dong of one envelope for each slot among ``claims`` that may use it; what is left stands under NO_SLOT.

    Shares come first. ``wishes`` holds what claims in whole dong still want this year and is lowered by what they get.
    Where ``given`` says what each lever gets, that is what it gets.
    """
    claims = tuple(claims)
    if given is not None:
        parts = {claim.slot: int(given.get(claim.lever.key, 0)) for claim in claims}
    else:
        parts = {claim.slot: part_of(amount, claim.allocation.share) for claim in claims if claim.allocation.share is not None}
    if sum(parts.values()) > amount:
        raise ValueError(f"parts of levers {[claim.lever.key for claim in claims]} add up to more than the whole")
    for claim in claims:
        if claim.slot not in parts:
            parts[claim.slot] = min(wishes.get(claim.slot, 0), amount - sum(parts.values()))
            wishes[claim.slot] = wishes.get(claim.slot, 0) - parts[claim.slot]
    parts[NO_SLOT] = amount - sum(parts.values())
    return parts
