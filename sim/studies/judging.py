"""The targets of a run judged for every mix: probability, band, shortfall, and what no policy would give."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from sim.measures import catalogue
from sim.measures.targets import Outcome, Target, band, judge, probability, share_of_stock
from sim.studies.frame import NO_POLICY
from sim.studies.results import Results

ALL_TARGETS = "all_targets"
MONEY = "dong"  # what is missing of an amount is no number of households
NAN = float("nan")


@dataclass(frozen=True)
class Judged:
    """One target under one mix. ``median``, ``p05``, ``p95`` are of what is achieved, in the target's own terms.

    ``end`` and ``end_households`` are median, 5 % and 95 % of the measure itself and of the households behind it at the
    target's year; ``asks`` the share of the starting stock that the target wants gone; ``met_by_year`` the probability
    that the same change is reached by a later year.
    """

    target: Target
    mix: str
    probability: float
    mc_error: float
    median: float
    p05: float
    p95: float
    missing_median: float
    shortfall_households_median: float
    no_policy_median: float
    start: float
    end: tuple[float, float, float]
    end_households: tuple[float, float, float]
    start_households: float
    households_allowed: float
    asks: float
    met_by_year: tuple[tuple[int, float], ...]
    followed: bool = True

    @property
    def note(self) -> str:
        """Facts for machines, ``key=value`` apart by semicolons."""
        if not self.target.is_judged:
            return "outside_the_model"
        notes = [f"asks_share_of_start={self.asks:.4f}"] if not math.isnan(self.asks) else []
        notes += ["mc_error=bound_95"] if self.probability in (0.0, 1.0) else []
        notes += [f"assumptions={self.target.rests_on}"] if self.target.rests_on else []
        notes += ["measure_differs"] if self.target.note else []
        notes += ["yardstick"] if self.target.yardstick else []
        notes += [] if self.followed else ["not_followed_long_enough"]
        return "; ".join(notes)


def judge_all(results: Results) -> tuple[Judged, ...]:
    """Every target of the run under every mix, in the order of the scenario."""
    return tuple(judge_one(results, target, mix) for target in results.frame.targets for mix in results.frame.mixes)


def together(results: Results) -> tuple[Target, ...]:
    """The targets that are judged jointly: what the plan states and the run can judge; yardsticks where it states nothing."""
    known = tuple(target for target in results.frame.targets if target.is_judged and is_followed(results, target))
    return tuple(target for target in known if not target.yardstick) or known


def jointly(results: Results, mix: str) -> tuple[float, float]:
    """Probability that a mix meets all targets together, and its Monte Carlo error; not-a-number without targets."""
    known = [outcome_of(results, target, mix) for target in together(results)]
    if not known:
        return NAN, NAN
    return probability(np.logical_and.reduce([outcome.met for outcome in known]))


def judge_one(results: Results, target: Target, mix: str) -> Judged:
    """One target under one mix; not-a-number throughout where the model cannot judge it or the run ends before its year."""
    if not target.is_judged or not is_followed(results, target):
        nothing, followed = (NAN, NAN, NAN), not target.is_judged
        return Judged(target, mix, NAN, NAN, *nothing, NAN, NAN, NAN, NAN, nothing, nothing, NAN, NAN, NAN, (), followed=followed)
    outcome = outcome_of(results, target, mix)
    start = float(np.median(_measured(results, target, mix, target.base_year)))
    end = _measured(results, target, mix, target.year)
    base = _base(results, target, mix, target.year)
    scale = base / 100.0 if base is not None else 1.0
    without = outcome_of(results, target, NO_POLICY) if NO_POLICY in results.frame.mixes else None
    chance, error = probability(outcome.met)
    return Judged(
        target, mix, chance, error, *band(outcome.achieved),
        missing_median=float(np.median(outcome.missing)),
        shortfall_households_median=NAN if is_uncounted(target) else float(np.median(outcome.missing_households)),
        no_policy_median=float(np.median(without.achieved)) if without else NAN,
        start=start,
        end=band(end),
        end_households=band(counts(results, target, mix, target.year)),
        start_households=float(np.median(counts(results, target, mix, target.base_year))),
        households_allowed=_allowed(target, start, scale),
        asks=share_of_stock(target, start),
        met_by_year=_met_by_year(results, target, mix),
    )  # fmt: skip


def is_followed(results: Results, target: Target) -> bool:
    """Whether the run reaches from the target's base year to its year."""
    return target.base_year in results.frame.years and target.year in results.frame.years


def is_uncounted(target: Target) -> bool:
    """Whether what is missing is no number of households or people: money, and shares of something else than these."""
    measure = catalogue.describe(target.measure)
    return measure.unit == MONEY or (measure.unit == "%" and not measure.of)


def _measured(results: Results, target: Target, mix: str, year: int) -> np.ndarray:
    """The measure in one year, shape (replications,)."""
    return results.at(mix, target.measure, year, target.place, target.group)


def _base(results: Results, target: Target, mix: str, year: int) -> np.ndarray | None:
    """How many households or people a rate is a share of, by replication; None for counts and shares of other things."""
    of = catalogue.describe(target.measure).of
    return results.at(mix, of, year, target.place, target.group) if of else None


def counts(results: Results, target: Target, mix: str, year: int) -> np.ndarray:
    """Households (or people) that a target's measure stands for in a year, shape (replications,)."""
    measure = catalogue.describe(target.measure)
    if measure.counted_by:
        return results.at(mix, measure.counted_by, year, target.place, target.group)
    values, base = _measured(results, target, mix, year), _base(results, target, mix, year)
    return values if base is None else np.round(values * base / 100.0)


def outcome_of(results: Results, target: Target, mix: str) -> Outcome:
    """The target judged in every replication."""
    years = slice(results.frame.years.index(target.base_year), results.frame.years.index(target.year) + 1)
    values = results.series(mix, target.measure, target.place, target.group)[:, years]
    return judge(target, values, _base(results, target, mix, target.year))


def _allowed(target: Target, start: float, scale: np.ndarray | float) -> float:
    """How many households may be left at the target's year, for targets that bring something down."""
    if target.more_is_better or target.form not in ("level", "fall", "fall_per_year"):
        return NAN
    fall = target.value * (target.years if target.form == "fall_per_year" else 1)
    level = target.value if target.form == "level" else start - fall
    return float(np.floor(max(level, 0.0) * np.median(scale) + 1e-9))


def _met_by_year(results: Results, target: Target, mix: str) -> tuple[tuple[int, float], ...]:
    """Probability that the same level or total change stands in each year from the target's on."""
    if target.form not in ("level", "fall", "fall_per_year", "cover"):
        return ()
    whole = target
    if target.form == "fall_per_year":
        whole = replace(target, form="fall", value=target.value * target.years)
    later = [year for year in results.frame.years if year >= target.year]
    return tuple((year, float(np.mean(outcome_of(results, replace(whole, year=year), mix).met))) for year in later)
