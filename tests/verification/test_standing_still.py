"""Where nothing moves, the official rates stand still; and each thing that may move does move them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.codebook import Standing
from sim.agents.members import Work, get, put
from sim.engine import Begun, Simulation
from sim.entitlements import Entitlements
from sim.kit.calendar import Quarter
from sim.law.book import Book
from sim.scenario.shape import Structure
from tests.verification import small

# The review sees every household alike each year: its error does not change, all below the line apply, nobody above it,
# who scores above the line leaves at once, and no allowance enters income whose rate the law may change.
REVIEW_STILL = {
    "review_error_persistence": 1.0, "apply_below_line": 1.0, "apply_above_line": 0.0, "leave_at_once": 1.0,
    "assistance_drawn": 0.0, "means_drift": 0.0, "list_fall": 0.0, "early_return": 0.0,
}  # fmt: skip
STILL = (
    small.WORK_STILL
    | small.WORLD_STILL
    | small.MEANS_STILL
    | small.LIVING_STILL
    | small.FAMILIES_STILL
    | small.EARNINGS_STILL
    | REVIEW_STILL
)


OF_PEOPLE = ("employment", "dependency", "nutrition", "health_insurance", "adult_education", "child_schooling")


class LawOfTheStart(Entitlements):
    """Whom social assistance reaches stays as at the start: from July 2025 on it would be the old from 75, who count as dependants."""

    def assistance_rules(self, now: Quarter) -> dict[str, float]:
        return super().assistance_rules(Quarter(2024, 1))


def begin(overrides: dict[str, float]) -> tuple[Begun, np.ndarray]:
    """A start without cattle, and which of its households have nobody abroad.

    A contract abroad ends after three years and no parameter stops that, so migrants are brought home beforehand.
    """
    place = small.place(households=1000, poor=160, near_poor=120, livestock_share=0.0)
    begun = small.start(small.plan([place], parameters=STILL | overrides, structure=Structure(list_pressure=False)), 2)
    society = begun.society
    members = society.households.members
    abroad = get(members, "work") == Work.ABROAD
    members[...] = np.where(abroad, put(members, "work", np.int32(Work.OWN)), members)
    society.world.law = LawOfTheStart(Book.load())
    society.world.own_growth[...] = society.world.log_growth[...] = 0.0
    society.take_stock()
    return begun, ~abroad.any(axis=0)


def lists_by_year(begun: Begun) -> list[np.ndarray]:
    """What the review found in each year, without any lever."""
    lists: list[np.ndarray] = []
    simulation = Simulation(begun, "no_policy")
    simulation.yearly.append(lambda now: lists.append(now.households.reviewed.copy()))
    simulation.run()
    return lists


def test_with_everything_still_nobody_moves() -> None:
    """No growth, prices, births, deaths, wear, shocks, job changes, changing errors or levers: four reviews find the same lists.

    Not only the rates but every single household keeps its standing from the first review to the last. The starting list, which holds
    the plan's exact counts, names near-poor some who lack three things that no service mends (schooling, work): these, and no others,
    are found poor.
    """
    begun, at_home = begin({})
    h = begun.society.households
    at_start, lacks = h.standing.copy(), h.deprivations.astype(np.int64)
    assert (at_start > 0).sum() == 2 * 280
    people = sum(1 << number for number, name in enumerate(begun.society.standard.indicators) if name in OF_PEOPLE)
    misnamed = (at_start == Standing.NEAR_POOR) & (np.bitwise_count(lacks) >= 3)
    assert (lacks[misnamed] & ~people == 0).all() and misnamed.sum() <= 280 / 50
    lists = lists_by_year(begun)
    for found in lists[1:]:
        assert (found == lists[0]).all()
    assert (lists[0] == np.where(misnamed, Standing.POOR, at_start))[at_home].all()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("growth", 0.05), ("persistent_sd", 0.28), ("review_error_persistence", 0.95), ("ageing", 1.0), ("lose_casual_job", 0.3),
        ("capital_wear", 0.2), ("deprivation_drift", 0.15), ("apply_below_line", 0.2),
    ],
)  # fmt: skip
def test_each_of_them_moves_the_lists_when_it_is_on(name: str, value: float) -> None:
    """Turned on alone, each of these changes who is on the lists within four years: the stillness above is not an accident."""
    # Whether all who may do apply shows only where lists of the past have left somebody below the line.
    begun, at_home = begin({name: value} | ({"means_drift": 0.07} if name == "apply_below_line" else {}))
    h = begun.society.households
    moved_home, listed = small.identity(h)[~at_home], small.identity(h)[h.standing > 0]
    after = small.run_years(begun, "no_policy").households
    listed_after = small.identity(after)[after.reviewed > 0]
    assert set(listed.tolist()) - set(moved_home.tolist()) != set(listed_after.tolist()) - set(moved_home.tolist())
