"""The full model as an ordinary Mesa model: one agent a household, an object a member, Python numbers and ``random``.

The rules are the oracle's (see plain_source.py). What the oracle spells out for its readers and nobody would do in every quarter
is done at once here: dated figures of the law are looked up once a quarter, and one count is not made by making all 24.
"""

# What is imported after install() is imported changed.
# ruff: noqa: E402

from __future__ import annotations

import os
import pickle
from functools import cache
from pathlib import Path
from typing import Any

os.environ["NUMBA_DISABLE_JIT"] = "1"

from bench.full import plain_source

plain_source.install()

from bench.full import plain_luck
from sim.agents.members import Work
from sim.law.book import Book
from tests.oracle import commune, levers, model, review, times
from tests.oracle.household import Household
from tests.oracle.programme import SlowProgramme
from tests.oracle.world import MIX

WAGED = (Work.CASUAL, Work.CONTRACT)


class Times(times.Times):
    """The times, with the law's figures of the day at hand."""

    def read_law(self, now: Any) -> None:
        """The law of the day, looked up once."""
        super().read_law(now)
        self.entitled = cache(super().entitled)  # type: ignore[method-assign]


def count_seekers(self: Any) -> None:
    """Those who look for wage work, and those who have it, in one look at everybody."""
    self.seekers = self.jobs_held = 0
    for household in self.households:
        for member in household.at_home:
            looks = member.work == Work.UNEMPLOYED or (member.work == Work.OWN and member.searching == 1)
            self.seekers += looks and member.able
            self.jobs_held += member.work in WAGED


def lacks(h: Household, indicator: str, limits: Any, otherwise: Any = review.lacks) -> bool:
    """Whether a household lacks a service; of work by a look at its members."""
    if indicator == "employment":
        return any(m.work == Work.CASUAL or (m.work == Work.UNEMPLOYED and m.able) for m in h.at_home)
    return otherwise(h, indicator, limits)


def remembered(function: Any) -> Any:
    """A function of a household's village and the quarter, worked out once for all who share them."""
    known: dict[Any, bool] = {}

    def look_up(self: Any, h: Household, now: Any) -> bool:
        key = (id(h.commune), h.village, now.number)
        if key not in known:
            known[key] = function(self, h, now)
        return known[key]

    return look_up


def looked_up_once(function: Any) -> Any:
    """A figure of the law by its name and day, looked up once; there is one book."""
    known: dict[Any, float] = {}

    def look_up(self: Book, key: str, when: Any) -> float:
        if (key, when) not in known:
            known[key, when] = function(self, key, when)
        return known[key, when]

    return look_up


def marks(function: Any, which: int) -> Any:
    """A method after which the household in that place among its arguments must take stock again."""

    def wrapped(*arguments: Any) -> Any:
        arguments[which].stale = True
        return function(*arguments)

    return wrapped


def take_stock(self: Any, otherwise: Any = Household.take_stock) -> None:
    """Lasting income, worked out again only where something has changed."""
    if self.stale:
        otherwise(self)
        self.stale = False


def new_year(self: Any, now_comes: Any = model.SlowModel.new_year) -> None:
    """1 January: everybody changes."""
    for household in self.households:
        household.stale = True
    now_comes(self)


def at_once() -> None:
    """Put the quicker ways in place."""
    book, sends = Book.load(), Household.sent_from_abroad.fget
    model.Times = Times
    commune.Commune.count_seekers = count_seekers
    review.lacks = lacks
    levers.PreferentialCredit._group_pays = remembered(levers.PreferentialCredit._group_pays)
    Book.value = looked_up_once(Book.value)  # type: ignore[method-assign]
    Book.load = lambda *_: book  # type: ignore[method-assign]
    Household.stale = True
    Household.live, Household.take_stock = marks(Household.live, 0), take_stock
    Household.sent_from_abroad = property(lambda h: sends(h) if h.remittance else 0.0)
    SlowProgramme._deliver = marks(SlowProgramme._deliver, 2)
    model.SlowModel.new_year = new_year


at_once()


class Model(model.SlowModel):
    """A run of the five levers from a start in a file."""

    def __init__(self, start_file: str, seed: int):
        plain_luck.RANDOM.seed(seed)
        _, start = pickle.loads(Path(start_file).read_bytes())
        super().__init__(start, MIX, lambda _: None)

    def step(self) -> None:
        """One quarter."""
        super().step()
        self.now = self.now.next()

    def final(self) -> dict[str, list[float]]:
        """What the summary asks for."""
        everybody = list(self.households)
        told = {
            name: [float(getattr(h, name)) for h in everybody]
            for name in ("income_per_head", "lasting_income", "consumption", "capital", "members_at_home", "loan")
        }
        standings = {"poor": review.POOR, "near_poor": review.NEAR_POOR}
        told |= {name: [float(h.reviewed == value) for h in everybody] for name, value in standings.items()}
        return told | {"served": [float(len(h.received)) for h in everybody]}
