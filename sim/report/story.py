"""The account of one household, as a document: what it earned, lacked, was offered and given, with and without the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sim.agents.codebook import NEVER
from sim.policies.lever import Outcome
from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points
from sim.report.story_words import StoryWords
from sim.studies.explain import Explanation
from sim.studies.frame import NO_POLICY
from sim.studies.pages import Offer, Page

# Rows of the table of a year, from a page to a figure; rows of zeros are left out.
ALWAYS = ("per_head", "income_per_head", "line", "lasting_income", "consumption", "savings")
ROWS = (
    "own_income", "wage_income", "remittance_income", "transfer_income", "uncounted_transfers", "per_head", "income_per_head", "line",
    "lasting_income", "consumption", "health_cost", "savings", "loan", "overdue", "informal_debt", "venture", "capital",
    "young_animals", "grown_animals",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV")


def story(explanation: Explanation, lang: str = "vi") -> Document:
    """The whole account in ``lang``, year by year; of the run without the plan only what differs."""
    words = StoryWords(lang)
    mix = next(iter(explanation.pages))
    with_mix, without = explanation.pages[mix], explanation.pages[NO_POLICY]
    blocks = _head(explanation, mix, words)
    blocks += _ends(explanation, words)
    none = words.mix(NO_POLICY)
    first = explanation.pages[mix][0].quarter.year if with_mix else without[0].quarter.year
    last = max(pages[-1].quarter.year for pages in explanation.pages.values() if pages)
    for year in range(first, last + 1):
        years = [tuple(page for page in pages if page.quarter.year == year) for pages in (with_mix, without)]
        blocks += _year(year, years[0], years[1] if mix != NO_POLICY else years[0], none, words)
    return Document(tuple(blocks))


def _head(explanation: Explanation, mix: str, words: StoryWords) -> list[Block]:
    """Who, where, which run, and why this household."""
    none = words.mix(NO_POLICY)
    head = words.say(
        "head",
        plan=words.name(explanation.name, explanation.key),
        mix=words.mix(mix),
        none=none,
        replication=explanation.replication,
        seed=explanation.seed,
        signed=words.quarter(str(explanation.signed)),
    )
    blocks: list[Block] = [Heading(words.say("title", household=explanation.household, place=explanation.place), level=1)]
    blocks.append(Paragraph(head, small=True))
    if explanation.picked:
        blocks.append(Paragraph(words.say(f"picked.{explanation.picked}")))
    if mix != NO_POLICY:
        blocks.append(Paragraph(words.say("same", none=none), small=True))
    return [*blocks, Paragraph(words.say("caption"), small=True)]


def _ends(explanation: Explanation, words: StoryWords) -> Iterator[Block]:
    """Households that come later or go before the end."""
    branch = int(explanation.household.partition(".")[2])
    if branch:
        yield Paragraph(words.say("joins", year=branch))
    for mix, pages in explanation.pages.items():
        if not pages:
            yield Paragraph(words.say("never", mix=words.mix(mix)))
        elif pages[-1].quarter < explanation.last:
            gone = pages[-1].quarter.next()
            yield Paragraph(words.say("gone", mix=words.mix(mix), quarter=words.quarter(str(gone))))


def _year(year: int, pages: Sequence[Page], without: Sequence[Page], none: str, words: StoryWords) -> list[Block]:
    """Heading, members, table, events and what is lacked."""
    heading = _heading(year, pages, without, none, words)
    if heading is None:
        return []
    blocks: list[Block] = [Heading(heading), *_members(year, pages, without, none, words), _table(pages, without, none, words)]
    events = _events(pages, without, none, words)
    blocks += [Points(tuple(events))] if events else []
    return [*blocks, *_lacks(year, pages, without, none, words)]


def _heading(year: int, pages: Sequence[Page], without: Sequence[Page], none: str, words: StoryWords) -> str | None:
    said = [_standing(some[0], words) if some else "" for some in (pages, without)]
    if not any(said):
        return None
    if not all(said) or said[0] == said[1]:
        return words.say("year", year=year, standing=said[0] or said[1])
    return words.say("year_two", year=year, standing=said[0], none=none, other=said[1])


def _standing(page: Page, words: StoryWords) -> str:
    """The standing in force this year, and how long since the poor list."""
    text = words.say(f"standing.{page.state['standing']}")
    for key, clock in (("clock", "quarters_since_poor"), ("clock_all", "quarters_since_listed")):
        since = page.state[clock]
        text += words.say(key, quarters=since) if since < NEVER - 1 else ""
    return text


def _members(year: int, pages: Sequence[Page], without: Sequence[Page], none: str, words: StoryWords) -> Iterator[Block]:
    said = [tuple(words.person(member) for member in some[-1].members) if some else () for some in (pages, without)]
    for key, people in (("members", said[0]), ("members_none", said[1] if said[1] != said[0] else ())):
        if people:
            yield Paragraph(words.say(key, year=year, none=none), strong=True)
            yield Points(people)


def _table(pages: Sequence[Page], without: Sequence[Page], none: str, words: StoryWords) -> Grid:
    """Money and animals of the four quarters; a second line where there would be another figure without the plan."""
    rows: list[tuple[str, ...]] = []
    for name in ROWS:
        cells = [_cells(some, name, words) for some in (pages, without)]
        zero = words.number(0.0)
        if name not in ALWAYS and all(cell in (zero, "") for line in cells for cell in line):
            continue
        rows.append((words.say(f"rows.{name}"), *cells[0]))
        if cells[1] != cells[0]:
            rows.append((words.say("rows.none", none=none), *cells[1]))
    return Grid((words.say("rows.header"), *ROMAN), tuple(rows))


def _cells(pages: Sequence[Page], name: str, words: StoryWords) -> tuple[str, ...]:
    by_quarter = {page.quarter.quarter: page for page in pages}
    return tuple(words.number(_figure(by_quarter[q], name)) if q in by_quarter else "" for q in (1, 2, 3, 4))


def _figure(page: Page, name: str) -> float:
    derived: Mapping[str, Callable[[Page], float]] = {
        "line": lambda page: page.line,
        "per_head": lambda page: page.state["income_by_quarter"][page.quarter.quarter - 1],
    }
    return float(derived[name](page) if name in derived else page.state[name])


def _events(pages: Sequence[Page], without: Sequence[Page], none: str, words: StoryWords) -> list[str]:
    """What happened, quarter by quarter; what would happen only without the plan, marked so."""
    events = []
    for quarter in (1, 2, 3, 4):
        with_mix, other = (_of_quarter(some, quarter, words) for some in (pages, without))
        told = [*with_mix, *[words.say("event.only", none=none, text=text) for text in other if text not in with_mix]]
        events += [f"{ROMAN[quarter - 1]}. {text}" for text in told]
    return events


def _of_quarter(pages: Sequence[Page], quarter: int, words: StoryWords) -> list[str]:
    page = next((page for page in pages if page.quarter.quarter == quarter), None)
    if page is None:
        return []
    told = [_offer(offer, words) for offer in page.offers]
    if page.deliveries:
        arrived = [
            words.say("event.delivery", lever=words.name(one.names, one.lever), money=words.kvnd(one.public)) for one in page.deliveries
        ]
        told.append(words.say("event.brought", deliveries=", ".join(arrived), changes=words.changes(page.brought)))
    blows, gains = words.shocks(page.state["shocks"])
    lists: Mapping[str, Sequence[Any]] = {"shocks": blows, "gains": gains, "coping": words.bits("cope", page.state["coping"])}
    told += [words.say(f"event.{kind}", list=", ".join(items)) for kind, items in lists.items() if items]
    return told + ([words.say("event.review", parts=words.review(page.review))] if page.review else [])


def _offer(offer: Offer, words: StoryWords) -> str:
    kind = "refused" if offer.outcome >= Outcome.CONDITION else "offer"
    text = words.say(f"event.{kind}", lever=words.name(offer.names, offer.lever), outcome=words.name(offer.words, str(offer.outcome)))
    if offer.rank:
        text = words.say("event.in_line", offer=text, rank=offer.rank, line=offer.line, served=offer.served)
    if offer.public:
        key, due = ("due", words.quarter(str(offer.due))) if offer.due else ("never_due", "")
        text = words.say(f"event.{key}", offer=text, money=words.kvnd(offer.public), due=due)
    return text


def _lacks(year: int, pages: Sequence[Page], without: Sequence[Page], none: str, words: StoryWords) -> Iterator[Block]:
    """Indicators lacked when the review looked, and why."""
    said = []
    for some in (pages, without):
        reviewed = next((page for page in some if page.review), None)
        said.append(tuple(words.lacked(one) for one in reviewed.lacked) if reviewed else None)
    if said[0] == () and said[1] in ((), None):
        yield Paragraph(words.say("lacks.nothing", year=year))
        return
    for key, items in (("title", said[0]), ("title_none", said[1] if said[1] != said[0] else None)):
        if items:
            yield Paragraph(words.say(f"lacks.{key}", year=year, none=none), strong=True)
            yield Points(items)
