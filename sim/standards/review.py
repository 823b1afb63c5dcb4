"""The yearly review: who is examined, how each is scored, and on which list each comes out.

Only listed households and those that apply are examined. The income side is a score of lasting circumstances with a
lasting error, not this quarter's income; the deprivation side is read off members and dwelling.
Sources: Quyết định 24/2021/QĐ-TTg (procedure), Thông tư 07/2021/TT-BLĐTBXH (score A, score B).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from sim.agents.codebook import Standing
from sim.agents.purposes import Purpose
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.parameters import Parameter, load
from sim.standards.standard import Standard

BLOCK = 262_144  # rows whose draws are made together


class Rows(Protocol):
    """Parameter values by row: ``values["leave_at_once"]`` is an array of shape (rows,)."""

    def __getitem__(self, name: str) -> np.ndarray: ...


@cache
def review_parameters() -> Mapping[str, Parameter]:
    """The uncertain numbers of the review, from ``review.yaml``."""
    return load(Path(__file__).with_name("review.yaml"))


def review(
    h: Table, p: Rows, standard: Standard, now: Quarter, seed: int, points: np.ndarray, perfect_list: bool = False
) -> None:
    """Examine households and write ``score``, ``deprivations`` and ``reviewed``; ``standing`` follows on 1 January.

    ``points`` is score A of every household, from :func:`score`. Score and deprivations are what an examination finds or
    would find; only examined households can be listed.
    With ``perfect_list`` everybody is examined, by true yearly income and without error, step or pressure.
    """
    if not standard.reviews:
        raise ValueError(f"no lists are drawn under {standard.key}")
    h.deprivations[...] = standard.deprivations(h)
    h.score[...] = points
    if perfect_list:
        h.reviewed[...] = true_standing(h, standard, now)
        return
    examined = np.flatnonzero((h.standing != Standing.NOT_LISTED) | (h.applies == 1))
    h.reviewed[...] = Standing.NOT_LISTED
    h.reviewed[examined] = _judge(h, examined, p, standard, now, seed)


def score(h: Table, standard: Standard, now: Quarter, intercept: np.ndarray, deflator: np.ndarray, perfect: bool = False) -> np.ndarray:
    """Score A of every household, points, float64; ``perfect`` leaves the intercept and the error out.

    ``intercept`` (log points, by row) is what the form adds to income in this place; ``deflator`` (log points, by row)
    is taken off lasting income for price rises that the score does not see, and for what dwelling and devices lack.
    """
    points = standard.score_of(h.lasting_income, now)
    slope = standard.score["slope"].value
    shift = -deflator if perfect else intercept + h.review_error.astype(np.float64) - deflator
    return points + slope * shift


def dwelling_discount(h: Table, p: Rows) -> np.ndarray:
    """What dwelling parts that are not solid, no device and no internet take off the income read by the score: log points."""
    lacking = 3.0 - h.solid_parts + (1.0 - h.devices) + (1.0 - h.internet)
    return p["dwelling_in_score"].astype(np.float64) * lacking


def true_standing(h: Table, standard: Standard, when: object) -> np.ndarray:
    """The standing (uint8) that true yearly income, at the nominal line, and present deprivations would give."""
    return standard.classify(h.income_per_head, h.urban, standard.deprivations(h), when)


def _judge(h: Table, rows: np.ndarray, p: Rows, standard: Standard, now: Quarter, seed: int) -> np.ndarray:
    """The standing found for the examined rows."""
    urban, points = h.urban[rows], h.score[rows].astype(np.float64)
    first, second = (standard.threshold_of(urban, now, which) for which in ("poor", "second"))
    was_poor = h.standing[rows] == Standing.POOR
    keys = (h.origin[rows], h.branch[rows], h.replication[rows], now.number)
    luck = draws.uniform(seed, *keys, int(Purpose.LIST_PRESSURE))
    near_threshold = was_poor & (points <= second) & (points > second - p["pressure_band"][rows])
    passed = near_threshold & (luck < p["list_pressure"][rows])
    found = standard.decide((points <= first) & ~passed, (points <= second) & ~passed, h.deprivations[rows])
    held_back = ~was_poor & (found == Standing.POOR) & (luck < p["entry_held_back"][rows])
    found = np.where(held_back, np.uint8(Standing.NEAR_POOR), found)
    luck = draws.uniform(seed, *keys, int(Purpose.REVIEW_STEP))
    waits = was_poor & (found == Standing.NOT_LISTED) & (luck >= p["leave_at_once"][rows])
    return np.where(waits, np.uint8(Standing.NEAR_POOR), found)


def start_review_error(h: Table, p: Rows, seed: int) -> None:
    """Write a first lasting error, drawn from its long-run spread, into ``review_error``."""
    spread = p["review_error_sd"]
    for rows in _blocks(len(h)):
        noise = draws.normal(seed, h.origin[rows], h.branch[rows], h.replication[rows], 0, int(Purpose.REVIEW_ERROR_START))
        h.review_error[rows] = spread[rows] * noise


def left_of_error(gained_capacity: np.ndarray, p: Rows) -> np.ndarray:
    """Part of the lasting error that reviewers leave uncorrected in a year, by commune: 1 at the usual capacity of staff.

    ``gained_capacity`` is capacity over what it usually is; ``p`` holds the yearly parameters by commune.
    """
    return maths.power(gained_capacity, -p["error_corrected_by_staff"].astype(np.float64))


def next_review_error(h: Table, p: Rows, now: Quarter, seed: int, left: np.ndarray | float = 1.0) -> None:
    """Move ``review_error`` on by one year: autoregressive, so that its spread stays ``review_error_sd`` where all of it is
    ``left`` (by row), and shrinks where reviewers correct a part."""
    left = np.broadcast_to(np.asarray(left, dtype=np.float64), len(h))
    spread, persistence = p["review_error_sd"], p["review_error_persistence"]
    for rows in _blocks(len(h)):
        keep = persistence[rows].astype(np.float64)
        noise = draws.normal(seed, h.origin[rows], h.branch[rows], h.replication[rows], now.number, int(Purpose.REVIEW_ERROR))
        h.review_error[rows] = left[rows] * (keep * h.review_error[rows] + spread[rows] * np.sqrt(1.0 - keep * keep) * noise)


def _blocks(rows: int) -> Iterator[slice]:
    """Slices that together cover all rows, small enough for their draws to need little memory."""
    return (slice(start, min(start + BLOCK, rows)) for start in range(0, rows, BLOCK))
