"""The tables of ``reach``, filled as its questions are answered."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.measures import catalogue
from sim.measures.paired import pair
from sim.measures.targets import Target, probability
from sim.studies.answer import BY_MONEY, BY_PLAN, CHANCES, NO_AMOUNT, NO_NEED, REMAINING, Reach
from sim.studies.compare_rows import is_better_upward
from sim.studies.frame import NO_POLICY
from sim.studies.judging import ALL_TARGETS, is_followed, is_uncounted, judge_one, outcome_of, together
from sim.studies.least_money import Goal, Least
from sim.studies.results import Results

NAN = float("nan")
LAST_QUARTER_SEEN = 3  # the review looks at the end of the third quarter
Found = Mapping[float, tuple[Results, str]]
Row = dict[str, Any]


class Tables:
    """Rows by table; ``results`` hold the mix as it is, and no policy."""

    def __init__(self, results: Results, mix: str, total: int) -> None:
        self._results, self._mix, self._total = results, mix, total
        self.targets = tuple(target for target in results.frame.targets if target.is_judged and is_followed(results, target))
        self._joint = together(results)
        self.names = (*[target.name for target in self.targets], *([ALL_TARGETS] if len(self._joint) > 1 else []))
        self._rows: dict[str, list[Row]] = {table: [] for table in Reach.TABLES}
        self._paid: dict[float, Row] = {}
        self._rows["targets"] = [self._target(target) for target in self.targets]
        if len(self._joint) > 1:
            self._rows["targets"].append(self._jointly())
        self.tried({0.0: (results, NO_POLICY), 1.0: (results, mix)})

    def frames(self) -> dict[str, Any]:
        """The tables as data frames."""
        from pandas import DataFrame

        return {table: DataFrame(rows) for table, rows in self._rows.items()}

    def chances(self, results: Results, mix: str) -> dict[str, tuple[float, float]]:
        """Probability and Monte Carlo error of every target and of all jointly."""
        met = {target.name: outcome_of(results, target, mix).met for target in self.targets}
        if len(self._joint) > 1:
            met[ALL_TARGETS] = np.logical_and.reduce([met[target.name] for target in self._joint])
        return {name: probability(mask) for name, mask in met.items()}

    def tried(self, found: Found) -> None:
        """Chances and payments under some factors on the mix's money."""
        for factor, (results, mix) in found.items():
            self._paid[factor] = self._payments(results, mix)
            for name, (chance, error) in self.chances(results, mix).items():
                row = {"target": name, "factor": factor, "money": factor * self._total, "probability": chance, "mc_error": error}
                self._rows["tried"].append(row | self._paid[factor])

    def least_money(self, found: Mapping[Goal, Least]) -> None:
        """What the search came to."""
        for goal, least in found.items():
            status = NO_NEED if least.factor == 0.0 else BY_PLAN if least.factor <= 1.0 else BY_MONEY
            factors = {"factor": least.factor, "factor_low": least.low, "factor_high": least.high}
            money = {name.replace("factor", "money"): factor * self._total for name, factor in factors.items()}
            nothing = dict.fromkeys(self._paid[1.0], NAN)
            row = {"target": goal.target, "chance": goal.chance, "status": NO_AMOUNT if math.isinf(least.factor) else status}
            self._rows["money"].append(row | factors | money | self._paid.get(least.factor, nothing))

    def reason(self, remedy: str, how: str, results: Results, mix: str) -> None:
        """What one change, alone or with those before it, does to every target."""
        chances = self.chances(results, mix)
        for target in self.targets:
            found = pair(_missing(self._results, target, self._mix), _missing(results, target, mix), more_is_better=True)
            gain = {"gained": found.mean, "gained_error": found.error, "gained_low": found.low, "gained_high": found.high}
            achieved = float(np.nanmedian(outcome_of(results, target, mix).achieved))
            self._reason_row(target.name, remedy, how, chances[target.name], {**gain, "unit": _unit(target), "achieved": achieved})
        if ALL_TARGETS in chances:
            nothing = dict.fromkeys(("gained", "gained_error", "gained_low", "gained_high", "achieved"), NAN)
            self._reason_row(ALL_TARGETS, remedy, how, chances[ALL_TARGETS], {**nothing, "unit": ""})

    def remaining(self, counts_by_year: Mapping[int, np.ndarray]) -> None:
        """Who is on the poor list yet under all changes; real households of one run."""
        weight = self._results.frame.one_for
        for year, table in counts_by_year.items():
            total = float(table.sum()) or NAN
            for at, name in enumerate(REMAINING):
                households = table[:, at] * float(weight)
                low, high = np.quantile(households, (0.05, 0.95))
                row = {"year": year, "why": name, "households": float(households.mean()), "low": float(low), "high": float(high)}
                self._rows["remainder"].append({**row, "share": float(table[:, at].sum()) / total})

    def _reason_row(self, target: str, remedy: str, how: str, chance: tuple[float, float], gain: Row) -> None:
        head = {"target": target, "remedy": remedy, "how": how, "probability": chance[0], "mc_error": chance[1]}
        self._rows["reasons"].append(head | gain)

    def _target(self, target: Target) -> Row:
        """One target as it stands; the dates by which its change stands go to a table of their own."""
        one = judge_one(self._results, target, self._mix)
        without = probability(outcome_of(self._results, target, NO_POLICY).met)
        achieved = outcome_of(self._results, target, self._mix).achieved
        self._rows["years"] += [{"target": target.name, "year": year, "probability": chance} for year, chance in one.met_by_year]
        head = {"name": target.name, "measure": target.measure, "group": target.group, "place": target.place, "form": target.form}
        asked = {"value": target.value, "unit": target.unit, "year": target.year, "yardstick": target.yardstick}
        found = {name: getattr(one, name) for name in ("probability", "mc_error", "median", "p05", "p95", "shortfall_households_median")}
        missing = {"missing_mean": float(np.mean(_missing(self._results, target, self._mix))), "missing_unit": _unit(target)}
        stock = {name: getattr(one, name) for name in ("start_households", "households_allowed", "asks")}
        would = {f"would_{round(100 * chance)}": _would(achieved, chance, is_better_upward(target)) for chance in CHANCES}
        dates = {f"date_{round(100 * c)}": next((y for y, p in one.met_by_year if p >= c), 0) for c in CHANCES}
        return {**head, **asked, **found, **missing, "no_policy": without[0], "no_policy_error": without[1], **stock, **would, **dates}

    def _jointly(self) -> Row:
        chances, without = (self.chances(self._results, mix)[ALL_TARGETS] for mix in (self._mix, NO_POLICY))
        nothing: Row = dict.fromkeys(self._rows["targets"][0], NAN)
        texts = dict.fromkeys(("measure", "form", "unit", "missing_unit"), "") | {"name": ALL_TARGETS, "group": "all", "place": "all"}
        year = max(target.year for target in self._joint)
        dates = {f"date_{round(100 * chance)}": 0 for chance in CHANCES}
        found = {"probability": chances[0], "mc_error": chances[1], "no_policy": without[0], "no_policy_error": without[1]}
        return nothing | texts | found | dates | {"year": year, "yardstick": False}

    def _payments(self, results: Results, mix: str) -> Row:
        """Mean dong of a run paid to the last target's year, and before its review; households refused for money that year."""
        last = max(target.year for target in self.targets)
        c = results.ledger[mix].columns
        rows = (c["entry"] == "paid") & (c["year"] <= last)
        seen = rows & ((c["year"] < last) | (c["quarter"] <= LAST_QUARTER_SEEN))
        runs = results.frame.replications
        of_communes = [f"no_money:{lever}" for lever in results.frame.commune_levers]
        refused = [name for name in results.measures[mix].measures if name.startswith("no_money:") and name not in of_communes]
        lacking = sum(float(np.nanmean(results.at(mix, name, last))) for name in refused)
        paid, early = (float(c["dong"][some].sum()) / runs for some in (rows, seen))
        return {"paid": paid, "paid_before_review": early, "refused_for_money": lacking}


def _missing(results: Results, target: Target, mix: str) -> np.ndarray:
    """What each run lacks of the target: households or people, else the target's own unit."""
    outcome = outcome_of(results, target, mix)
    return outcome.missing if is_uncounted(target) else outcome.missing_households


def _unit(target: Target) -> str:
    """The unit of :func:`_missing`."""
    if is_uncounted(target):
        return target.unit
    return catalogue.describe(target.measure).of or target.unit


def _would(achieved: np.ndarray, chance: float, upward: bool) -> float:
    """The strictest value that at least this share of the runs reach."""
    best_first = np.sort(achieved[~np.isnan(achieved)])
    best_first = best_first[::-1] if upward else best_first
    return float(best_first[math.ceil(chance * len(best_first) - 1e-9) - 1]) if len(best_first) else NAN
