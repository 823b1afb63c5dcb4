"""Review results put in: the table they come in, the weights they give, and why a forecast moves."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from sim.kit.complaints import InputError
from sim.studies.reviews import Review, read_reviews
from sim.studies.reweighting import RESIDUE, effective, log_likelihood, quantiles, shift_by_cause, terms, weights_of
from sim.studies.update import update
from tests.studies.fake_engine import FakeSimulation, scenario
from tests.studies.sensitive import SensitiveSimulation, sensitive


class Begun(SensitiveSimulation):
    """The plan of the sensitivity study, run with everything on one seed."""

    @staticmethod
    def start(scenario, replications, seed, parameters=None):
        from sim.start import parameters_of

        begun = SensitiveSimulation.start(scenario, replications, seed, parameters_of(scenario, replications, seed))
        begun.society.world.seed = seed
        return begun

    def _leave(self):
        from sim.studies.sources import SeededCalendar

        self.programme.books.calendar = SeededCalendar("as_delivered", self.seed)
        return super()._leave()


@pytest.fixture
def table(tmp_path: Path):
    def write(text: str) -> Path:
        (tmp_path / "review.csv").write_text(text, encoding="utf-8")
        return tmp_path / "review.csv"

    return write


def test_a_table_in_english_or_vietnamese_is_read(table) -> None:
    english = read_reviews(table("place,year,poor,near_poor\nHoàng Kim,2024,20,24\n,2025,18,\n"))
    assert english == (Review(2024, 20, 24, "Hoàng Kim"), Review(2025, 18, None))
    assert read_reviews(table("Địa bàn;Năm;Hộ nghèo;Hộ cận nghèo\nHoàng Kim;2024;1.572;-\n")) == (Review(2024, 1572, None, "Hoàng Kim"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("place,poor\nHoàng Kim,20\n", "year"),
        ("year,poor\n2024,many\n", "whole number"),
        ("year,poor\n", "no rows"),
        ("a,b\n1,2\n", "heading"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(table, text: str, words: str) -> None:
    with pytest.raises(InputError) as fault:
        read_reviews(table(text))
    assert words in str(fault.value)
    assert "{" not in fault.value.text("vi")


@pytest.mark.parametrize(
    ("reviews", "words"),
    [
        ([Review(2024, 20, place="Hoang Kin")], "Hoàng Kim"),
        ([Review(2031, 20)], "runs from 2024"),
        ([Review(2023, 20)], "runs from 2024"),
        ([Review(2024, 20), Review(2024, 21)], "two results"),
        ([Review(2024, 20_000)], "more than twice"),
    ],
)
def test_reviews_that_cannot_be_are_refused(reviews, words: str) -> None:
    with pytest.raises(InputError) as fault:
        update(scenario(households=300, poor=30), reviews, threads=1, engine=FakeSimulation, replications=5)
    assert words in str(fault.value)


def test_weights_are_those_of_a_student_t_in_closed_form() -> None:
    simulated = np.array([[80.0], [100.0], [130.0]])
    found = log_likelihood(simulated, np.array([100.0]))
    scale = (terms()["discrepancy"] * 101.0) ** 2 + terms()["clerical"] ** 2
    nu = terms()["freedom"]
    expected = [-0.5 * (nu + 1) * math.log1p((value - 100.0) ** 2 / scale / nu) for value in (80.0, 100.0, 130.0)]
    assert found - found.max() == pytest.approx(np.array(expected) - max(expected))


def test_what_the_model_gets_wrong_is_shared_by_places() -> None:
    """Two places that both lie a tenth above say less than twice what one says."""
    one = log_likelihood(np.array([[100.0], [110.0]]), np.array([100.0]))
    two = log_likelihood(np.array([[100.0, 100.0], [110.0, 110.0]]), np.array([100.0, 100.0]))
    assert one[1] - one[0] > two[1] - two[0] > 2.0 * (one[1] - one[0])


def test_effective_runs() -> None:
    assert effective(np.full(40, 1 / 40)) == pytest.approx(40.0)
    assert effective(np.array([1.0, 0.0, 0.0])) == 1.0
    assert weights_of(np.array([0.0, -np.inf])).tolist() == [1.0, 0.0]


def test_weighted_quantiles() -> None:
    values = np.array([3.0, 1.0, 2.0, np.nan])
    assert quantiles(values, np.full(4, 0.25), (0.0, 0.5, 1.0)) == [1.0, 2.0, 3.0]
    assert quantiles(values, np.array([0.1, 0.8, 0.1, 0.0]), (0.5,)) == [1.0]


@pytest.mark.parametrize("seed", range(3))
def test_a_shift_is_divided_among_its_causes_and_adds_up(seed: int) -> None:
    luck = np.random.default_rng(seed)
    start, behaviour, idle = luck.normal(size=(240, 1)), luck.normal(size=(240, 30)), luck.normal(size=(240, 20))
    noise = luck.normal(size=240)
    values = 3.0 * start[:, 0] + behaviour @ np.r_[2.0, 1.0, np.zeros(28)] + noise
    weights = weights_of(-0.5 * (values - 3.0) ** 2)
    parts = shift_by_cause(values, weights, {"start": start, "behaviour": behaviour, "idle": idle})
    whole = float((weights - 1 / 240) @ values)
    assert sum(parts.values()) == pytest.approx(whole)
    # The move of each is its share of the variance: 9, 5, 0 and 1 of 15.
    assert parts["start"] == pytest.approx(whole * 9 / 15, abs=0.4)
    assert parts["behaviour"] == pytest.approx(whole * 5 / 15, abs=0.4)
    assert abs(parts["idle"]) < 0.15 and 0.0 < parts[RESIDUE] < 0.5


def test_nothing_moves_where_all_runs_weigh_alike() -> None:
    values = np.random.default_rng(1).normal(size=50)
    parts = shift_by_cause(values, np.full(50, 1 / 50), {"start": values[:, None]})
    assert all(abs(part) < 1e-12 for part in parts.values())


@pytest.fixture(scope="module")
def found():
    """A review that found twenty households fewer than the ninety expected."""
    return update(sensitive(), [Review(2024, 70)], threads=1, engine=Begun, replications=200)


def test_the_forecast_moves_towards_the_review(found) -> None:
    row = found.rows("forecast", measure="official_poor_households", year=2024)[0]
    assert row.mean_after < row.mean_before - 8.0
    assert row.high_after - row.low_after < row.high_before - row.low_before
    target = found.rows("targets", target="few")[0]
    assert target.after > target.before
    assert found.weights["weight"].sum() == pytest.approx(1.0)
    assert 1.0 <= found.effective < 200.0


def test_a_number_that_drives_the_list_moves_with_it(found) -> None:
    rows = {row.number: row for row in found.rows("numbers")}
    assert rows["growth"].after > rows["growth"].before


def test_causes_add_up_to_the_move(found) -> None:
    row = found.rows("forecast", measure="official_poor_households", year=2024)[0]
    moved = sum(one.households for one in found.rows("causes", year=2024))
    assert moved == pytest.approx(row.mean_after - row.mean_before)


def test_a_review_as_expected_changes_little() -> None:
    found = update(sensitive(), [Review(2024, 90)], threads=1, engine=Begun, replications=200)
    row = found.rows("forecast", measure="official_poor_households", year=2024)[0]
    assert abs(row.mean_after - row.mean_before) < 1.5
    assert not found.rests_on_few


def test_a_review_that_no_run_comes_near_is_called_a_surprise() -> None:
    """Far out all runs are about as wrong, so that their weights do not say it."""
    found = update(sensitive(), [Review(2024, 5)], threads=1, engine=Begun, replications=60)
    assert [row.observed for row in found.surprises] == [5]
    assert update(sensitive(), [Review(2024, 90)], threads=1, engine=Begun, replications=60).surprises == []


def test_few_runs_are_warned_of() -> None:
    assert update(sensitive(), [Review(2024, 75)], threads=1, engine=Begun, replications=10).rests_on_few


def test_places_are_known_by_their_names_without_accents() -> None:
    plan = scenario(places=2, households=300, poor=30)
    reviews = [Review(2024, 25, place="hoang kim"), Review(2024, 20, 40, "An Phú")]
    found = update(plan, reviews, threads=1, engine=FakeSimulation, replications=20)
    assert [(row.place, row.list) for row in found.rows("reviews")] == [("Hoàng Kim", "poor"), ("An Phú", "poor"), ("An Phú", "near_poor")]


def test_threads_change_nothing() -> None:
    plan = scenario(households=300, poor=30)
    one, two = (update(plan, [Review(2024, 25)], threads=threads, engine=FakeSimulation, replications=12) for threads in (1, 2))
    for table in ("reviews", "forecast", "targets", "causes", "weights"):
        assert getattr(one, table).equals(getattr(two, table)), table


def test_an_interruption_keeps_whole_replications() -> None:
    def stop(done: int, total: int) -> None:
        if done > 0.7 * total:
            raise KeyboardInterrupt

    found = update(scenario(households=300, poor=30), [Review(2024, 25)], threads=1, engine=FakeSimulation, replications=12, progress=stop)
    assert found.is_stopped and 0 < found.frame.replications < 12
    assert len(found.weights) == found.frame.replications


def test_an_unknown_mix_is_refused() -> None:
    with pytest.raises(InputError, match="no such mix"):
        update(scenario(households=300, poor=30), [Review(2024, 25)], "plam", threads=1, engine=FakeSimulation, replications=5)


