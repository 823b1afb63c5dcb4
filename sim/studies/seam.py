"""Where studies meet the model: beside dealings.py the only file that knows the engine's and the scenario's own names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.agents.children import under_5
from sim.agents.codebook import Standing
from sim.kit.calendar import Quarter
from sim.law.posterior import Posterior
from sim.law.priors import Prior
from sim.measures.levels import Levels
from sim.measures.spending import sum_by_cell
from sim.measures.year import Facts
from sim.policies.discovery import discover
from sim.policies.lever_file import words as lever_words
from sim.policies.readings import other, split
from sim.population.division import divide, homes_of
from sim.population.roster_words import items
from sim.population.sampling import sampled
from sim.scenario.known import known_parameters
from sim.scenario.resting import assumptions_behind
from sim.standards.load import load_standard
from sim.standards.standard import Standard
from sim.studies.dealings import communes_reached, dealings
from sim.studies.frame import NO_POLICY, Frame, target_of
from sim.studies.place_axis import MEANS, axis, label_of, levels
from sim.studies.results import LedgerTable


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
    return levels(labels, homes_of(cells), frame.one_for, [cell.parts for cell in cells])


def findings_of(scenario: Any) -> tuple[dict[str, str], ...]:
    """The contradictions among the plan's own figures, a paragraph each in both languages."""
    from sim.scenario.plan_arithmetic import find

    return tuple({"vi": finding.text("vi"), "en": finding.text("en")} for finding in find(scenario))


def follow(simulation: Any, at_year_end: Callable[[Any], None]) -> None:
    """Run a simulation to its end; ``at_year_end(simulation)`` sees each fourth quarter before lists turn on 1 January."""
    simulation.yearly.append(at_year_end)
    while not simulation.finished:
        simulation.quarter()


def poor_at_start(households: Any, communes: int) -> np.ndarray:
    """Sorted identities of the households on the poor list now."""
    return np.sort(_identity(households, communes)[households.reviewed == Standing.POOR])


def facts_of(simulation: Any, year: int, replications: int, levels: Levels, start_poor: np.ndarray) -> Facts:
    """What the measures of ``year`` need beside columns; a simulation that has not begun gives the facts of its start."""
    h = simulation.households
    standard = load_standard(simulation.scenario.standard)
    when = Quarter(year, 4)
    lacked = standard.deprivations(h)
    points = standard.points
    children, undernourished = under_5(h.members)
    return Facts(
        replications=replications,
        levels=levels,
        line=standard.line_of(h.urban, when).astype(np.float32),
        lacked=lacked,
        truly=standard.classify(h.income_per_head, h.urban, lacked, when),
        poor_at_start=_is_in(_identity(h, levels.communes), start_poor),
        new=h.branch == year,
        children_under_5=children,
        undernourished_under_5=undernourished,
        when=when,
        indicators=standard.indicators,
        weights=tuple(float(weight) for weight in points / points.sum()) if len(points) else (),
        cutoff=_cutoff(standard),
        dealings=dealings(simulation, year),
        communes_reached=communes_reached(simulation, year),
    )


def ledger_of(simulation: Any, replications: range, places: tuple[str, ...]) -> LedgerTable:
    """The ledger of a finished simulation, replications under their own numbers and places under their names."""
    rows = simulation.programme.ledger.rows()
    known = np.unique(simulation.communes.replication)  # whether counted from the batch's first or from 0
    columns = {name: rows[name] for name in ("year", "quarter", "dong")}
    columns["replication"] = (replications.start + np.searchsorted(known, rows["replication"])).astype(np.int32)
    columns["place"] = np.array(places, dtype=object)[rows["place"]]
    columns |= {name: rows[name].astype(object) for name in ("source", "kind", "lever", "entry")}
    return LedgerTable(columns)


def spending_of(ledger: LedgerTable, frame: Frame, levers: tuple[str, ...], replications: range) -> dict[str, np.ndarray]:
    """Whole dong paid by lever, each of shape (years, replications, places)."""
    c = ledger.columns
    shape = (len(frame.years), len(replications), len(frame.places))
    place = np.array([frame.places.index(name) for name in c["place"]], dtype=np.int64)
    cell = ((c["year"].astype(np.int64) - frame.start_year) * shape[1] + c["replication"] - replications.start) * shape[2] + place
    paid = c["entry"] == "paid"
    by_lever = {lever: paid & (c["lever"] == lever) for lever in levers}
    return {lever: sum_by_cell(cell[mine], c["dong"][mine], int(np.prod(shape))).reshape(shape) for lever, mine in by_lever.items()}


def _identity(h: Any, communes: int) -> np.ndarray:
    """Replication index (up to 65,535), origin and branch of each household in one uint64."""
    replication, origin, branch = ((h.cell // communes).astype(np.uint64), h.origin.astype(np.uint64), h.branch.astype(np.uint64))
    return (replication << np.uint64(48)) | (origin << np.uint64(16)) | branch


def _is_in(keys: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Which keys are among the sorted ones."""
    if not len(among):
        return np.zeros(len(keys), dtype=bool)
    return among[np.minimum(np.searchsorted(among, keys), len(among) - 1)] == keys


def _cutoff(standard: Standard) -> float:
    """Share of all points from which a household counts as multidimensionally poor."""
    return standard.cutoffs["many"].value / float(standard.points.sum()) if "many" in standard.cutoffs else 1.0
