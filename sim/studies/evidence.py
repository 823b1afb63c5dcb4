"""The register of evidence: every published effect at hand, and how firmly the numbers of each lever stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.law.parameters import STRENGTHS, Parameter
from sim.policies.discovery import discover
from sim.record.tables import table
from sim.start import own_parameters

GRADES = ("strong", "medium", "weak", "none")  # of the firmest effect of a lever
FROM_ELSEWHERE = "many"  # a pool of studies from several countries
RANKS_FILE = "numbers.csv"  # of a stored sensitivity study


@dataclass(frozen=True)
class Register:
    """``effects``: a row for each published effect. ``levers``: a row for each lever, and one (empty key) for all else: its firmest
    effect anywhere and in Viet Nam, how many of its uncertain numbers are strong, medium, weak, assumed, whether there is
    ``no_firm_study`` of it and whether its mechanism is ``mostly_assumed`` (or weak). ``numbers``: every uncertain number, the weak ones
    first, or by ``weight`` where a stored sensitivity study is given (how much the verdict moves with it)."""

    effects: pd.DataFrame
    levers: pd.DataFrame
    numbers: pd.DataFrame


def register(sensitivity: Path | None = None) -> Register:
    """The register of this version; ``sensitivity`` is the folder of a stored study whose ranking of numbers is taken along."""
    effects = table("effects")
    groups: dict[str, Mapping[str, Parameter]] = {key: lever.parameters for key, lever in discover(None).items()}
    groups[""] = own_parameters()
    levers = pd.DataFrame([_lever(key, effects[effects["lever"] == key], numbers) for key, numbers in groups.items()])
    rows = [_number(key, number) for key, numbers in groups.items() for number in numbers.values()]
    return Register(effects, levers, _ranked(pd.DataFrame(rows), sensitivity))


def _lever(key: str, effects: pd.DataFrame, numbers: Mapping[str, Parameter]) -> dict[str, object]:
    """One row of ``levers``."""
    here = effects[effects["country"] == "Viet Nam"]
    counts = {strength: sum(number.strength == strength for number in numbers.values()) for strength in STRENGTHS}
    firmest, firmest_here = firmest_of(effects), firmest_of(here)
    row = {"lever": key, "effects": len(effects), "firmest": firmest, "firmest_in_vietnam": firmest_here, **counts}
    row["no_firm_study"] = firmest in ("weak", "none")
    row["mostly_assumed"] = 2 * (counts["strong"] + counts["medium"]) < sum(counts.values())
    return row


def firmest_of(effects: pd.DataFrame) -> str:
    """The best grade among some effects; none where there is none."""
    return next((grade for grade in GRADES if (effects["grade"] == grade).any()), "none")


def _number(key: str, number: Parameter) -> dict[str, object]:
    low, middle, high = (number.prior.quantile(share) for share in (0.05, 0.5, 0.95))
    words = {"vi": number.vi, "en": number.en, "unit": number.unit, "strength": number.strength}
    basis = number.reference or number.assumption
    return {"lever": key, "number": number.name, **words, "p05": float(low), "median": float(middle), "p95": float(high), "basis": basis}


def _ranked(numbers: pd.DataFrame, sensitivity: Path | None) -> pd.DataFrame:
    """Numbers by weight where a study gives it, else by how little supports them."""
    order = {strength: place for place, strength in enumerate(reversed(STRENGTHS))}
    numbers = numbers.assign(_order=numbers["strength"].map(order))
    if sensitivity is not None:
        told = pd.read_csv(sensitivity / RANKS_FILE)
        main = told[told["outcome"] == told["outcome"].iloc[0]]
        weights = main.set_index("number")["correlation"].abs()
        numbers = numbers.assign(weight=numbers["number"].map(weights).fillna(0.0))
        numbers = numbers.sort_values(["weight", "_order"], ascending=[False, True])
    else:
        numbers = numbers.sort_values(["_order", "lever"], kind="stable")
    return numbers.drop(columns="_order").reset_index(drop=True)
