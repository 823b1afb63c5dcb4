"""What a target of a scenario file may hold, and what the file may say that the plan leaves out."""

from __future__ import annotations

from typing import Literal

from sim.scenario.figures import CountOrMoney, Flag, Form, Points, PointsPerYear, Share, Text, Year, YearOrDate


class BothForm(Form):
    """Words in both languages."""

    vi: Text
    en: Text


class TargetForm(Form):
    """What the plan wants; one of the seven forms."""

    name: Text
    measure: Text | None = None
    level: Share | None = None
    fall: Points | None = None
    fall_per_year: PointsPerYear | None = None
    cover: Share | None = None
    count: CountOrMoney | None = None
    zero: Flag | None = None
    outside: BothForm | None = None
    by: YearOrDate | None = None
    since: Year | None = None
    group: Text | None = None
    place: Text | None = None
    over: Literal["poor_districts"] | None = None
    mean: Literal["districts"] | None = None
    says: BothForm | None = None
    note: BothForm | None = None
    reference: Text | None = None
    assumption: Text | None = None


class UnsaidForm(Form):
    """Something that the plan's text does not say."""

    what: BothForm
    reference: Text | None = None
