"""An offer: one lever, all households of a run, and the money and places of each commune.

The queue is strict. Those who may have the support and want it stand in line by the plan's priority groups, then
by need (lower lasting income), then in the order of their numbers. The line is cut at the first household that
the commune's money or places no longer cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.policies.applicants import Applicants
from sim.policies.groups import rank_in
from sim.policies.lever import DONG, Lever, Outcome
from sim.policies.own_part import must_pay, public_part

NEED_BITS, PRIORITY_BITS = 24, 16
KEY = np.uint64


@dataclass(frozen=True)
class Queue:
    """The line for one lever. Arrays have one element for each household in line, in order of rank within its cell.

    ``rows`` are places in the household table, ``rank`` counts from 1 in each cell, ``cost`` is public money in
    thousand dong, ``spent`` (dong) what the line up to and with this household costs its cell, ``served`` who is;
    ``households`` is how many the whole table had.
    """

    rows: np.ndarray
    cell: np.ndarray
    rank: np.ndarray
    cost: np.ndarray
    spent: np.ndarray
    served: np.ndarray
    households: int

    def rank_of_rows(self) -> np.ndarray:
        """Rank of every household of the table, 0 for those not in line; int32."""
        ranks = np.zeros(self.households, dtype=np.int32)
        ranks[self.rows] = self.rank
        return ranks


def offer(lever: Lever, h: Applicants, priority: tuple[str, ...], money: np.ndarray, places: np.ndarray | None) -> tuple[np.ndarray, Queue]:
    """Offer a lever to all households: the outcome of each (u1), and the queue.

    ``money`` is free dong by cell, ``places`` households by cell (None: no bound). A household counts as often as it
    stands for others (``h.moment.weight``), in money and in places.
    """
    places = None if places is None else places // h.moment.weight
    outcome = _sift(lever, h)
    asked = h[np.flatnonzero(outcome == Outcome.NOT_ASKED)]
    willing = _keep(outcome, asked, lever.wants(asked), Outcome.DECLINED)
    cost = public_part(lever, willing)
    if lever.contribution_is_required or willing.claim.ceiling is not None:
        able = must_pay(lever, willing, cost) <= willing.means()
        willing, cost = _keep(outcome, willing, able, Outcome.CANNOT_PAY_SHARE), cost[able]
    queue = _line_up(willing, cost, rank_in(priority, willing), money, places)
    outcome[queue.rows] = np.where(queue.served, Outcome.SERVED, Outcome.NO_MONEY)
    if places is not None:
        covered = np.bincount(queue.cell[queue.spent <= money[queue.cell]], minlength=len(money))
        full = ~queue.served & (places < covered)[queue.cell]  # money would have gone further than places do
        outcome[queue.rows[full]] = Outcome.NO_CAPACITY
    return outcome, queue


def _sift(lever: Lever, h: Applicants) -> np.ndarray:
    """The first reason why a household may not have the support, NOT_ASKED where there is none.

    Only those who fulfil the first condition, mostly few, are looked at further.
    """
    outcome = np.full(len(h), Outcome.CONDITION, dtype=np.uint8)
    _, first = next(iter(lever.conditions(h)))
    some = np.flatnonzero(first)
    outcome[some] = _first_reason(lever, h[some])
    return outcome


def _first_reason(lever: Lever, h: Applicants) -> np.ndarray:
    """Outcome of each of some households, as in :func:`_sift`."""
    outcome = np.full(len(h), Outcome.NOT_ASKED, dtype=np.uint8)
    years = h.moment.now.year - (Quarter.from_number(0).year + h.last_received // 4)
    before = (h.last_received > 0) & (years < lever.file.no_repeat_years)
    reasons = [(Outcome.CONDITION + k, mask) for k, (_, mask) in enumerate(conditions_of(lever, h))]
    reasons += [(Outcome.UNDER_CONTRACT, ~h.under_contract), (Outcome.SUPPORTED_BEFORE, ~(before | h.owes_fund))]
    reasons += [(Outcome.OTHER_SUPPORT, ~h.has_alike)] if h.claim.not_together else []
    for code, fulfilled in reversed(reasons):
        outcome[~np.asarray(fulfilled, dtype=bool)] = code
    return outcome


def conditions_of(lever: Lever, h: Any) -> list[tuple[str, np.ndarray]]:
    """Names and masks of a lever's conditions for some applicants; ValueError if the lever's YAML has others."""
    conditions = list(lever.conditions(h))
    names = tuple(name for name, _ in conditions)
    if names != lever.file.condition_names():
        raise ValueError(f"lever {lever.key}: conditions in code {names} and in its YAML {lever.file.condition_names()} differ")
    return conditions


def _keep(outcome: np.ndarray, h: Applicants, stay: np.ndarray, reason: Outcome) -> Applicants:
    """Those who stay; the others' outcome is ``reason``."""
    outcome[h.numbers[~stay]] = reason
    return h[np.flatnonzero(stay)]


def _line_up(h: Applicants, cost: np.ndarray, priority: np.ndarray, money: np.ndarray, places: np.ndarray | None) -> Queue:
    """Sort by one key (cell, priority, need), ties in id order, and cut each cell's line."""
    by_id = _id_order(h)
    need = np.clip(np.nan_to_num(h.lasting_income, nan=0.0), 0, 2**NEED_BITS - 1).astype(KEY)
    key = (h.cell.astype(KEY) << KEY(NEED_BITS + PRIORITY_BITS)) | (priority.astype(KEY) << KEY(NEED_BITS)) | need
    order = by_id[np.argsort(key[by_id], kind="stable")]
    cell, cost = h.cell[order], cost[order]
    dong = cost * (DONG * h.moment.weight)
    total = np.cumsum(dong)
    starts = np.flatnonzero(np.concatenate([[True], cell[1:] != cell[:-1]])) if len(cell) else np.zeros(0, dtype=np.int64)
    length = np.diff(np.concatenate([starts, [len(cell)]]))
    spent = total - np.repeat((total - dong)[starts], length)
    rank = np.arange(len(cell)) - np.repeat(starts, length) + 1
    served = spent <= money[cell]
    if places is not None:
        served &= rank <= places[cell]
    return Queue(h.numbers[order], cell, rank, cost, spent, served, len(h.households))


def _id_order(h: Applicants) -> np.ndarray:
    """Order of the rows by id; rows are kept so, and then nothing is sorted."""
    ids = (h.origin.astype(np.uint64) << np.uint64(32)) | h.branch.astype(np.uint64)
    rising = (ids[1:] > ids[:-1]) | (h.cell[1:] != h.cell[:-1])
    return np.arange(len(ids)) if rising.all() else np.argsort(ids, kind="stable")
