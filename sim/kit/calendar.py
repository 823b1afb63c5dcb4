"""Quarters: the clock of the simulation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

FIRST_YEAR, LAST_YEAR = 1990, 2100
_EPOCH = 1900
_TEXT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|\s*[Qq](\d)|-[Qq](\d))?")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter; compares and sorts by time.

    ``number`` counts quarters from the first quarter of 1900, which is 0.
    """

    year: int
    quarter: int

    def __post_init__(self) -> None:
        if self.quarter not in (1, 2, 3, 4):
            raise ValueError(f"a quarter is 1, 2, 3 or 4, not {self.quarter}")

    @property
    def number(self) -> int:
        """Quarters since the first quarter of 1900; negative before."""
        return (self.year - _EPOCH) * 4 + self.quarter - 1

    @classmethod
    def from_number(cls, number: int) -> Self:
        """The quarter with this number."""
        return cls(_EPOCH + int(number) // 4, int(number) % 4 + 1)

    def next(self) -> Quarter:
        """The quarter after this one."""
        return self.plus(1)

    def plus(self, quarters: int) -> Quarter:
        """The quarter so many quarters later (earlier, if negative)."""
        return Quarter.from_number(self.number + quarters)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next().first_day - timedelta(days=1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2024-05``, ``2024-05-20`` or ``2024 Q2``.

        Raises ``ValueError`` where the text is no date between 1990 and 2100 or a year alone.
        """
        found = _TEXT.fullmatch(text.strip())
        if not found or found[0].isdigit():
            raise ValueError(text)
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 1)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(text)
        if month or found[2]:
            return cls(year, (date(year, month, day).month + 2) // 3)
        return cls(year, int(found[4] or found[5]))

    def __str__(self) -> str:
        return f"{self.year} Q{self.quarter}"
