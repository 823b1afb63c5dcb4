"""The law's amounts that enter household income, as the dynamics ask for them."""

from __future__ import annotations

from sim.kit.calendar import Quarter
from sim.law.book import Book

# Where the law book has what the dynamics ask about social assistance.
ASSISTANCE = {
    "severe": "coefficient.severe_disability_adult",
    "severe_dependent": "coefficient.severe_disability_child_or_elderly",
    "extreme": "coefficient.extreme_disability_adult",
    "extreme_dependent": "coefficient.extreme_disability_child_or_elderly",
    "old": "coefficient.elderly_without_pension",
    "old_from": "age.without_pension",
    "elderly_from": "age.elderly",
}


class Entitlements:
    """The law's amounts that enter household income, on the day."""

    def __init__(self, book: Book, granted: bool = True):
        self.book, self.granted = book, granted

    def assistance_standard(self, now: Quarter) -> float:
        """Standard of social assistance, thousand dong a month."""
        return self.book.value("social_assistance.standard", now.first_day) if self.granted else 0.0

    def assistance_rules(self, now: Quarter) -> dict[str, float]:
        """Multiples of the standard and the ages that decide on them, by their names in ``dynamics/frames.py``."""
        return {field: self.book.value(f"social_assistance.{key}", now.first_day) for field, key in ASSISTANCE.items()}

    def assistance_counts(self, now: Quarter) -> float:
        """Whether social assistance counts as income for the line: 1 or 0."""
        return self.book.value("entitlements.counts_as_income.social_assistance", now.first_day)

    def electricity_counts(self, now: Quarter) -> float:
        """Whether electricity support counts as income for the line: 1 or 0."""
        return self.book.value("entitlements.counts_as_income.electricity_support", now.first_day)

    def electricity(self, now: Quarter) -> float:
        """Electricity support of a poor household, thousand dong a month."""
        return self.book.value("entitlements.electricity_support.poor", now.first_day) if self.granted else 0.0
