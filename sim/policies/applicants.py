"""Households as a lever sees them when it offers or delivers: their columns and a few words built on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.kit import draws
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.newly_escaped import left_lately
from sim.policies.luck import Use, purpose_of


@dataclass(frozen=True)
class Moment:
    """When something is offered or delivered, and with which luck and parameters.

    ``parameters`` has a record for each replication of the batch, in their order; ``places`` is the number of
    communes in each; ``begin`` the first quarter of the run, at whose prices lasting amounts stand (None: now);
    ``weight`` how many households an agent stands for.
    """

    now: Quarter
    seed: int
    parameters: np.ndarray
    places: int
    couplings: bool = True
    begin: Quarter | None = None
    weight: int = 1


class Applicants:
    """Rows of the household table before one lever.

    ``h.savings`` is the column for these rows; ``h[mask_or_places]`` keeps some of them. Values are read when asked
    for, so they are those of the moment. ``claim`` is what the mix gives the lever (see ``mix.Claim``); ``rows``
    are places in the whole table, or None for all of it. ``credit`` are row numbers of contracts that money of the kind
    credit pays.
    """

    def __init__(
        self,
        households: Table,
        communes: Table,
        moment: Moment,
        claim: Any,
        rows: np.ndarray | None = None,
        credit: np.ndarray | None = None,
    ) -> None:
        self.households, self.communes, self.moment, self.claim = households, communes, moment, claim
        self.rows, self.credit = rows, credit

    def __getattr__(self, column: str) -> np.ndarray:
        if column.startswith("_") or "households" not in self.__dict__:
            raise AttributeError(column)
        array = self.households[column] if column in self.households else getattr(self.households, column)
        return array if self.rows is None else array.take(self.rows, axis=-1)

    def __getitem__(self, some: np.ndarray) -> Applicants:
        if self.rows is not None:
            some = self.rows[some]
        elif some.dtype == bool:
            some = np.flatnonzero(some)
        return Applicants(self.households, self.communes, self.moment, self.claim, some, self.credit)

    def __len__(self) -> int:
        return len(self.households) if self.rows is None else len(self.rows)

    @property
    def numbers(self) -> np.ndarray:
        """Their row numbers in the household table."""
        return np.arange(len(self.households)) if self.rows is None else self.rows

    # who they are

    @property
    def poor(self) -> np.ndarray:
        """On the list of poor households in force."""
        return self.standing == Standing.POOR

    @property
    def near_poor(self) -> np.ndarray:
        """On the list of near-poor households in force."""
        return self.standing == Standing.NEAR_POOR

    @property
    def listed(self) -> np.ndarray:
        """On either list in force."""
        return self.standing != Standing.NOT_LISTED

    @property
    def newly_escaped(self) -> np.ndarray:
        """On no list, and off one of them for no longer than the law counts as newly escaped."""
        recent = left_lately(np.minimum(self.quarters_since_poor, self.quarters_since_listed), self.moment.now)
        return recent & (self.standing == Standing.NOT_LISTED)

    # what they had of this lever

    def _dealings(self, column: str, slot: int) -> np.ndarray:
        """A column of theirs about one lever."""
        array = self.households[column][slot]
        return array if self.rows is None else array.take(self.rows)

    @property
    def support(self) -> np.ndarray:
        """Public money contracted with them and not yet paid, thousand dong."""
        return self._dealings("owed", self.claim.slot)

    @property
    def under_contract(self) -> np.ndarray:
        """A support of this lever is still to come."""
        return self._dealings("due", self.claim.slot) != 0

    @property
    def is_lent(self) -> np.ndarray:
        """The support that arrives is a loan: credit pays it."""
        return np.isin(self.numbers, self.credit if self.credit is not None else ())

    @property
    def owes_fund(self) -> np.ndarray:
        """Part of an earlier support of this lever is still to be repaid to its revolving fund."""
        return self._dealings("revolving_debt", self.claim.slot) > 0

    @property
    def has_alike(self) -> np.ndarray:
        """A support that gives the same thing is contracted, or came this year."""
        found = np.zeros(len(self), dtype=bool)
        new_year = Quarter(self.moment.now.year, 1).number
        for slot in self.claim.not_together:
            found |= (self._dealings("due", slot) != 0) | (self._dealings("received", slot) >= new_year)
        return found

    @property
    def last_received(self) -> np.ndarray:
        """Number of the quarter of this lever's last support, 0 for never."""
        return self._dealings("received", self.claim.slot)

    # what surrounds them

    def of_commune(self, column: str) -> np.ndarray:
        """A column of their communes."""
        return self.communes[column][self.cell]

    def parameter(self, name: str) -> np.ndarray:
        """A parameter's value in their replication, float64."""
        values = self.moment.parameters[name].astype(np.float64)
        return np.broadcast_to(values, len(self)) if len(values) == 1 else values[self.cell // self.moment.places]

    def figure(self, name: str) -> float:
        """A dated figure of the lever's own file, in force now."""
        return self.claim.lever.figure(name, self.moment.now)

    def option(self, name: str) -> Any:
        """What the mix chose for one of the lever's options."""
        return self.claim.options[name]

    # luck

    def draw(self, use: Use, *, lasting: bool = False) -> np.ndarray:
        """A uniform number for each household, new each quarter or the same for ever."""
        quarter = 0 if lasting else self.moment.now.number
        return draws.uniform(self.moment.seed, self.origin, self.branch, self.replication, quarter, self._purpose(use))

    def draw_normal(self, use: Use) -> np.ndarray:
        """A standard normal number for each household, the same for ever."""
        return draws.normal(self.moment.seed, self.origin, self.branch, self.replication, 0, self._purpose(use))

    def draw_commune_normal(self, use: Use) -> np.ndarray:
        """A standard normal number of each household's commune, the same for ever: float64, one a row."""
        c = self.communes
        return draws.normal(self.moment.seed, c.place, draws.COMMUNE_BRANCH, c.replication, 0, self._purpose(use))[self.cell]

    def _purpose(self, use: Use) -> int:
        return purpose_of(self.claim.lever.key, use)

    # money of their own

    def borrowing_room(self) -> np.ndarray:
        """What kin and traders would lend for an own contribution, whole thousand dong: some months of lasting income less
        the debts there are."""
        months = self.parameter("contribution_credit_months")
        income = np.maximum(self.lasting_income.astype(np.float64), 0.0) * self.members_counted
        return np.clip(np.floor(months * income) - self.informal_debt, 0, 2**30).astype(np.int64)

    def means(self) -> np.ndarray:
        """Savings and borrowing room together, whole thousand dong."""
        return np.maximum(self.savings.astype(np.int64), 0) + self.borrowing_room()
