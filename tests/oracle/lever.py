"""What all levers of the oracle share: file, allocation and options, luck, and what a household can pay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.agents.codebook import Area, Standing
from sim.kit.calendar import Quarter
from sim.policies.lever_file import LeverFile
from sim.policies.luck import Use, purpose_of
from tests.oracle.household import Household
from tests.oracle.luck import Luck
from tests.oracle.review import is_newly_escaped

f4 = np.float32
f8 = np.float64
PROGRAMMES = {Standing.POOR: "poor", Standing.NEAR_POOR: "near_poor", Standing.NOT_LISTED: "newly_escaped"}
AREAS = {Area.ORDINARY: "ordinary", Area.POOR_DISTRICT: "poor_district", Area.ESPECIALLY_DIFFICULT: "especially_difficult"}


def whole(amount: float, unit: int = 1) -> int:
    """Rounded half up to whole units."""
    return int(np.floor(f8(amount) / unit + 0.5)) * unit


class SlowLever:
    """What is common: the file, the mix's allocation and options, luck, and what a household can pay."""

    must_pay_share = False

    def __init__(self, file: LeverFile, allocation: Any, couplings: bool):
        self.file, self.key, self.allocation, self.couplings = file, file.key, allocation, couplings
        self.options: Mapping[str, Any] = {"places": None, **{k: o["default"] for k, o in file.options.items()}, **allocation.options}

    def figure(self, name: str, now: Quarter) -> float:
        """A dated figure of the lever's file."""
        return self.file.figures[name].on(now).value

    def buys_with(self, kind: str, source: str, year: int) -> bool:
        """Whether this money may buy it."""
        return kind in self.file.kinds and source in self.file.sources

    def u(self, luck: Luck, use: Use, quarter: int = 0) -> np.float64:
        """A number in (0, 1) for a use; without a quarter the same for life."""
        return luck.uniform(quarter, purpose_of(self.key, use))

    def normal(self, luck: Luck, use: Use) -> np.float64:
        """A standard normal number for a use, the same for life."""
        return luck.normal(0, purpose_of(self.key, use))

    def is_wanted(self, h: Household, now: Quarter) -> bool:
        """Whether the household says yes to the offer: neighbours' experience counts only where lives touch, staff and what
        people were told always."""
        chance = f8(getattr(h.yearly, self.file.take_up)) * f8(h.commune.awareness)
        for of_commune in self.file.take_up_follows:
            if self.couplings or of_commune != "confidence":
                chance = chance * f8(getattr(h.commune, of_commune))
        return bool(self.u(h.luck, Use.TAKE_UP, now.number) < min(chance, 1.0))

    def places(self, commune: Any, now: Quarter) -> int | None:
        """Households that can be served in a commune at one choice: as the mix says, else what its staff can look after."""
        if self.options["places"] is not None:
            return self.options["places"]
        if "staff_places" not in self.file.figures:
            return None
        return int(np.floor(self.figure("staff_places", now) * f8(commune.staff_capacity)))

    def conditions(self, h: Household, now: Quarter) -> list[bool]:
        """What a household must fulfil, in the order in which refusals are told."""
        raise NotImplementedError

    def price(self, h: Household, now: Quarter) -> int:
        """Public money for the household."""
        raise NotImplementedError

    def own_part(self, h: Household, public: int, now: Quarter) -> int:
        """What the household adds beside public money."""
        return 0

    def deliver(self, h: Household, public: int, now: Quarter) -> None:
        """What arrives at the household."""
        raise NotImplementedError

    def reward(self, h: Household, now: Quarter) -> bool:
        """Listed or newly escaped: whom most levers are for."""
        return h.listed or is_newly_escaped(h, now)


def means(h: Household) -> int:
    """What a household can find for its own part: savings, and what kin and traders lend on its lasting income."""
    lent = np.floor(f8(h.yearly.contribution_credit_months) * (max(f8(h.lasting_income), 0.0) * h.members_counted))
    return max(h.savings, 0) + max(int(lent) - h.informal_debt, 0)
