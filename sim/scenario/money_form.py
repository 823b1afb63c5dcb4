"""What a scenario file may say of money: envelopes and their rules, and what a lever of a mix may use of them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from sim.kit.quantities import Quantity
from sim.scenario.figures import Flag, Form, Money, MoneyFigure, Months, Share, Text, Whole, Year

SourceOfMoney = Literal["central", "provincial", "district", "commune", "bank", "people", "fund_for_the_poor", "donors"]
KindOfMoney = Literal["investment", "recurrent", "credit"]


class DivideForm(Form):
    """What an envelope is divided over communes by: one criterion, or shares of several; over places perhaps settled beforehand."""

    by: Literal["poor", "listed", "households", "equal"] | None = None
    formula: dict[str, Share] | None = None
    settled: Flag | None = None


class MatchForm(Form):
    """Another source's money of the same kind and year, and a share of it."""

    source: SourceOfMoney
    share: Share


class EnvelopeForm(Form):
    """Money of one source, kind and year; money that matches another's may leave its amount to the share."""

    source: SourceOfMoney
    kind: KindOfMoney
    year: Year
    amount: MoneyFigure | None = None
    place: Text | None = None
    only: list[Text] = Field(default_factory=list)
    divide: DivideForm | None = None
    matches: MatchForm | None = None
    only_with: MatchForm | None = None
    goes_over: Flag | None = None
    reference: Text | None = None
    assumption: Text | None = None


class RevolvingForm(Form):
    """What households repay of a support, from when on, and in how many quarterly instalments."""

    share: Share
    after: Months = Quantity(24, "months")
    instalments: Whole = 4


class AllocationForm(Form):
    """What a lever of a mix may use."""

    share: Share | None = None
    amount: Money | None = None
    ceiling: Money | None = None
    revolving: RevolvingForm | None = None
    priority: list[Text] = Field(default_factory=list)
    options: dict[str, Any] = Field(default_factory=dict)
    reference: Text | None = None
    assumption: Text | None = None
