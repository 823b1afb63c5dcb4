"""Whether the money of a scenario has a source and a year, and may buy what its mixes want."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any, cast

from sim.kit.complaints import Complaint
from sim.kit.reading import KeyPath
from sim.policies.division import CRITERIA
from sim.policies.mix import option_faults
from sim.scenario.build_money import amount_of
from sim.scenario.draft import Draft
from sim.scenario.faults import not_one_of, unknown_key
from sim.scenario.known import Known, LeverFacts
from sim.scenario.regions import POOR_DISTRICTS
from sim.scenario.scalars import native
from sim.scenario.shape import NO_POLICY, SOURCES

_MIX_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ROUNDING = 1e-9


def check_place(draft: Draft, at: KeyPath, name: str | None, groups: Sequence[str] = ()) -> Iterator[Complaint]:
    """A place that something names is one of the scenario's places or districts, or one of the ``groups`` of them."""
    places = [name for place in draft.items("places").values() for name in (place.name, place.district) if name]
    places += groups
    if name is not None and draft.whole("places") and name not in places:
        yield not_one_of(at, places, draft.merged)


def check_envelopes(draft: Draft, known: Known) -> Iterator[Complaint]:
    """An envelope falls in the plan's years, says where its figure comes from, and is credit if it is the bank's."""
    mixes = draft.merged.texts.get("mixes")
    names = [*mixes, NO_POLICY] if isinstance(mixes, dict) else [NO_POLICY]
    parts = [*draft.items("places").values(), *draft.items("districts").values()]
    groups = [POOR_DISTRICTS] if any(part.poor_district for part in parts) else []
    for index, envelope in draft.items("money").items():
        at = ("money", index)
        if draft.years is not None and not draft.years[0] <= envelope.year <= draft.years[1]:
            yield draft.merged.complaint("outside_period", (*at, "year"), first=draft.years[0], last=draft.years[1])
        if envelope.source == "bank" and envelope.kind != "credit":
            yield draft.merged.complaint("bank_gives_credit", (*at, "kind"))
        figure = envelope.amount
        if not any((envelope.reference, envelope.assumption, figure and figure.reference, figure and figure.assumption)):
            yield draft.merged.complaint("no_origin", at)
        yield from check_place(draft, (*at, "place"), envelope.place, groups)
        yield from _check_division(draft, (*at, "divide"), envelope.divide)
        for place, mix in enumerate(envelope.only):
            if mix not in names:
                yield not_one_of((*at, "only", place), names, draft.merged)


def _check_division(draft: Draft, at: KeyPath, divide: Any) -> Iterator[Complaint]:
    """Money is divided by one criterion, or by a formula of known criteria whose shares make a whole."""
    if divide is None:
        return
    if (divide.by is None) == (divide.formula is None):
        yield draft.merged.complaint("by_or_formula", at)
    for name in divide.formula or {}:
        if name not in CRITERIA:
            yield unknown_key((*at, "formula", name), CRITERIA, draft.merged)
    total = sum(share.value for share in (divide.formula or {}).values())
    if divide.formula is not None and abs(total - 1.0) > _ROUNDING:
        yield draft.merged.complaint("formula_is_no_whole", (*at, "formula"), total=f"{total * 100:g} %")


def check_mixes(draft: Draft, known: Known) -> Iterator[Complaint]:
    """Mixes have plain names; their levers exist, want a share or an amount, and have money that may buy them."""
    for mix, levers in draft.items("mixes").items():
        at = ("mixes", mix)
        if mix == NO_POLICY:
            yield draft.merged.complaint("no_policy_is_given", at)
        elif not _MIX_NAME.fullmatch(mix):
            yield draft.merged.complaint("mix_name", at)
        for lever, allocation in levers.items():
            if lever not in known.levers:
                yield unknown_key((*at, lever), known.levers, draft.merged)
                continue
            if (allocation.share is None) == (allocation.amount is None):
                yield draft.merged.complaint("share_or_amount", (*at, lever))
            for place, group in enumerate(allocation.priority):
                if group not in known.groups:
                    yield not_one_of((*at, lever, "priority", place), known.groups, draft.merged)
            yield from _check_options(draft, (*at, lever, "options"), lever, known.levers[lever])
            yield from _check_funds(draft, mix, lever, allocation, known.levers[lever])


def _check_funds(draft: Draft, mix: str, lever: str, allocation: Any, facts: LeverFacts) -> Iterator[Complaint]:
    """A lever of a mix has money of a kind that may buy it, and enough where it wants an amount."""
    if not draft.whole("money"):
        return
    open_to = [envelope for envelope in draft.items("money").values() if not envelope.only or mix in envelope.only]
    options = native(allocation.options)
    fit = [envelope for envelope in open_to if facts.may_use(envelope.kind, envelope.source, envelope.year, options)]
    at = ("mixes", mix, lever)
    if not fit:
        there = sorted({f"{envelope.kind} ({envelope.source})" for envelope in open_to}) or "-"
        kinds = facts.kinds_in(tuple(envelope.year for envelope in open_to), options)
        sources = "" if facts.sources == SOURCES else f" ({', '.join(facts.sources)})"
        yield draft.merged.complaint("money_may_not_buy", at, lever=lever, kinds=", ".join(kinds) + sources, there=there)
    elif allocation.amount is not None:
        forms = list(draft.items("money").values())
        most = max(sum(amount_of(e, forms) for e in fit if e.year == year) for year in {e.year for e in fit})
        if allocation.amount.value > most:
            yield draft.merged.complaint("amount_over_money", (*at, "amount"), most=f"{most:,.0f}".replace(",", " "))


def _check_options(draft: Draft, at: KeyPath, lever: str, facts: LeverFacts) -> Iterator[Complaint]:
    """A lever has the options that a mix chooses, and they take these values."""
    _, mix, _, _ = at
    file = SimpleNamespace(key=lever, file=SimpleNamespace(options=facts.options))
    for option, code, words in option_faults(cast(Any, file), native(draft.items("mixes")[mix][lever].options)):
        unknown = option not in facts.options
        yield unknown_key((*at, option), facts.options, draft.merged) if unknown else draft.merged.complaint(code, (*at, option), **words)


def check_shares(draft: Draft, known: Known) -> Iterator[Complaint]:
    """The shares that a mix takes of one envelope do not exceed the whole."""
    for mix, levers in draft.items("mixes").items():
        told: set[tuple[str, ...]] = set()
        shares = {lever: allocation.share.value for lever, allocation in levers.items() if allocation.share and lever in known.levers}
        for envelope in draft.items("money").values():
            if envelope.only and mix not in envelope.only:
                continue
            money = (envelope.kind, envelope.source, envelope.year)
            takers = tuple(lever for lever in shares if known.levers[lever].may_use(*money, native(levers[lever].options)))
            total = sum(shares[lever] for lever in takers)
            if total > 1 + _ROUNDING and takers not in told:
                told.add(takers)
                facts = {"kind": envelope.kind, "source": envelope.source, "total": f"{total * 100:g} %", "levers": takers}
                yield draft.merged.complaint("shares_over_whole", ("mixes", mix), **facts)
