"""What ``reach`` answers: tidy tables of chances, least money, reasons and what remains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sim.studies.study import ScenarioStudy

if TYPE_CHECKING:
    import pandas as pd

CHANCES = (0.5, 0.8, 0.9)
# What is changed of the plan, in the order in which the changes are added up.
REMEDIES = ("money", "in_time", "places", "wanted", "perfect_list")
ALONE, ADDED = "alone", "added"
# Who is still on the poor list when all of that is changed.
REMAINING = ("labourless", "came_onto_list", "helped", "promised", "not_eligible")
NO_NEED, BY_PLAN, BY_MONEY, NO_AMOUNT = "no_need", "by_plan", "by_money", "no_amount"


@dataclass(frozen=True)
class Reach(ScenarioStudy):
    """Whether a mix reaches its targets, what would make it, and why not.

    ``targets``: a row a target (``all_targets``: jointly) with probability and Monte Carlo error, the median shortfall in
    households, what no policy gives, and what level would be reached with 50, 80 and 90 % (``would_50``...). ``years``: the
    probability that the same change stands by the end of each year from the target's on. ``money``: the least factor on all of the
    mix's money for 50, 80 and 90 %, with dong; infinite where ``status`` is ``no_amount``. ``tried``: every factor tried.
    ``reasons``: runs on the same luck with one thing changed (``how`` = alone) or with all before it as well (added), and
    the households gained. ``remainder``: who is on the poor list yet when everything is changed.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("targets", "years", "money", "tried", "reasons", "remainder")

    mix: str
    total: int  # dong of the mix's money as it is
    targets: pd.DataFrame
    years: pd.DataFrame
    money: pd.DataFrame
    tried: pd.DataFrame
    reasons: pd.DataFrame
    remainder: pd.DataFrame
