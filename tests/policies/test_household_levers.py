"""Production support, information, water and sanitation, land and forest: what their money alone moves, and what stops it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import Area
from sim.kit.calendar import Quarter
from sim.policies.discovery import discover
from sim.policies.lever import Outcome
from tests.policies.small import SIGNED, certain, changed, communes, households, plan_of, programme, run_year, slot_of, state

DEALINGS = {"due", "owed", "received", "outcome"}
MOVES = {
    "production_support": {"capital", "savings"},
    "information_access": {"devices", "internet", "savings"},
    "water_sanitation": {"clean_water", "hygienic_toilet", "savings"},
    "land_forest": {"land", "forest_fee", "forest_fee_quarters", "savings"},
}
SURE = {
    "information_put_to_use": 1.0,
    "work_serves_fifth_year": 1.0,
    "water_work_spread": 0.0,
    "production_package_spread": 0.0,
    "package_ill_suited": 0.0,
    "land_is_found": 1.0,
    "new_land_worth": 1.0,
}


def year_of(lever, millions=3_000, sure=None, money=None, **options):
    """Households, communes, programme and what they were, after a year of one lever in difficult communes."""
    h, c = households(), communes()
    c.area[...] = Area.ESPECIALLY_DIFFICULT
    h.land[...] = np.where(h.origin % 4 < 2, 0.2, 0.05)
    before = state(h)
    program = programme(plan_of(lever, millions, **(money or {}), **options), overrides=certain(**SURE | (sure or {})))
    run_year(program, h, c)
    return h, program, before


@pytest.mark.parametrize("lever", MOVES)
def test_its_money_alone_moves_its_state_and_nothing_else(lever):
    h, program, before = year_of(lever)
    assert changed(before, h) - DEALINGS == MOVES[lever]
    assert program.ledger.total("paid") > 0


@pytest.mark.parametrize("lever", MOVES)
@pytest.mark.parametrize("stopped", ["no places", "no money"])
def test_without_capacity_or_money_only_the_outcome_is_told(lever, stopped):
    h, program, before = year_of(lever, 0 if stopped == "no money" else 3_000, **({"places": 0} if stopped == "no places" else {}))
    assert changed(before, h) == {"outcome"}
    told = h.outcome[slot_of(lever)]
    assert (told == (Outcome.NO_CAPACITY if stopped == "no places" else Outcome.NO_MONEY)).any() and not (told == Outcome.SERVED).any()
    assert program.ledger.total("paid") == 0


@pytest.mark.parametrize("lever", MOVES)
def test_every_word_is_said_in_both_languages(lever):
    file = discover()[lever].file
    for words in (file.what_it_does, *file.conditions, *file.options.values(), *file.figures.values(), *file.parameters.values()):
        said = [words[lang] if isinstance(words, dict) else getattr(words, lang) for lang in ("vi", "en")]
        assert all(text.strip() for text in said)


# production support


PACKAGE = {
    "production_package_cost": 10_000.0,
    "production_household_share": 0.2,
    "package_lasting_share": 0.5,
    "inputs_spare_purchases": 0.5,
}


def test_what_lasts_becomes_capital_and_inputs_spare_purchases():
    """A package of 10 million, 2 of them the household's: 5 last, 5 are inputs, half of which it would have bought."""
    h, _, before = year_of("production_support", sure=PACKAGE, extension=False)
    served = h.received[slot_of("production_support")] > 0
    assert served.any() and np.allclose(h.capital[served] - before["capital"][served], 5_000)
    assert (h.savings[served] - before["savings"][served] == 2_500 - 2_000).all()


def test_ill_suited_parts_are_lost_and_extension_saves_some():
    gains = {}
    for extension in (False, True):
        loss = PACKAGE | {"package_ill_suited": 0.4, "extension_saves_package": 0.5}
        h, _, before = year_of("production_support", sure=loss, extension=extension)
        served = h.received[slot_of("production_support")] > 0
        gains[extension] = float((h.capital - before["capital"])[served].mean())
    assert gains == {False: pytest.approx(3_000), True: pytest.approx(4_000)}


