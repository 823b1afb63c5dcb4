"""Which random number is for what: eight uses a lever, so that one lever's luck never depends on another's presence."""

from __future__ import annotations

from enum import IntEnum
from zlib import crc32

from sim.agents.purposes import Purpose

# Append-only: a place in this list is part of every simulated history.
KNOWN_LEVERS = (
    "livelihood_models",
    "production_support",
    "nutrition",
    "vocational_training",
    "job_matching",
    "labour_export",
    "information_access",
    "communication",
    "staff_capacity",
    "preferential_credit",
    "housing",
    "health_insurance",
    "education_support",
    "water_sanitation",
    "legal_aid",
    "social_assistance",
    "infrastructure",
    "land_forest",
)
_OWN_LEVERS = 0x8000  # a user's own levers draw from here on, by their name


class Use(IntEnum):
    """What a lever draws a number for; two are free for the lever's own purposes."""

    TAKE_UP = 0
    LATENESS = 1
    COST = 2
    QUALITY = 3
    SUCCESS = 4
    OWN_1 = 5
    OWN_2 = 6
    REPAYMENT = 7


def purpose_of(lever: str, use: Use) -> int:
    """The purpose number of a draw of this lever, the same in every mix."""
    if lever in KNOWN_LEVERS:
        return int(Purpose.LEVER) + 8 * KNOWN_LEVERS.index(lever) + int(use)
    return _OWN_LEVERS + 8 * (crc32(lever.encode()) % 4000) + int(use)
