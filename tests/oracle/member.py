"""A member of a household as a plain object, and a member's quarter."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from sim.agents.codebook import Coping, Shock
from sim.agents.members import Work, name_fields, pack
from sim.dynamics import living, shocks, work
from tests.oracle.luck import Words

if TYPE_CHECKING:
    from tests.oracle.household import Household
    from tests.oracle.times import Times

f4 = np.float32
NOTHING = 0


@dataclass(eq=False)
class Member:
    """One person. Every field is a plain whole number; yes and no are 1 and 0."""

    age: int
    female: int = 0
    schooling: int = 0
    trained: int = 0
    certified: int = 0
    in_school: int = 0
    work: int = int(Work.NOT_WORKING)
    insured: int = 0
    disability: int = 0
    chronic: int = 0
    undernourished: int = 0
    quarters_in_state: int = 0
    head: int = 0
    searching: int = 0
    course_fresh: int = 0

    @classmethod
    def from_word(cls, word: int) -> Member | None:
        """The person that a packed word of the starting table describes; None for an empty slot."""
        named = name_fields(word)
        return cls(**{name: value for name, value in named.items() if name != "present"}) if named["present"] else None

    def to_word(self) -> int:
        """The packed word, only to compare with the engine."""
        return pack(present=1, **{field.name: int(getattr(self, field.name)) for field in fields(self)})

    # what can be said of a person

    @property
    def at_home(self) -> bool:
        """Not working abroad."""
        return self.work != Work.ABROAD

    @property
    def counted(self) -> bool:
        """Shares in the household's income: at home, or abroad for no more than two quarters."""
        return self.at_home or self.quarters_in_state <= 2

    @property
    def able(self) -> bool:
        """Able to work (and so counted as labour when at home)."""
        return bool(work.is_able(self.age, self.disability, self.in_school))

    @property
    def fit(self) -> bool:
        """Able to work and at home."""
        return self.at_home and self.able

    @property
    def is_child(self) -> bool:
        """Under 16."""
        return self.age < 16

    def assistance(self, times: Times) -> np.float32:
        """Social assistance standards the person is entitled to by the law of the day: by disability and age, else by old age."""
        who = "child_or_elderly" if self.age < 16 or self.age >= times.entitled("age.elderly") else "adult"
        if self.disability:
            return times.entitled(f"coefficient.{('', 'severe', 'extreme')[self.disability]}_disability_{who}")
        return times.entitled("coefficient.elderly_without_pension") if self.draws_by_age(times) else f4(0.0)

    def draws_by_age(self, times: Times) -> bool:
        """Old enough for assistance without a pension."""
        return bool(self.age >= times.entitled("age.without_pension"))

    @property
    def lacks_level(self) -> bool:
        """Aged 16 to 30, not learning, and below the level that the age calls for."""
        asked = 9 if self.age < 18 else 12
        return 16 <= self.age <= 30 and not self.in_school and not self.trained and self.schooling < asked

    def labour(self, ill: int, p) -> np.float32:
        """Units of labour given to the household's own production."""
        return work.own_labour(self.work, self.age, self.able, self.disability, ill, p)

    def wage(self, ill: int, p) -> np.float32:
        """Pay of a month before the household's earning factor."""
        return work.monthly_wage(self.work, self.schooling, self.trained, ill, p)

    # a quarter

    def live(self, h: Household, luck: Words) -> int:
        """Work, school and nutrition move on by a quarter; returns a job found or lost or a return as a Shock, or NOTHING."""
        event, before, p = NOTHING, self.work, h.rates
        if self.work == Work.ABROAD:
            event = self._come_home(luck, p)
        elif self.able:
            event = self._look_for_work(h, luck)
        elif self.work != Work.NOT_WORKING:
            self.work, self.searching = int(Work.NOT_WORKING), 0
        if luck.second_chance(1) < p.course_fades:
            self.course_fresh = 0
        self.quarters_in_state = 0 if self.work != before else min(self.quarters_in_state + 1, 15)
        self._attend_school(h, luck.chance(0))
        if self.is_child:
            self._eat(h, luck.chance(3))
        return event

    def _come_home(self, luck: Words, p) -> int:
        """The contract abroad ends, or breaks off; at home there is own work, and some look for a job."""
        full_time = self.quarters_in_state >= p.quarters_abroad
        if not full_time and luck.chance(0) >= p.early_return:
            return NOTHING
        self.work, self.searching = int(Work.OWN), int(luck.chance(2) < p.seeks_after_return)
        return int(Shock.CAME_HOME if full_time else Shock.CAME_HOME_EARLY)

    def _attend_school(self, h: Household, u: np.float32) -> None:
        """Pupils from 11 to 17 may leave, more readily in need and less with support, with which children come back."""
        p = h.rates
        if self.in_school and 11 <= self.age < 18:
            dropout = p.dropout * p.dropout_when_short if h.coping & Coping.CUT_SCHOOLING else p.dropout
            if h.school_support:
                dropout = dropout * p.dropout_when_supported
            self.in_school = 0 if u < dropout else 1
        elif h.school_support and 3 <= self.age < 16 and not self.in_school:
            self.in_school = int(u < p.return_to_school)

    def _eat(self, h: Household, u: np.float32) -> None:
        """Small children of the poorest fall short of food; some recover; a nutrition programme helps with both."""
        p, onset = h.rates, f4(0.0)
        if self.age < 5:
            food = h.lasting_income / (p.consumption_floor * h.times.price_level)
            onset = p.become_undernourished / max(food, f4(0.5))
            if h.nutrition_support:
                onset = onset * (f4(1.0) - p.nutrition_onset_cut)
        recovery = p.recover_nutrition + p.nutrition_recovery if h.nutrition_support else p.recover_nutrition
        self.undernourished = 1 - int(living.next_service(1 - self.undernourished, u, recovery, onset))

    def _look_for_work(self, h: Household, luck: Words) -> int:
        before, find_chance, p = self.work, h.commune.find_chance, h.rates
        begin = p.begin_search
        if h.matching:
            find_chance = min(find_chance * (f4(1.0) + p.matching_search_advantage), f4(1.0))
            begin = begin * p.matching_begins_search
        chance = work.hire_chance(find_chance, self.trained, self.course_fresh, p)
        contract = work.contract_chance(self.schooling, self.trained, p)
        hired = luck.chance(3) < chance
        self.work = int(work.next_work(before, self.searching, hired, luck.chance(0), luck.chance(2), contract, begin, p))
        self.searching = int(work.next_search(self.work, self.searching, self.age, luck.chance(2), begin, p))
        had_wage, has_wage = before in (Work.CASUAL, Work.CONTRACT), self.work in (Work.CASUAL, Work.CONTRACT)
        if has_wage and before in (Work.UNEMPLOYED, Work.OWN):
            return int(Shock.JOB_FOUND)
        return int(Shock.JOB_LOST) if had_wage and self.work == Work.UNEMPLOYED else NOTHING

    def fall_ill(self, luck: Words, price_level: np.float32, p) -> np.float32 | None:
        """Cost of a large illness this quarter, None for none; who is abroad costs the household nothing."""
        if not self.at_home or luck.chance(1) >= shocks.illness_chance(self.age, self.chronic, p):
            return None
        return shocks.illness_cost(luck.mixed_normal(1, 0), self.insured, price_level, p)
