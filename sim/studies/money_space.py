"""The money of a mix as blocks of shares: which levers, years and places it may go to, and the scenario at any point among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.policies.discovery import discover
from sim.policies.division import counted_by_plan
from sim.policies.mix import options_of
from sim.policies.readings import split
from sim.scenario.shape import NO_POLICY, Allocation, Envelope, Mix
from sim.studies.coalitions import divided
from sim.studies.shares import LEVERS, PLACES, YEARS, Block, Point

APART = "+"  # between several kinds of money in the label of a block


@dataclass(frozen=True)
class MoneySpace:
    """``blocks`` of what may be chosen: over levers for all money that may pay for the same ones, over years for each source and
    kind, over places for all money. ``envelopes`` with dong by lever as planned. Where there is no choice the plan's shares stay."""

    scenario: Any
    mix: str
    blocks: tuple[Block, ...]
    envelopes: tuple[tuple[Envelope, dict[str, int]], ...]
    allocations: Mapping[str, Allocation]

    def scenario_at(self, points: Mapping[str, Point | None]) -> Any:
        """The scenario with a mix of each name that divides its money as its point says; None is the mix as planned."""
        money: list[Envelope] = []
        mixes: dict[str, Mix] = {}
        for name, point in points.items():
            some = list(self._money(point))
            money += [replace(envelope, only=(name,)) for envelope in some]
            paid = {lever for envelope in some for lever, dong in (envelope.parts or {}).items() if dong}
            mixes[name] = Mix(name, {lever: one for lever, one in self.allocations.items() if lever in paid})
        delivery = split(self.mix)[1] or self.scenario.delivery
        return replace(self.scenario, money=tuple(money), mixes={**mixes, NO_POLICY: Mix(NO_POLICY)}, delivery=delivery)

    def _money(self, point: Point | None) -> Iterator[Envelope]:
        for envelope, parts in self.envelopes:
            if point is None:
                yield replace(envelope, parts=parts)
                continue
            shares = self._levers(envelope, parts, point)
            amount = self._amount(envelope, point)
            for place, dong in self._places(envelope, amount, point):
                parts_of_it = {lever: int(dong * share) for lever, share in shares.items()}
                yield replace(envelope, amount_dong=dong, place=place, parts=parts_of_it)

    def _levers(self, envelope: Envelope, parts: Mapping[str, int], point: Point) -> dict[str, float]:
        """Shares of an envelope by lever."""
        buyers = buyers_of(self.scenario, envelope, self.allocations)
        found = [number for number, block in enumerate(self.blocks) if block.over == LEVERS and block.members == buyers]
        if not found:
            return {lever: dong / max(envelope.amount_dong, 1) for lever, dong in parts.items()}
        return dict(zip(buyers, point[found[0]], strict=True))

    def _amount(self, envelope: Envelope, point: Point) -> int:
        """Dong of an envelope: its part of its year's money, of which the point says how much there is."""
        number = self._number(YEARS, source_of(envelope))
        if number is None:
            return envelope.amount_dong
        alike = [one for one, _ in self.envelopes if source_of(one) == source_of(envelope)]
        of_year = sum(one.amount_dong for one in alike if one.year == envelope.year)
        share = point[number][self.blocks[number].members.index(str(envelope.year))]
        return int(sum(one.amount_dong for one in alike) * share * envelope.amount_dong / max(of_year, 1))

    def _places(self, envelope: Envelope, amount: int, point: Point) -> Iterator[tuple[str | None, int]]:
        number = self._number(PLACES, "")
        if number is None or envelope.place is not None:
            yield envelope.place, amount
            return
        for place, share in zip(self.blocks[number].members, point[number], strict=True):
            yield place, int(amount * share)

    def _number(self, over: str, label: str) -> int | None:
        return next((number for number, block in enumerate(self.blocks) if (block.over, block.label) == (over, label)), None)


