"""Where studies meet the plan: which mixes a run is of, and the plain description of what its results rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sim.law.posterior import Posterior
from sim.law.priors import Prior
from sim.measures.levels import Levels
from sim.policies.discovery import discover
from sim.policies.lever_file import words as lever_words
from sim.policies.readings import other, split
from sim.population.division import divide, homes_of
from sim.population.roster_words import items
from sim.population.sampling import sampled
from sim.scenario.known import known_parameters
from sim.scenario.resting import assumptions_behind
from sim.standards.load import load_standard
from sim.studies.frame import NO_POLICY, Frame, target_of
from sim.studies.place_axis import MEANS, axis, label_of, levels

IN_CLASSES = 2_000_000  # rows of a replication from which incomes of several places together are looked at by classes


def mixes_of(scenario: Any, asked: tuple[str, ...] | None) -> tuple[str, ...]:
    """The mixes to run in the scenario's order, no_policy always and last; KeyError for a mix that it does not have.

    Beside the first stands its other reading of delivery, unless mixes are asked for by name.
    """
    names = [name for name in scenario.mixes if name != NO_POLICY]
    names[1:1] = [other(name, scenario.delivery) for name in names[:1]]
    for name in asked or ():
        if name not in (*names, NO_POLICY):
            raise KeyError(name)
    return (*[name for name in names if not asked or name in asked], NO_POLICY)


def mixes_to_run(scenario: Any) -> tuple[str, ...]:
    """What ``run`` simulates unless it is told: the mixes that the scenario names for it, or all; in either case as ``mixes_of``."""
    wanted = (*scenario.runs.only, NO_POLICY)
    return tuple(mix for mix in mixes_of(scenario, None) if not scenario.runs.only or split(mix)[0] in wanted)


def frame_of(scenario: Any, mixes: tuple[str, ...], replications: int, seed: int) -> Frame:
    """The plain description of a run of ``scenario``."""
    standard = load_standard(scenario.standard)
    levers = discover(scenario.levers_folder)
    asked = [split(mix)[0] for mix in mixes]
    used = {name for mix in asked if mix in scenario.mixes for name in scenario.mixes[mix].levers}
    labels = {key: {"vi": lever.file.vi, "en": lever.file.en} for key, lever in levers.items()}
    labels |= {item.indicator.key: {"vi": item.indicator.vi, "en": item.indicator.en} for item in standard.items}
    labels |= {key: dict(names) for part in ("sources", "kinds") for key, names in lever_words()[part].items()}
    return Frame(
        key=scenario.key,
        name=dict(scenario.name),
        places=tuple(place.name for place in scenario.places),
        years=tuple(range(scenario.first_year - 1, scenario.end_year + 1)),
        signed=str(scenario.signed),
        last_planned_year=scenario.last_year,
        standard=scenario.standard,
        delivery=scenario.delivery,
        mixes=mixes,
        levers=tuple(key for key in levers if key in used),
        commune_levers=tuple(key for key, lever in levers.items() if key in used and lever.level == "commune"),
        indicators=standard.indicators,
        labels=labels,
        targets=tuple(replace(target_of(target), rests_on=len(assumptions_behind(scenario, target))) for target in scenario.targets),
        replications=replications,
        seed=seed,
        findings=findings_of(scenario),
        one_for=scenario.one_for,
        roster=roster_of(scenario),
        numbers=numbers_of(scenario),
        districts=districts_of(scenario.places),
        poor_districts=tuple(place.name for place in scenario.places if place.poor_district),
        means=tuple(mean for mean in MEANS if mean in [label_of(target) for target in scenario.targets]),
        divided={place.name: place.communes for place in scenario.places if place.communes > 1},
    )


def districts_of(places: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    """The places of each district that the plan names, in the plan's order."""
    named = dict.fromkeys(place.district for place in places if place.district)
    return {district: tuple(place.name for place in places if place.district == district) for district in named}


def roster_of(scenario: Any) -> dict[str, Any]:
    """Of a commune's own review list: its households, and the items that it leaves to chance, for how many of them."""
    if scenario.roster is None:
        return {}
    silent = {item: count for item, count in scenario.roster.silent().items() if count}
    drawn = [{"vi": items()[item]["vi"][0], "en": items()[item]["en"][0], "households": count} for item, count in silent.items()]
    return {"households": len(scenario.roster), "drawn": drawn}


def numbers_of(scenario: Any) -> dict[str, Any]:
    """The posterior of the uncertain numbers, if there is one, and the numbers that the scenario itself replaces."""
    known = known_parameters()
    fitted = scenario.posterior
    replaced = []
    for name, given in scenario.parameters.items():
        own = known.get(name)
        replaced.append({"name": name, "vi": own.vi if own else name, "en": own.en if own else name, "by": str(Prior.read(given))})
    named = {"name": fitted.key, "vi": fitted.vi, "en": fitted.en} if isinstance(fitted, Posterior) else {}
    return {"posterior": named, "replaced": replaced}


def levels_of(scenario: Any, frame: Frame) -> Levels:
    """The place axis of a run over the communes that its places are divided into."""
    labels = axis(frame.places, frame.districts, frame.poor_districts, frame.means)
    cells = divide(sampled(scenario.places, frame.one_for), frame.seed, frame.one_for)
    in_classes = scenario.households > IN_CLASSES * frame.one_for
    return levels(labels, homes_of(cells), frame.one_for, [cell.parts for cell in cells], in_classes)


def findings_of(scenario: Any) -> tuple[dict[str, str], ...]:
    """The contradictions among the plan's own figures, a paragraph each in both languages."""
    from sim.scenario.plan_arithmetic import find

    return tuple({"vi": finding.text("vi"), "en": finding.text("en")} for finding in find(scenario))
