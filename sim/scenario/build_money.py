"""The money of a sound draft: envelopes with the amounts that matching asks for, and the mixes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from sim.scenario.money_form import AllocationForm, DivideForm, EnvelopeForm, MatchForm, RevolvingForm
from sim.scenario.plan_money import Allocation, Envelope, Matching, Mix, Revolving
from sim.scenario.scalars import native

MONTHS_IN_A_QUARTER = 3
THOUSAND = 1000


def envelopes(forms: Iterable[EnvelopeForm]) -> tuple[Envelope, ...]:
    """All envelopes, those without an amount with what they have to match."""
    forms = tuple(forms)
    return tuple(_envelope(form, amount_of(form, forms)) for form in forms)


def amount_of(form: EnvelopeForm, forms: Iterable[EnvelopeForm]) -> int:
    """Dong of an envelope: as stated, else its share of the envelopes that it matches."""
    if form.amount is not None or form.matches is None:
        return 0 if form.amount is None else int(form.amount.value.value)
    return int(Fraction(repr(form.matches.share.value)) * sum(_stated(other) for other in matched(form, form.matches, forms)))


def matched(form: EnvelopeForm, match: MatchForm, forms: Iterable[EnvelopeForm]) -> list[EnvelopeForm]:
    """The envelopes of the other source that stand beside one: of its kind, year and place, open to all its mixes."""
    alike = (form.kind, form.year, form.place)
    beside = [other for other in forms if other.source == match.source and (other.kind, other.year, other.place) == alike]
    return [other for other in beside if not other.only or (form.only and set(form.only) <= set(other.only))]


def _stated(form: EnvelopeForm) -> int:
    return 0 if form.amount is None else int(form.amount.value.value)


def _envelope(form: EnvelopeForm, amount: int) -> Envelope:
    figure = form.amount
    return Envelope(
        source=form.source,
        kind=form.kind,
        year=form.year,
        amount_dong=amount,
        place=form.place,
        only=tuple(form.only),
        divide=_criteria(form.divide),
        matches=_matching(form.matches),
        only_with=_matching(form.only_with),
        goes_over=form.goes_over,
        settled=bool(form.divide and form.divide.settled),
        reference=form.reference or (figure.reference if figure else "") or "",
        assumption=form.assumption or (figure.assumption if figure else "") or "",
    )


def _matching(form: MatchForm | None) -> Matching | None:
    return Matching(form.source, form.share.value) if form else None


def _criteria(form: DivideForm | None) -> dict[str, float]:
    """Shares of an amount by criterion; by listed households where the file says nothing."""
    if form is None or (form.by is None and form.formula is None):
        return {"listed": 1.0}
    return {form.by: 1.0} if form.by else {name: share.value for name, share in (form.formula or {}).items()}


def mix(name: str, levers: Mapping[str, AllocationForm]) -> Mix:
    """A mix with what each of its levers may use."""
    return Mix(name, {lever: _allocation(form) for lever, form in levers.items()})


def _allocation(form: AllocationForm) -> Allocation:
    return Allocation(
        share=form.share.value if form.share else None,
        amount_dong=int(form.amount.value) if form.amount else None,
        priority=tuple(form.priority),
        options=native(form.options),
        ceiling=int(form.ceiling.value) // THOUSAND if form.ceiling else None,
        revolving=_revolving(form.revolving),
        assumption=form.assumption or "",
    )


def _revolving(form: RevolvingForm | None) -> Revolving | None:
    return Revolving(form.share.value, int(form.after.value) // MONTHS_IN_A_QUARTER, form.instalments) if form else None
