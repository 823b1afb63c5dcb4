"""Sensitivity of a plan whose drivers are known."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from sim.kit.complaints import InputError
from sim.scenario.target import Target
from sim.studies import designs
from sim.studies.sensible import EVERYTHING, GROUP, NUMBER
from sim.studies.sensitivity import Sizes, sensitivity
from sim.studies.sources import SOURCES, at_quantiles, groups_of, other_seed, priors_of
from tests.studies.sensitive import WEIGHTS, SensitiveSimulation, sensitive

PLAN = WEIGHTS | {"parameters": 4.0}  # under the plan growth counts by 10 less 6


def _sensitivity(scenario=None, **options):
    return sensitivity(scenario or sensitive(), threads=1, engine=SensitiveSimulation, **options)


@pytest.fixture(scope="module")
def found():
    return _sensitivity(replications=256)


def test_shares_are_those_of_the_weights(found) -> None:
    truth = {source: weight**2 / sum(w**2 for w in PLAN.values()) for source, weight in PLAN.items()}
    rows = {row.source: row for row in found.rows("split", outcome="households")}
    assert sum(row.share for row in rows.values()) == pytest.approx(1.0)
    for source in SOURCES:
        assert rows[source].share == pytest.approx(truth[source], abs=0.12), source  # 128 runs of each mixture
        assert rows[source].low <= truth[source] + 0.04 and truth[source] - 0.04 <= rows[source].high


def test_what_the_plan_lifts_hangs_on_numbers_alone(found) -> None:
    rows = {row.source: row.share for row in found.rows("split", outcome="lifted")}
    assert rows["parameters"] == pytest.approx(1.0, abs=0.01)


def test_screening_finds_the_group_that_matters_and_no_other(found) -> None:
    rows = {row.group: row.mu_star for row in found.rows("screening", outcome="households")}
    assert rows.pop("world") > 5.0
    assert set(rows.values()) == {0.0}


def test_the_effect_is_in_households(found) -> None:
    """Growth moves by two thirds of its middle 90 %, from one level of four to the next but one; four households for a spread of one."""
    quantile = 1.6449
    inner = [-quantile, *(_z(0.05 + 0.9 * k / 3) for k in (1, 2)), quantile]
    expected = 4.0 * ((inner[2] - inner[0]) + (inner[3] - inner[1])) / 2.0
    row = found.rows("screening", outcome="households", group="world")[0]
    assert row.mu_star == pytest.approx(expected, abs=0.8)


def _z(share: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(share)


def test_indices_are_shares_of_the_whole_variance(found) -> None:
    truth = PLAN["parameters"] ** 2 / sum(w**2 for w in PLAN.values())
    row = found.rows("indices", outcome="households", group="world")[0]
    assert row.total == pytest.approx(truth, abs=0.06)
    assert row.first == pytest.approx(truth, abs=3 * row.first_error + 0.02)
    rest = found.rows("indices", outcome="households", group="rest")[0]
    assert rest.total == 0.0


def test_growth_is_the_number_worth_knowing(found) -> None:
    """The plan lifts on average nothing: six households more where growth is a spread low, six fewer where it is high."""
    rows = {(row.what, row.name): row for row in found.rows("information")}
    worth = 6.0 / math.sqrt(2 * math.pi)
    assert rows[NUMBER, "growth"].value == pytest.approx(worth, abs=0.5) and rows[NUMBER, "growth"].seen
    assert rows[GROUP, "world"].value <= rows[EVERYTHING, ""].value + 1e-9
    others = [row for (what, name), row in rows.items() if what == NUMBER and name != "growth"]
    assert np.mean([row.seen for row in others]) < 0.15


def test_numbers_name_the_driver(found) -> None:
    rows = found.rows("numbers", outcome="households")
    foremost = max(rows, key=lambda row: abs(row.correlation))
    assert foremost.number == "growth" and foremost.correlation < -0.3  # more growth, fewer poor
    assert sum(abs(row.correlation) > row.noise for row in rows) <= 6


def test_threads_change_nothing() -> None:
    one, two = (_sensitivity(replications=8), sensitivity(sensitive(), threads=2, replications=8, engine=SensitiveSimulation))
    for table in ("outcomes", "split", "screening", "indices", "information", "numbers"):
        assert getattr(one, table).equals(getattr(two, table)), table


def test_an_interruption_keeps_the_parts_that_are_done() -> None:
    def stop(done: int, total: int) -> None:
        if done > 0.5 * total:
            raise KeyboardInterrupt

    found = _sensitivity(replications=16, progress=stop)
    assert found.is_stopped
    assert len(found.information) and not len(found.indices)


@pytest.mark.parametrize(("options", "words"), [({"mix": "plam"}, "no such mix"), ({"target": "fwe"}, "few")])
def test_bad_questions_get_clear_answers(options, words) -> None:
    with pytest.raises(InputError) as fault:
        _sensitivity(**options)
    assert words in str(fault.value)


def test_a_target_after_the_run_cannot_be_asked_about() -> None:
    late = sensitive()
    late = type(late)(**{**vars(late), "targets": (Target("late", "official_poor_households", "level", 90.0, "count", 2040, 2023),)})
    with pytest.raises(InputError, match="cannot judge"):
        _sensitivity(late, target="late")


def test_sizes_are_whole_and_a_power_of_two() -> None:
    sizes = Sizes.of(200, 1572)
    assert (sizes.prior, sizes.split, sizes.indices) == (200, 100, 128)
    assert Sizes.of(5, 1_000_000).split >= 4


def test_groups_are_of_files_and_of_the_levers_of_the_mix() -> None:
    from sim import load

    plan = load("scenarios/hoang_kim_2024.yaml")
    groups = groups_of(plan, ["credit_only"])
    assert "preferential_credit" in groups and "housing" not in groups
    assert "growth" in groups["world"] and "place_growth_sd" not in groups["world"]  # a fixed one moves nothing
    assert "housing" in groups_of(plan, ["plan"])


def test_quantiles_enter_through_the_priors_bit_by_bit() -> None:
    from sim import load
    from sim.kit import draws
    from sim.start import parameters_of

    plan = replace(load("scenarios/hoang_kim_2024.yaml"), posterior=None)
    drawn, known = parameters_of(plan, range(3), 7), priors_of(plan)
    shares = {name: draws.uniform(7, known[name].key, draws.PARAMETER_BRANCH, np.arange(3), 0, 0) for name in ("growth", "calf_price")}
    base = parameters_of(plan, range(3), 8)
    again = at_quantiles(plan, base, shares)
    assert np.array_equal(again["growth"], drawn["growth"]) and np.array_equal(again["calf_price"], drawn["calf_price"])
    assert np.array_equal(again["inflation"], base["inflation"])


def test_the_other_seed_is_another() -> None:
    assert len({1, other_seed(1), other_seed(other_seed(1))}) == 3
    assert 0 <= other_seed(2**63 - 1) < 2**63


def test_a_design_gives_every_replication_its_own_path() -> None:
    design = designs.morris({"a": ("x", "y"), "b": ("z",)}, 5, 3)
    assert len(design.steps) == 3 and design.steps[0]["x"].shape == (5,)
    moved = []
    for before, after in pairwise(design.steps):
        moved += [[name for name in "xyz" if after[name][r] != before[name][r]] for r in range(5)]
    assert all(names in (["z"], ["x", "y"], ["x"], ["y"]) for names in moved)
