"""What a run reads of the law book from its first day on is what ``check`` asks for."""

from __future__ import annotations

import inspect

import pytest

from sim.entitlements import Entitlements
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.law.needed import needed


class Reading:
    """A law book that remembers what was read."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def value(self, key: str, when: object) -> float:
        self.keys.add(key)
        return Book.load().value(key, when)


@pytest.mark.parametrize("granted", [True, False])
def test_the_entitlements_that_enter_income_are_asked_for(granted):
    book = Reading()
    law = Entitlements(book, granted)
    for name, amount in inspect.getmembers(law, callable):
        if not name.startswith("_"):
            amount(Quarter(2024, 1))
    assert book.keys and book.keys <= set(needed(granted))


def test_the_law_book_begins():
    since, series = Book.load().known_from(needed())
    assert since.year == 2011 and series == "entitlements.electricity_support.poor"
    assert Book.load().known_from(needed(entitlements=False))[0].year == 2010
