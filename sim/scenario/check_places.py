"""Whether the places of a scenario, their districts and their parts can be what the file says of them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.kit.complaints import Complaint, Nearest
from sim.kit.reading import KeyPath
from sim.scenario.draft import Draft
from sim.scenario.forms import MAY_BE_UNSTATED, PopulationForm
from sim.scenario.known import Known
from sim.scenario.regions import RESERVED, STANDINGS, counts_of, district_of, one_for

MOST_HOUSEHOLDS = 200_000_000
MOST_COMMUNES = 20_000  # of a plan
MOST_FOR_ONE = 10_000  # households that an agent of a sample stands for
LEAST_AGENTS = 10  # of a place in a sample
LEAST_PART = 0.01  # of wages, and of production of their own, in what people earn by work


def check_places(draft: Draft, known: Known) -> Iterator[Complaint]:
    """Places have names of their own, and no more listed households than households."""
    if draft.whole("places") and not draft.items("places"):
        yield draft.merged.complaint("no_places", ("places",))
    first: dict[str, int] = {}
    counts = counts_of(draft.items("places"), draft.items("districts"))
    for index, place in draft.items("places").items():
        at = ("places", index)
        yield from _check_counts(draft, at, counts[index])
        if place.name in RESERVED:
            yield draft.merged.complaint("reserved_name", (*at, "name"), reserved=RESERVED)
        if place.name in first:
            yield draft.merged.complaint("name_twice", (*at, "name"), first=draft.merged.locate(("places", first[place.name], "name"))[1])
        first.setdefault(place.name, index)
    total = sum(count["households"] for count in counts.values())
    if total > MOST_HOUSEHOLDS:
        yield draft.merged.complaint("too_many_households", ("places",), total=total, limit=MOST_HOUSEHOLDS)


def _check_counts(draft: Draft, at: KeyPath, counts: dict[str, int]) -> Iterator[Complaint]:
    """The three counts of a place are there and go together."""
    missing = [key for key in STANDINGS if key not in counts]
    if draft.whole("districts"):
        yield from (draft.merged.complaint("missing_key", (*at, key)) for key in missing)
    if counts["households"] == 0:
        yield draft.merged.complaint("no_households", (*at, "households"))
    elif missing:
        return
    elif counts["poor"] > counts["households"]:
        yield draft.merged.complaint("more_poor_than_households", (*at, "poor"), **counts)
    elif counts["poor"] + counts["near_poor"] > counts["households"]:
        yield draft.merged.complaint("more_listed_than_households", (*at, "near_poor"), **counts)


def check_districts(draft: Draft, known: Known) -> Iterator[Complaint]:
    """A district has places, and shares its name with none but the one place that it is."""
    places = draft.items("places").values()
    within = {name: [p.name for p in places if p.district == name] for name in dict.fromkeys(p.district for p in places if p.district)}
    for index, place in draft.items("places").items():
        at = ("places", index, "district")
        if place.district in RESERVED:
            yield draft.merged.complaint("reserved_name", at, reserved=RESERVED)
        elif place.district in [other.name for other in places] and within[place.district] != [place.district]:
            yield draft.merged.complaint("district_is_a_place", at)
    if draft.whole("places"):
        names = [*within, *(place.name for place in places if not place.district)]
        for name in draft.items("districts"):
            if name not in names:
                yield draft.merged.complaint("district_without_places", ("districts", name), nearest=Nearest(name, names))


def check_communes(draft: Draft, known: Known) -> Iterator[Complaint]:
    """A place is divided into at least one commune, each with a household at least."""
    total = 0
    for index, place in draft.items("places").items():
        at, households = ("places", index, "communes"), int(place.households.value.value)
        total += place.communes
        if place.communes < 1:
            yield draft.merged.complaint("out_of_range", at, least=1, most=MOST_COMMUNES)
        elif place.communes > max(households, 1):
            yield draft.merged.complaint("more_communes_than_households", at, communes=place.communes, households=households)
    if total > MOST_COMMUNES:
        yield draft.merged.complaint("too_many_communes", ("places",), total=total, limit=MOST_COMMUNES)


def check_population(draft: Draft, known: Known) -> Iterator[Complaint]:
    """Every fact that the synthesis needs is stated for the whole or for each place or its district."""
    if not draft.whole("population", "places", "districts"):
        return
    places, districts = draft.items("places").values(), draft.items("districts")
    for fact in (name for name in PopulationForm.model_fields if name not in MAY_BE_UNSTATED):
        everywhere = all(getattr(place.population, fact) or getattr(district_of(place, districts).population, fact) for place in places)
        if getattr(draft["population"], fact) is None and not everywhere:
            yield draft.merged.complaint("missing_key", ("population", fact))


def check_wage_shares(draft: Draft, known: Known) -> Iterator[Complaint]:
    """People earn something by wages and something by production of their own."""
    parts = [("districts", draft.items("districts").items()), ("places", draft.items("places").items())]
    stated: list[tuple[KeyPath, PopulationForm]] = [((key, name), form.population) for key, forms in parts for name, form in forms]
    if draft.whole("population"):
        stated.append(((), draft["population"]))
    for at, facts in stated:
        if facts.wage_share is not None and not LEAST_PART <= facts.wage_share.value.value <= 1 - LEAST_PART:
            limits = {"least": f"{100 * LEAST_PART:g} %", "most": f"{100 - 100 * LEAST_PART:g} %"}
            yield draft.merged.complaint("out_of_range", (*at, "population", "wage_share", "value"), **limits)


def check_sample(draft: Draft, known: Known) -> Iterator[Complaint]:
    """A sample has one size, leaves every commune of a place an agent, and is of more than one commune."""
    sample = draft["sample"]
    if sample is None or not draft.whole("sample", "places"):
        return
    if (sample.one_for is None) == (sample.households is None):
        yield draft.merged.complaint("one_for_or_households", ("sample",))
        return
    places = draft.items("places").values()
    if sample.one_for is not None and not 1 <= sample.one_for <= MOST_FOR_ONE:
        yield draft.merged.complaint("out_of_range", ("sample", "one_for"), least=1, most=MOST_FOR_ONE)
    if sample.households is not None and int(sample.households.value) < 1:
        yield draft.merged.complaint("out_of_range", ("sample", "households"), least=1, most=MOST_HOUSEHOLDS)
    agent = one_for(sample, sum(int(place.households.value.value) for place in places))
    if agent > 1 and sum(place.communes for place in places) == 1:
        yield draft.merged.complaint("sample_of_commune", ("sample",))
    if draft.whole("population") and draft["population"].roster is not None:
        yield draft.merged.complaint("sample_of_roster", ("sample",))
    small = [place.name for place in places if int(place.households.value.value) < LEAST_AGENTS * agent]
    if agent > 1 and small:
        yield draft.merged.complaint("sample_too_coarse", ("sample",), one_for=agent, places=small, least=LEAST_AGENTS)
