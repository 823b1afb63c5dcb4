"""When money arrives: as planned within the year, as delivered late; more delivered makes nobody later."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.kit.calendar import Quarter
from sim.policies.applicants import Moment
from sim.policies.calendar import Calendar, arrivals
from sim.policies.lever import Outcome
from tests.policies.small import SIGNED, communes, households, plan_of, programme, run_year

NO_PARAMETERS = np.zeros(1)


def moment(year: int, quarter: int) -> Moment:
    return Moment(Quarter(year, quarter), 7, NO_PARAMETERS, 1)


def due_numbers(delivery: str, **plan) -> np.ndarray:
    h, c = households(count=300), communes()
    program = programme(plan_of("livelihood_models", 100_000, delivery=delivery, **plan))
    program.open_year(Quarter(2024, 1), h, c)
    program.choose(SIGNED, h, c)
    return h.due[0][h.due[0] != 0]


def test_as_planned_all_arrives_evenly_in_the_quarters_that_remain():
    due = due_numbers("as_planned")
    quarters, counts = np.unique(due, return_counts=True)
    assert quarters.tolist() == [Quarter(2024, q).number for q in (2, 3, 4)]
    assert counts.min() > 0.8 * counts.mean()


def test_as_delivered_nothing_comes_in_the_quarter_of_choice_and_most_comes_late():
    due = due_numbers("as_delivered")
    assert not (due == SIGNED.number).any()
    own_year = (due > 0) & (due <= Quarter(2024, 4).number)
    assert 0 < own_year.mean() < 1
    assert (due[own_year] == Quarter(2024, 4).number).mean() > 0.5
    assert (due[due > 0] <= Quarter(2025, 4).number).all()


def test_start_up_year_is_slower_than_the_years_around_it():
    c = communes(replications=400, places=1)
    calendar = Calendar("as_delivered")
    mean = {year: calendar.own_year_share(moment(year, 1), c, "recurrent").mean() for year in (2021, 2022, 2024)}
    assert mean[2022] < mean[2024] < mean[2021] and abs(mean[2022] - 0.4) < 0.04
    assert abs(calendar.own_year_share(moment(2022, 1), c, "investment").mean() - 7 / 12) < 0.03
    assert calendar.own_year_share(moment(2022, 1), c, "credit").mean() > 0.9


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=20), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_more_delivered_makes_nobody_later(places, own, more, done):
    class Fixed(Calendar):
        def __init__(self, share):
            super().__init__("as_delivered")
            object.__setattr__(self, "share", share)

        def own_year_share(self, moment, communes, kind):
            return np.full(len(communes), self.share)

        def done_after(self, moment, communes, kind):
            return np.full(len(communes), done)

    c, luck = communes(1, 1), np.array(places)
    when = []
    for share in (own, own + (1 - own) * more):
        _, shares = Fixed(share).cumulative(moment(2024, 2), c, "recurrent", 0)
        assert (np.diff(shares, axis=0) >= -1e-12).all() and shares.max() <= 1 + 1e-12
        when.append(arrivals(luck, np.repeat(shares, len(luck), axis=1)))
    assert (when[1] <= when[0]).all()


def test_signed_in_the_last_quarter_nothing_comes_within_the_year():
    quarters, shares = Calendar("as_delivered").cumulative(moment(2024, 4), communes(), "recurrent", 0)
    assert quarters == [Quarter(2025, q).number for q in (1, 2, 3, 4)] and shares.shape == (4, 4)
    quarters, shares = Calendar("as_planned").cumulative(moment(2024, 4), communes(), "recurrent", 1)
    assert quarters == [Quarter(2024, 4).number] and (shares == 1).all()


def test_what_is_not_done_in_the_year_after_lapses_and_goes_back():
    h, c = households(count=600), communes()
    program = programme(plan_of("livelihood_models", 100_000, delivery="as_delivered"))
    run_year(program, h, c)
    waiting = h.due[0] < 0
    assert waiting.any() and (h.owed[0][waiting] > 0).all()
    run_year(program, h, c, 2025, signed=0)
    assert (h.outcome[0][waiting] == Outcome.LAPSED).all() and not h.young_animals[waiting].any() and not h.owed.any()
    paid, back = program.ledger.total("paid"), program.ledger.total("returned")
    assert paid + back == program.ledger.total("appropriated")


def test_arriving_costs_nothing_when_nothing_is_due():
    h, c = households(), communes()
    program = programme(plan_of("livelihood_models", 100))
    before = h.copy()
    program.arrive(Quarter(2024, 1), h, c)
    assert all(np.array_equal(before[name], h[name]) for name in h.arrays())
