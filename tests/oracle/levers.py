"""The five levers, household by household: who may have them, at what price, and what they bring.

Amounts are whole thousand dong. Dated figures come from each lever's YAML file and from the law book.
"""

from __future__ import annotations

from sim.agents.codebook import Area, Standing
from sim.kit import maths
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.policies.luck import Use
from tests.oracle.household import Household
from tests.oracle.lever import AREAS, PROGRAMMES, SlowLever, f4, f8, whole
from tests.oracle.member import Member
from tests.oracle.review import is_newly_escaped


class LivelihoodModels(SlowLever):
    """A young cow, part of whose price the household pays; visits that teach."""

    must_pay_share = True

    def conditions(self, h: Household, now: Quarter) -> list[bool]:
        return [self.reward(h, now), not h.labourless, h.land >= self.figure("least_land", now)]

    def price(self, h: Household, now: Quarter) -> int:
        cap = self.figure(f"cap_{PROGRAMMES[h.standing]}", now) * self.options["heads"]
        public = self._project(h, now) * (1.0 - f8(h.yearly.livelihood_household_share))
        return whole(min(public, cap), 10) + self._coaching(now)

    def own_part(self, h: Household, public: int, now: Quarter) -> int:
        return max(whole(self._project(h, now), 10) + self._coaching(now) - public, 0)

    def deliver(self, h: Household, public: int, now: Quarter) -> None:
        unfit = f8(h.yearly.animal_unfit_at_handover) / f8(max(h.commune.staff_capacity, f4(0.1)))
        heads = self.options["heads"] - (self.u(h.luck, Use.QUALITY) < unfit)
        if heads > 0:
            waits = 4 + int(5.0 * self.u(h.luck, Use.OWN_1))
            h.quarters_to_calving = max(h.quarters_to_calving if h.young_animals else 0, waits)
            h.young_animals += heads
        if self.options["coaching"]:
            h.coached_quarters = max(h.coached_quarters, int(self.figure("coaching_quarters", now)))

    def _project(self, h: Household, now: Quarter) -> float:
        spread = maths.exp(f8(h.yearly.cow_project_cost_spread) * self.normal(h.commune.luck, Use.COST))
        return f8(h.yearly.cow_project_cost) * spread * Book.load().price_index(now.year, 2024) * self.options["heads"]

    def _coaching(self, now: Quarter) -> int:
        return int(self.figure("coaching_cost", now)) if self.options["coaching"] else 0


class VocationalTraining(SlowLever):
    """A course for the youngest adult who has never been trained."""

    def conditions(self, h: Household, now: Quarter) -> list[bool]:
        return [self.reward(h, now), self._trainee(h) is not None]

    def price(self, h: Household, now: Quarter) -> int:
        difficult = h.commune.area == Area.ESPECIALLY_DIFFICULT
        fee = "fee_near_poor" if h.standing == Standing.NEAR_POOR else "fee_other"
        if h.standing == Standing.POOR or h.minority:
            fee = "fee_poor_or_minority"
        if h.standing == Standing.POOR and (h.minority or difficult):
            fee = "fee_poor_minority_or_difficult_area"
        cost = self.figure(fee, now)
        if h.listed:
            cost += self.figure("meals_a_day", now) * self.figure("course_days", now)
            cost += self.figure("travel_difficult_area" if difficult else "travel", now)
        return whole(cost)

    def deliver(self, h: Household, public: int, now: Quarter) -> None:
        chance = 1.0 - (1.0 - f8(h.yearly.course_completion)) / max(f8(h.commune.staff_capacity), 0.1)
        learner = self._trainee(h)
        if learner and self.u(h.luck, Use.SUCCESS) < chance:
            learner.trained = learner.course_fresh = 1
            learner.certified = int(learner.certified or self.u(h.luck, Use.QUALITY) < f8(h.yearly.course_certificate))

    @staticmethod
    def _trainee(h: Household) -> Member | None:
        fit = [m for m in h.members if m.fit and not m.trained and m.age <= 60]
        return min(fit, key=lambda member: member.age, default=None)


