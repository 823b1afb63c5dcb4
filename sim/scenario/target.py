"""What a plan promises and what it leaves unsaid, once its file has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sim.kit.calendar import Quarter

FORMS = ("level", "fall", "fall_per_year", "cover", "count", "zero", "outside")
Both = Mapping[str, str]  # words in vi and en


@dataclass(frozen=True)
class Target:
    """What the plan wants. ``value``: a fraction for level and cover, percentage points for falls, else a count.

    ``says`` is the plan's own wording, ``note`` how what is measured
    differs from it. ``outside`` says why the model cannot speak to a target of that form. A target with an ``assumption`` is
    a yardstick that the plan itself does not state.
    """

    name: str
    measure: str
    form: Literal["level", "fall", "fall_per_year", "cover", "count", "zero", "outside"]
    value: float
    unit: Literal["share", "points", "points a year", "count"]
    by: int | Quarter  # a year stands for its review
    since: int  # the year whose review is the start
    group: str | None = None
    place: str | None = None
    reference: str = ""
    over: Literal["poor_districts"] | None = None  # of several districts: as one, or the mean of their rates
    mean: Literal["districts"] | None = None
    assumption: str = ""
    says: Both = field(default_factory=dict)
    note: Both = field(default_factory=dict)
    outside: Both = field(default_factory=dict)

    @property
    def by_year(self) -> int:
        """The year in which the target falls due."""
        return self.by.year if isinstance(self.by, Quarter) else self.by


@dataclass(frozen=True)
class Unsaid:
    """Something that a reader of the plan must know and its text does not say; ``what`` in both languages."""

    what: Both
    reference: str = ""
