"""What a diary of one household holds: a page a quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.agents.codebook import Standing
from sim.kit.calendar import Quarter

State = Mapping[str, Any]


@dataclass(frozen=True)
class Lacked:
    """An indicator that the household lacks, with the columns it reads (but for the members themselves) and the thresholds
    that the standard gives."""

    key: str
    names: Mapping[str, str]
    columns: Mapping[str, float]
    thresholds: Mapping[str, float]


@dataclass(frozen=True)
class Review:
    """The yearly review of the household.

    ``why`` is ``not_examined`` (neither listed nor applied), ``rule`` (as score and deprivations say), ``step`` (would
    be on no list, but goes through the near-poor one), ``pressure`` (passed although below the threshold) or
    ``perfect`` (by true income).
    """

    applied: bool
    score: float
    threshold: float
    points: int
    points_needed: float
    found: Standing
    why: str


@dataclass(frozen=True)
class Offer:
    """How one lever's choice ended for the household; ``rank`` 0 if it stood in no line, else its place among ``line``."""

    lever: str
    names: Mapping[str, str]
    outcome: int
    words: Mapping[str, str]
    rank: int
    line: int
    served: int
    due: Quarter | None
    public: int  # thousand dong promised


@dataclass(frozen=True)
class Delivery:
    """A support that arrived, with its public money in thousand dong."""

    lever: str
    names: Mapping[str, str]
    public: int


@dataclass(frozen=True)
class Page:
    """One quarter of the household: its columns and members at the end of it, and what was decided about it.

    ``brought`` are the columns that the deliveries of the quarter changed, together: before and after.
    """

    quarter: Quarter
    state: State
    members: tuple[Mapping[str, int], ...]
    line: float
    lacked: tuple[Lacked, ...]
    offers: tuple[Offer, ...]
    deliveries: tuple[Delivery, ...]
    brought: Mapping[str, tuple[Any, Any]]
    review: Review | None
