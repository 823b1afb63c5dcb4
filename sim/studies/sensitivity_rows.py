"""The tables of ``sensitivity``, from what its runs gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import NormalDist
from typing import Any

import numpy as np

from sim.measures.targets import Target
from sim.studies import designs
from sim.studies.designs import Design
from sim.studies.frame import NO_POLICY, Frame
from sim.studies.information import Worth, of_everything, of_number, of_numbers
from sim.studies.judging import is_followed, outcome_of
from sim.studies.results import Results
from sim.studies.sensible import EVERYTHING, GROUP, HOUSEHOLDS, LIFTED, NUMBER, TARGET
from sim.studies.sources import SOURCES
from sim.studies.variance_split import Sides, split

POOR = "official_poor_households"
Values = Mapping[str, np.ndarray]  # by outcome: shape (replications,)
Row = dict[str, Any]


@dataclass(frozen=True)
class Outcomes:
    """What is asked of every run of ``mix`` beside no policy: targets in their own terms, poor households, households lifted."""

    mix: str
    year: int

    def of(self, results: Results) -> dict[str, np.ndarray]:
        """Every outcome by replication."""
        targets = self.targets(results)
        found = {f"{TARGET}:{one.name}": outcome_of(results, one, self.mix).achieved for one in targets}
        poor = results.at(self.mix, POOR, self.year).astype(np.float64)
        lifted = results.at(NO_POLICY, POOR, self.year) - poor
        return {**found, HOUSEHOLDS: poor} | ({LIFTED: lifted} if self.mix != NO_POLICY else {})

    def targets(self, results: Results) -> list[Target]:
        """The targets that the run judges."""
        return [target for target in results.frame.targets if target.is_judged and is_followed(results, target)]


@dataclass
class Kept:
    """What has been run so far."""

    outcomes: Outcomes
    frame: Frame | None = None
    sampled: dict[str, np.ndarray] = field(default_factory=dict)
    gains: np.ndarray | None = None  # (runs, mixes): fewer poor households are better
    drawn: dict[str, np.ndarray] = field(default_factory=dict)  # uncertain numbers of the prior sample
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mixtures: dict[Sides, dict[str, np.ndarray]] = field(default_factory=dict)
    screened: tuple[Design, list[dict[str, np.ndarray]]] | None = None
    indexed: tuple[Design, list[dict[str, np.ndarray]]] | None = None

    def prior(self, results: Results, mixes: Sequence[str], parameters: np.ndarray, groups: Mapping[str, Sequence[str]]) -> None:
        """Keep the prior sample: outcomes, what each mix leaves, and the numbers that were drawn."""
        self.sampled, self.groups = self.outcomes.of(results), groups
        self.gains = -np.column_stack([results.at(mix, POOR, self.outcomes.year).astype(np.float64) for mix in mixes])
        self.drawn = {name: parameters[name].astype(np.float64) for names in groups.values() for name in names}

    def foremost(self, outcome: str, count: int) -> list[str]:
        """The groups that moved an outcome most."""
        assert self.screened is not None
        design, found = self.screened
        effects = designs.screened(design, [step[outcome] for step in found])
        ordered = sorted(effects, key=lambda effect: -effect.first)
        return [effect.group for effect in ordered[:count] if effect.first > 0] or design.groups[:1]


def tables_of(kept: Kept, groups: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """All tables as data frames; those of parts that were not reached are empty."""
    from pandas import DataFrame

    tables = {
        "outcomes": _outcomes(kept), "split": _split(kept), "screening": _screening(kept, groups), "indices": _indices(kept),
        "information": _information(kept), "numbers": _numbers(kept, groups),
    }  # fmt: skip
    return {name: DataFrame(list(rows)) for name, rows in tables.items()}


def _outcomes(kept: Kept) -> Iterator[Row]:
    for name, values in kept.sampled.items():
        known = values[~np.isnan(values)]
        low, median, high = np.quantile(known, (0.05, 0.5, 0.95)) if len(known) else (np.nan,) * 3
        spread = float(known.std(ddof=1)) if len(known) > 1 else np.nan
        mean = float(known.mean()) if len(known) else np.nan
        yield {"outcome": name, "mean": mean, "sd": spread, "median": median, "low": low, "high": high, "runs": len(known)}


def _split(kept: Kept) -> Iterator[Row]:
    if len(kept.mixtures) < 2 ** len(SOURCES):
        return
    for outcome in next(iter(kept.mixtures.values())):
        for part in split(SOURCES, {sides: values[outcome] for sides, values in kept.mixtures.items()}):
            yield {"outcome": outcome, **asdict(part)}


def _screening(kept: Kept, groups: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    if kept.screened is None:
        return
    design, found = kept.screened
    for outcome in found[0]:
        for effect in designs.screened(design, [step[outcome] for step in found]):
            head = {"outcome": outcome, "group": effect.group, "numbers": len(groups[effect.group])}
            yield {**head, "mu_star": effect.first, "mu_star_error": effect.first_error}


def _indices(kept: Kept) -> Iterator[Row]:
    if kept.indexed is None:
        return
    design, found = kept.indexed
    for outcome in found[0]:
        for effect in designs.indices(design, [step[outcome] for step in found]):
            yield {"outcome": outcome, **asdict(effect)}


def _numbers(kept: Kept, groups: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    """How each number goes with each outcome, of groups that may matter to the mix; of idle ones about one would pass ``noise``."""
    reach = NormalDist().inv_cdf(1.0 - 0.5 / max(sum(map(len, groups.values())), 1))
    for outcome, values in kept.sampled.items():
        if np.isnan(values).any() or not np.ptp(values) > 0:
            continue
        ranked = _ranks(values)
        for group, names in groups.items():
            for name in names:
                found = float(np.mean(ranked * _ranks(kept.drawn[name])))
                yield {"outcome": outcome, "number": name, "group": group, "correlation": found, "noise": reach / np.sqrt(len(values))}


def _information(kept: Kept) -> Iterator[Row]:
    """The worth of knowing everything, each group, each number."""
    gains = kept.gains
    if gains is None or gains.shape[1] < 2:
        return
    yield _worth(EVERYTHING, "", "", of_everything(gains))
    for group, names in kept.groups.items():
        yield _worth(GROUP, group, group, of_numbers(gains, np.column_stack([kept.drawn[name] for name in names])))
        for name in names:
            yield _worth(NUMBER, name, group, of_number(gains, kept.drawn[name]))


def _worth(what: str, name: str, group: str, worth: Worth) -> Row:
    return {"what": what, "name": name, "group": group, "value": worth.value, "error": worth.error, "seen": worth.is_seen}


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks, ties sharing theirs, of mean zero and spread one."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2.0)[inverse]
    spread = ranks.std()
    return (ranks - ranks.mean()) / spread if spread > 0 else np.zeros(len(values))
