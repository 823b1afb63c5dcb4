"""Whether the law book reaches back to the years of a scenario: what a run must know on the first day of its plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sim.kit.complaints import Complaint
from sim.law.book import Book
from sim.law.needed import needed
from sim.scenario.draft import Draft
from sim.scenario.known import Known


def check_years(draft: Draft, known: Known) -> Iterator[Complaint]:
    """The law's figures that every run reads are known when the plan begins."""
    if draft.years is None:
        return
    since, series = Book.load().known_from(needed(draft["entitlements"] is not False))
    if since > _begin(draft):
        yield draft.merged.complaint("before_the_law", ("period",), since=since, series=series, year=_first_year(since))


def check_levers(draft: Draft, known: Known) -> Iterator[Complaint]:
    """The dated figures of each lever that a mix uses, its own and those of the law book, are known when the plan begins."""
    if draft.years is None:
        return
    law_begins, _ = Book.load().known_from(needed(draft["entitlements"] is not False))
    told = max(_begin(draft), law_begins)  # what begins no later than the law book is mended with the period
    for mix, levers in draft.items("mixes").items():
        for lever in levers:
            facts = known.levers.get(lever)
            if facts is not None and facts.since is not None and facts.since[0] > told:
                since, series = facts.since
                words = {"lever": lever, "since": since, "series": series, "year": _first_year(since)}
                yield draft.merged.complaint("lever_before_the_law", ("mixes", mix, lever), **words)


def _begin(draft: Draft) -> date:
    assert draft.years is not None
    return date(draft.years[0], 1, 1)


def _first_year(since: date) -> int:
    """The first year that begins with the figure known."""
    return since.year if (since.month, since.day) == (1, 1) else since.year + 1
