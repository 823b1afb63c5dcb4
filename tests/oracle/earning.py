"""Income of a household in a quarter by source, and the lasting income that the review form sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.codebook import Standing
from sim.agents.purposes import Purpose
from sim.dynamics import coping, income
from tests.oracle.luck import Words

if TYPE_CHECKING:
    from tests.oracle.household import Household

f4 = np.float32
MONTHS = f4(3.0)


def earn(h: Household, luck: Words, labour: np.float32, monthly_wage: np.float32, calves_sold: int) -> None:
    """Income of the quarter: own production and wages share the household's earning factor, the rest does not."""
    p, times = h.rates, h.times
    h.persistent_shock = income.next_persistent(h.persistent_shock, luck.normal(0), p)
    factor = income.earning_factor(h.ability, h.persistent_shock, income.passing_shock(luck.normal(1), p)) * times.nominal
    produced = income.structural_production(h.land, h.capital, labour, p) * h.commune.productivity * (f4(1.0) - h.storm_loss) * factor
    herd = f4(calves_sold) * h.commune.calf_price - f4(h.grown_animals) * p.feed_cost * times.price_level
    h.interest_paid = int(coping.interest_due(h.loan, h.overdue, h.loan_rate, p))
    h.own_income = produced + herd + venture_gain(h) + forest_fee(h) - f4(h.interest_paid)
    h.wage_income = MONTHS * monthly_wage * factor
    h.remittance_income = h.outside_support * times.nominal + h.sent_from_abroad
    allowance = assistance(h)
    power = MONTHS * times.electricity if h.standing == Standing.POOR else f4(0.0)
    h.transfer_income = allowance * times.assistance_counts + power * times.electricity_counts
    h.uncounted_transfers = allowance + power - h.transfer_income


def venture_gain(h: Household) -> np.float32:
    """What borrowed money earns; whether a household makes something of a loan is its own for life (a draw without date)."""
    p = h.rates
    if h.venture <= f4(0.0):
        return f4(0.0)
    responds = h.luck.words(0, Purpose.FIXED_VENTURE).chance(0) < p.responder_share
    return (p.venture_return if responds else p.idle_return) * h.venture


def forest_fee(h: Household) -> np.float32:
    """Fee of the quarter for protecting forest, while the contract runs."""
    return h.forest_fee if h.forest_fee_quarters else f4(0.0)


def assistance(h: Household) -> np.float32:
    """Social assistance of a quarter to all at home who are entitled, if the household claims it."""
    units = f4(0.0)
    for member in h.at_home:
        units = units + member.assistance(h.times)
    return MONTHS * h.times.assistance_standard * units if h.claims else f4(0.0)


def close_books(h: Household, quarter_of_year: int) -> None:
    """The quarter's income per head takes its place among the last four."""
    earned = h.own_income + h.wage_income + h.remittance_income + h.transfer_income
    h.income_by_quarter[quarter_of_year] = income.per_head(earned, h.members_counted)
    first, second, third, fourth = h.income_by_quarter
    h.income_per_head = f4(0.25) * (((first + second) + third) + fourth)


def lasting_income(h: Household) -> np.float32:
    """Income per head and month of the household as it is, nobody ill, passing shocks at their mean, animals at their value."""
    p, times = h.rates, h.times
    labour, monthly_wage = f4(0.0), f4(0.0)
    for member in h.at_home:
        labour = labour + member.labour(0, p)
        monthly_wage = monthly_wage + member.wage(0, p)
    means = h.capital + h.venture / h.times.price_level + income.animal_value(h.young_animals, h.grown_animals, p)
    produced = income.structural_production(h.land, means, labour, p) * h.commune.productivity
    factor = income.earning_factor(h.ability, h.persistent_shock, f4(0.0)) * times.nominal
    kin = h.outside_support * times.nominal + h.sent_from_abroad
    total = (produced + MONTHS * monthly_wage) * factor + forest_fee(h) + kin
    total = total + assistance(h) * times.assistance_counts
    return income.per_head(total, h.members_counted)
