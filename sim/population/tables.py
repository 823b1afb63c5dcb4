"""The fixed tables of ``synthesis.yaml``, as arrays that compiled code reads.

Probabilities become integer thresholds out of 65,536, so that a choice compares two integers: the same everywhere.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.kit import maths
from sim.law.open import read_yaml

FILE = Path(__file__).with_name("synthesis.yaml")
ONE = 65_536
KINDS = ("alone", "old_couple", "couple", "lone_parent", "nuclear", "three_generations", "grandparents")
SIZES = 12

# What the compiled stages read; every array int64, probabilities as thresholds below 65,536.
Tables = namedtuple(
    "Tables",
    "kinds head_ages head_female school_years school_ages school_cumulative school_shared urban_lift pupils "
    "work_ages idle_women idle_men unemployed abroad work_shared seeking "
    "contract_base contract_per_year trained trained_from training_ages training_relative certified "
    "health_ages severe extreme chronic out_ages out_shares thin_ages thin_shares no_card",
)


@cache
def read_tables() -> Mapping[str, Any]:
    """The whole of ``synthesis.yaml``."""
    return read_yaml(FILE)


def table(name: str) -> Any:
    """One fixed table of the file."""
    return read_tables()[name]


def thresholds(weights: Sequence[float] | np.ndarray) -> np.ndarray:
    """Upper ends of the classes out of 65,536 for weights of any sum: int64, the last one 65,536."""
    share = np.asarray(weights, dtype=np.float64)
    ends = np.rint(np.cumsum(share) / np.cumsum(share)[-1] * ONE).astype(np.int64)
    ends[-1] = ONE
    return ends


def chances(shares: Sequence[float] | float) -> np.ndarray:
    """Probabilities as thresholds out of 65,536, int64."""
    return np.rint(np.asarray(shares, dtype=np.float64) * ONE).astype(np.int64)


def whole(numbers: Sequence[int]) -> np.ndarray:
    """Whole numbers as int64."""
    return np.asarray(numbers, dtype=np.int64)


def _kinds() -> np.ndarray:
    """Thresholds of the kinds of family by size class (one, two, more): (3, kinds)."""
    entry = table("kinds")
    return np.array([thresholds([entry[row].get(kind, 0) for kind in KINDS]) for row in ("one", "two", "more")])


@cache
def compiled_tables() -> Tables:
    """Everything the compiled stages need, read once."""
    school, work, train = table("schooling"), table("work"), table("training")
    health, out, thin, card = table("health"), table("out_of_school"), table("undernourished"), table("uninsured")
    shares = table("head_female")["shares"]
    return Tables(
        kinds=_kinds(),
        head_ages=np.array([thresholds(table("head_ages")[kind]) for kind in KINDS]),
        head_female=chances([shares[kind] / 100.0 for kind in KINDS]),
        school_years=whole(school["years"]),
        school_ages=whole(school["ages"]),
        school_cumulative=np.array([thresholds(row) for row in school["weights"]]),
        school_shared=int(chances(school["shared"])),
        urban_lift=int(chances(school["urban_lift"])),
        pupils=chances(table("pupils")["shares"]),
        work_ages=whole(work["ages"]),
        idle_women=chances(work["not_working_women"]),
        idle_men=chances(work["not_working_men"]),
        unemployed=chances(work["unemployed"]),
        abroad=chances(work["abroad"]),
        work_shared=int(chances(work["shared"])),
        seeking=chances(work["seeking_own"]),
        contract_base=int(chances(work["contract_at_9_years"])),
        contract_per_year=int(chances(work["contract_per_year"])),
        trained=chances(train["trained"]),
        trained_from=whole(train["at_least_years"]),
        training_ages=whole(train["ages"]),
        training_relative=chances(train["age_relative"]),
        certified=int(chances(train["certified_share"])),
        health_ages=whole(health["ages"]),
        severe=chances(health["severe_disability"]),
        extreme=int(chances(health["extreme_of_severe"])),
        chronic=chances(health["chronic"]),
        out_ages=whole(out["ages"]),
        out_shares=chances(out["shares"]),
        thin_ages=whole(thin["ages"]),
        thin_shares=chances(thin["shares"]),
        no_card=chances([card["below_6"], card["pupils"], card["contract"], card["from_80"]]),
    )


def tilted_sizes(mean_size: float) -> np.ndarray:
    """Shares of households by size 1 to 12 whose mean is ``mean_size``: the base table tilted exponentially, by bisection."""
    base = np.asarray(table("sizes")["weights"], dtype=np.float64)
    size = np.arange(1, SIZES + 1, dtype=np.float64)
    wanted = min(max(mean_size, 1.3), 8.0)
    low, high = -3.0, 3.0
    for _ in range(60):
        tilt = 0.5 * (low + high)
        weights = base * maths.exp(tilt * size)
        mean = float(np.cumsum(weights * size)[-1] / np.cumsum(weights)[-1])
        low, high = (tilt, high) if mean < wanted else (low, tilt)
    return weights / np.cumsum(weights)[-1]


def own_shares(farm_labour_share: float) -> np.ndarray:
    """Chance of own work by age band, out of 65,536, such that farm and own business come out among all who work."""
    work = table("work")
    wanted = farm_labour_share + work["own_of_nonfarm"] * (1.0 - farm_labour_share)
    relative, weight = (np.asarray(work[name], dtype=np.float64) for name in ("own_relative", "workers_by_age"))
    low, high = 0.0, 20.0
    for _ in range(60):
        scale = 0.5 * (low + high)
        share = float(np.cumsum(weight * np.minimum(scale * relative, work["most_own"]))[-1] / np.cumsum(weight)[-1])
        low, high = (scale, high) if share < wanted else (low, scale)
    return chances(np.minimum(scale * relative, work["most_own"]))


def stated(place: Any, fact: str, otherwise: float) -> float:
    """A fact that a place may state, else something."""
    value = getattr(getattr(place, "facts", None), fact, None)
    return otherwise if value is None else float(value)


def facts_of(place: Any, prices: float = 1.0) -> SimpleNamespace:
    """The facts of a place, defaults where it or one of its facts is missing; ``prices`` are those of the start over those
    of the file's amounts."""
    own: Any = getattr(place, "facts", None)
    defaults = {name: entry["value"] for name, entry in table("facts").items()}
    defaults["income_per_head"] *= prices
    given: dict[str, Any] = {name: getattr(own, name, None) for name in defaults}
    return SimpleNamespace(**{name: float(default if given[name] is None else given[name]) for name, default in defaults.items()})
