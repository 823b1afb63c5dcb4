"""When contracted money reaches a household: the planned calendar, and the calendar on record.

A household's place in its year is one keyed number, the same whatever is delivered. It is served in the first
quarter by whose end the share of the money paid so far exceeds that number; so a higher share delivers to
nobody later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.kit.reading import read
from sim.law.dated import day_of
from sim.law.priors import Prior
from sim.policies.applicants import Moment
from sim.policies.lever_file import HERE, KINDS

AS_PLANNED, AS_DELIVERED = "as_planned", "as_delivered"
CALENDARS = (*KINDS, "revolving")  # append-only: a place here is part of a draw's purpose
BUDGETS = ("central", "provincial", "district", "commune")


@dataclass(frozen=True)
class Calendar:
    """One of the two readings of a plan: ``as_planned`` or ``as_delivered``."""

    reading: str

    def cumulative(
        self, moment: Moment, communes: Any, kind: str, first_after: int, may_go_over: bool = True
    ) -> tuple[list[int], np.ndarray]:
        """Quarters in which money contracted now may arrive, and the share paid by the end of each.

        Returns quarter numbers (q,) and shares, float64 of shape (q, cells), rising; the last may stay below 1:
        what is never done. ``first_after`` is how many quarters the support itself takes at least; ``may_go_over`` whether
        the money may still be paid in the year after.
        """
        now = moment.now
        if self.reading == AS_PLANNED:
            first = min(now.quarter + first_after, 4)
            rest = _rest_of_year(_rhythm("planned", kind), first)
            quarters = [now.plus(q - now.quarter).number for q in range(first, 5)]
            return quarters, np.repeat(rest[:, None], len(communes), axis=1)
        first = now.quarter + max(first_after, 1)
        own, done = self.own_year_share(moment, communes, kind), self.done_after(moment, communes, kind)
        if first > 4:
            own = np.zeros_like(own)
        this_year = _rest_of_year(_rhythm("own_year", kind), first)[:, None] * own
        if not may_go_over:
            return [now.plus(q - now.quarter).number for q in range(first, 5)], this_year
        next_year = own + (1.0 - own) * done * np.array(_rhythm("year_after", kind))[:, None]
        quarters = [now.plus(q - now.quarter).number for q in range(first, 9)]
        return quarters, np.concatenate([this_year, next_year])[-len(quarters) :]

    def own_year_share(self, moment: Moment, communes: Any, kind: str) -> np.ndarray:
        """Share of a commune's money of this kind paid within the year, float64 (cells,).

        The draw is the commune's, its kind's and its year's; better staff shrink the part that is late.
        """
        share = self._draw("own_year_share", Purpose.DISBURSED, moment, communes, kind)
        return 1.0 - maths.power(1.0 - share, communes.staff_capacity.astype(np.float64))

    def done_after(self, moment: Moment, communes: Any, kind: str) -> np.ndarray:
        """Share of what is carried over that is paid in the year after, float64 (cells,)."""
        return self._draw("carried_over_done", Purpose.CARRIED_OVER_DONE, moment, communes, kind)

    def _draw(self, table: str, purpose: Purpose, moment: Moment, communes: Any, kind: str) -> np.ndarray:
        year = Quarter(moment.now.year, 1)
        number = int(purpose) + CALENDARS.index(kind)
        u = draws.uniform(moment.seed, communes.place, draws.COMMUNE_BRANCH, communes.replication, year.number, number)
        return np.clip(_prior(table, kind, moment.now).quantile(u), 0.0, 1.0)


def arrivals(place_in_year: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Index of the first quarter whose share exceeds a household's place: ``shares`` (q, households) rising; q for never."""
    return (place_in_year[None, :] >= shares).sum(axis=0)


def goes_over(kind: str, source: str, year: int) -> bool:
    """Whether money of this kind and source that is not paid in its year may be used in the next one, by the rules of that year."""
    table = disbursement()["goes_over"]
    rows = table[kind if source in BUDGETS else "no_budget"]["values"]
    return [row["value"] for row in rows if day_of(row["from"]) <= day_of(year)][-1] == 1


@cache
def disbursement() -> Mapping[str, Any]:
    """The disbursement file."""
    return read(HERE / "disbursement.yaml").data


def _rhythm(year: str, kind: str) -> list[float]:
    return disbursement()["rhythm"][year][kind]


def _rest_of_year(rhythm: list[float], first: int) -> np.ndarray:
    """The rhythm of a year that starts in quarter ``first``: cumulative parts of the quarters left, the last 1; none past the year."""
    before = rhythm[first - 2] if 2 <= first <= 4 else 0.0
    return (np.array(rhythm[first - 1 :], dtype=np.float64) - before) / (1.0 - before)


@cache
def _prior(table: str, kind: str, now: Quarter) -> Prior:
    """The prior in force for this kind of money."""
    rows = [row for row in disbursement()[table][kind]["values"] if day_of(row["from"]) <= now.first_day]
    return Prior.read(rows[-1]["prior"])
