"""The tables of ``contributions``, from the values of coalitions run by run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.measures.paired import Paired, pair, ratio_of_means, student
from sim.studies import shapley
from sim.studies.coalitions import GROWTH, Players
from sim.studies.outcomes import Outcome

NAN = float("nan")
BILLION = 1e9
Row = dict[str, Any]
Values = Mapping[int, np.ndarray]  # by coalition, shape (replications,)


@dataclass(frozen=True)
class Weighed:
    """One outcome's values, and what players bring: ``gains`` of shape (players, runs), ``order_errors`` (players,).

    Replications in which a coalition leaves the outcome undefined are left out of all.
    """

    outcome: Outcome
    values: Values
    gains: np.ndarray
    order_errors: np.ndarray
    orders: int
    known: np.ndarray


def weigh(outcome: Outcome, values: Values, players: int, orders: Sequence[shapley.Order]) -> Weighed:
    """What each player brings, over all orders, or over those sampled."""
    known = ~np.any([np.isnan(value) for value in values.values()], axis=0)
    clean = {coalition: value[known] for coalition, value in values.items()}
    if not orders:
        return Weighed(outcome, clean, shapley.shapley_values(clean, players), np.zeros(players), 0, known)
    along = shapley.gains_along(clean, orders)
    return Weighed(outcome, clean, along.mean(axis=0), shapley.error_of_orders(along), len(orders), known)


def contribution_rows(weighed: Weighed, players: Players, paid: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> Iterator[Row]:
    """A row a player; ``paid`` has dong of grants and of loans by lever and replication."""
    total = _gap(weighed, players)
    whole = float(np.mean(total)) if len(total) else NAN
    for number, player in enumerate(players.names):
        gain, chance = weighed.gains[number], float(weighed.order_errors[number])
        found = pair(gain, np.zeros(len(gain)), more_is_better=weighed.outcome.more_is_better)
        spread = {**_spread(found, chance, weighed.orders), "share": found.mean / whole if whole else NAN}
        yield {**weighed.outcome.row(), "player": player, **spread, **_per_billion(gain, player, paid, weighed)}


def _spread(found: Paired, chance: float, orders: int) -> Row:
    """The mean with both its errors, that of runs and that of the orders sampled, in one interval."""
    half = found.mean_high - found.mean
    if orders:
        half = float(np.hypot(half, student(max(orders // 2 - 1, 1)) * chance))
    error = float(np.hypot(found.error, chance))
    interval = {"mean_low": found.mean - half, "mean_high": found.mean + half}
    return {"mean": found.mean, "error": error, **interval, "order_error": chance, "low": found.low, "high": found.high, "runs": found.runs}


def _per_billion(gain: np.ndarray, player: str, paid: Mapping[str, tuple[np.ndarray, np.ndarray]], weighed: Weighed) -> Row:
    """Money paid out, and the gain for each billion dong of it."""
    if player == GROWTH or not len(gain):
        return dict.fromkeys(("grants", "loans", "per_billion", "per_billion_low", "per_billion_high"), NAN)
    grants, loans = (money[weighed.known] for money in paid[player])
    found = ratio_of_means(gain, (grants + loans) / BILLION)
    ratio = {"per_billion": found.value, "per_billion_low": found.low, "per_billion_high": found.high}
    return {"grants": float(grants.mean()), "loans": float(loans.mean()), **ratio}


def total_row(weighed: Weighed, players: Players) -> Row:
    """The whole, the rest, and what lies between."""
    everyone, rest = weighed.values[shapley.everyone(len(players))], weighed.values[0]
    found = pair(everyone, rest, more_is_better=weighed.outcome.more_is_better)
    ends = {"with_all": _mean(everyone), "rest": _mean(rest)}
    interval = {"total": found.mean, "error": found.error, "total_low": found.mean_low, "total_high": found.mean_high}
    return {**weighed.outcome.row(), **ends, **interval, "runs": found.runs}


def coalition_rows(weighed: Weighed, players: Players) -> Iterator[Row]:
    """The mean of every coalition that was run."""
    for coalition, value in sorted(weighed.values.items()):
        names = players.among(coalition)
        levers = "+".join(name for name in names if name != GROWTH)
        spread = pair(value, np.zeros(len(value)), more_is_better=True)
        yield {**weighed.outcome.row(), "levers": levers, "growth": GROWTH in names, "mean": spread.mean, "error": spread.error}


def interaction_rows(weighed: Weighed, players: Players, among: Sequence[int]) -> Iterator[Row]:
    """A row a pair of the players ``among``; the others are there throughout."""
    outside = sum(1 << player for player in range(len(players)) if player not in among)
    part = {mask: weighed.values[outside | _spread_out(mask, among)] for mask in range(1 << len(among))}
    for (one, other), gain in shapley.interactions(part, len(among)).items():
        found = pair(gain, np.zeros(len(gain)), more_is_better=weighed.outcome.more_is_better)
        pair_of = {"player": players.names[among[one]], "other": players.names[among[other]]}
        interval = {"mean": found.mean, "error": found.error, "mean_low": found.mean_low, "mean_high": found.mean_high}
        yield {**weighed.outcome.row(), **pair_of, **interval, "others_there": outside > 0, "runs": found.runs}


def inner_coalitions(among: Sequence[int], players: int) -> list[int]:
    """The coalitions in which all others are there."""
    outside = sum(1 << player for player in range(players) if player not in among)
    return [outside | _spread_out(mask, among) for mask in range(1 << len(among))]


def _spread_out(mask: int, among: Sequence[int]) -> int:
    return sum(1 << player for place, player in enumerate(among) if mask >> place & 1)


def _gap(weighed: Weighed, players: Players) -> np.ndarray:
    return weighed.values[shapley.everyone(len(players))] - weighed.values[0]


def _mean(value: np.ndarray) -> float:
    return float(np.mean(value)) if len(value) else NAN
