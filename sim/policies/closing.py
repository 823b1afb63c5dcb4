"""Whether a year's books close to the dong: what came in went somewhere, and what is owed is what was lent and not repaid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.kit.columns import Table
from sim.policies.ledger import REVOLVING, Account

COMING, GOING = ("appropriated", "carried_in"), ("paid", "carried_out", "returned")


def faults(programme: Any, h: Table, communes: Table, year: int) -> Iterator[str]:
    """What does not close at the end of ``year``: the account, the dong that are missing, and in which cell; nothing if all does."""
    sums = programme.ledger.of_year(year)
    yield from _pots(sums, programme.ledger.of_year(year - 1))
    yield from _promises(programme, h, communes)
    yield from _loans(programme, h, sums)


def _pots(sums: dict[Account, dict[str, np.ndarray]], before: dict[Account, dict[str, np.ndarray]]) -> Iterator[str]:
    for account, entries in sums.items():
        coming = [*COMING, "repaid"] if account.source == REVOLVING else [*COMING]
        yield from _say(account, _sum(entries, coming) - _sum(entries, GOING), "came in and went nowhere")
    for account in {**before, **sums}:
        over = _sum(sums.get(account, {}), ["carried_in"]) - _sum(before.get(account, {}), ["carried_out"])
        yield from _say(account, over, "more were carried in than carried out the year before")


def _promises(programme: Any, h: Table, communes: Table) -> Iterator[str]:
    for desk in programme.desks:
        held = sum(programme.purse.promised[places].sum(axis=0) for places in programme.purse.layers(desk.slot))
        yield from _say(desk.claim.lever.key, held - desk.owed_by_cell(h, communes), "are promised to nobody")


def _loans(programme: Any, h: Table, sums: dict[Account, dict[str, np.ndarray]]) -> Iterator[str]:
    books = programme.books
    yield from _say("bank", books.bank.balance - books.by_cell(h.loan, h.cell), "of loans are owed by nobody")
    for desk in programme.desks:
        if desk.fund:
            owed = books.by_cell(h.revolving_debt[desk.slot], h.cell)
            yield from _say(desk.fund.loans.account, desk.fund.loans.balance - owed, "of revolving support are owed by nobody")
    lent = _sum(sums.get(books.bank.account, {}), ["lent"])
    paid = sum(_sum(entries, ["paid"]) for account, entries in sums.items() if account.kind == "credit")
    yield from _say("credit", paid - lent, "of credit were paid and not lent")


def _sum(entries: dict[str, np.ndarray], names: Any) -> Any:
    return sum(entries[name] for name in names if name in entries)


def _say(account: object, missing: Any, what: str) -> Iterator[str]:
    missing = np.atleast_1d(missing)
    if missing.any():
        cell = int(np.flatnonzero(missing)[0])
        yield f"{account}: {int(missing[cell])} dong {what} (cell {cell})"
