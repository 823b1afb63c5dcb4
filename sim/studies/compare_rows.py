"""The rows of a comparison: one mix beside the reference, target by target and measure by measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from sim.measures import catalogue
from sim.measures.grouping import ALL
from sim.measures.paired import pair, ratio_of_means
from sim.measures.targets import Target, band, probability
from sim.studies.comparison import ALL_TARGETS, GROUP, KEPT_OUT, LIFTED, MEASURE, TARGET, TRULY_LIFTED
from sim.studies.frame import Frame
from sim.studies.sides import REMOTE, Side
from sim.studies.sightings import STANDINGS

NAN = float("nan")
YEARS_TO_LAST = 3  # an escape lasts when it has stood for 36 months
# What is compared in the plan's last year and in the last simulated; ``True``: all years to then added up.
MEASURES = (
    ("official_poor_households", False), ("true_poor_households", False), ("escaped_households", True),
    ("fallen_back_households", True), ("fgt1", False), ("consumption_per_head_mean", False),
)  # fmt: skip
GROUPS = ("minority", "female_head", "disabled", "merit", REMOTE)
OF_GROUPS = ("official_poor_rate", "true_poor_rate", "fgt1")
CHANCES = ("probability", "mc_error", "probability_against", "mc_error_against")
Row = dict[str, Any]


def difference_rows(side: Side, against: Side, frame: Frame, targets: Sequence[Target]) -> Iterator[Row]:
    """All differences of a mix from the reference."""
    yield from _target_rows(side, against, [target for target in targets if side.has_year(target.year)])
    years = [year for year in dict.fromkeys((frame.last_planned_year, frame.years[-1])) if side.has_year(year)]
    for year in years:
        for name, summed in MEASURES:
            yield _measure_row(side, against, (name, ALL, year), summed)
    if years and years[-1] >= frame.last_planned_year + YEARS_TO_LAST:
        yield _measure_row(side, against, ("kept_out_households", ALL, years[-1]), False)
    for year in years:
        for group in (ALL, *GROUPS):
            if group in (ALL, *side.groups()):
                rows = [_measure_row(side, against, (name, group, year), False) for name in OF_GROUPS]
                yield from ({**row, "kind": GROUP} for row in rows if row["runs"])


def _target_rows(side: Side, against: Side, targets: Sequence[Target]) -> Iterator[Row]:
    """What a target measures, in its own terms, and the chance of it; then all targets jointly."""
    met = []
    for target in targets:
        ours, theirs = side.outcome(target), against.outcome(target)
        chances = _chances(ours.met, theirs.met)
        about = {"name": target.name, "measure": target.measure, "group": target.group, "place": target.place, "year": target.year}
        about |= {"unit": target.unit, "summed": False}
        yield _row(side, against, (TARGET, about), (ours.achieved, theirs.achieved), is_better_upward(target)) | chances
        if not target.yardstick:
            met.append((ours.met, theirs.met))
    if len(met) > 1:
        ours_all, theirs_all = (np.logical_and.reduce(masks).astype(np.float64) for masks in zip(*met, strict=True))
        about = {"name": ALL_TARGETS, "measure": "", "group": ALL, "place": ALL, "year": max(target.year for target in targets)}
        chances = _chances(ours_all, theirs_all)
        about |= {"unit": "0 or 1", "summed": False}
        yield _row(side, against, (TARGET, about), (ours_all, theirs_all), True) | chances


def _chances(ours: np.ndarray, theirs: np.ndarray) -> Row:
    """The probability of both sides with its Monte Carlo error."""
    return dict(zip(CHANCES, (*probability(ours), *probability(theirs)), strict=True))


def is_better_upward(target: Target) -> bool:
    """Whether more is better in a target's own terms: a level by its measure, points fallen, cover and counts always."""
    return target.more_is_better if target.form == "level" else target.form != "zero"


def _measure_row(side: Side, against: Side, what: tuple[str, str, int], summed: bool) -> Row:
    name, group, year = what
    described = catalogue.describe(name)
    ours, theirs = (one.measure(name, year, group, summed) for one in (side, against))
    about = {"name": name, "measure": name, "group": group, "place": ALL, "year": year, "unit": described.unit, "summed": summed}
    row = _row(side, against, (MEASURE, about), (ours, theirs), described.more_is_better)
    return row | dict.fromkeys(CHANCES, NAN)


def _row(side: Side, against: Side, what: tuple[str, Row], values: tuple[np.ndarray, np.ndarray], up: bool) -> Row:
    """One row: kind and description, both sides, their paired difference."""
    ours, theirs = values
    known = theirs[~(np.isnan(ours) | np.isnan(theirs))]
    sides = {"value": band(ours)[0], "value_against": band(theirs)[0], "mean_against": float(np.mean(known)) if len(known) else NAN}
    return {"mix": side.label, "against": against.label, "kind": what[0], **what[1], **sides, **asdict(pair(ours, theirs, up))}


def transition_rows(side: Side, against: Side, years: Sequence[int], weight: int) -> Iterator[Row]:
    """Households by standing under the reference and under the mix, real households of one run; none where the starts differ."""
    if not side.begins_like(against):
        return
    for year in years:
        table = side.watch.table(side.mix, against.watch, against.mix, year, side.runs)
        if table is None:
            continue
        for i, j in np.ndindex(len(STANDINGS), len(STANDINGS)):
            if i == j == STANDINGS.index("absent"):
                continue
            counts = table[:, i, j].astype(np.float64) * weight
            _, low, high = band(counts)
            where = {"mix": side.label, "against": against.label, "year": year, "without": STANDINGS[i], "with": STANDINGS[j]}
            yield {**where, "households": float(counts.mean()), "low": low, "high": high, "runs": len(counts)}


def cost_rows(side: Side, against: Side, frame: Frame) -> Iterator[Row]:
    """Grants, and grants with loans, paid over and above the reference for each household gained by the same year's end."""
    end = frame.years[-1]
    years = dict.fromkeys((frame.last_planned_year, end))
    lifted = ((LIFTED, "official_poor_households"), (TRULY_LIFTED, "true_poor_households"))
    gains = [(name, measure, year) for year in years for name, measure in lifted]
    gains += [(KEPT_OUT, "kept_out_households", end)] if end >= frame.last_planned_year + YEARS_TO_LAST else []
    for name, measure, year in gains:
        if side.has_year(year) and against.has_year(year):
            yield from _costs(side, against, name, measure, year)


def _costs(side: Side, against: Side, name: str, measure: str, year: int) -> Iterator[Row]:
    sign = 1.0 if catalogue.describe(measure).more_is_better else -1.0
    gain = sign * (side.measure(measure, year) - against.measure(measure, year))
    grants, loans = (side.paid(year, loans) - against.paid(year, loans) for loans in (False, True))
    for money, paid in (("grants", grants), ("grants_and_loans", grants + loans)):
        found = ratio_of_means(paid, gain)
        head = {"mix": side.label, "against": against.label, "gain": name, "year": year, "money": money, "paid": float(paid.mean())}
        households = {"households": found.gain.mean, "households_low": found.gain.mean_low, "households_high": found.gain.mean_high}
        cost = {"cost": found.value, "cost_low": found.low, "cost_high": found.high, "defined": found.is_defined}
        yield {**head, **households, **cost, "runs": len(gain)}