def money_space(scenario: Any, mix: str, over: Sequence[str], further: Sequence[str] = ()) -> MoneySpace:
    """The choices that the money of a mix leaves, of those asked for (``over``); ``further`` levers may be bought, too."""
    known = discover(scenario.levers_folder)
    given = scenario.mixes[split(mix)[0]].levers
    allocations = {key: given.get(key, Allocation(share=0.0)) for key in known if key in given or key in further}
    whole = replace(scenario, mixes={**scenario.mixes, split(mix)[0]: Mix(split(mix)[0], allocations)})
    envelopes = divided(whole, mix)
    blocks = [*_lever_blocks(whole, envelopes, allocations)] if LEVERS in over else []
    blocks += [*_year_blocks(envelopes)] if YEARS in over else []
    blocks += [*_place_blocks(whole, envelopes)] if PLACES in over else []
    return MoneySpace(whole, mix, tuple(blocks), envelopes, allocations)


def buyers_of(scenario: Any, envelope: Envelope, allocations: Mapping[str, Allocation]) -> tuple[str, ...]:
    """The levers of a mix that an envelope may pay for."""
    known = discover(scenario.levers_folder)
    money = (envelope.kind, envelope.source, envelope.year)
    return tuple(key for key, one in allocations.items() if known[key].pays_with(*money, options_of(known[key], one.options)))


def source_of(envelope: Envelope) -> str:
    """What a kind of money is called that may go to any year."""
    return f"{envelope.source}/{envelope.kind}"


def _lever_blocks(scenario: Any, envelopes: Any, allocations: Mapping[str, Allocation]) -> Iterator[Block]:
    """A block for all money that may pay for the same levers, if these are several."""
    pools: dict[tuple[str, ...], list[tuple[Envelope, dict[str, int]]]] = {}
    for envelope, parts in envelopes:
        pools.setdefault(buyers_of(scenario, envelope, allocations), []).append((envelope, parts))
    for buyers, some in pools.items():
        total = sum(envelope.amount_dong for envelope, _ in some)
        if len(buyers) > 1 and total:
            today = tuple(sum(parts.get(lever, 0) for _, parts in some) / total for lever in buyers)
            yield Block(LEVERS, APART.join(dict.fromkeys(source_of(envelope) for envelope, _ in some)), buyers, today, total)


def _year_blocks(envelopes: Any) -> Iterator[Block]:
    """A block for each kind of money of one source that comes in several years."""
    by_source: dict[str, dict[str, int]] = {}
    for envelope, _ in envelopes:
        years = by_source.setdefault(source_of(envelope), {})
        years[str(envelope.year)] = years.get(str(envelope.year), 0) + envelope.amount_dong
    for label, years in by_source.items():
        total = sum(years.values())
        if len(years) > 1 and total:
            yield Block(YEARS, label, tuple(years), tuple(dong / total for dong in years.values()), total)


def _place_blocks(scenario: Any, envelopes: Any) -> Iterator[Block]:
    """One block for all money that is not for one place; today as each envelope is divided, by the plan's own counts."""
    free = [envelope for envelope, _ in envelopes if envelope.place is None]
    total = sum(envelope.amount_dong for envelope in free)
    if len(scenario.places) > 1 and total:
        names = tuple(place.name for place in scenario.places)
        dong = sum(envelope.amount_dong * _shares_of_places(scenario.places, envelope.divide) for envelope in free)
        yield Block(PLACES, "", names, tuple((dong / total).tolist()), total)


def _shares_of_places(places: Sequence[Any], criteria: Mapping[str, float]) -> np.ndarray:
    """Shares of money that is divided over places by these criteria."""
    shares = np.zeros(len(places))
    for criterion, part in criteria.items():
        counts = np.array([counted_by_plan(place, criterion) for place in places])
        shares += part * (counts / counts.sum() if counts.any() else 1.0 / len(places))
    return shares
