"""What a future of a scenario file may hold."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from sim.scenario.figures import Flag, Form, Share, Text, Whole
from sim.scenario.target_form import BothForm

Kind = Literal["investment", "recurrent", "credit"]


class ShockForm(Form):
    """A common shock in one year of the plan."""

    loss: Share
    year: Literal["first", "middle", "last"] = "last"
    quarters: list[Whole] = Field(default_factory=lambda: [2])


class FutureStructureForm(Form):
    """Structural alternatives that differ from the scenario's."""

    trap: Flag | None = None
    couplings: Flag | None = None
    list_pressure: Flag | None = None
    perfect_list: Flag | None = None


class FutureForm(Form):
    """A future that mixes are tried in."""

    name: BothForm
    parameters: dict[str, Any] = Field(default_factory=dict)
    times: dict[str, Any] = Field(default_factory=dict)
    structure: FutureStructureForm = FutureStructureForm()
    delivery: Literal["as_delivered", "as_planned"] | None = None
    money: dict[Kind, Share] = Field(default_factory=dict)
    next_year: dict[Kind, Share] = Field(default_factory=dict)
    late: Whole = 0
    shock: ShockForm | None = None
    reference: Text | None = None
    assumption: Text | None = None
