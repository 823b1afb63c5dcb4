"""What every step of the synthesis needs: places, keys of rows, parameters and the law's amounts on the first day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from sim.agents.purposes import Purpose
from sim.dynamics.rates import DERIVED
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.law.parameters import ByRow, gather, load
from sim.population.division import divide, homes_of
from sim.population.luck import numbers
from sim.population.tables import facts_of, stated, table
from sim.population.uneven import income_owners, shared_levels
from sim.standards.standard import Standard

DYNAMICS = Path(__file__).parents[1] / "dynamics"
PRICES_OF_START = "prices of the start"  # in the unit of such a parameter


class Start:
    """The frame of a synthesis: a row for each household of each commune in each replication, in that order.

    Arrays by row: ``origin`` (running number over communes), ``replication``, ``index`` (of its parameters), ``home``
    (place of the plan), ``place`` (commune), ``cell`` (commune in a replication), ``zone`` (place in a replication: what
    the plan's figures are about), ``village`` and ``block`` (commune within a large place that is one cell). ``prices``
    are those of the start over those of the amounts in ``synthesis.yaml``. With ``only`` it is of some places alone, which are
    then ``places``: numbers of households and communes stay those of the whole plan, ``home``, ``cell`` and ``zone`` count from 0.
    """

    def __init__(
        self,
        places: Sequence[Any],
        parameters: np.ndarray,
        seed: int,
        first: int,
        replications: int,
        start: Quarter,
        world: np.ndarray,
        standard: Standard,
        one_for: int = 1,
        only: range | None = None,
    ):
        only = range(len(places)) if only is None else only
        self.whole, self.only = list(places), only
        self.places, self.parameters, self.seed = self.whole[only.start : only.stop], parameters, seed
        self.first, self.replications, self.start, self.standard = first, replications, start, standard
        self.communes = divide(self.whole, seed, one_for, only)
        counts = np.array([commune.households for commune in self.communes], dtype=np.int64)
        homes = homes_of(self.communes) - only.start
        self.households, self.cells = int(counts.sum()), len(counts) * replications
        self.zones = len(self.places) * replications
        self.rows = self.households * replications
        place = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
        self.place = np.tile(place + self.communes[0].number, replications)
        before = sum(place.households for place in self.whole[: only.start])
        self.origin = np.tile(np.arange(before + 1, before + self.households + 1, dtype=np.uint32), replications)
        self.index = np.repeat(np.arange(replications, dtype=np.int64), self.households)
        self.replication = (first + self.index).astype(np.int32)
        self.home = np.tile(homes[place], replications)
        self.cell = self.index * len(counts) + np.tile(place, replications)
        self.zone = self.index * len(self.places) + self.home
        village, block = self._neighbourhoods(counts, place, one_for)
        self.village, self.block = np.tile(village, replications), np.tile(block, replications)
        self.cell_index = np.repeat(np.arange(replications), len(counts))
        self.cell_place = self.communes[0].number + np.tile(np.arange(len(counts)), replications)
        self.cell_home = np.tile(homes, replications)
        self.cell_replication = first + self.cell_index
        self.zone_home = np.tile(np.arange(len(self.places)), replications)
        self.zone_replication = first + np.repeat(np.arange(replications), len(self.places))
        self.by_row = ByRow(parameters, self.index)
        # Records with attributes: what the uncompiled kernel reads as the compiled one does.
        self.prices = Book.load().prices_at_start(start.year)
        self.rates, self.world = as_rates(parameters, self.prices).view(np.recarray), world.view(np.recarray)

    def _neighbourhoods(self, counts: np.ndarray, place: np.ndarray, one_for: int) -> tuple[np.ndarray, np.ndarray]:
        """Village, and commune within a large place, of each household of a replication; ``counts`` households by ``place``."""
        within = np.arange(self.households) - (np.cumsum(counts) - counts)[place]
        villages = np.maximum(1, np.rint(counts / table("villages")["households"])).astype(np.int64)
        blocks = np.rint(counts * one_for / table("communes")["households"]).astype(np.int64)
        blocks = np.maximum(blocks, [commune.parts for commune in self.communes])
        villages = np.maximum(villages, np.minimum(blocks, counts)) if one_for > 1 else villages
        village = within * villages[place] // counts[place]
        return village, village * blocks[place] // villages[place]

    def by_place(self, fact: str) -> np.ndarray:
        """A fact of each row's place, float64."""
        return np.array([getattr(facts_of(place, self.prices), fact) for place in self.places])[self.home]

    def by_zone(self, fact: str) -> np.ndarray:
        """A fact of each zone's place, float64."""
        return np.array([getattr(facts_of(place, self.prices), fact) for place in self.places])[self.zone_home]

    def stated_by_zone(self, fact: str) -> np.ndarray:
        """A fact that places may leave unstated, of each zone's place, float64: not-a-number where they do."""
        return np.array([stated(place, fact, np.nan) for place in self.places])[self.zone_home]

    @cached_property
    def life(self) -> np.ndarray:
        """Four standard normal numbers of each household, (4, rows) float64: circumstances, shock, lacks, support."""
        return numbers(self.seed, self.origin, self.replication, int(Purpose.STANDING_IN_LIFE), normal=True).astype(np.float64)

    @cached_property
    def mean_income(self) -> np.ndarray:
        """Mean income a head of each zone, thousand dong a month: the fact, as unsure as it is, drawn anew in each replication,
        and where places share a figure, spread over them about it."""
        here = slice(self.only.start, self.only.stop)
        owner = income_owners(self.whole)[here][self.zone_home]
        luck = draws.normal(self.seed, owner, draws.COMMUNE_BRANCH, self.zone_replication, 0, int(Purpose.PLACE_MEAN))
        spread = shared_levels(self.whole, self.parameters["income_slope_of_poverty"].astype(np.float64))[:, here].ravel()
        return self.by_zone("income_per_head") * maths.exp(self.by_zone("income_sd_log") * luck) * spread

    @cached_property
    def minority_gap(self) -> np.ndarray:
        """Log income of minority households below others of their place, by row: the place's own figure, else the parameter."""
        own = [getattr(getattr(place, "facts", None), "minority_income_gap", None) for place in self.places]
        stated = np.array([np.nan if gap is None else -float(gap) for gap in own])[self.home]
        return np.where(np.isnan(stated), self.by_row["minority_gap"], stated)

    @cached_property
    def poor(self) -> np.ndarray:
        """Poor households that the plan counts, by zone."""
        return np.array([place.poor for place in self.places], dtype=np.int64)[self.zone_home]

    @cached_property
    def listed(self) -> np.ndarray:
        """Poor and near-poor households that the plan counts, by zone."""
        return self.poor + np.array([place.near_poor for place in self.places], dtype=np.int64)[self.zone_home]

    @property
    def many(self) -> int:
        """How many deprivations make the difference between poor and near-poor under the standard; 3 where it asks for none."""
        if "many" not in self.standard.cutoffs:
            return 3
        return round(self.standard.cutoffs["many"].value / max(int(self.standard.points.max()), 1))


def as_rates(parameters: np.ndarray, prices: float = 1.0) -> np.ndarray:
    """The parameters in the shape of the kernel's rates, amounts at prices of the start multiplied by ``prices``; taking
    stock reads none that is converted from years to quarters."""
    assert parameters.dtype.names is not None
    shaped = np.zeros(len(parameters), dtype=[(name, np.float32) for name in (*parameters.dtype.names, *DERIVED)])
    for name in parameters.dtype.names:
        shaped[name] = parameters[name].astype(np.float64) * prices if name in _amounts() else parameters[name]
    return shaped


@cache
def _amounts() -> frozenset[str]:
    """Names of the dynamics' parameters that are amounts at prices of the start."""
    found = gather(load(path) for path in sorted(DYNAMICS.glob("*.yaml")))
    return frozenset(name for name, parameter in found.items() if PRICES_OF_START in parameter.unit)
