"""The yearly review of one household: what it lacks, its score, whether it asks, and on which list it comes out.

Told for the standard of 2022: poor is who scores up to the threshold and lacks many services, near-poor who scores
up to it and lacks fewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.codebook import NEVER, Shock, Standing
from sim.agents.purposes import Purpose
from sim.kit import maths
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.standards.standard import Standard

if TYPE_CHECKING:
    from tests.oracle.household import Household

f4 = np.float32
f8 = np.float64
POOR, NEAR_POOR, NOT_LISTED = (int(standing) for standing in (Standing.POOR, Standing.NEAR_POOR, Standing.NOT_LISTED))
HARD = Shock.ILLNESS | Shock.DEATH | Shock.STORM | Shock.JOB_LOST


def lacks(h: Household, indicator: str, limits: dict[str, float]) -> bool:
    """Whether a household lacks one of the twelve services, by its members and its dwelling."""
    home = h.at_home
    if indicator == "employment":
        counts = h.tallies()
        return counts["unemployed"] > 0 or counts["without_contract"] > 0
    if indicator == "dependency":
        dependants = sum(m.age < 16 or m.draws_by_age(h.times) or m.disability > 0 for m in home)
        return dependants > limits["most_dependants_share"] * h.members_counted
    if indicator == "housing_quality":
        return h.solid_parts < limits["least_solid_parts"]
    if indicator == "housing_area":
        return h.floor_area_m2 < limits["least_area_m2_per_head"] * h.members_counted
    return {
        "nutrition": any(m.undernourished and m.age < 16 for m in home),
        "health_insurance": any(m.age >= 6 and not m.insured for m in home),
        "adult_education": any(m.lacks_level for m in home),
        "child_schooling": any(3 <= m.age < 16 and not m.in_school for m in home),
        "water_source": not h.clean_water,
        "toilet": not h.hygienic_toilet,
        "telecom": not h.internet,
        "information_devices": not h.devices,
    }[indicator]


class Reviewer:
    """Reviews households under one standard."""

    def __init__(self, standard: Standard, perfect: bool):
        assert standard.rule == "income_and_deprivations", "told for the standard of 2022 only"
        self.standard, self.perfect = standard, perfect

    def score(self, h: Household, now: Quarter) -> np.float64:
        """Score A: the rural threshold at the rural line, so many points a log point of lasting income, with the form's own
        shift in this place, the household's lasting error, without price rises, less for a poor dwelling and no devices."""
        figures = self.standard.score
        income = maths.log(max(f8(h.lasting_income), 1.0)) - maths.log(f8(self.line("rural", now)))
        error = f8(0.0) if self.perfect else h.commune.intercept + f8(h.review_error)
        lacking = 3 - h.solid_parts + (not h.devices) + (not h.internet)
        shift = error - (h.times.score_deflator + f8(h.yearly.dwelling_in_score) * lacking)
        return figures["rural"].value + figures["slope"].value * income + figures["slope"].value * shift

    def line(self, area: str, now: Quarter) -> float:
        """Poverty line, thousand dong a head and month."""
        return self.standard.lines["poor"][area].on(now).value

    def threshold(self, h: Household) -> float:
        """Score up to which income counts as low."""
        return self.standard.score["urban" if h.urban else "rural"].value

    def asks(self, h: Household, now: Quarter) -> bool:
        """Whether an unlisted household applies: those below the threshold more often, more after a recent blow or when just founded."""
        below = self.score(h, now) <= self.threshold(h)
        rate = f8(h.yearly.apply_below_line if below else h.yearly.apply_above_line)
        pressed = h.recent_shocks & HARD or h.branch == now.year
        times = f8(h.yearly.apply_after_shock) if pressed else 1.0
        ready = f8(h.commune.awareness)
        if below:
            ready = ready * maths.power(h.commune.gained_capacity, f8(h.yearly.apply_by_staff))
        return bool(not h.listed and h.luck.uniform(now.number, Purpose.APPLYING) < min(rate * times * ready, 1.0))

    def examine(self, h: Household, now: Quarter) -> None:
        """Write what the review finds; only the listed and those that ask can come out on a list."""
        h.applies = int(self.asks(h, now))
        h.score = f4(self.score(h, now))
        h.deprivations, points = 0, 0
        for bit, item in enumerate(self.standard.items):
            if lacks(h, item.indicator.key, dict(item.thresholds)):
                h.deprivations |= 1 << bit
                points += item.points
        if self.perfect:
            h.reviewed = self._true(h, points, now)
        else:
            h.reviewed = self._judge(h, points, now) if h.listed or h.applies else NOT_LISTED

    def _true(self, h: Household, points: int, now: Quarter) -> int:
        """The standing by true income of the last four quarters: everybody is seen as they are."""
        if h.income_per_head > self.line("urban" if h.urban else "rural", now):
            return NOT_LISTED
        return POOR if points >= self.standard.cutoffs["many"].value else NEAR_POOR

    def _judge(self, h: Household, points: int, now: Quarter) -> int:
        p, score, threshold = h.yearly, f8(h.score), self.threshold(h)
        was_poor = h.standing == POOR
        close = was_poor and threshold - f8(p.pressure_band) < score <= threshold
        passed = close and h.luck.uniform(now.number, Purpose.LIST_PRESSURE) < p.list_pressure
        if score <= threshold and not passed:
            held = not was_poor and h.luck.uniform(now.number, Purpose.LIST_PRESSURE) < p.entry_held_back
            return POOR if points >= self.standard.cutoffs["many"].value and not held else NEAR_POOR
        if was_poor and h.luck.uniform(now.number, Purpose.REVIEW_STEP) >= p.leave_at_once:
            return NEAR_POOR
        return NOT_LISTED


def turn_list(h: Household) -> None:
    """1 January: the result comes into force; who left the poor list, or all lists, starts the clock."""
    if h.reviewed == POOR:
        h.quarters_since_poor = NEVER
    elif h.standing == POOR:
        h.quarters_since_poor = 0
    if h.reviewed != NOT_LISTED:
        h.quarters_since_listed = NEVER
    elif h.listed:
        h.quarters_since_listed = 0
    h.standing = h.reviewed


def tick(h: Household) -> None:
    """A quarter more since the household left its lists."""
    if h.quarters_since_poor < NEVER - 1:
        h.quarters_since_poor += 1
    if h.quarters_since_listed < NEVER - 1:
        h.quarters_since_listed += 1


def is_newly_escaped(h: Household, now: Quarter) -> bool:
    """On no list, and off one for at most the time that the law counts."""
    months = Book.load().value("entitlements.newly_escaped_months", now)
    return not h.listed and min(h.quarters_since_poor, h.quarters_since_listed) * 3 <= months


def move_error(h: Household, now: Quarter) -> None:
    """The lasting error of the score a year on: of constant spread, but for what staff who learnt more correct."""
    keep = f8(h.yearly.review_error_persistence)
    fresh = h.yearly.review_error_sd * np.sqrt(1.0 - keep * keep) * h.luck.normal(now.number, Purpose.REVIEW_ERROR)
    left = maths.power(h.commune.gained_capacity, -f8(h.yearly.error_corrected_by_staff))
    h.review_error = f4(left * (keep * h.review_error + fresh))
