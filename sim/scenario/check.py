"""What must hold between the parts of a scenario before anything runs; every check is a function of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.kit.complaints import Complaint, Nearest
from sim.law.book import Book
from sim.law.priors import Prior
from sim.scenario import check_futures, check_law, check_money, check_places, check_rules, check_targets
from sim.scenario.draft import Draft
from sim.scenario.faults import not_one_of, unknown_key
from sim.scenario.known import Known
from sim.scenario.scalars import native
from sim.scenario.shape import NO_POLICY

MOST_REPLICATIONS = 100_000
MOST_YEARS = 30
LARGEST_SEED = 2**63 - 1  # draws are keyed by 64 bits, and files of results hold signed ones


def check(draft: Draft, known: Known) -> list[Complaint]:
    """All complaints about a draft that reading its parts one by one could not see."""
    checks = (
        check_years, check_law.check_years, check_standard, check_places.check_places, check_places.check_districts,
        check_places.check_communes, check_places.check_sample, check_places.check_population,
        check_places.check_wage_shares, check_stated,
        check_targets.check_targets, check_targets.check_names, check_runs, check_parameters,
        check_money.check_envelopes, check_money.check_mixes, check_law.check_levers, check_money.check_shares,
        check_rules.check_matching, check_rules.check_terms, check_futures.check_futures,
    )  # fmt: skip
    return [complaint for one in checks for complaint in one(draft, known)]


def check_years(draft: Draft, known: Known) -> Iterator[Complaint]:
    """The plan is signed before it ends, and the run is no longer than thirty years."""
    if draft.years is None:
        return
    first, last, end = draft.years
    if end - first + 1 > MOST_YEARS:
        yield draft.merged.complaint("too_many_years", ("period",), years=end - first + 1, limit=MOST_YEARS)
    if draft.whole("signed") and not first - 1 <= draft["signed"].year <= last:
        yield draft.merged.complaint("signed_outside_period", ("signed",), first=first, last=last)


def check_standard(draft: Draft, known: Known) -> Iterator[Complaint]:
    """The poverty standard exists."""
    if draft.whole("standard") and known.standards and draft["standard"] not in known.standards:
        yield not_one_of(("standard",), known.standards, draft.merged)


def check_stated(draft: Draft, known: Known) -> Iterator[Complaint]:
    """A stated figure has its year and at least one number of its kind."""
    needed: dict[str, tuple[str, ...]] = {"law": ("count", "rate"), "households": ("count",), "fall": ("count", "points")}
    needed |= dict.fromkeys(("poor", "near_poor"), ("count", "rate"))
    for index, stated in draft.items("stated").items():
        at = ("stated", index)
        years = ("since", "to") if stated.what == "fall" else ("at",)
        if (stated.what == "law") == (stated.series is None):
            yield draft.merged.complaint("missing_key" if stated.what == "law" else "series_of_law", (*at, "series"))
        elif stated.series is not None and stated.series not in Book.load():
            yield not_one_of((*at, "series"), Book.load(), draft.merged)
        for year in years:
            if getattr(stated, year) is None:
                yield draft.merged.complaint("missing_key", (*at, "from" if year == "since" else year))
        if stated.since and stated.to and stated.to <= stated.since:
            yield draft.merged.complaint("years_backwards", (*at, "to"), since=stated.since)
        if all(getattr(stated, key) is None for key in needed[stated.what]):
            yield draft.merged.complaint("nothing_stated", at, keys=needed[stated.what])
        for key in ("count", "rate", "points"):
            if getattr(stated, key) is not None and key not in needed[stated.what]:
                yield unknown_key((*at, key), ["what", *years, *needed[stated.what], "reference"], draft.merged)
        yield from check_money.check_place(draft, (*at, "place"), stated.place)


def check_runs(draft: Draft, known: Known) -> Iterator[Complaint]:
    """Replications and seed lie within their limits, and the mixes named are those of the file."""
    if not draft.whole("runs"):
        return
    if not 1 <= draft["runs"].replications <= MOST_REPLICATIONS:
        yield draft.merged.complaint("out_of_range", ("runs", "replications"), least=1, most=MOST_REPLICATIONS)
    if not 0 <= draft["runs"].seed <= LARGEST_SEED:
        yield draft.merged.complaint("out_of_range", ("runs", "seed"), least=0, most=LARGEST_SEED)
    mixes = draft.merged.texts.get("mixes")
    names = [*mixes, NO_POLICY] if isinstance(mixes, dict) else [NO_POLICY]
    for index, mix in enumerate(draft["runs"].only):
        if mix not in names:
            yield not_one_of(("runs", "only", index), names, draft.merged)


def check_parameters(draft: Draft, known: Known) -> Iterator[Complaint]:
    """Overrides name parameters of the model and are numbers or priors."""
    for name, given in draft.items("parameters").items():
        at = ("parameters", name)
        if known.parameters and name not in known.parameters:
            yield draft.merged.complaint("unknown_parameter", at, nearest=Nearest(name, known.parameters))
            continue
        value = native(given)
        if isinstance(value, Mapping):
            fault = _fault_of_prior(value)
            if fault:
                yield draft.merged.complaint("not_a_prior", at, fault=fault)
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            yield draft.merged.complaint("not_a_prior", at, fault="-")


def _fault_of_prior(value: object) -> str:
    """What is wrong with a prior; empty if nothing is."""
    try:
        _ = Prior.read(value).median
    except (ValueError, TypeError, KeyError) as error:
        return str(error)
    return ""
