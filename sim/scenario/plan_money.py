"""The money of a plan: envelopes with their rules, and what the levers of a mix may use of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal


@dataclass(frozen=True)
class Matching:
    """Money of another ``source``, of the same kind and year, and the ``share`` of it (or that it must be)."""

    source: str
    share: float


@dataclass(frozen=True)
class Revolving:
    """Terms of revolving support: the ``share`` to be repaid, from so many quarters ``after`` delivery on, in ``instalments``
    of a quarter each."""

    share: float
    after_quarters: int
    instalments: int


@dataclass(frozen=True)
class Envelope:
    """Money of one source and kind for one year; ``only`` names the mixes that may use it (empty: all).

    Money that ``matches`` another source's is used beside it, up to a share of it; money that goes ``only_with`` another's as
    far as that is a share of it. ``goes_over``: what is left may be used in the next year (None: as the law has it). ``parts``:
    whole dong of it by lever, in the place of what the mix's allocations would give (a study's own division). ``settled``: what
    each place gets follows from the plan's own counts; only its communes share by the counts of the day.
    """

    source: str
    kind: Literal["investment", "recurrent", "credit"]
    year: int
    amount_dong: int
    place: str | None = None  # None: the whole plan
    only: tuple[str, ...] = ()
    divide: Mapping[str, float] = field(default_factory=lambda: {"listed": 1.0})  # criterion: share of the amount
    matches: Matching | None = None
    only_with: Matching | None = None
    goes_over: bool | None = None
    parts: Mapping[str, int] | None = None
    settled: bool = False
    reference: str = ""
    assumption: str = ""

    def of_amount(self, dong: int) -> Envelope:
        """The same money, more or less of it; its own division in the same proportions."""
        parts = self.parts
        if parts is not None:
            parts = {lever: part * dong // max(self.amount_dong, 1) for lever, part in parts.items()}
        return replace(self, amount_dong=dong, parts=parts)

    def open_to(self, mix: str) -> bool:
        """Whether the mix may use this money."""
        return not self.only or mix in self.only


@dataclass(frozen=True)
class Allocation:
    """What one lever may use: a ``share`` of every envelope that may pay for it, or whole dong a year.

    ``ceiling``: the most public money for a household at a time, thousand dong. ``revolving``: households repay part of it.
    """

    share: float | None = None
    amount_dong: int | None = None
    priority: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    ceiling: int | None = None
    revolving: Revolving | None = None
    assumption: str = ""


@dataclass(frozen=True)
class Mix:
    """A named set of levers with their money; ``no_policy`` has none."""

    name: str
    levers: Mapping[str, Allocation] = field(default_factory=dict)
