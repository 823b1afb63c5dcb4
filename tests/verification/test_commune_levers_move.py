"""What the money of each commune lever alone does: its state moves at once, and in two years its outcome, as it says, or nothing.

Every uncertain number is at its median but those that make an effect large enough to be seen; the same households live
with and without the plan, in the same luck, and no household's life touches another's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine import Begun, Simulation
from sim.kit.calendar import Quarter
from sim.scenario.shape import Allocation, Envelope, Scenario
from tests.verification import small
from tests.verification.test_levers_move import Pair, is_above, is_below

LARGE = {
    "works_lag": 0.5, "works_full_gain": 0.08, "works_fail": 0.0, "works_gain_where_difficult": 1.0,
    "awareness_gain": 1.0, "staff_training_gain": 0.5, "error_corrected_by_staff": 0.5, "apply_by_staff": 0.5,
}  # fmt: skip
LEVERS = ("infrastructure", "communication", "staff_capacity")
LIVES = ("own_income", "wage_income", "remittance_income", "transfer_income", "savings", "consumption", "members")


def plan_with(lever: str, millions: float = 20_000.0, **options: Any) -> Scenario:
    """Money for one lever in 2024, from January on and paid as planned, in an especially difficult commune."""
    place = replace(small.place(households=1000, poor=250, near_poor=200), area="especially_difficult")
    money = Envelope("central", "investment" if lever == "infrastructure" else "recurrent", 2024, int(millions * small.MILLION))
    mixes = {"plan": {lever: Allocation(share=1.0, options=options)}}
    parts = {"signed": Quarter(2024, 1), "delivery": "as_planned", "structure": small.uncoupled(list_pressure=False)}
    return small.plan([place], mixes, [money], small.medians() | LARGE, follow_years=3, entitlements=False, **parts)


@cache
def begin(lever: str) -> Begun:
    """The start, the same for every lever's options."""
    return small.start(plan_with(lever), replications=4)


def pair(lever: str, **options: Any) -> Pair:
    """A plan with these options and no_policy side by side."""
    begun = begin(lever)
    return Pair(Begun(plan_with(lever, **options), begun.society, begun.seed))


def gain(of: Pair, column: str, among: np.ndarray | slice = slice(None)) -> np.ndarray:
    """Difference in a column for each household, plan less no_policy."""
    one, other = of.plan.households, of.none.households
    assert (small.identity(one) == small.identity(other)).all()
    return (one[column].astype(np.float64) - other[column].astype(np.float64))[among]


def test_works_raise_own_production_for_years_and_wear() -> None:
    """Infrastructure without local hire: two years on own income and lasting income are higher and wages the same."""
    both = pair("infrastructure", local_hire=False).live(8)
    made = both.none.households.own_income > 0
    assert is_above(gain(both, "own_income", made)) and is_above(gain(both, "lasting_income"))
    assert not gain(both, "wage_income").any()
    highest = both.plan.communes.infrastructure.copy()
    assert (both.plan.communes.productivity > 1.02 * both.none.communes.productivity).all() and not both.none.communes.infrastructure.any()
    both.live(8)
    assert (both.plan.communes.infrastructure < highest).all()


def test_local_hire_gives_work_while_works_last_and_no_longer() -> None:
    """More are in wage work in the first two years; in the fourth the jobs are taken back, but for the few that chance leaves."""
    workers: list[np.ndarray] = []
    both = pair("infrastructure").live(4, lambda now: workers.append(gain(now, "wage_workers")))
    assert is_above(np.sum(workers, axis=0))
    both.live(12)
    assert abs(gain(both, "wage_workers").sum()) < 0.5 * max(quarter.sum() for quarter in workers)
    assert (both.plan.communes.works_jobs_running < 100).all()  # a tenth of a job


def test_campaigns_bring_applications_and_no_income() -> None:
    """Communication: nobody lives differently until new lists are in force; by the second review more have applied and are listed."""
    both = pair("communication")
    for _ in range(4):
        both.live(1)
        assert small.differing(both.plan.households, both.none.households, LIVES) == set()
    assert (both.plan.communes.awareness > 1.3).all() and (both.none.communes.awareness == 1).all()
    assert is_above(gain(both, "applies"))
    both.live(3)
    assert (both.plan.households.reviewed > 0).sum() > (both.none.households.reviewed > 0).sum()


def test_training_makes_the_list_truer_and_nobody_richer() -> None:
    """Staff capacity: two reviews on errors of the score are smaller; the score stands nearer to lasting income; nobody lives
    differently before the lists change."""
    both = pair("staff_capacity")
    for _ in range(4):
        both.live(1)
        assert small.differing(both.plan.households, both.none.households, LIVES) == set()
    assert (both.plan.communes.staff_capacity > both.none.communes.staff_capacity).all()
    both.live(5)
    one, other = (np.abs(simulation.households.review_error) for simulation in (both.plan, both.none))
    assert is_below((one - other).astype(np.float64))
    assert one.mean() < 0.95 * other.mean()


def test_trained_staff_pay_out_sooner() -> None:
    """With better staff a greater share of next year's money is paid within its year."""
    both = pair("staff_capacity").live(5)
    books = both.plan.programme.books
    trained, usual = (books.calendar.own_year_share(books.moment, one.communes, "recurrent") for one in (both.plan, both.none))
    assert (trained > usual).all()


@pytest.mark.parametrize("lever", LEVERS)
@pytest.mark.parametrize("stopped", ["no capacity", "no money"])
def test_without_capacity_or_money_everything_is_as_without_the_plan(lever: str, stopped: str) -> None:
    """Every household and every commune, bit for bit."""
    begun = begin(lever)
    plan = plan_with(lever, most=0) if stopped == "no capacity" else plan_with(lever, millions=0.0)
    simulation = small.run_years(Begun(plan, begun.society, begun.seed), "plan", 2)
    none = small.run_years(begun, "no_policy", 2)
    assert small.differing(simulation.households, none.households) == set()
    columns = [name for name in none.communes.columns if name not in ("due", "owed", "received", "outcome")]
    assert small.differing(simulation.communes, none.communes, columns) == set()
    assert simulation.programme.ledger.total("contracted") == 0


def test_a_lever_in_one_commune_moves_no_other() -> None:
    """Works, campaigns and courses in one of two communes: households of the other live the same, bit for bit."""
    base = plan_with("communication")
    places = (base.places[0], replace(base.places[0], name="Hoàng Yến"))
    money = tuple(Envelope("central", kind, 2024, 20_000 * small.MILLION, "Hoàng Yến") for kind in ("investment", "recurrent"))
    mix = replace(base.mixes["plan"], levers={lever: Allocation(share=share) for lever, share in zip(LEVERS, (1.0, 0.5, 0.5), strict=True)})
    plan = replace(base, places=places, money=money, mixes=base.mixes | {"plan": mix}, structure=replace(base.structure, couplings=True))
    begun = small.start(plan)
    one, other = Simulation(begun, "plan"), Simulation(begun, "no_policy")
    for _ in range(8):
        one.quarter()
        other.quarter()
    mine = [simulation.households.take(simulation.households.cell == 0) for simulation in (one, other)]
    assert small.differing(*mine) == set()
    assert one.communes.infrastructure[0] == 0 and one.communes.awareness[0] == 1
    assert one.communes.awareness[1] > 1 and one.communes.staff_capacity[1] > other.communes.staff_capacity[1]
