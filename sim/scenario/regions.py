"""Which places a name means: a place, a district, all poor districts, or the whole plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.scenario import forms
from sim.scenario.shape import Place, Scenario, Target

POOR_DISTRICTS = "poor_districts"
RESERVED = ("all", POOR_DISTRICTS, "mean_of_districts", "mean_of_poor_districts")  # labels that results have of their own
STANDINGS = ("poor", "near_poor")
NO_DISTRICT = forms.DistrictForm()


def places_of(scenario: Scenario, name: str | None) -> list[Place]:
    """The places of a name; all for None."""
    if name == POOR_DISTRICTS:
        return [place for place in scenario.places if place.poor_district]
    return [place for place in scenario.places if name in (None, place.name, place.district)]


def units_of(scenario: Scenario, about: Target) -> list[list[Place]]:
    """The places that a target is about, in parts whose rates it takes the mean of: a single part where it takes none."""
    places = places_of(scenario, about.over or about.place)
    if about.mean is None:
        return [places]
    districts = dict.fromkeys(place.district or place.name for place in places)
    return [[place for place in places if (place.district or place.name) == district] for district in districts]


def start_rate(scenario: Scenario, about: Target, standing: str) -> float:
    """The share of households of a standing at the start that a target sets out from."""
    rates = [sum(getattr(p, standing) for p in unit) / sum(p.households for p in unit) for unit in units_of(scenario, about)]
    return sum(rates) / len(rates)


def district_of(place: forms.PlaceForm, districts: Mapping[str, forms.DistrictForm]) -> forms.DistrictForm:
    """What the file says of a place's district; a place may be a district itself."""
    return districts.get(place.district or place.name, NO_DISTRICT)


def counts_of(places: Mapping[Any, forms.PlaceForm], districts: Mapping[str, forms.DistrictForm]) -> dict[Any, dict[str, int]]:
    """Households, poor and near-poor of each place: its own counts, else those of its district's rates, rounded so that a
    district has as many as its rate gives for all its places without counts; what neither says is missing."""
    counts: dict[Any, dict[str, int]] = {at: {"households": int(place.households.value.value)} for at, place in places.items()}
    for standing in STANDINGS:
        before: dict[str, tuple[int, int]] = {}
        for at, place in places.items():
            own, rate = getattr(place, standing), getattr(district_of(place, districts), f"{standing}_rate")
            if own is not None:
                counts[at][standing] = int(own.value.value)
            elif rate is not None:
                name = place.district or place.name
                households, listed = before.get(name, (0, 0))
                households += counts[at]["households"]
                counts[at][standing] = int(households * rate.value.value + 0.5) - listed
                before[name] = (households, listed + counts[at][standing])
    return counts


def is_poor_district(place: forms.PlaceForm, districts: Mapping[str, forms.DistrictForm]) -> bool:
    """Whether a place is a poor district or lies in one: as it says itself, else its district, else by the kind of area."""
    district = district_of(place, districts)
    said = next((flag for flag in (place.poor_district, district.poor_district) if flag is not None), None)
    return (place.area or district.area) == "poor_district" if said is None else said


def one_for(sample: forms.SampleForm | None, households: int) -> int:
    """How many households an agent stands for: as the file says, else the fewest that keep the agents within its number."""
    if sample is None:
        return 1
    if sample.one_for is not None:
        return sample.one_for
    wanted = max(int(sample.households.value), 1) if sample.households else max(households, 1)
    return max(-(-households // wanted), 1)
