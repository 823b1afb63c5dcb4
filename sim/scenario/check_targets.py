"""Whether a scenario's targets are about something that a run measures, in a form that fits it, within its years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.kit.complaints import Complaint, Nearest
from sim.kit.quantities import kinds
from sim.measures import catalogue
from sim.scenario import check_money
from sim.scenario.draft import Draft
from sim.scenario.faults import not_one_of
from sim.scenario.known import Known
from sim.scenario.regions import is_poor_district
from sim.scenario.target import FORMS

MONEY = "dong"  # the unit of measures that are amounts


def check_targets(draft: Draft, known: Known) -> Iterator[Complaint]:
    """A target has one form, a known measure and group, and falls due within the run; or says why the model cannot judge it."""
    for index, target in draft.items("targets").items():
        at = ("targets", index)
        given = [form for form in FORMS if getattr(target, form) is not None]
        if len(given) != 1:
            yield draft.merged.complaint("target_forms", at, given=given or "-", forms=FORMS)
        if target.zero is False:
            yield draft.merged.complaint("zero_is_false", (*at, "zero"))
        if target.outside is not None:
            yield from _check_outside(draft, index, target)
        else:
            yield from _check_measure(draft, known, index, target, given)
        if target.group is not None and target.group not in known.target_groups:
            yield not_one_of((*at, "group"), known.target_groups, draft.merged)
        yield from check_money.check_place(draft, (*at, "place"), target.place)
        yield from _check_districts(draft, index, target)
        if draft.years is not None:
            yield from _check_due(draft, index, target)


def _check_outside(draft: Draft, index: int, target: Any) -> Iterator[Complaint]:
    """A target outside the model says what the plan wants and measures nothing."""
    if target.says is None:
        yield draft.merged.complaint("missing_key", ("targets", index, "says"))
    for key in ("measure", "group", "place", "over", "mean"):
        if getattr(target, key) is not None:
            yield draft.merged.complaint("outside_measures_nothing", ("targets", index, key))


def _check_measure(draft: Draft, known: Known, index: int, target: Any, given: list[str]) -> Iterator[Complaint]:
    """The measure exists and takes a target of this form."""
    if target.measure is None:
        yield draft.merged.complaint("missing_key", ("targets", index, "measure"))
        return
    unit = known.unit_of(target.measure, draft["standard"])
    if unit is None:
        yield _unknown_measure(draft, known, index, target)
    elif given:
        yield from _check_form(draft, index, target, given[0], unit)


def _check_districts(draft: Draft, index: int, target: Any) -> Iterator[Complaint]:
    """A target over districts names no place beside them; there are poor districts; only rates have a mean."""
    at = ("targets", index)
    if target.place is not None and (target.over or target.mean):
        yield draft.merged.complaint("place_and_districts", (*at, "place"))
    flags = [is_poor_district(place, draft.items("districts")) for place in draft.items("places").values()]
    if target.over and draft.whole("places", "districts") and not any(flags):
        yield draft.merged.complaint("no_poor_districts", (*at, "over"))
    if target.mean and (target.count is not None or target.zero is not None):
        yield draft.merged.complaint("mean_of_counts", (*at, "mean"))


def _unknown_measure(draft: Draft, known: Known, index: int, target: Any) -> Complaint:
    """Names the measures there are, or those of the family that was meant."""
    family, _, of = target.measure.partition(":")
    members = {name: [f"{name}:{key}" for key in known.members(name, draft["standard"])] for name in known.families}
    if of and family in members:
        return not_one_of(("targets", index, "measure"), members[family], draft.merged)
    every = [*known.measures, *(name for names in members.values() for name in names)]
    allowed = [*sorted(known.families), *sorted(known.measures)]
    return draft.merged.complaint("unknown_measure", ("targets", index, "measure"), allowed=allowed, nearest=Nearest(target.measure, every))


def _check_form(draft: Draft, index: int, target: Any, form: str, unit: str) -> Iterator[Complaint]:
    """Rates have levels, falls and cover; counts are added up, in money where the measure is money, which no group has."""
    at = ("targets", index, form)
    if ((form == "count") == (unit == "%") and form != "zero") or (unit == MONEY and form == "zero"):
        yield draft.merged.complaint("form_of_measure", at, form=form, unit=unit)
    elif form == "count" and (target.count.unit == MONEY) != (unit == MONEY):
        kind = kinds()["money" if unit == MONEY else "count"]
        yield draft.merged.complaint("unit_of_measure", at, unit=unit, wanted=kind["wanted"], example=kind["example"])
    if target.group is not None and not catalogue.has_groups(target.measure):
        yield draft.merged.complaint("not_by_group", ("targets", index, "group"))


def _check_due(draft: Draft, index: int, target: Any) -> Iterator[Complaint]:
    first, last, end = draft.years or (0, 0, 0)
    by, since = target.by, target.since
    due = last if by is None else by if isinstance(by, int) else by.year
    start = first - 1 if since is None else since
    if not first <= due <= end:
        yield draft.merged.complaint("outside_run", ("targets", index, "by"), first=first, last=end)
    if not first - 1 <= start <= end:
        yield draft.merged.complaint("outside_run", ("targets", index, "since"), first=first - 1, last=end)
    elif due <= start:
        yield draft.merged.complaint("years_backwards", ("targets", index, "by"), since=start)


def check_names(draft: Draft, known: Known) -> Iterator[Complaint]:
    """Targets have names of their own."""
    lines: dict[str, int] = {}
    for index, target in draft.items("targets").items():
        at = ("targets", index, "name")
        if target.name in lines:
            yield draft.merged.complaint("name_twice", at, first=lines[target.name])
        lines.setdefault(target.name, draft.merged.locate(at)[1])