def test_extension_teaches_only_who_keeps_cattle():
    h, c = households(), communes()
    h.grown_animals[::2] = 1
    run_year(programme(plan_of("production_support", 3_000), overrides=certain(**SURE)), h, c)
    served = h.received[slot_of("production_support")] > 0
    assert (h.coached_quarters[served & (h.grown_animals == 1)] == 2).all() and not h.coached_quarters[h.grown_animals == 0].any()


def test_public_money_stops_at_the_cap_of_the_standing():
    slot = slot_of("production_support")
    h, c = households(), communes()
    program = programme(plan_of("production_support", 30_000, size=4.0, extension=False), overrides=certain(**SURE, **PACKAGE))
    program.open_year(Quarter(2024, 1), h, c)
    program.choose(SIGNED, h, c)
    for standing, cap in ((2, 20_000), (1, 17_000), (0, 14_000)):
        owed = h.owed[slot][(h.standing == standing) & (h.owed[slot] > 0)]
        assert len(owed) and (owed == cap).all()


# information access


def test_radios_only_are_free_and_bring_no_internet():
    """As Sơn La planned for 6,789 poor households in 2020."""
    h, program, before = year_of("information_access", radio=True, internet=False)
    served = h.received[slot_of("information_access")] > 0
    assert (h.devices[served] == 1).all() and not h.internet.any()
    assert (h.savings == before["savings"]).all()
    assert program.ledger.total("paid") == int(served.sum()) * 500_000


def test_a_radio_is_nothing_to_use_the_internet_with():
    h, _, _ = year_of("information_access", radio=True)
    assert h.devices.any() and not h.internet.any()


def test_a_phone_and_a_year_of_service_leave_a_part_to_pay():
    h, program, before = year_of("information_access", sure={"phone_price": 1_800.0})
    served = h.received[slot_of("information_access")] > 0
    assert (h.devices[served] & h.internet[served]).all()
    assert program.ledger.total("paid") == int(served.sum()) * (500 + 12 * 30) * 1_000
    assert ((before["savings"] - h.savings)[served] == 1_300 + 12 * 40).all()


def test_a_fifth_never_put_it_to_use():
    h, _, _ = year_of("information_access", sure={"information_put_to_use": 0.5})
    served = h.received[slot_of("information_access")] > 0
    assert 0.25 < h.devices[served].mean() < 0.75 and not h.devices[~served].any()


# water and sanitation


WORKS = {"water_work_cost": 6_000.0, "toilet_cost": 5_000.0}


def test_grants_follow_the_norms_and_households_find_the_rest():
    h, program, before = year_of("water_sanitation", sure=WORKS)
    served = h.received[slot_of("water_sanitation")] > 0
    assert (h.clean_water[served] & h.hygienic_toilet[served]).all()
    assert program.ledger.total("paid") == int(served.sum()) * (3_000 + 2_000) * 1_000
    assert ((before["savings"] - h.savings)[served] == 6_000).all()


def test_a_plan_may_pay_a_larger_share():
    h, program, _ = year_of("water_sanitation", sure=WORKS, grant_share=1.0, water=False)
    served = h.received[slot_of("water_sanitation")] > 0
    assert (h.hygienic_toilet[served] == 1).all() and not h.clean_water.any()
    assert program.ledger.total("paid") == int(served.sum()) * 5_000_000


def test_a_loan_for_works_is_owed_and_put_to_no_business():
    """Decision 10/2024 raised the ceiling to 25 million a work in September; in April it was 10."""
    lever = discover()["water_sanitation"]
    assert lever.pays_with("credit", "bank", 2024, {"loan": True}) and not lever.pays_with("recurrent", "central", 2024, {"loan": True})
    assert lever.pays_with("recurrent", "central", 2024, {}) and not lever.pays_with("credit", "bank", 2024)
    dear, credit = WORKS | {"water_work_cost": 14_000.0}, {"kind": "credit", "source": "bank"}
    h, _, before = year_of("water_sanitation", sure=dear, money=credit, loan=True)
    served = h.received[slot_of("water_sanitation")] > 0
    assert served.any() and (h.clean_water[served] & h.hygienic_toilet[served]).all()
    assert (h.loan[served] == 15_000).all() and np.allclose(h.loan_rate[served], 0.09) and (h.loan_quarters_left[served] == 20).all()
    assert not h.venture.any() and ((before["savings"] - h.savings)[served] == 4_000).all()
    assert (served & (h.standing == 0)).any()  # every rural household may borrow


