"""The tables of ``update``: what was reviewed, and the forecast before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.measures.targets import LEAST_OVERLOOKED, probability
from sim.studies.judging import ALL_TARGETS, is_followed, outcome_of, together
from sim.studies.results import Results
from sim.studies.reviews import Review
from sim.studies.reweighting import effective, log_likelihood, quantiles, shift_by_cause, weights_of

LISTS = {"poor": "official_poor_households", "near_poor": "official_near_poor_households"}
MEASURES = ("official_poor_households", "official_near_poor_households", "true_poor_households")
BAND = (0.5, 0.05, 0.95)
HALF_A_RUN = 0.5  # of the effective runs: less than this is not told from none or all
TOLD_FROM = 0.25  # standard deviations of the prior by which a number must have moved to be listed
Row = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """The runs of ``mix``, the reviews, the uncertain numbers of each run, and drivers by cause (each (runs, drivers))."""

    results: Results
    mix: str
    reviews: tuple[Review, ...]
    numbers: Mapping[str, np.ndarray]
    causes: Mapping[str, np.ndarray]

    @property
    def counts(self) -> list[tuple[Review, str, int]]:
        """Every count that was observed: review, list, households."""
        told = [(one, name, getattr(one, name)) for one in self.reviews for name in LISTS]
        return [(one, name, count) for one, name, count in told if count is not None]

    def simulated(self, review: Review, name: str) -> np.ndarray:
        """A list of a review as each run has it."""
        return self.results.at(self.mix, LISTS[name], review.year, review.place).astype(np.float64)

    @cached_property
    def weights(self) -> np.ndarray:
        """The weight of each run."""
        simulated = np.column_stack([self.simulated(review, name) for review, name, _ in self.counts])
        return weights_of(log_likelihood(simulated, np.array([count for *_, count in self.counts], dtype=np.float64)))

    @property
    def last(self) -> int:
        """The last year reviewed."""
        return max(one.year for one in self.reviews)


def tables_of(seen: Seen) -> tuple[float, dict[str, Any]]:
    """Effective runs, and all tables as data frames."""
    from pandas import DataFrame

    tables = {
        "reviews": _reviews(seen), "forecast": _forecast(seen), "targets": _targets(seen), "causes": _causes(seen),
        "numbers": _numbers(seen),
        "weights": ({"replication": r, "weight": weight} for r, weight in enumerate(seen.weights)),
    }  # fmt: skip
    return effective(seen.weights), {name: DataFrame(list(rows)) for name, rows in tables.items()}


def _reviews(seen: Seen) -> Iterator[Row]:
    equal = np.full(len(seen.weights), 1.0 / len(seen.weights))
    for review, name, count in seen.counts:
        values = seen.simulated(review, name)
        median, low, high = quantiles(values.astype(np.float64), equal, BAND)
        fewer = float(np.mean(values < count) + 0.5 * np.mean(values == count))
        head = {"place": review.place, "year": review.year, "list": name, "observed": count}
        yield {**head, "median": median, "low": low, "high": high, "share_with_fewer": fewer}


def _forecast(seen: Seen) -> Iterator[Row]:
    equal = np.full(len(seen.weights), 1.0 / len(seen.weights))
    for name in MEASURES:
        for year in seen.results.frame.years[1:]:
            values = seen.results.at(seen.mix, name, year).astype(np.float64)
            row: Row = {"measure": name, "year": year}
            for when, weights in (("before", equal), ("after", seen.weights)):
                bands = quantiles(values, weights, BAND)
                row |= {f"{part}_{when}": value for part, value in zip(("median", "low", "high"), bands, strict=True)}
                row |= {f"mean_{when}": float(weights @ values)}
            yield row


def _targets(seen: Seen) -> Iterator[Row]:
    results = seen.results
    met = {one.name: outcome_of(results, one, seen.mix).met for one in results.frame.targets if one.is_judged and is_followed(results, one)}
    joint = together(results)
    if len(joint) > 1:
        met[ALL_TARGETS] = np.logical_and.reduce([met[one.name] for one in joint])
    runs = effective(seen.weights)
    for name, mask in met.items():
        before, error = probability(mask)
        after = float(np.clip(seen.weights @ mask, 0.0, 1.0))
        after = float(round(after)) if min(after, 1.0 - after) * runs < HALF_A_RUN else after
        bound = 1.0 - LEAST_OVERLOOKED ** (1.0 / runs) if after in (0.0, 1.0) else float(np.sqrt(after * (1.0 - after) / runs))
        yield {"target": name, "before": before, "before_error": error, "after": after, "after_error": bound}


def _causes(seen: Seen) -> Iterator[Row]:
    """By how much the mean number of poor households of the reviewed year and each later one moved, by cause."""
    for year in [year for year in seen.results.frame.years if year >= seen.last]:
        values = seen.results.at(seen.mix, MEASURES[0], year).astype(np.float64)
        for cause, households in shift_by_cause(values, seen.weights, seen.causes).items():
            yield {"year": year, "measure": MEASURES[0], "cause": cause, "households": households}


def _numbers(seen: Seen) -> Iterator[Row]:
    """Uncertain numbers whose mean moved, the farthest first; what luck alone would move is beside."""
    noise = 1.0 / np.sqrt(effective(seen.weights))
    rows = []
    for name, values in seen.numbers.items():
        spread = values.std()
        if spread > 0:
            moved = float(seen.weights @ values - values.mean()) / spread
            if abs(moved) >= TOLD_FROM:
                means = {"before": float(values.mean()), "after": float(seen.weights @ values)}
                rows.append({"number": name, **means, "moved": moved, "noise": noise})
    yield from sorted(rows, key=lambda row: -abs(row["moved"]))
