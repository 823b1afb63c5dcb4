"""A review list at the start: what it tells holds in every replication, what it does not tell is drawn, the future believes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.agents import members as m
from sim.agents.codebook import NEVER, Standing
from sim.engine import Simulation
from sim.population.roster_file import Roster
from sim.population.roster_words import items
from sim.population.tables import table
from sim.society import Society
from sim.start import build
from tests.small import small_plan

POOR, NEAR, UNLISTED = 24, 30, 40
REPLICATIONS = 3


def made_up(seed: int = 5, silent: float = 0.3) -> Roster:
    """A list of all listed households and some others, part of every item left out."""
    luck = np.random.default_rng(seed)
    standing = np.repeat([Standing.POOR, Standing.NEAR_POOR, Standing.NOT_LISTED], [POOR, NEAR, UNLISTED]).astype(float)
    luck.shuffle(standing)
    count = len(standing)
    members = luck.integers(1, 7, count).astype(float)
    told = {
        "minority": luck.integers(0, 2, count), "merit": luck.integers(0, 2, count), "female_head": luck.integers(0, 2, count),
        "head_born": luck.integers(1945, 1995, count), "members": members, "children": np.minimum(luck.integers(0, 3, count), members - 1),
        "land": luck.uniform(0, 0.5, count), "cattle": luck.integers(0, 3, count), "floor_area": luck.uniform(20, 90, count),
        "lacks_toilet": luck.integers(0, 2, count), "lacks_telecom": luck.integers(0, 2, count),
        "lacks_housing_quality": luck.integers(0, 2, count),
        "lacks_health_insurance": luck.integers(0, 2, count), "loan": luck.integers(0, 50, count) * 1000,
    }  # fmt: skip
    values = {name: np.where(luck.random(count) < silent, np.nan, column.astype(float)) for name, column in told.items()}
    values["standing"] = standing
    values["left_poor"] = np.where(standing == Standing.NOT_LISTED, 2022.5, np.nan)
    return Roster(Path("list.csv"), ("Hoàng Kim",), ("Thôn 1", "Thôn 2"), np.zeros(count, np.int64), luck.integers(-1, 2, count), values)


def as_laid(roster: Roster, replications: int):
    """The society on the day on which the list is laid over it: the quarter that leads into the plan's first year is not lived."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Society, "live", lambda self, now: None)
        return build(replace(small_plan(poor=POOR, near_poor=NEAR), roster=roster), range(replications), 7)


@pytest.fixture(scope="module")
def start():
    roster = made_up()
    return roster, as_laid(roster, REPLICATIONS)


def seats(roster, society, replication):
    """Rows of the list's households in one replication, in the list's order: the first of each standing."""
    h = society.households
    rows = np.flatnonzero(h.replication == replication)
    of = np.empty(len(roster), dtype=np.int64)
    for standing in Standing:
        mine = np.flatnonzero(roster.values["standing"] == standing)
        of[mine] = rows[h.standing[rows] == standing][: len(mine)]
    return of


def test_counts_stay_and_what_the_list_tells_holds_in_every_replication(start):
    roster, society = start
    h = society.households
    for replication in range(REPLICATIONS):
        own = h.replication == replication
        assert (h.standing[own] == Standing.POOR).sum() == POOR
        assert (h.standing[own] == Standing.NEAR_POOR).sum() == NEAR
        rows = seats(roster, society, replication)
        for item, column in (("minority", h.minority), ("merit", h.merit), ("land", h.land)):
            told = roster.item(item)
            np.testing.assert_allclose(column[rows][~np.isnan(told)], told[~np.isnan(told)], rtol=1e-6)


def test_dwelling_services_and_cards_are_as_marked(start):
    roster, society = start
    h = society.households
    rows = np.concatenate([seats(roster, society, replication) for replication in range(REPLICATIONS)])
    for item, column in (("lacks_toilet", "hygienic_toilet"), ("lacks_telecom", "internet")):
        told = np.tile(roster.item(item), REPLICATIONS)
        known = ~np.isnan(told)
        assert (h[column][rows][known] == 1 - told[known]).mean() > 0.9, item  # a poor household must lack enough to be poor
        assert (h[column][rows][told == 1] == 0).all(), item
    told = np.tile(roster.item("lacks_health_insurance"), REPLICATIONS)
    assert (h.uninsured_from_6[rows][told == 0] == 0).all()
    assert (h.uninsured_from_6[rows][told == 1] > 0).mean() > 0.95  # a household of pupils and small children has cards by law


def test_families_have_the_stated_size_children_and_head_as_far_as_the_commune_has_such(start):
    roster, society = start
    h = society.households
    rows = np.concatenate([seats(roster, society, replication) for replication in range(REPLICATIONS)])
    for item, column, share in (("members", "members_at_home", 0.95), ("children", "children", 0.7), ("female_head", "female_head", 0.999)):
        told = np.tile(roster.item(item), REPLICATIONS)
        known = ~np.isnan(told)
        assert (h[column][rows][known] == told[known]).mean() > share, item
    born = np.tile(roster.item("head_born"), REPLICATIONS)
    heads = np.where(m.get(h.members[:, rows], "head") == 1, m.get(h.members[:, rows], "age"), 0).max(axis=0)
    known = ~np.isnan(born)
    np.testing.assert_array_equal(heads[known], 2024 - born[known])


