"""What a run is about, in plain data: all that a reader of its results needs to know of the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sim.measures import catalogue
from sim.measures.grouping import ALL
from sim.measures.targets import Target
from sim.policies.calendar import AS_PLANNED
from sim.studies.place_axis import MEANS, POOR_DISTRICTS, axis, label_of, units_of

NO_POLICY = "no_policy"
_PERCENT_FORMS = ("level", "cover")  # scenarios give these as fractions, measures are in percent


@dataclass(frozen=True)
class Frame:
    """The scenario's names, places, years, targets and the size of the run.

    ``years`` begins with the year of the starting list, before anything is simulated. ``mixes`` may hold the other reading
    of one, such as ``plan.as_planned``, right after it. ``labels`` holds the names (vi, en) of levers, indicators, sources
    and kinds of money. ``one_for`` is how many real households one row stands for. ``districts`` holds the places of each
    district that the plan names, ``poor_districts`` the places in poor districts, ``means`` the labels (see
    sim/studies/place_axis.py) of the means over districts that targets ask for, ``divided`` into how many communes of its own
    making the program divided a place. ``roster``, empty without one, tells of the places' own review list how many
    ``households`` it holds and which items were ``drawn`` (vi, en) for how many of them. ``numbers`` says which ``posterior`` (name,
    vi, en) the uncertain numbers are from, none where all are priors, and which were ``replaced`` by the scenario.
    """

    key: str
    name: Mapping[str, str]
    places: tuple[str, ...]
    years: tuple[int, ...]
    signed: str
    last_planned_year: int
    standard: str
    delivery: str
    mixes: tuple[str, ...]
    levers: tuple[str, ...]
    indicators: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    targets: tuple[Target, ...]
    replications: int
    seed: int
    one_for: int = 1
    districts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    poor_districts: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    divided: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Mapping[str, str], ...] = field(default=())
    commune_levers: tuple[str, ...] = ()
    roster: Mapping[str, Any] = field(default_factory=dict)
    numbers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def start_year(self) -> int:
        """The year whose review made the list that the run starts from."""
        return self.years[0]

    @property
    def leading(self) -> str:
        """The mix that a verdict is about: the first but no_policy."""
        return next((mix for mix in self.mixes if mix != NO_POLICY), NO_POLICY)

    def other_reading(self, mix: str) -> str:
        """The name under which the run holds the other reading of a mix, empty if it does not."""
        return next((name for name in self.mixes if name.startswith(f"{mix}.")), "")

    def planned_and_delivered(self, mix: str) -> tuple[str, str]:
        """The names of a mix's reading by its planned calendar and by the one on record; empty where the run has none."""
        pair = (mix, self.other_reading(mix))
        return pair if self.delivery == AS_PLANNED else pair[::-1]

    @property
    def communes(self) -> int:
        """Communes of the run: the places, or the communes that they were divided into."""
        return sum(self.divided.get(place, 1) for place in self.places)

    @property
    def units(self) -> tuple[str, ...]:
        """What a run compares: districts that the plan names, and places that lie in none of these."""
        return units_of(self.places, self.districts)

    @property
    def place_labels(self) -> tuple[str, ...]:
        """Labels of the place axis of measures: the whole; if there are several places, districts, places and groups of them."""
        return tuple(label.name for label in axis(self.places, self.districts, self.poor_districts, self.means))

    def place_index(self, place: str) -> int:
        """Where ``place`` stands on the place axis; a single place is the whole, and so is its district."""
        if len(self.places) == 1 and place not in (ALL,):
            known = (self.places[0], *self.districts, POOR_DISTRICTS, *MEANS)
            return 0 if place in known else self.place_labels.index(place)
        return self.place_labels.index(place)

    def to_dict(self) -> dict[str, Any]:
        """JSON-able form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Frame:
        """The frame that :meth:`to_dict` gave."""
        values = dict(data)
        for name in ("places", "years", "mixes", "levers", "indicators", "findings", "poor_districts", "means", "commune_levers"):
            values[name] = tuple(values[name])
        values["districts"] = {name: tuple(places) for name, places in values["districts"].items()}
        values["targets"] = tuple(Target(**target) for target in values["targets"])
        return cls(**values)


def target_of(scenario_target: Any) -> Target:
    """A scenario's target in the terms of measures: percent instead of fractions, a place and group always named."""
    t = scenario_target
    measure = catalogue.describe(t.measure) if t.measure else None
    unit_of = measure.unit if measure else ""
    percent = t.form in _PERCENT_FORMS and unit_of == "%"
    unit = "%" if percent else {"count": unit_of, "share": "%"}.get(t.unit, t.unit)
    return Target(
        name=t.name,
        measure=t.measure,
        form=t.form,
        value=round(float(t.value) * (100.0 if percent else 1.0), 10),
        unit=unit,
        base_year=t.since,
        year=t.by_year,
        place=label_of(t),
        group=t.group or ALL,
        more_is_better=measure.more_is_better if measure else False,
        says=dict(t.says),
        note=dict(t.note),
        outside=dict(t.outside),
        reference=t.reference,
        yardstick=bool(t.assumption),
    )
