"""What is held out: never used to fit or to tune, only to score. Fixed before the first fit.

A province is held out by a hash of its code, a year by its date. Reviews are held out for every place but Ninh Thuận, whose flows
of 2022 are fitted.
"""

from __future__ import annotations

from hashlib import sha256

from sim.record.places import provinces

ONE_IN = 3  # provinces held out
HELD_OUT_SURVEY_YEARS = (2015, 2016)
FITTED_REVIEW_PLACES = ("58",)  # Ninh Thuận


def is_held_out_province(code: str) -> bool:
    """Whether no figure of the province may enter a fit: SHA-256 of its code, as a number, divisible by three."""
    return int(sha256(code.encode()).hexdigest(), 16) % ONE_IN == 0


def is_held_out_year(year: int) -> bool:
    """Whether no survey figure of the year may enter a fit."""
    return year >= HELD_OUT_SURVEY_YEARS[0]


def is_held_out(code: str, year: int) -> bool:
    """Whether a province's survey figure of a year is kept for scoring."""
    return is_held_out_province(code) or is_held_out_year(year)


def held_out_provinces() -> tuple[str, ...]:
    """Codes of the held-out provinces."""
    return tuple(code for code in provinces() if is_held_out_province(code))