class PreferentialCredit(SlowLever):
    """A loan at the terms of the household's standing, refused where the village group owes too much overdue.

    Told for the years in which the bank lends to every standing.
    """

    def conditions(self, h: Household, now: Quarter) -> list[bool]:
        return [self.reward(h, now), not h.labourless, h.loan == 0, self._group_pays(h, now)]

    def price(self, h: Household, now: Quarter) -> int:
        asked = f8(h.yearly.loan_asked) * maths.exp(f8(h.yearly.loan_asked_spread) * self.normal(h.luck, Use.COST))
        asked = whole(asked * Book.load().price_index(now.year, 2024), 1000)
        return min(max(asked, int(self.figure("smallest_loan", now))), int(self._term(h, "ceiling", now)))

    def deliver(self, h: Household, public: int, now: Quarter) -> None:
        h.loan += public
        h.venture = h.venture + f4(public)
        h.loan_rate = f4(self._term(h, "rate", now))
        h.loan_quarters_left = int(min(self._term(h, "term_months", now), self.figure("usual_term", now))) // 3

    def _term(self, h: Household, what: str, now: Quarter) -> float:
        return Book.load().value(f"bank.{PROGRAMMES[h.standing]}.{what}", now)

    def _group_pays(self, h: Household, now: Quarter) -> bool:
        group = [n for n in h.commune.households if n.village == h.village] if self.couplings else [h]
        bearable = self.figure("bearable_overdue", now) if self.couplings else 0.0
        return sum(n.overdue for n in group) <= bearable * sum(n.loan for n in group)


class Housing(SlowLever):
    """A new house where nothing is solid, one part mended where one is. Told for the years in which it is a grant."""

    def conditions(self, h: Household, now: Quarter) -> list[bool]:
        assert not self.figure("is_loan", now), "told for grants only"
        wanted = self.options["new"] if h.solid_parts == 0 else self.options["repair"]
        return [h.listed, h.solid_parts < 2, wanted, True]

    def buys_with(self, kind: str, source: str, year: int) -> bool:
        return super().buys_with(kind, source, year) and kind != "credit"

    def price(self, h: Household, now: Quarter) -> int:
        return whole(self.figure("grant_new" if h.solid_parts == 0 else "grant_repair", now))

    def own_part(self, h: Household, public: int, now: Quarter) -> int:
        spread = maths.exp(f8(h.yearly.own_housing_money_spread) * self.normal(h.luck, Use.COST))
        return whole(f8(h.yearly.own_money_to_housing_support) * spread * public)

    def deliver(self, h: Household, public: int, now: Quarter) -> None:
        well = self.u(h.luck, Use.SUCCESS) < f8(h.yearly.house_finished_well)
        if h.solid_parts == 0:
            h.solid_parts = 3 if well else 1
            h.floor_area_m2 = max(h.floor_area_m2, f4(self.figure("least_floor_area", now)))
        elif well:
            h.solid_parts = min(h.solid_parts + 1, 3)


class HealthInsurance(SlowLever):
    """The part of the premium that law leaves to near-poor and newly escaped households."""

    def conditions(self, h: Household, now: Quarter) -> list[bool]:
        escaped = self.options["newly_escaped"] and is_newly_escaped(h, now)
        uninsured = any(not member.insured for member in h.at_home)
        return [h.standing == Standing.NEAR_POOR or escaped, self._left(h, now) > 0, uninsured or self.key in h.received]

    def price(self, h: Household, now: Quarter) -> int:
        book, people = Book.load(), max(h.members_at_home, 1)
        yearly = 12.0 * book.value("health_insurance.base_salary", now) * book.value("health_insurance.contribution_rate", now)
        premiums = f8(people)
        if h.standing != Standing.NEAR_POOR:
            steps = [book.value(f"health_insurance.family_rate.{n}", now) for n in ("first", "second", "third", "fourth", "further")]
            premiums = f8(0.0)
            for number in range(people):
                premiums = premiums + steps[min(number, 4)]
        return max(whole(yearly * premiums * self._left(h, now)), 1)

    def deliver(self, h: Household, public: int, now: Quarter) -> None:
        for member in h.at_home:
            member.insured = 1

    def _left(self, h: Household, now: Quarter) -> float:
        paid = Book.load().value(f"health_insurance.subsidy_share.{PROGRAMMES[h.standing]}.{AREAS[h.commune.area]}", now)
        return max(float(self.options["paid_up_to"]) - paid, 0.0)


SLOW_LEVERS = {
    "livelihood_models": LivelihoodModels,
    "vocational_training": VocationalTraining,
    "preferential_credit": PreferentialCredit,
    "housing": Housing,
    "health_insurance": HealthInsurance,
}
