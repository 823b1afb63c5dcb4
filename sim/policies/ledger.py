"""The ledger: every dong of public money from its appropriation to its end, and what households and bank pay.

For each account and year: appropriated + carried_in = paid + carried_out + returned, to the dong; a revolving fund has what is
repaid in place of what is appropriated. For each lender: loans at the start + lent = repaid + outstanding + written_off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.kit.calendar import Quarter

UNALLOCATED = "unallocated"  # money of an envelope that no lever of the mix may or does claim
BANK_LEVER = "preferential_credit"
ENTRIES = (
    "appropriated",  # opened for the year
    "carried_in",  # came over from the year before
    "paid",  # reached households (or was lent to them)
    "carried_out",  # goes over into the next year
    "returned",  # goes back to its source
    "contracted",  # memorandum: promised to households chosen
    "released",  # memorandum: promise ended unpaid (left, or not done in time)
    "contributed",  # households' own part, source people
    "given_in_kind",  # labour and materials that people gave, valued, source people
    "lent",  # memorandum: new loans of the bank, and revolving support that is to be repaid
    "repaid",  # principal that came back to the bank; revolving support that came back into its fund
    "interest",  # interest paid to the bank
    "written_off",  # loans of households that ceased to be, revolving support given up
)


@dataclass(frozen=True)
class Account:
    """Whose money an entry is about."""

    source: str
    kind: str
    lever: str


REVOLVING = "revolving_fund"  # source of what households repaid of revolving support


def revolving_account(lever: str) -> Account:
    """The account of a lever's revolving money."""
    return Account(REVOLVING, "revolving", lever)


BANK = Account("bank", "credit", BANK_LEVER)


class Ledger:
    """Entries in whole dong by quarter, cell (replication × place) and account."""

    def __init__(self) -> None:
        # Replication and place of each cell, once the communes are known.
        self.cells: tuple[np.ndarray, np.ndarray] | None = None
        self._entries: list[tuple[int, int, Account, str, np.ndarray, np.ndarray]] = []

    def post(self, now: Quarter, account: Account, entry: str, dong: np.ndarray) -> None:
        """Book ``dong`` (int64, one a cell) under ``entry``; cells without money leave no trace."""
        if entry not in ENTRIES:
            raise ValueError(f"no ledger entry is called {entry!r}")
        cells = np.flatnonzero(dong)
        if len(cells):
            self._entries.append((now.year, now.quarter, account, entry, cells, dong[cells].astype(np.int64)))

    def of_year(self, year: int) -> dict[Account, dict[str, np.ndarray]]:
        """Dong by account and entry of a year, int64 by cell."""
        sums: dict[Account, dict[str, np.ndarray]] = {}
        cells = len(self.cells[0]) if self.cells else 0
        for at, _, account, entry, where, dong in self._entries:
            if at == year:
                entries = sums.setdefault(account, {})
                entries.setdefault(entry, np.zeros(cells, dtype=np.int64))[where] += dong
        return sums

    def total(self, entry: str, *, year: int | None = None, source: str | None = None, lever: str | None = None) -> int:
        """Whole dong under an entry, of all cells, perhaps of one year, source or lever."""
        chosen = (
            int(dong.sum())
            for at, _, account, name, _, dong in self._entries
            if name == entry
            and (year is None or at == year)
            and (source is None or account.source == source)
            and (lever is None or account.lever == lever)
        )
        return sum(chosen)

    def rows(self) -> np.ndarray:
        """All entries as records (replication, year, quarter, place, source, kind, lever, entry, dong).

        Records are added up and sorted by their keys; ``place`` is the index of the commune.
        """
        if self.cells is None or not self._entries:
            return np.zeros(0, dtype=_record(("",), ("",), ("",)))
        names = [_codes(part) for part in zip(*[(a.source, a.kind, a.lever) for _, _, a, _, _, _ in self._entries], strict=True)]
        replication, place = self.cells
        lengths = [len(cells) for *_, cells, _ in self._entries]
        cells = np.concatenate([entry[4] for entry in self._entries])

        def spread(values: Iterable[int]) -> np.ndarray:
            return np.repeat(np.fromiter(values, dtype=np.int64), lengths)

        keys = [replication[cells].astype(np.int64), spread(e[0] for e in self._entries), spread(e[1] for e in self._entries)]
        keys += [place[cells].astype(np.int64), *[spread(codes) for _, codes in names]]
        keys += [spread(ENTRIES.index(entry[3]) for entry in self._entries)]
        order = np.lexsort(keys[::-1])
        stacked = np.stack(keys)[:, order]
        first = np.concatenate([[True], (stacked[:, 1:] != stacked[:, :-1]).any(axis=0)])
        dong = np.add.reduceat(np.concatenate([entry[5] for entry in self._entries])[order], np.flatnonzero(first))
        return _pack(stacked[:, first], dong, [sorted_names for sorted_names, _ in names])


def _codes(names: tuple[str, ...]) -> tuple[tuple[str, ...], list[int]]:
    """The different names in alphabetical order, and each name's place among them."""
    different = tuple(sorted(set(names)))
    return different, [different.index(name) for name in names]


def _record(sources: tuple[str, ...], kinds: tuple[str, ...], levers: tuple[str, ...]) -> np.dtype:
    def text(names: tuple[str, ...]) -> str:
        return f"U{max([1, *(len(name) for name in names)])}"

    numbers = [("replication", np.int32), ("year", np.int16), ("quarter", np.int8), ("place", np.int32)]
    words = [("source", text(sources)), ("kind", text(kinds)), ("lever", text(levers)), ("entry", text(ENTRIES))]
    return np.dtype([*numbers, *words, ("dong", np.int64)])


def _pack(keys: np.ndarray, dong: np.ndarray, names: list[tuple[str, ...]]) -> np.ndarray:
    records = np.zeros(len(dong), dtype=_record(*names))
    for place, field in enumerate(("replication", "year", "quarter", "place")):
        records[field] = keys[place]
    for place, field in enumerate(("source", "kind", "lever")):
        records[field] = np.array(names[place])[keys[4 + place]]
    records["entry"] = np.array(ENTRIES)[keys[7]]
    records["dong"] = dong
    return records