def test_half_of_the_loss_by_the_fifth_year_is_taken_at_once():
    h, _, _ = year_of("water_sanitation", sure={"work_serves_fifth_year": 0.0})
    served = h.received[slot_of("water_sanitation")] > 0
    assert 0.3 < h.clean_water[served].mean() < 0.7


# land and forest


def test_land_up_to_the_norm_for_the_poor_and_forest_for_others():
    """0.2 ha short at 80 million a hectare: 16 million, within the grant; ten hectares of forest at 600 thousand since July 2024."""
    h, _, before = year_of("land_forest", sure={"land_price": 80_000.0})
    poor, minority, short = h.standing == 2, h.minority == 1, before["land"] < 0.1
    assert np.allclose(h.land[poor & short], 0.25)
    assert not (h.land[~(poor & short)] != before["land"][~(poor & short)]).any()
    contracted = (poor | minority) & ~short
    assert (h.forest_fee_quarters[contracted] == 4).all() and (h.forest_fee_quarters[~contracted] == 0).all()
    assert np.allclose(h.forest_fee[contracted], 10 * 400 / 4)  # the fee of the day it was signed, in April


def test_no_forest_and_no_land_for_the_majority_in_ordinary_communes():
    h, c = households(), communes()
    h.land[...] = 0.05
    run_year(programme(plan_of("land_forest", 3_000), overrides=certain(**SURE)), h, c)
    assert not h.forest_fee.any() and (h.land[h.minority == 0] == np.float32(0.05)).all()
    assert (h.land[(h.minority == 1) & (h.standing == 2)] > 0.05).all()


def test_money_that_does_not_buy_what_is_lacking_buys_less():
    h, _, before = year_of("land_forest", sure={"land_price": 400_000.0, "contribution_credit_months": 0.0}, forest=False)
    got = h.land > before["land"]
    assert got.any() and np.allclose(h.land[got] - 0.05, (22_500 + 20_000) / 400_000)  # grant and all savings


def test_new_land_is_worth_less_than_the_fields_in_use():
    h, _, before = year_of("land_forest", sure={"land_price": 80_000.0, "new_land_worth": 0.5})
    got = h.land > before["land"]
    assert got.any() and np.allclose((h.land - before["land"])[got], 0.1)


def test_land_on_loan_is_owed_and_no_forest_is_lent():
    h, _, before = year_of("land_forest", sure={"land_price": 80_000.0}, money={"kind": "credit", "source": "bank"}, loan=True)
    got = h.land > before["land"]
    assert got.any() and (h.loan[got] == 16_000).all() and np.allclose(h.loan_rate[got], 0.033) and not h.forest_fee.any()


def test_a_contract_is_renewed_each_year_and_pays_no_dong_twice():
    h, c = households(), communes()
    c.area[...] = Area.ESPECIALLY_DIFFICULT
    h.land[...] = 0.3
    plan = plan_of("land_forest", 3_000)
    plan.money.append(type(plan.money[0])("central", "recurrent", 2025, 3_000_000_000))
    program = programme(plan, overrides=certain(**SURE))
    run_year(program, h, c)
    first = h.forest_fee_quarters > 0
    h.forest_fee_quarters[first] = 1  # three quarters later
    run_year(program, h, c, 2025, signed=1)
    assert (h.forest_fee_quarters[first] == 5).all()
    assert np.allclose((h.forest_fee * h.forest_fee_quarters)[first], 1 * 1_000 + 6_000)
