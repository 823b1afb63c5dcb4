"""This year's review put in: the ensemble is weighted anew, the forecast moves, and it is told why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim.kit.complaints import Complaint, InputError, nearest
from sim.measures import catalogue
from sim.measures.grouping import ALL
from sim.start import parameters_of
from sim.studies import framing, study_files
from sim.studies import run as running
from sim.studies.circumstances import envelopes_of
from sim.studies.drivers import GROWTH, SHOCKS, Watched, Weather, payments
from sim.studies.executors import threads_to_use
from sim.studies.results import Results
from sim.studies.reviews import Review, checked
from sim.studies.run import Progress
from sim.studies.sources import groups_of, priors_of
from sim.studies.update_rows import Seen, tables_of
from sim.studies.updated import BEHAVIOUR, DELIVERY, START, WORLD, Update

LEAST_REPLICATIONS = 400  # unless others are asked for: weights leave a part of them
MOST_ROWS = 1_500_000  # households times replications


def update(
    scenario: Any,
    reviews: Sequence[Review],
    mix: str = "plan",
    *,
    seed: int | None = None,
    replications: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    engine: Any = None,
) -> Update:
    """Weigh the runs of ``mix`` by how well they agree with review results, and forecast with those weights.

    ``replications`` default to four hundred or more, as memory allows. An interruption ends the study with the
    replications that are whole by then. Raises InputError for an unknown mix, and for reviews of places and years that are not run.
    """
    started, seed = datetime.now(UTC), scenario.runs.seed if seed is None else seed
    rows = max(scenario.households // scenario.one_for, 1)
    usual = min(max(scenario.runs.replications, LEAST_REPLICATIONS), max(MOST_ROWS // rows, scenario.runs.replications))
    count = usual if replications is None else replications
    known = framing.mixes_of(scenario, None)
    if mix not in known:
        raise _unknown(scenario, mix, known)
    places = tuple(dict.fromkeys((ALL, *[one.name for one in scenario.places], *framing.districts_of(scenario.places))))
    seen = checked(reviews, scenario, places)
    weather = Weather(mix, max(one.year for one in seen))
    watched = Watched(engine or running.simulation_class(), weather)
    results = running.run(
        scenario, [mix], seed=seed, replications=count, threads=threads, engine=watched, progress=progress, keep_when_stopped=True
    )
    told = _told(scenario, results, (mix, seed), seen, weather)
    choices = {"mix": mix, "reviews": [asdict(one) for one in seen]}
    made_of = study_files.describe("update", [scenario], results.frame, choices, (started, threads_to_use(threads)))
    meanings = {name: {"vi": one.vi, "en": one.en} for name, one in priors_of(scenario).items()}
    effective, tables = tables_of(told)
    stopped, made_of = results.frame.replications < count, {**made_of, "mix": mix}
    return Update(results.frame, mix, effective, **tables, meanings=meanings, asked=count, manifest=made_of, is_stopped=stopped)


def _told(scenario: Any, results: Results, who: tuple[str, int], reviews: Sequence[Review], weather: Weather) -> Seen:
    """What the runs say of the counts that were reviewed, and what may have moved with them."""
    mix, seed = who
    runs, until = results.frame.replications, max(one.year for one in reviews)
    drawn = parameters_of(scenario, range(runs), seed)
    numbers = {name: drawn[name].astype(np.float64) for names in groups_of(scenario, [mix]).values() for name in names}
    world = {name: values[:runs] for name, values in weather.drivers().items() if name in (GROWTH, SHOCKS)}
    planned = sum(one.amount_dong for one in envelopes_of(scenario, mix) if one.kind != "credit" and one.year <= until)
    start = [results.series(mix, name)[:, 0] for name in results.measures[mix].measures if not catalogue.lever_of(name)]
    delivered = payments(results, mix, until, planned)
    causes = {START: start, BEHAVIOUR: [*numbers.values()], DELIVERY: [*delivered.values()], WORLD: [*world.values()]}
    return Seen(results, mix, tuple(reviews), numbers, {name: np.column_stack(some) for name, some in causes.items() if some})


def _unknown(scenario: Any, mix: str, known: Sequence[str]) -> InputError:
    facts = {"known": list(known), "nearest": nearest(mix, known)}
    return InputError([Complaint("unknown_mix", str(scenario.path), value=mix, facts=facts)])
