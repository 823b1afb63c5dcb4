"""A household as a Mesa agent: what it is and has, what can be counted in it, and its quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim.agents.codebook import Shock, Standing
from sim.agents.members import SLOTS, Work
from sim.agents.purposes import Purpose
from sim.dynamics import shocks
from tests.oracle.cash import use_cash
from tests.oracle.dwelling import change_living
from tests.oracle.earning import close_books, earn, lasting_income
from tests.oracle.herd import keep_herd
from tests.oracle.luck import Luck
from tests.oracle.member import Member

if TYPE_CHECKING:
    from tests.oracle.commune import Commune

f4 = np.float32
PLAIN = (  # whole numbers
    "origin", "branch", "village", "urban", "minority", "merit", "others", "young_animals", "quarters_to_calving", "grown_animals",
    "coached_quarters", "savings", "loan", "loan_quarters_left", "overdue", "informal_debt", "repaid", "interest_paid", "solid_parts",
    "clean_water", "hygienic_toilet", "internet", "devices", "shocks", "recent_shocks", "coping", "standing", "reviewed",
    "quarters_since_poor", "quarters_since_listed", "applies", "deprivations", "claims", "school_support", "matching", "nutrition_support",
    "forest_fee_quarters",
)
REAL = (  # numbers in single precision, as the engine keeps them
    "land", "ability", "propensity", "outside_support", "persistent_shock", "capital", "skill", "venture", "loan_rate", "floor_area_m2",
    "own_income", "wage_income", "remittance_income", "transfer_income", "uncounted_transfers", "income_per_head", "lasting_income",
    "consumption", "health_cost", "storm_loss", "review_error", "score", "forest_fee", "remittance",
)


class Household(mesa.Agent):
    """A household. ``slots`` holds its members, None where nobody is; ``calves`` counts them by quarter of age, youngest first."""

    shocks: int
    recent_shocks: int

    def __init__(self, model: mesa.Model, commune: Commune, row: dict[str, Any]):
        super().__init__(model)
        self.commune = commune
        for name in PLAIN:
            setattr(self, name, int(row[name]))
        for name in REAL:
            setattr(self, name, f4(row[name]))
        self.income_by_quarter = [f4(value) for value in row["income_by_quarter"]]
        self.slots: list[Member | None] = [Member.from_word(int(word)) for word in row["members"]]
        self.calves = [(int(row["calves"]) >> 4 * age) & 15 for age in range(4)]
        self.luck = Luck(model.seed_of_luck, self.origin, self.branch, commune.replication)
        self.contracts: dict[str, Any] = {}
        self.received: dict[str, int] = {}
        self.outcomes: dict[str, int] = {}

    @property
    def rates(self):
        """Numbers of a quarter in this replication."""
        return self.commune.times.rates

    @property
    def yearly(self):
        """Parameters of this replication as drawn, yearly."""
        return self.commune.times.yearly

    @property
    def times(self):
        """Growth, prices and the law's amounts of the quarter."""
        return self.commune.times

    # who is in it

    @property
    def members(self) -> list[Member]:
        """Everybody of it who is looked at one by one; the ``others``, of a large house, are only counted."""
        return [member for member in self.slots if member]

    @property
    def at_home(self) -> list[Member]:
        """Those not abroad."""
        return [member for member in self.members if member.at_home]

    @property
    def members_at_home(self) -> int:
        """How many are at home."""
        return len(self.at_home) + self.others

    @property
    def members_counted(self) -> int:
        """By how many its income is divided."""
        return sum(member.counted for member in self.members) + self.others

    @property
    def children(self) -> int:
        """How many at home are under 16."""
        return sum(member.is_child for member in self.at_home)

    @property
    def labourless(self) -> bool:
        """Nobody at home is able to work."""
        return not any(member.fit for member in self.members)

    def tallies(self) -> dict[str, int]:
        """All counts over members that the household table keeps, by column."""
        home, fit = self.at_home, [member for member in self.members if member.fit]
        heads = [member for member in self.members if member.head]
        wage = [member for member in home if member.work in (Work.CASUAL, Work.CONTRACT)]
        return {
            "members_at_home": self.members_at_home,
            "members_counted": self.members_counted,
            "children": self.children,
            "elderly": sum(m.age >= 60 for m in home),
            "workers": sum(m.work in (Work.OWN, Work.CASUAL, Work.CONTRACT) for m in home),
            "able": len(fit),
            "dependants": sum(m.is_child or m.disability > 0 or m.draws_by_age(self.times) for m in home),
            "disabled": sum(m.disability > 0 for m in home),
            "chronic": sum(m.chronic for m in home),
            "unemployed": sum(m.work == Work.UNEMPLOYED for m in fit),
            "seekers": sum(m.work == Work.UNEMPLOYED or (m.work == Work.OWN and m.searching == 1) for m in fit),
            "wage_workers": len(wage),
            "without_contract": sum(m.work == Work.CASUAL for m in wage),
            "abroad": sum(not m.at_home for m in self.members),
            "uninsured": sum(not m.insured for m in home),
            "uninsured_from_6": sum(not m.insured and m.age >= 6 for m in home),
            "undernourished": sum(m.undernourished for m in home if m.is_child),
            "young_untrained": sum(m.lacks_level for m in home),
            "children_out_of_school": sum(3 <= m.age < 16 and not m.in_school for m in home),
            "trainable": sum(not m.trained and m.age <= 60 for m in fit),
            "trained": sum(m.trained for m in fit),
            "certified": sum(m.certified for m in fit),
            "female_head": sum(m.female for m in heads),
            "head_schooling": sum(m.schooling for m in heads),
            "labourless": int(not fit),
        }

    @property
    def sent_from_abroad(self) -> np.float32:
        """Money of the quarter from those who are away for longer than they are counted at home."""
        sends = any(not member.counted for member in self.members)
        return self.remittance * self.times.price_level if sends else f4(0.0)

    # on which list

    @property
    def listed(self) -> bool:
        """Poor or near-poor in the list in force."""
        return self.standing != Standing.NOT_LISTED

    # its quarter

    def live(self, quarter: int) -> None:
        """Everything that happens to the household in a quarter, from the first shock to the closed books."""
        events = self.luck.words(quarter, Purpose.HOUSEHOLD_EVENTS)
        exposed = events.chance(0) < self.rates.covariate_exposed
        self.storm_loss = f4(shocks.own_storm_loss(self.commune.covariate_loss, exposed))
        of_new_year = self.shocks & (Shock.BIRTH | Shock.DEATH) if quarter % 4 == 0 else 0
        self.shocks = int(of_new_year | (Shock.STORM if self.storm_loss > 0 else 0))
        counted_on = self.sent_from_abroad
        labour, monthly_wage = self._live_members(quarter)
        calves_sold = keep_herd(self, events)
        earning = self.luck.words(quarter, Purpose.EARNING)
        earn(self, earning, labour, monthly_wage, calves_sold)
        use_cash(self, earning, counted_on)
        change_living(self, self.luck.words(quarter, Purpose.LIVING))
        close_books(self, quarter % 4)
        after_review = quarter % 4 == 3
        self.recent_shocks = self.shocks if after_review else self.recent_shocks | self.shocks
        self._run_down()
        self.take_stock()

    def _live_members(self, quarter: int) -> tuple[np.float32, np.float32]:
        """Everybody lives through the quarter; labour and monthly pay as illness leaves them."""
        p, labour, pay, cost = self.rates, f4(0.0), f4(0.0), f4(0.0)
        for slot in range(SLOTS):
            member = self.slots[slot]
            if member is None:
                continue
            luck = self.luck.member_words(quarter, Purpose.MEMBER, slot)
            event = member.live(self, luck)
            self.commune.found += event == Shock.JOB_FOUND
            self.shocks |= event
            bill = member.fall_ill(luck, self.times.price_level, p)
            if bill is not None:
                self.shocks |= Shock.ILLNESS
                cost = cost + bill
            if member.at_home:
                ill = int(bill is not None)
                labour, pay = labour + member.labour(ill, p), pay + member.wage(ill, p)
        self.health_cost = cost
        return labour, pay

    def _run_down(self) -> None:
        """Supports have a quarter less to come; nobody abroad, nothing sent."""
        for support in ("school_support", "matching", "nutrition_support", "forest_fee_quarters"):
            setattr(self, support, max(getattr(self, support) - 1, 0))
        if not self.forest_fee_quarters:
            self.forest_fee = f4(0.0)
        if len(self.at_home) == len(self.members):
            self.remittance = f4(0.0)

    def take_stock(self) -> None:
        """Lasting income as members and means now stand."""
        self.lasting_income = lasting_income(self)
