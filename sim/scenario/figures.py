"""The smallest parts of a scenario file: kinds of value, and figures that may say where they come from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, model_validator

from sim.kit.calendar import Quarter
from sim.kit.quantities import Quantity
from sim.scenario import scalars

Money = Annotated[Quantity, scalars.quantity("money")]
Count = Annotated[Quantity, scalars.quantity("count")]
CountOrMoney = Annotated[Quantity, scalars.quantity("count", "money")]
Share = Annotated[Quantity, scalars.quantity("share")]
Points = Annotated[Quantity, scalars.quantity("points")]
PointsPerYear = Annotated[Quantity, scalars.quantity("points_per_year")]
MoneyPerMonth = Annotated[Quantity, scalars.quantity("money_per_month")]
LogPoints = Annotated[Quantity, scalars.quantity("log_points")]
Persons = Annotated[Quantity, scalars.quantity("persons")]
Months = Annotated[Quantity, scalars.quantity("months")]
Years = Annotated[Quantity, scalars.quantity("years")]
Year = Annotated[int, scalars.YEAR]
Date = Annotated[Quarter, scalars.DATE]
YearOrDate = Annotated[int | Quarter, scalars.YEAR_OR_DATE]
Period = Annotated[tuple[int, int], scalars.PERIOD]
Whole = Annotated[int, scalars.WHOLE]
Flag = Annotated[bool, scalars.FLAG]
Text = Annotated[str, scalars.TEXT]


class Form(BaseModel):
    """A mapping of known keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Figure(Form):
    """A figure, bare or with where it comes from."""

    value: Any
    reference: Text | None = None
    assumption: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, given: Any) -> Any:
        return given if isinstance(given, dict) else {"value": given}


class CountFigure(Figure):
    """A count."""

    value: Count


class ShareFigure(Figure):
    """A share."""

    value: Share


class IncomeFigure(Figure):
    """Money per person and month."""

    value: MoneyPerMonth


class SpreadFigure(Figure):
    """A standard deviation in log points."""

    value: LogPoints


class PersonsFigure(Figure):
    """A number of persons."""

    value: Persons


class MoneyFigure(Figure):
    """An amount of money."""

    value: Money
