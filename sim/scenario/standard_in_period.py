"""A finding about the poverty standard: a plan's list is drawn by the standard in force."""

from __future__ import annotations

from collections.abc import Iterator

from sim.kit.calendar import Quarter
from sim.scenario.findings import Finding, word
from sim.scenario.shape import Scenario
from sim.standards.load import load_standard


def standard_in_force(scenario: Scenario) -> Iterator[Finding]:
    """The standard of the run is in force at the review (third quarter) of every year of the plan."""
    standard = load_standard(scenario.standard)
    outside = []
    for year in range(scenario.first_year, scenario.last_year + 1):
        day = Quarter(year, 3).first_day
        if day < standard.since or (standard.until is not None and day > standard.until):
            outside.append(year)
    if outside:
        span = word("from_to" if standard.until else "from")
        facts = {"standard": {"vi": standard.vi, "en": standard.en}, "first": scenario.first_year, "last": scenario.last_year}
        facts |= {"span": {lang: text.format(since=standard.since, until=standard.until) for lang, text in span.items()}}
        yield Finding("standard_not_in_force", standard.document, {**facts, "years": ", ".join(map(str, outside))})
