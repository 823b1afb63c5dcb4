"""A stand-in for the engine with the same seam: households whose lists move by keyed luck, and a plan that helps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from sim.agents.codebook import COMMUNE_COLUMNS, HOUSEHOLD_COLUMNS, NEVER, lever_columns
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.ledger import Account, Ledger
from sim.scenario.shape import NO_POLICY, Allocation, Mix, Place, PopulationFacts, Runs, Scenario, Source, Structure
from sim.scenario.target import Target
from sim.studies.results import Results
from sim.studies.run import run

FACTS = PopulationFacts(4000.0, 0.1, 3.7, 0.0, 0.02, 0.1, 0.3, 0.92, 0.1)
SOURCES = {name: Source(reference="L37") for name in ("households", "poor", "near_poor")}


def scenario(places: int = 1, households: int = 1572, poor: int = 25, follow: int = 3, replications: int = 200, **changes) -> Scenario:
    """A commune plan like those of the north-central delta; the target asks 1.5 points of 1.59."""
    targets = (
        Target("fall", "official_poor_rate", "fall_per_year", 1.5, "points a year", 2024, 2023),
        Target("insured", "insured_share", "cover", 1.0, "share", 2024, 2023, group="poor"),
    )
    names = ("Hoàng Kim", "An Phú", "Bình Sơn")[:places]
    values = {
        "key": "hoang_kim_2024",
        "path": Path("hoang_kim_2024.yaml"),
        "name": {"vi": "Kế hoạch giảm nghèo xã Hoàng Kim 2024", "en": "Hoàng Kim commune plan 2024"},
        "signed": Quarter(2024, 2),
        "first_year": 2024,
        "last_year": 2024,
        "follow_years": follow,
        "standard": "vn_2022",
        "stated": (),
        "places": tuple(Place(name, households, poor, 2 * poor, "ordinary", FACTS, sources=SOURCES) for name in names),
        "population": FACTS,
        "money": (),
        "mixes": {"plan": Mix("plan", {"housing": Allocation(share=0.5)}), NO_POLICY: Mix(NO_POLICY)},
        "targets": targets,
        "delivery": "as_delivered",
        "runs": Runs(replications, 2024),
        "parameters": {},
        "structure": Structure(),
        "resolved": {"name": "hoang_kim_2024", "places": places, "poor": poor},
    }
    return Scenario(**{**values, **changes})


class FakeLever:
    """What results need to know of a lever."""

    key, level = "housing", "household"


class FakeProgramme:
    """Holds a ledger."""

    def __init__(self) -> None:
        self.ledger = Ledger()


class FakeStart:
    """The start of a batch."""

    def __init__(self, scenario: Scenario, replications: range, seed: int) -> None:
        self.scenario, self.replications, self.seed = scenario, replications, seed
        tables = [_one(scenario, replication, index, seed) for index, replication in enumerate(replications)]
        self.households = tables[0]
        for table in tables[1:]:
            there = len(self.households)
            self.households = self.households.weave(np.arange(there), table, np.full(len(table), there))


def _one(scenario: Scenario, replication: int, index: int, seed: int) -> Table:
    """The households of one replication, drawn from a generator of its own."""
    luck = np.random.default_rng((seed, replication))
    rows = scenario.households
    h = Table.zeros((*HOUSEHOLD_COLUMNS, *lever_columns(1)), rows)
    h.origin[...] = np.arange(rows)
    h.replication[...] = index
    place = np.repeat(np.arange(len(scenario.places)), [place.households for place in scenario.places])
    h.cell[...] = index * len(scenario.places) + place
    for column, share in (("minority", 0.02), ("merit", 0.1), ("female_head", 0.25), ("disabled", 0.06), ("labourless", 0.08)):
        h[column][...] = luck.random(rows) < share
    for column in ("clean_water", "hygienic_toilet", "internet", "devices"):
        h[column][...] = luck.random(rows) < 0.85
    h.members_at_home[...] = luck.integers(1, 7, rows)
    h.able[...] = luck.integers(0, 4, rows)
    h.uninsured[...] = luck.random(rows) < 0.08
    h.floor_area_m2[...] = 60
    h.solid_parts[...] = luck.integers(1, 4, rows)
    h.income_per_head[...] = luck.lognormal(8.2, 0.5, rows)
    h.consumption[...] = h.income_per_head * 0.8
    h.standing[...] = 0
    for number, row in enumerate(scenario.places):
        first = int(np.flatnonzero(place == number)[0])
        h.standing[first : first + row.poor] = 2
        h.standing[first + row.poor : first + row.poor + row.near_poor] = 1
    h.reviewed[...] = h.standing
    h.quarters_since_poor[...] = NEVER
    h.quarters_since_listed[...] = NEVER
    return h


class FakeSimulation:
    """Same seam as the engine: start, quarter, now, finished, households, communes, programme, yearly."""

    def __init__(self, start: FakeStart, mix: str) -> None:
        self.scenario, self.mix, self.seed = start.scenario, mix, start.seed
        self.replications = start.replications
        self.households = start.households.copy()
        self.communes = Table.zeros(COMMUNE_COLUMNS, len(start.replications) * len(start.scenario.places))
        self.now, self.yearly, self.quarterly = Quarter(start.scenario.first_year, 1), [], []
        self.levers, self.programme = (FakeLever(),), FakeProgramme()
        self.communes.replication[...] = np.repeat(np.arange(len(start.replications)), len(start.scenario.places))
        self.communes.place[...] = np.tile(np.arange(len(start.scenario.places)), len(start.replications))
        self.programme.ledger.cells = (self.communes.replication, self.communes.place)

    @staticmethod
    def start(scenario: Scenario, replications: range, seed: int) -> FakeStart:
        """Build the start of a batch."""
        return FakeStart(scenario, replications, seed)

    @classmethod
    def side_by_side(cls, start: FakeStart, mixes: Sequence[str], at_start: Callable) -> Iterator[FakeSimulation]:
        """One mix after another."""
        for mix in mixes:
            simulation = cls(start, mix)
            at_start(simulation)
            yield simulation

    @property
    def finished(self) -> bool:
        """Whether the last year is over."""
        return self.now.year > self.scenario.end_year

    def quarter(self) -> None:
        """One quarter: the review in the third, the plan's money in the fourth, lists turn after it."""
        if self.now.quarter == 3:
            self._review()
        if self.now.quarter == 4:
            if self.mix != NO_POLICY and self.now.year == self.scenario.first_year:
                self._pay()
            for hook in self.yearly:
                hook(self)
            self._turn()
        self.now = self.now.next()

    def _luck(self) -> np.ndarray:
        parts = [np.random.default_rng((self.seed, r, self.now.number)).random(self.scenario.households) for r in self.replications]
        return np.concatenate(parts)

    def _review(self) -> None:
        h, luck = self.households, self._luck()
        helped = self.mix != NO_POLICY and (self.now.year > self.scenario.first_year or self.mix.endswith(".as_planned"))
        chance = 0.32 + (0.12 if helped else 0.0)
        h.reviewed[...] = h.standing
        h.reviewed[(h.standing == 2) & (luck < chance)] = 0
        h.reviewed[(h.standing == 2) & (luck > 0.85)] = 1
        h.reviewed[(h.standing == 0) & (luck > 0.998)] = 2

    def _pay(self) -> None:
        h = self.households
        poor = np.flatnonzero(h.standing == 2)
        served = poor[h.origin[poor] % 2 == 0]
        h.outcome[0, poor] = 4
        h.outcome[0, served] = 1
        h.received[0, served] = self.now.number
        dong = np.bincount(h.cell[served], minlength=len(self.communes)).astype(np.int64) * 60_000_000
        account = Account("central", "recurrent", "housing")
        self.programme.ledger.post(self.now, account, "appropriated", dong)
        early = dong - dong // 10 if self.mix.endswith(".as_planned") else dong // 4
        self.programme.ledger.post(Quarter(self.now.year, 3), account, "paid", early)
        self.programme.ledger.post(self.now, account, "paid", dong - early)

    def _turn(self) -> None:
        h = self.households
        left = (h.standing == 2) & (h.reviewed != 2)
        h.quarters_since_poor[...] = np.where(h.quarters_since_poor < NEVER, h.quarters_since_poor + 4, NEVER)
        h.quarters_since_poor[left] = 0
        h.quarters_since_poor[h.reviewed == 2] = NEVER
        h.standing[...] = h.reviewed


@cache
def finished(replications: int = 40, places: int = 1, households: int = 1572) -> Results:
    """Results of a run of the stand-in, under a fixed name."""
    results = run(scenario(places, households), replications=replications, threads=1, engine=FakeSimulation)
    return replace(results, manifest={**results.manifest, "run": "0123456789"})
