"""A lever: who may have it, who comes first, what it costs, what the household adds, and what it brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

import numpy as np

from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.law.parameters import Parameter
from sim.policies.applicants import Applicants
from sim.policies.lever_file import LeverFile
from sim.policies.luck import Use

DONG = 1000  # dong in a thousand dong
COUPLINGS = ("confidence",)  # columns of communes by which neighbours' lives bear on take-up


class Outcome(IntEnum):
    """How a household's last offer of a lever ended; ``CONDITION + k`` means that it fails the lever's k-th condition."""

    NOT_ASKED = 0
    SERVED = 1
    DECLINED = 2
    CANNOT_PAY_SHARE = 3
    NO_MONEY = 4
    NO_CAPACITY = 5
    UNDER_CONTRACT = 6
    SUPPORTED_BEFORE = 7
    LAPSED = 8
    OTHER_SUPPORT = 9
    CONDITION = 16


class Lever:
    """One way in which public money meets a household. A subclass says at least its conditions and effects.

    Arrays that a lever returns have one element for each household of the ``Applicants`` they are asked about;
    money is whole thousand dong at the prices of the moment.
    """

    level = "household"  # or "commune": whom it is offered to
    # Whether a household that cannot find its own contribution is turned away (else it adds what it can).
    contribution_is_required = False
    # Whether a household adds what a plan's ceiling cuts off the public part. False where a smaller support is a smaller thing
    # (loans), or where its effects already see to the rest.
    pays_above_ceiling = True

    def __init__(self, file: LeverFile) -> None:
        self.file = file

    @property
    def key(self) -> str:
        """The lever's name in files, scenarios and results."""
        return self.file.key

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The lever's uncertain numbers."""
        return self.file.parameters

    # what a subclass says

    def conditions(self, h: Any) -> Iterator[tuple[str, np.ndarray]]:
        """Name and mask of everything a household must fulfil, in the order in which refusals are told.

        ``h`` may be some of the households only; a condition that looks at others finds them all in ``h.households``.
        """
        raise NotImplementedError

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """Public money for each household, thousand dong above zero."""
        raise NotImplementedError

    def effects(self, h: Any, served: np.ndarray) -> Iterator[Any]:
        """What arrives at the households ``served`` (row numbers): ``h[served]`` are they."""
        raise NotImplementedError

    def contribution(self, h: Any, public: np.ndarray) -> np.ndarray:
        """What the household itself puts in beside ``public`` money, thousand dong."""
        return np.zeros(len(h), dtype=np.int64)

    def take_up(self, h: Applicants) -> np.ndarray:
        """Chance that a household which may have the support wants it; higher where people have been told more.

        Without couplings neighbours' experience does not count; the commune's staff do, who are no neighbours.
        """
        chance = h.parameter(self.file.take_up) if self.file.take_up else np.ones(len(h))
        chance = chance * h.of_commune("awareness")
        for column in self.file.take_up_follows:
            if h.moment.couplings or column not in COUPLINGS:
                chance = chance * h.of_commune(column)
        return np.minimum(chance, 1.0)

    # what follows from the file and the mix

    def wants(self, h: Applicants) -> np.ndarray:
        """Who says yes to the offer, by this quarter's luck."""
        return h.draw(Use.TAKE_UP) < self.take_up(h)

    def figure(self, name: str, when: Quarter) -> float:
        """A dated figure of the lever's file."""
        return self.file.figures[name].on(when).value

    def pays_with(self, kind: str, source: str, year: int, options: Mapping[str, Any] | None = None) -> bool:
        """Whether money of this kind, source and year may buy the lever with these options of a mix."""
        return self.file.may_use(kind, source, year, options)

    def places(self, communes: Any, options: Mapping[str, Any], now: Quarter) -> np.ndarray | None:
        """Households that can be served in each commune at one choice (int64), or None without bound.

        The mix may state ``places``; else it is what the file's figure ``staff_places`` says that commune staff manage.
        """
        if options.get("places") is not None:
            return np.full(len(communes), int(options["places"]), dtype=np.int64)
        if "staff_places" not in self.file.figures:
            return None
        return np.floor(self.figure("staff_places", now) * communes.staff_capacity.astype(np.float64)).astype(np.int64)

    def name_outcome(self, outcome: int, lang: str = "vi") -> str:
        """An outcome in words."""
        if outcome >= Outcome.CONDITION:
            return self.file.conditions[int(outcome) - Outcome.CONDITION][lang]
        return self.file.outcomes[Outcome(outcome).name.lower()][lang]


def in_prices_of(now: Quarter, base_year: int) -> float:
    """Prices of the moment over those of ``base_year``."""
    return Book.load().price_index(now.year, base_year)


def whole(amount: np.ndarray, unit: int = 1) -> np.ndarray:
    """Money rounded half up to whole units of so many thousand dong, int64."""
    return np.floor(np.asarray(amount, dtype=np.float64) / unit + 0.5).astype(np.int64) * unit
