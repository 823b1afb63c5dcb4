"""A member of a household as a plain object, and a member's quarter."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from sim.agents.codebook import Shock
from sim.agents.members import Work, name_fields, pack
from sim.dynamics import living, shocks, work
from tests.oracle.luck import Words

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
        """Shares in the household's income: at home, or abroad for less than two quarters."""
        return self.at_home or self.quarters_in_state < 2

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

    @property
    def assistance(self) -> np.float32:
        """Social assistance standards the person is entitled to: by disability and age, else from 80 on."""
        dependent_age = self.age < 16 or self.age >= 60
        if self.disability == 2:
            return f4(2.5) if dependent_age else f4(2.0)
        if self.disability == 1:
            return f4(2.0) if dependent_age else f4(1.5)
        return f4(1.0) if self.age >= 80 else f4(0.0)

    @property
    def lacks_level(self) -> bool:
        """Aged 16 to 30, not learning, and below the level that the age calls for."""
        asked = 9 if self.age < 18 else 12
        return 16 <= self.age <= 30 and not self.in_school and not self.trained and self.schooling < asked

    def labour(self, ill: int) -> np.float32:
        """Units of labour given to the household's own production."""
        return work.own_labour(self.work, self.age, self.able, self.disability, ill)

    def wage(self, ill: int, p) -> np.float32:
        """Pay of a month before the household's earning factor."""
        return work.monthly_wage(self.work, self.schooling, self.trained, ill, p)

    # a quarter

    def live(self, luck: Words, find_chance: np.float32, food: np.float32, short: bool, p) -> int:
        """Work, school and nutrition move on by a quarter; returns a job found or lost as a Shock, or NOTHING.

        ``food`` is lasting income over the consumption floor; ``short`` says that the household cut into schooling.
        """
        event, before, pupil = NOTHING, self.work, self.in_school
        if self.work == Work.ABROAD:
            if work.is_back(self.quarters_in_state, luck.chance(0), p):
                self.work = int(Work.OWN)
        elif self.able:
            event = self._look_for_work(luck, find_chance, p)
        elif self.work != Work.NOT_WORKING:
            self.work, self.searching = int(Work.NOT_WORKING), 0
        if luck.second_chance(1) < f4(0.25):
            self.course_fresh = 0
        self.quarters_in_state = 0 if self.work != before else min(self.quarters_in_state + 1, 15)
        if pupil and 11 <= self.age < 18:
            dropout = p.dropout * p.dropout_when_short if short else p.dropout
            self.in_school = 0 if luck.chance(0) < dropout else 1
        if self.is_child:
            onset = p.become_undernourished / max(food, f4(0.5)) if self.age < 5 else f4(0.0)
            well_fed = living.next_service(1 - self.undernourished, luck.chance(3), p.recover_nutrition, onset)
            self.undernourished = 1 - well_fed
        return event

    def _look_for_work(self, luck: Words, find_chance: np.float32, p) -> int:
        before = self.work
        chance = work.hire_chance(find_chance, self.trained, self.course_fresh, p.training_search_advantage)
        contract = work.contract_chance(self.schooling, self.trained, p.contract_base, p.contract_per_school_year)
        hired = luck.chance(3) < chance
        self.work = int(work.next_work(before, self.searching, self.age, hired, luck.chance(0), luck.chance(2), contract, p))
        self.searching = int(work.next_search(self.work, self.searching, self.age, luck.chance(2), p))
        had_wage, has_wage = before in (Work.CASUAL, Work.CONTRACT), self.work in (Work.CASUAL, Work.CONTRACT)
        if has_wage and before in (Work.UNEMPLOYED, Work.OWN):
            return int(Shock.JOB_FOUND)
        return int(Shock.JOB_LOST) if had_wage and self.work == Work.UNEMPLOYED else NOTHING

    def fall_ill(self, luck: Words, price_level: np.float32, p) -> np.float32 | None:
        """Cost of a large illness this quarter, None for none; who is abroad costs the household nothing."""
        if not self.at_home or luck.chance(1) >= shocks.illness_chance(self.age, self.chronic, p):
            return None
        return shocks.illness_cost(luck.mixed_normal(1, 0), self.insured, price_level, p)
