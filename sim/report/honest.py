"""What the runs bear to be said: counts with their bands, and warnings where chance weighs more than what is asked."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sim.measures import catalogue
from sim.measures.targets import band, interval
from sim.report.words import Words, step_for
from sim.studies.judging import Judged
from sim.studies.results import Results

FALLS = ("fall", "fall_per_year")


def left_of_start(one: Judged, words: Words) -> str:
    """How many of the households (or people) at the start are left under the mix, with the band; empty where that has no sense."""
    if math.isnan(one.households_allowed):
        return ""
    write = words.people if catalogue.describe(one.target.measure).of == "people" else words.households
    median, low, high = one.end_households
    step = step_for(high - low)
    ends = {"median": median, "low": low, "high": high}
    facts = {name: words.number(value if step == 1 else step * round(value / step)) for name, value in ends.items()}
    key = "target.left" if facts["low"] != facts["high"] else "target.left_same"
    return words.text(key, mix=words.mix(one.mix), year=one.target.year, start=write(one.start_households), **facts)


def warnings(results: Results, one: Judged, write: Callable[[float], str], words: Words) -> list[str]:
    """Where what differs from run to run is more than the target asks, and where the runs are too few to say which way it goes.

    ``write`` puts a figure in the target's own terms.
    """
    if one.probability in (0.0, 1.0):
        return []
    found = []
    asked, spread = _asked(one), one.p95 - one.p05
    if spread > asked > 0:
        found.append(words.text("target.spread_wide", spread=write(spread), asked=write(asked)))
    runs = results.frame.replications
    low, high = interval(one.probability, runs)
    if low < 0.5 < high:
        found.append(words.text("target.too_few", low=words.share(low), high=words.share(high), replications=words.number(runs)))
    return found


def median_of(values: np.ndarray) -> float:
    """The median of a count, rounded to what its band bears."""
    median, low, high = band(values)
    step = step_for(high - low)
    return median if math.isnan(median) or step == 1 else step * round(median / step)


def median_households(values: np.ndarray, words: Words) -> str:
    """The median of a number of households, rounded to what its band bears."""
    return words.households(median_of(values))


def _asked(one: Judged) -> float:
    """The change from the start that a target asks, in its own terms; 0 where it has none."""
    if one.target.form in FALLS:
        return one.target.value
    if one.target.form not in ("level", "cover") or math.isnan(one.start):
        return 0.0
    return one.target.value - one.start if one.target.more_is_better or one.target.form == "cover" else one.start - one.target.value
