"""Land, tools, animals and savings at the start."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import maths
from sim.kit.columns import Table
from sim.law.parameters import ByRow
from sim.population.luck import numbers
from sim.population.tables import table, thresholds

CALF_QUARTERS = 4


def give_land(h: Table, noise: np.ndarray, rank_hint: np.ndarray) -> None:
    """Write ``land``: some households have none, more often the poor; the rest log-normal about a small holding.

    ``noise`` and ``rank_hint`` are standard normal; the hint is the part of the income rank known by now.
    """
    entry, u = table("land"), h.urban == 1
    load = float(entry["rank_load"])
    latent = load * rank_hint + float(maths.sqrt(1.0 - load * load)) * noise
    share = maths.normal_cdf(latent)
    landless = np.where(u, entry["urban"]["landless"], entry["rural"]["landless"])
    median = np.where(u, entry["urban"]["median_ha"], entry["rural"]["median_ha"])
    spread = np.where(u, entry["urban"]["spread"], entry["rural"]["spread"])
    inside = np.clip((share - landless) / (1.0 - landless), 1e-6, 1.0 - 1e-6)
    holding = median * maths.exp(spread * maths.normal_quantile(inside))
    h.land[...] = np.where(share < landless, 0.0, holding)


def give_herd(h: Table, seed: int, livestock_share: np.ndarray, begin: Any, p: ByRow) -> None:
    """Write the herd: breeding cattle among rural households with labour, up to each place's share of all rural households.

    ``livestock_share`` is by row; ``begin`` the frame of the synthesis. Most are grown; calves of the last year stand in
    their quarter of age.
    """
    entry = table("herd")
    u = numbers(seed, h.origin, h.replication, int(Purpose.HERD_START), normal=False).astype(np.float64)
    may = (h.urban == 0) & (h.able > 0)
    rural = np.bincount(begin.zone, weights=(h.urban == 0), minlength=begin.zones)
    able = np.bincount(begin.zone, weights=may, minlength=begin.zones)
    chance = np.minimum(livestock_share * (rural / np.maximum(able, 1.0))[begin.zone], 1.0)
    keeps = may & (u[0] < chance)
    heads = np.where(keeps, 1 + np.searchsorted(thresholds(entry["heads"]) / 65_536.0, u[1], side="right"), 0)
    young = keeps & (u[2] < entry["young_share"])
    h.young_animals[...] = np.where(young, 1, 0)
    h.grown_animals[...] = heads - h.young_animals
    wait = 1 + np.floor(u[2] / entry["young_share"] * entry["quarters_to_calving"])
    h.quarters_to_calving[...] = np.where(young, np.minimum(wait, entry["quarters_to_calving"]), 0)
    low, high = (np.where(keeps, entry["skill_keeper"][end], entry["skill_other"][end]) for end in (0, 1))
    h.skill[...] = low + (high - low) * u[3]
    # One uniform number serves all four quarters of birth: the expected calves are spread evenly, rounded at random.
    expected = h.grown_animals * p["calves_per_cow_year"].astype(np.float64)
    born = np.floor(expected + np.where(keeps, u[0] / np.maximum(chance, 1e-9), 0.0)).astype(np.int64)
    first = np.floor(u[1] * 64.0).astype(np.int64) % CALF_QUARTERS
    calves = np.zeros(len(h), dtype=np.int64)
    for quarter in range(CALF_QUARTERS):
        place = (first + quarter) % CALF_QUARTERS
        calves += (born // CALF_QUARTERS + (quarter < born % CALF_QUARTERS)) << (4 * place)
    h.calves[...] = calves


def give_tools_and_savings(h: Table, target_quarter: np.ndarray, own_share: np.ndarray, noise: np.ndarray, p: ByRow) -> None:
    """Write ``capital`` (tools that own production bears) and ``savings`` (quarters of consumption).

    ``target_quarter`` income of a quarter (thousand dong), ``own_share`` of labour in own production; ``noise`` (2, rows).
    """
    entry = table("wealth")
    own = 4.0 * target_quarter * np.maximum(own_share, 0.03)
    spread = float(entry["capital_spread"])
    h.capital[...] = p["capital_to_yearly_income"] * own * maths.exp(spread * noise[0] - 0.5 * spread * spread)
    spread = float(entry["savings_spread"])
    held = entry["savings_start"] * p["savings_buffer"] * target_quarter * maths.exp(spread * noise[1])
    h.savings[...] = np.floor(np.minimum(held, 4.0 * target_quarter) + 0.5)
