"""What each part of a scenario file may hold: its keys, and the kind of value of each."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from sim.kit.quantities import Quantity
from sim.scenario.figures import (
    Count,
    CountFigure,
    Date,
    Flag,
    Form,
    IncomeFigure,
    Period,
    PersonsFigure,
    Points,
    Share,
    ShareFigure,
    SpreadFigure,
    Text,
    Whole,
    Year,
    Years,
)  # fmt: skip
from sim.scenario.future_form import FutureForm
from sim.scenario.money_form import AllocationForm, EnvelopeForm
from sim.scenario.target_form import TargetForm, UnsaidForm

Area = Literal["ordinary", "poor_district", "especially_difficult"]


class NameForm(Form):
    """A name in both languages."""

    vi: Text
    en: Text

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, given: Any) -> Any:
        return {"vi": given, "en": given} if isinstance(given, str) else given


# Population facts that the synthesis can do without.
MAY_BE_UNSTATED = ("minority_income_gap", "growth", "minority_growth", "wage_share")


class PopulationForm(Form):
    """Facts that the synthesis starts from; a place may state its own."""

    income_per_head: IncomeFigure | None = None
    income_sd_log: SpreadFigure | None = None
    household_size: PersonsFigure | None = None
    urban_share: ShareFigure | None = None
    minority_share: ShareFigure | None = None
    merit_share: ShareFigure | None = None
    farm_labour_share: ShareFigure | None = None
    insurance_cover: ShareFigure | None = None
    livestock_share: ShareFigure | None = None
    minority_income_gap: SpreadFigure | None = None
    growth: SpreadFigure | None = None
    minority_growth: SpreadFigure | None = None
    wage_share: ShareFigure | None = None


class WholePopulationForm(PopulationForm):
    """Facts of the whole plan, and the places' own review list."""

    roster: Text | None = None


class PlaceForm(Form):
    """A place with its official counts."""

    name: Text
    households: CountFigure
    poor: CountFigure | None = None
    near_poor: CountFigure | None = None
    area: Area | None = None
    district: Text | None = None
    communes: Whole = 1
    poor_district: Flag | None = None
    population: PopulationForm = PopulationForm()
    reference: Text | None = None
    assumption: Text | None = None


class DistrictForm(Form):
    """What the places of a district have where they state nothing of their own."""

    area: Area | None = None
    poor_district: Flag | None = None
    poor_rate: ShareFigure | None = None
    near_poor_rate: ShareFigure | None = None
    population: PopulationForm = PopulationForm()
    reference: Text | None = None
    assumption: Text | None = None


class StatedForm(Form):
    """A figure of the plan's text."""

    what: Literal["households", "poor", "near_poor", "fall", "law"]
    series: Text | None = None
    at: Year | None = None
    since: Year | None = Field(default=None, alias="from")
    to: Year | None = None
    of: Literal["poor", "near_poor"] = "poor"
    count: Count | None = None
    rate: Share | None = None
    points: Points | None = None
    place: Text | None = None
    reference: Text | None = None


class RunsForm(Form):
    """Replications and seed, and the mixes that ``run`` simulates."""

    replications: Whole = 200
    seed: Whole = 1
    only: list[Text] = Field(default_factory=list)


class StructureForm(Form):
    """Structural alternatives."""

    trap: Flag = False
    couplings: Flag = True
    list_pressure: Flag = True
    perfect_list: Flag = False


class SampleForm(Form):
    """How large a sample is: households that an agent stands for, or about how many agents there are."""

    one_for: Whole | None = None
    households: Count | None = None


class ScenarioForm(Form):
    """A whole file."""

    name: NameForm
    signed: Date
    period: Period
    follow: Years = Quantity(0, "years")
    standard: Text
    stated: list[StatedForm] = Field(default_factory=list)
    places: list[PlaceForm]
    districts: dict[str, DistrictForm] = Field(default_factory=dict)
    population: WholePopulationForm = WholePopulationForm()
    money: list[EnvelopeForm] = Field(default_factory=list)
    mixes: dict[str, dict[str, AllocationForm]] = Field(default_factory=dict)
    targets: list[TargetForm] = Field(default_factory=list)
    unsaid: list[UnsaidForm] = Field(default_factory=list)
    delivery: Literal["as_delivered", "as_planned"] = "as_delivered"
    runs: RunsForm = RunsForm()
    parameters: dict[str, Any] = Field(default_factory=dict)
    posterior: Text | None = None
    structure: StructureForm = StructureForm()
    entitlements: Flag = True
    levers_folder: Text | None = None
    sample: SampleForm | None = None
    futures: dict[str, FutureForm] = Field(default_factory=dict)
