"""What a scenario is, once its file has been read and found right.

Money is whole dong, shares are fractions of one, points percentage points, income thousand dong per person and month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sim.kit.calendar import Quarter
from sim.law.posterior import Joint
from sim.scenario.future import Future
from sim.scenario.merging import Merged
from sim.scenario.plan_money import Allocation, Envelope, Mix  # noqa: F401  (a scenario's shape for whoever makes one)
from sim.scenario.target import Target, Unsaid

NO_POLICY = "no_policy"
Area = Literal["ordinary", "poor_district", "especially_difficult"]
AREAS = ("ordinary", "poor_district", "especially_difficult")
SOURCES = ("central", "provincial", "district", "commune", "bank", "people", "fund_for_the_poor", "donors")
KINDS = ("investment", "recurrent", "credit")


@dataclass(frozen=True)
class Source:
    """Where a figure comes from: a line or document (``reference``) or a reason (``assumption``)."""

    reference: str = ""
    assumption: str = ""

    def __bool__(self) -> bool:
        return bool(self.reference or self.assumption)


@dataclass(frozen=True)
class Stated:
    """A figure that the plan's text states; ``check`` relates these to one another.

    ``what`` is households, poor, near_poor, fall, or law (a rule of ``series`` in the law book); a fall
    runs from year ``since`` to year ``at`` and is
    ``of`` poor or near_poor. ``rate`` is a fraction, ``points`` percentage points; ``rate_rounding`` and
    ``points_rounding`` are half of the last printed digit, in the same units. ``place`` None is the whole.
    """

    what: Literal["households", "poor", "near_poor", "fall", "law"]
    at: int
    since: int | None = None
    of: Literal["poor", "near_poor"] = "poor"
    count: int | None = None
    rate: float | None = None
    points: float | None = None
    rate_rounding: float = 0.0
    points_rounding: float = 0.0
    place: str | None = None
    series: str = ""
    reference: str = ""


@dataclass(frozen=True)
class PopulationFacts:
    """What the synthesis of a place's households starts from."""

    income_per_head: float  # thousand dong per person and month at the start, mean
    income_sd_log: float  # how unsure that mean is, log points
    household_size: float  # persons
    urban_share: float  # the shares are fractions of households, unless said otherwise
    minority_share: float
    merit_share: float
    farm_labour_share: float  # of working people
    insurance_cover: float  # of people
    livestock_share: float  # households that keep cattle
    sources: Mapping[str, Source] = field(default_factory=dict)
    minority_income_gap: float | None = None  # log points that minority households' income lies below others' of the place
    growth: float | None = None  # real growth of income, log points a year, in the place of the model's usual growth
    minority_growth: float | None = None  # the same of minority households
    wage_share: float | None = None  # wages in what people earn by work: wages and all production of their own


@dataclass(frozen=True)
class Place:
    """A commune, ward or larger place with its official counts of households at the start.

    ``district`` is the one the plan says it lies in; a place of several ``communes`` is divided into them when it is run.
    """

    name: str
    households: int
    poor: int
    near_poor: int
    area: Area
    facts: PopulationFacts
    reference: str = ""
    assumption: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)  # by figure: households, poor, near_poor
    district: str | None = None
    communes: int = 1
    poor_district: bool = False
    income_of: str | None = None  # whose income figure it shares: a district's or "" for the whole plan's; None: its own


@dataclass(frozen=True)
class Runs:
    """How many replications, from which seed, and the mixes that ``run`` simulates unless others are asked for: none named, all."""

    replications: int
    seed: int
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Structure:
    """Structural alternatives of the model, for robustness and for tests."""

    trap: bool = False  # a capital threshold below which livestock does not pay
    couplings: bool = True  # households compete for jobs, markets, budgets' neighbours
    list_pressure: bool = True  # the target itself weighs on the review
    perfect_list: bool = False  # the review sees true circumstances


@dataclass(frozen=True, repr=False)
class Scenario:
    """A whole scenario. The simulation starts on 1 January of ``first_year`` from the list of the review of the
    year before and runs through ``last_year + follow_years``."""

    key: str
    path: Path
    name: Mapping[str, str]  # vi, en
    signed: Quarter
    first_year: int
    last_year: int
    follow_years: int
    standard: str
    stated: tuple[Stated, ...]
    places: tuple[Place, ...]
    population: PopulationFacts
    money: tuple[Envelope, ...]
    mixes: Mapping[str, Mix]
    targets: tuple[Target, ...]
    delivery: Literal["as_delivered", "as_planned"]
    runs: Runs
    parameters: Mapping[str, Any]  # overrides: a number or a prior such as {"beta": [6, 7]}
    structure: Structure
    entitlements: bool = True
    unsaid: tuple[Unsaid, ...] = ()
    levers_folder: Path | None = None
    posterior: Joint | None = None  # fitted numbers, drawn together; None: priors alone
    one_for: int = 1  # households that an agent stands for: 1 is the full population, more a sample
    roster: Any = field(default=None, compare=False)  # population.roster_file.Roster: the places' own review lists, or None
    futures: Mapping[str, Future] = field(default_factory=dict)  # the file's own, beside those of the program
    resolved: Mapping[str, Any] = field(default_factory=dict, compare=False)  # JSON-able, for hash and manifest
    written: Merged | None = field(default=None, compare=False)  # what was read, to change parts of it

    def __repr__(self) -> str:
        places = "1 place" if len(self.places) == 1 else f"{len(self.places)} places"
        facts = f"{self.households:,} households in {places}, {self.first_year}-{self.end_year}"
        return f"<Scenario {self.key}: {facts}; mixes {', '.join(self.mixes)}; targets {', '.join(one.name for one in self.targets)}>"

    @property
    def first_mix(self) -> str | None:
        """The first mix that is a policy, None if there is none."""
        return next((mix for mix in self.mixes if mix != NO_POLICY), None)

    @property
    def end_year(self) -> int:
        """The last simulated year."""
        return self.last_year + self.follow_years

    @property
    def households(self) -> int:
        """Households of all places."""
        return sum(place.households for place in self.places)
