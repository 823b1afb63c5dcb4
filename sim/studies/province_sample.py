"""Provinces as the survey knew them in one year, as a scenario of samples that share one world in each replication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.law.posterior import Posterior
from sim.record import series
from sim.record.places import name_of
from sim.record.tables import table
from sim.scenario.shape import NO_POLICY, Mix, Place, PopulationFacts, Runs, Scenario, Source, Structure

STANDARD = "vn_2011_indexed"
COMMUNES = 12  # of a sample, so that a storm does not strike a whole province
NEAR_POOR_TO_POOR = 0.45  # households: how many near-poor there are for a poor one, where nobody said
FACTS: Mapping[str, float] = {  # what no table of the record tells of single provinces: the country's
    "household_size": 3.9, "urban_share": 0.25, "minority_share": 0.0, "merit_share": 0.05, "insurance_cover": 0.65,
    "livestock_share": 0.25, "income_sd_log": 0.0,
}  # fmt: skip
FARM_LIMITS = (0.1, 0.85)


@dataclass(frozen=True)
class Known:
    """What the survey told of some places in the year ``origin``, and nothing later.

    ``rates`` in percent, (places,); ``fifths`` mean income of each fifth of people, thousand dong a month, (places, 5).
    """

    origin: int
    codes: tuple[str, ...]
    rates: np.ndarray
    fifths: np.ndarray


@dataclass(frozen=True)
class Free:
    """What the model's numbers are drawn from: priors, some of them replaced, and a posterior if there is one."""

    parameters: Mapping[str, Any]
    posterior: Posterior | None = None


def known_at(origin: int, rates: Any, incomes: Any, codes: Sequence[str]) -> Known:
    """What is known of those of ``codes`` that have a rate and incomes in ``origin`` (frames as in ``sim.record.series``)."""
    told = [code for code in codes if origin in rates and rates.index.isin([code]).any() and np.isfinite(rates.loc[code, origin])]
    told = [code for code in told if (code, origin) in incomes.index]
    fifths = np.array([incomes.loc[(code, origin), list(series.FIFTHS)] for code in told], dtype=np.float64)
    return Known(origin, tuple(told), np.array([rates.loc[code, origin] for code in told]), fifths)


def scenario_of(known: Known, free: Free, agents: int, follow_years: int) -> Scenario:
    """A sample of ``agents`` households of each place from the first day of the origin's year, whose income is then fitted.

    Prices stand still, so that all money is that of the origin. Support by law is in the incomes that the survey told.
    """
    farm, wages = _farm_shares(known), _of_work(known, "wage")
    source = Source(assumption="the country's figure, for want of the province's")
    places = tuple(
        Place(
            name=name_of(code, "vi"), households=agents, poor=poor, near_poor=min(round(NEAR_POOR_TO_POOR * poor), agents - poor),
            area="ordinary", communes=COMMUNES,
            facts=PopulationFacts(
                **FACTS, income_per_head=float(fifths.mean()), farm_labour_share=farm[code], wage_share=wages.get(code),
                sources=dict.fromkeys(FACTS, source),
            ),
        )
        for code, poor, fifths in zip(known.codes, np.rint(known.rates / 100.0 * agents).astype(int).tolist(), known.fifths, strict=True)
    )  # fmt: skip
    return Scenario(
        key=f"backtest_{known.origin}", path=Path("backtest.yaml"), name={"vi": "Kiểm nghiệm", "en": "Back-test"},
        signed=Quarter(known.origin, 1), first_year=known.origin, last_year=known.origin, follow_years=follow_years, standard=STANDARD,
        stated=(), places=places, population=places[0].facts, money=(), mixes={NO_POLICY: Mix(NO_POLICY)}, targets=(),
        delivery="as_delivered", runs=Runs(1, 0), parameters=dict(free.parameters), structure=Structure(), entitlements=False,
        posterior=free.posterior,
    )  # fmt: skip


def _farm_shares(known: Known) -> dict[str, float]:
    """Share of workers on farms, taken from farm income over all income from work."""
    share = _of_work(known, "agriculture")
    return {code: float(np.clip(share.get(code, 0.3), *FARM_LIMITS)) for code in known.codes}


def _of_work(known: Known, source: str) -> dict[str, float]:
    """Part of a source in all income from work, of the origin's year or the last before, by province for which it is told."""
    told = table("survey_income_sources")
    told = told[told["year"] <= known.origin].sort_values("year").drop_duplicates("code", keep="last").set_index("code")
    share = told[source] / told[["agriculture", "wage", "non_farm"]].sum(axis=1)
    return {str(code): float(part) for code, part in share.items()}
