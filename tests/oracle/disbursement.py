"""When a contracted support arrives: a household's place in its year against how much of the money is out by then."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import maths
from sim.kit.calendar import Quarter
from sim.kit.reading import read
from sim.law.dated import day_of
from sim.law.priors import Prior
from sim.policies.lever_file import HERE, KINDS

f8 = np.float64
TABLE = read(HERE / "disbursement.yaml").data
LAST = 4  # quarter of the year


class Disbursement:
    """The calendar on record, or the one that plans assume."""

    def __init__(self, as_planned: bool):
        self.as_planned = as_planned

    def due(self, commune: Any, now: Quarter, kind: str, lag: int, place: np.float64, over: bool) -> int:
        """Number of the quarter in which a household at this ``place`` (0 to 1) gets what is contracted now.

        If it never does, minus the last quarter of this year, or of next year for money that may go ``over``: the contract ends
        then. ``lag`` quarters pass at least.
        """
        for quarter, share in self.shares(commune, now, kind, lag):
            if place < share and (over or quarter.year == now.year):
                return quarter.number
        return -Quarter(now.year + int(over), LAST).number

    def shares(self, commune: Any, now: Quarter, kind: str, lag: int) -> list[tuple[Quarter, np.float64]]:
        """Quarters in which money contracted now may arrive, with the share that is out by the end of each."""
        if self.as_planned:
            return rest_of_year("planned", kind, Quarter(now.year, min(now.quarter + lag, LAST)), f8(1.0))
        first = now.plus(max(lag, 1))
        own, done = self.of_own_year(commune, now, kind), self._drawn("carried_over_done", Purpose.CARRIED_OVER_DONE, commune, now, kind)
        if first.year > now.year:
            own = f8(0.0)
        this_year = rest_of_year("own_year", kind, first, own) if first.year == now.year else []
        rhythm = TABLE["rhythm"]["year_after"][kind]
        next_year = [(Quarter(now.year + 1, q), own + (1.0 - own) * done * rhythm[q - 1]) for q in range(1, LAST + 1)]
        return this_year + [(quarter, share) for quarter, share in next_year if quarter >= first]

    def of_own_year(self, commune: Any, now: Quarter, kind: str) -> np.float64:
        """Share of a commune's money that is out within its year; good staff shrink the part that is late."""
        share = self._drawn("own_year_share", Purpose.DISBURSED, commune, now, kind)
        return 1.0 - maths.power(1.0 - share, f8(commune.staff_capacity))

    def _drawn(self, table: str, purpose: Purpose, commune: Any, now: Quarter, kind: str) -> np.float64:
        """The commune's luck with one kind of money in one year, by the prior in force."""
        u = commune.luck.uniform(Quarter(now.year, 1).number, int(purpose) + KINDS.index(kind))
        in_force = [row for row in TABLE[table][kind]["values"] if day_of(row["from"]) <= now.first_day][-1]
        return f8(min(max(float(Prior.read(in_force["prior"]).quantile(u)), 0.0), 1.0))


def rest_of_year(rhythm: str, kind: str, first: Quarter, share: np.float64) -> list[tuple[Quarter, np.float64]]:
    """The quarters left of a year from ``first`` on, with ``share`` out by the end of the last, in the year's rhythm."""
    part = [0.0, *TABLE["rhythm"][rhythm][kind]]
    before = part[first.quarter - 1]
    return [(Quarter(first.year, q), (part[q] - before) / (1.0 - before) * share) for q in range(first.quarter, LAST + 1)]


def goes_over(kind: str, source: str, year: int) -> bool:
    """Whether money may be used a year later: by its kind and year if it is a budget's, else always."""
    rule = TABLE["goes_over"][kind if source in ("central", "provincial", "district", "commune") else "no_budget"]["values"]
    return [row["value"] for row in rule if day_of(row["from"]) <= day_of(year)][-1] == 1