def test_clocks_of_those_who_left_the_list_run_from_then(start):
    roster, society = start
    h = society.households
    rows = seats(roster, society, 0)
    left = roster.values["standing"] == Standing.NOT_LISTED
    assert set(h.quarters_since_poor[rows[left]].tolist()) <= {6, 7}
    assert (h.quarters_since_poor[rows[~left]] == NEVER).sum() >= POOR // 2


def test_the_place_keeps_its_mean_income_and_the_listed_theirs():
    plan = small_plan(poor=POOR, near_poor=NEAR)
    drawn, listed = build(plan, range(4), 7), build(replace(plan, roster=made_up()), range(4), 7)
    for standing in (Standing.POOR, Standing.NEAR_POOR, Standing.NOT_LISTED):
        mean = [s.households.lasting_income[s.households.standing == standing].mean() for s in (drawn, listed)]
        assert mean[1] == pytest.approx(mean[0], rel=0.15), standing


def test_income_and_score_that_the_list_tells_are_taken_over():
    roster = made_up()
    income = np.where(roster.values["standing"] == Standing.NOT_LISTED, 3000.0, 1300.0)
    score = np.where(roster.values["standing"] == Standing.NOT_LISTED, 170.0, 120.0)
    roster = replace(roster, values={**roster.values, "income": income, "score": score})
    society = as_laid(roster, 2)
    rows = seats(roster, society, 0)
    h = society.households
    earning = h.labourless[rows] == 0
    within = np.abs(h.lasting_income[rows] / income - 1.0) < 0.05
    limits = table("support")
    at_limit = (h.ability[rows] <= limits["lowest_ability"] + 1e-6) | (h.ability[rows] >= limits["highest_ability"] - 1e-6)
    assert (within | at_limit)[earning].all()
    assert within[earning].mean() > 0.8
    np.testing.assert_allclose(h.score[rows], score, atol=0.1)


MARKED = ("nutrition", "child_schooling", "adult_education", "employment", "health_insurance")


@pytest.mark.parametrize("indicator", MARKED)
def test_marks_about_members_hold_where_the_family_has_such_a_member(indicator):
    roster = made_up()
    marks = np.random.default_rng(3).integers(0, 2, len(roster)).astype(float)
    roster = replace(roster, values={**roster.values, f"lacks_{indicator}": marks})
    society = as_laid(roster, 1)
    rows, h = seats(roster, society, 0), society.households
    lacked = society.standard.lacks(society.standard.deprivations(h), indicator)[rows]
    words = h.members[:, rows]
    age, here, pupil = m.get(words, "age"), (words & 1) == 1, m.get(words, "in_school") == 1
    about = {
        "nutrition": age < 16, "child_schooling": (age >= 3) & (age < 16), "adult_education": (age >= 16) & (age <= 30) & ~pupil,
        "employment": (age >= 16) & (age <= 64) & ~pupil & (m.get(words, "disability") == 0), "health_insurance": (age >= 6) & ~pupil,
    }  # fmt: skip
    possible = (about[indicator] & here).any(axis=0)
    assert not lacked[marks == 0].any()
    assert lacked[(marks == 1) & possible].all()
    assert possible.any()


def test_the_poor_lack_enough_to_be_poor_where_the_list_leaves_room():
    roster = made_up()
    roster = replace(roster, values={name: told for name, told in roster.values.items() if not name.startswith("lacks_")})
    society = as_laid(roster, 2)
    h, standard = society.households, society.standard
    poor = h.standing == Standing.POOR
    points = standard.points_of(standard.deprivations(h))
    assert (points[poor] >= 30).mean() > 0.95
    assert (points[h.standing == Standing.NEAR_POOR] < 30).mean() > 0.75  # members' lacks stay, and some only wait a year


def test_a_replication_is_the_same_alone_and_among_others():
    plan = replace(small_plan(poor=POOR, near_poor=NEAR), roster=made_up())
    many, alone = build(plan, range(3), 7).households, build(plan, range(2, 3), 7).households
    rows = many.replication == 2
    for name in ("members", "ability", "standing", "review_error", "lasting_income", "solid_parts"):
        np.testing.assert_array_equal(many[name][..., rows], alone[name])


def test_a_run_from_a_list_goes_to_its_end():
    plan = replace(small_plan(poor=POOR, near_poor=NEAR), roster=made_up())
    simulation = Simulation(Simulation.start(plan, range(2), 7), "plan")
    simulation.run()
    assert simulation.finished


def test_more_households_of_a_standing_than_the_place_has_are_refused():
    plan = replace(small_plan(poor=POOR - 1, near_poor=NEAR + 1), roster=made_up())
    with pytest.raises(ValueError, match="more households of a standing"):
        build(plan, range(1), 7)


def test_every_item_is_either_text_or_written():
    assert {entry["kind"] for entry in items().values()} <= {
        "text",
        "yes_no",
        "mark",
        "standing",
        "sex",
        "kinh",
        "count",
        "number",
        "year",
        "date",
    }
