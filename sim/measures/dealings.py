"""Who was served by a lever, who wanted it, who was eligible and got nothing, and what stood in the way."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.measures.grouping import Grouping, ratio

# Families of measures that count households by their dealings with a lever in a year; family k is bit k of a row's word.
FAMILIES = ("beneficiaries", "no_money", "no_capacity", "declined", "eligible_unserved", "wanted")
BENEFICIARY, WANTED = (np.uint8(1 << FAMILIES.index(family)) for family in ("beneficiaries", "wanted"))
SERVED = np.uint8(1 << len(FAMILIES))  # wanted it and has it at the year's end; set here
SERVED_WHO_WANTED = BENEFICIARY | WANTED
PERCENT = 100.0


def measure_levers(groups: Grouping, facts: Any) -> dict[str, np.ndarray]:
    """Households by lever and family, and ``served_share``: of those who qualified and wanted a support this year, how many have
    it at its end; all of them where nobody did. What is done for a commune reaches no household by itself."""
    reached = np.zeros(len(groups.cell), dtype=np.uint8)
    measures: dict[str, np.ndarray] = {}
    for lever, dealings in facts.dealings.items():
        if lever not in facts.communes_reached:
            reached |= dealings
        dealt = np.flatnonzero(dealings != 0)
        words = dealings[dealt]
        words[(words & SERVED_WHO_WANTED) == SERVED_WHO_WANTED] |= SERVED
        *counts, served = groups.bits_of_subset(dealt, words, len(FAMILIES) + 1)
        measures |= {f"{family}:{lever}": count for family, count in zip(FAMILIES, counts, strict=True)}
        asked = measures[f"wanted:{lever}"]
        measures[f"served_share:{lever}"] = np.where(asked > 0, ratio(served, asked, PERCENT), PERCENT)
    measures["reached_households"] = groups.count(reached & BENEFICIARY)
    for lever, which in facts.communes_reached.items():
        figures = np.full(groups.shape, np.nan)
        figures[:, :, 0] = groups.communes(which.reshape(facts.replications, -1))
        measures[f"communes_reached:{lever}"] = figures
    return measures
