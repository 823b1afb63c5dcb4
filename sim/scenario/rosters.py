"""The places' own review lists that a scenario names, and the counts that its places take from them."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.kit.complaints import InputError
from sim.kit.quantities import Quantity
from sim.kit.reading import KeyPath
from sim.population.roster_file import Roster, read_roster
from sim.scenario.draft import Draft
from sim.scenario.figures import CountFigure

ROSTER: KeyPath = ("population", "roster")
STANDINGS = {"poor": Standing.POOR, "near_poor": Standing.NEAR_POOR}


def take_roster(draft: Draft) -> Roster | None:
    """Read the list that a scenario names and give its places the list's counts where they state none; faults become complaints."""
    if not draft.whole("population", "places") or draft["population"].roster is None or draft.years is None:
        return None
    path = draft.merged.folder_of(ROSTER) / draft["population"].roster
    try:
        inside = path.resolve().is_relative_to(draft.merged.path.resolve().parent)
    except (OSError, ValueError, RuntimeError):
        inside = False
    if not inside:
        draft.complaints.append(draft.merged.complaint("roster_outside", ROSTER, folder=draft.merged.path.resolve().parent))
        return None
    if not path.is_file():
        draft.complaints.append(draft.merged.complaint("no_file", ROSTER))
        return None
    places = draft.items("places")
    try:
        roster = read_roster(path, draft.years[0], [place.name for place in places.values()])
    except InputError as error:
        draft.complaints += error.complaints
        return None
    for number, (at, place) in enumerate(places.items()):
        draft.parts["places"][at] = _with_counts(draft, at, place, roster, number)
    return roster


def _with_counts(draft: Draft, at: Any, place: Any, roster: Roster, number: int) -> Any:
    """The place with the list's counts of poor and near-poor; complaints where it states others, or has no room for the list."""
    here: KeyPath = ("places", at)
    listed = {key: int(roster.counts(standing)[number]) for key, standing in STANDINGS.items()}
    households, of_list = int(place.households.value.value), int(np.sum(roster.place == number))
    if place.communes > 1:
        draft.complaints.append(draft.merged.complaint("roster_of_parts", (*here, "communes")))
    if of_list > households:
        facts = {"of_list": of_list, "households": households}
        draft.complaints.append(draft.merged.complaint("roster_longer_than_place", (*here, "households"), **facts))
    for key, count in listed.items():
        stated = getattr(place, key)
        if stated is not None and int(stated.value.value) != count:
            draft.complaints.append(draft.merged.complaint("roster_counts_differ", (*here, key), count=count))
    return place.model_copy(update={key: _figure(count, roster.path.name) for key, count in listed.items()})


def _figure(count: int, reference: str) -> CountFigure:
    """A count that need not be read from text."""
    return CountFigure.model_construct(value=Quantity(count, "count"), reference=reference)
