"""Forecasts beside what came: a row for each, and a row for each simple rule beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.measures import scores
from sim.measures.normal import standard_error
from sim.studies.simple_rules import REFERENCE, RULES, History, uniform_factor, with_spread

LEVELS = (0.5, 0.8, 0.9)
QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
FALLS = (1, 2, 3, 5)  # points
KEYS = ("series", "standard", "code", "place", "origin", "year", "ahead", "held_out", "level")


@dataclass(frozen=True)
class Case:
    """Forecasts of several places from one origin to one year, and what came.

    ``series`` survey or list; ``held_out`` of each place (no, province, year, place, new); ``members`` (places, members) and
    ``observed`` (places,) in percent; ``national`` the country's rate at the origin and in the year, for the reference.
    """

    series: str
    standard: str
    codes: Sequence[str]
    places: Sequence[str]
    origin: int
    year: int
    held_out: Sequence[str]
    known: History
    members: np.ndarray
    observed: np.ndarray
    national: tuple[float, float]


def level_of(rate: float, poor_above: float) -> str:
    """How poor a place was at the origin, as a range of its rate in percent."""
    bounds = (1.0, 5.0, poor_above)
    names = ("below 1", "1 to 5", f"5 to {poor_above:g}", f"above {poor_above:g}")
    return names[sum(rate > bound for bound in bounds)]


def forecast_rows(case: Case, poor_above: float) -> pd.DataFrame:
    """A row for each place: quantiles, score, whether bands held it, chances of having fallen by so many points."""
    frame = pd.DataFrame(_keys(case, poor_above))
    frame["origin_rate"], frame["observed"] = case.known.now, case.observed
    frame["mean"] = case.members.mean(axis=1)
    for share, values in zip(QUANTILES, np.quantile(case.members, QUANTILES, axis=1), strict=True):
        frame[f"p{round(100 * share):02d}"] = values
    frame["crps"] = scores.crps(case.members, case.observed)
    for level in LEVELS:
        frame[f"within_{round(100 * level)}"] = scores.is_covered(case.members, case.observed, level)
    for points in FALLS:
        frame[f"chance_fell_{points}"] = (case.members <= case.known.now[:, None] - points).mean(axis=1)
        frame[f"fell_{points}"] = case.observed <= case.known.now - points
    return frame


def rule_rows(case: Case, poor_above: float, households: float) -> pd.DataFrame:
    """A row for each place and rule that has what it needs: its figure, its error, its score with the spread of a survey's error."""
    figures = {name: rule(case.known, float(case.year - case.origin)) for name, rule in RULES.items()}
    figures[REFERENCE] = uniform_factor(case.known.now, *case.national)
    parts = []
    for name, points in figures.items():
        told = np.isfinite(points)
        if not told.any():
            continue
        frame = pd.DataFrame(_keys(case, poor_above))
        frame["rule"], frame["figure"], frame["observed"] = name, points, case.observed
        sd = 100.0 * standard_error(np.clip(points, 0.0, 100.0) / 100.0, households)
        frame["survey_error"] = sd
        frame["crps"] = scores.crps(with_spread(np.nan_to_num(points), np.nan_to_num(sd)), case.observed)
        parts.append(frame[told])
    return pd.concat(parts, ignore_index=True)


def _keys(case: Case, poor_above: float) -> Mapping[str, object]:
    ahead = case.year - case.origin
    levels = [level_of(rate, poor_above) for rate in case.known.now]
    values = (case.series, case.standard, list(case.codes), list(case.places), case.origin, case.year, ahead, list(case.held_out), levels)
    return dict(zip(KEYS, values, strict=True))
