"""Contributions and best mixes in both languages: the answer, figures that add up, nothing left unsaid."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from sim.report.best_mix_text import best_mix_text
from sim.report.best_verdict import verdict
from sim.report.best_words import BestWords
from sim.report.contributions_text import contributions_text
from sim.scenario.shape import NO_POLICY, Allocation, Mix
from sim.studies.best_mix import best_mix
from sim.studies.contributions import contributions
from tests.studies.planted_levers import CostSimulation, LeverSimulation, planted_costs, planted_levers
from tests.studies.test_contributions import MANY


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_contributions_are_told(divided, lang: str) -> None:
    text = contributions_text(divided, lang).markdown()
    assert "{" not in text and "nan" not in text
    assert text.count("## ") == 4  # households, money, targets, pairs
    assert ("hỗ trợ nhau" if lang == "vi" else "help each other") in text


def test_every_lever_stands_between_the_rest_and_the_whole(divided) -> None:
    lines = [line for line in contributions_text(divided, "en").markdown().splitlines() if line.startswith("| ")]
    assert lines[2].startswith("| Neither (the rest) | 2.0 |")
    assert lines[3].startswith("| Livelihood models | 6 | −6 |")
    assert next(line for line in lines if line.startswith("| All together")).startswith("| All together | 18.0 |")
    assert "| Communication on poverty reduction | 0 | 0 |" in lines


def test_sampling_is_told() -> None:
    plan = planted_levers(MANY, mixes={"plan": Mix("plan", {key: Allocation(share=0.1) for key in MANY}), NO_POLICY: Mix(NO_POLICY)})
    text = contributions_text(contributions(plan, threads=1, engine=LeverSimulation), "en").markdown()
    assert "8 random orders" in text and "weightiest five" in text


def test_a_stop_is_told(divided) -> None:
    assert "20 of 50 runs" in contributions_text(replace(divided, asked=50, is_stopped=True), "en").markdown()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_best_mix_is_told(best, lang: str) -> None:
    text = best_mix_text(best, lang).markdown()
    assert "{" not in text and "nan" not in text
    assert ("đem lại nhiều hơn" if lang == "vi" else "brings more than today's") in text
    assert text.count("## ") == 3  # on fresh luck, the money, what each brings alone


@pytest.mark.parametrize(
    ("ends", "words"), [((-1.0, 2.0), "as good as any found"), ((-3.0, -1.0), "keep today's"), ((1.0, 3.0), "brings more")]
)
def test_the_verdict_goes_by_fresh_luck(best, ends, words: str) -> None:
    fresh = best.fresh.assign(gain=sum(ends) / 2, gain_low=ends[0], gain_high=ends[1])
    assert words in best_mix_text(replace(best, fresh=fresh), "en").markdown()


def test_what_nothing_moves_and_what_was_stopped_are_told(best) -> None:
    still = best.tried.assign(mean=3.0)
    assert "No division of this money moves the aim: 3.0" in best_mix_text(replace(best, tried=still), "en").markdown()
    stopped = best_mix_text(replace(best, fresh=best.fresh[:0], is_stopped=True), "en").markdown()
    assert "was not run again" in stopped and "Stopped as asked" in stopped


def test_what_was_asked_but_leaves_no_choice_is_told(best) -> None:
    assert "nothing to choose over years: there is one only" in best_mix_text(best, "en").markdown()


def test_a_front_and_the_worst_of_futures_are_told() -> None:
    found = best_mix(planted_costs(), aims=("escaped", "poor"), futures=("budget_cut",), evaluations=40, threads=1, engine=CostSimulation)
    text = best_mix_text(found, "en").markdown()
    assert "worst of these futures" in text and "Aims: households escaped to 2024; poor households on the list in 2024" in text


ALL_BETTER = "Better than today's division in every aim, on fresh luck: front 1."


@pytest.mark.parametrize(
    ("gains", "said", "unsaid"),
    [
        ({"best_1": (5, 5)}, [ALL_BETTER, "As good as any found in each of them: front 1."], ["pull apart; which"]),
        ({"best_1": (5, 2), "best_2": (2, 5)}, [ALL_BETTER.replace("1.", "1 and front 2."), "The aims pull apart"], ["do not pull"]),
        ({"best_1": (5, 0), "best_2": (0, 0)}, ["Better than today's division in households escaped to 2024, and not"], ["every aim"]),
        ({"best_1": (5, -3), "best_2": (-3, 5)}, ["no division found is better", "for households escaped to 2024: front 1"], ["Better"]),
        ({"best_1": (0, 0), "best_2": (-3, 0)}, ["today's division is as good as any found, in every aim"], ["Better", "apart"]),
    ],
)
def test_a_front_gets_a_verdict(front, gains, said, unsaid) -> None:
    """Gains over today's in two aims; an interval of one to either side, and as good within as much of the most gained."""
    gains = {"today": (0, 0), **gains}
    most = [max(some) for some in zip(*gains.values(), strict=True)]
    rows = []
    for division, some in gains.items():
        for place, (aim, gain) in enumerate(zip(front.aims, some, strict=True)):
            ends = {"gain_low": gain - 1.0, "gain_high": gain + 1.0, "as_good": most[place] - gain <= 1}
            level = {"mean": 20.0 + gain, "mean_low": 19.0 + gain, "mean_high": 21.0 + gain}
            rows.append({"division": division, "aim": aim, "gain": float(gain), **ends, **level, "seed": 1, "runs": 10})
    divisions = pd.DataFrame({"division": [name for name in gains if name != "today"]})
    told = replace(front, fresh=pd.DataFrame(rows), divisions=divisions)
    text = " ".join(block.text for block in verdict(told, BestWords("en")))
    assert all(words in text for words in said), text
    assert not any(words in text for words in unsaid), text
    assert "{" not in " ".join(block.text for block in verdict(told, BestWords("vi")))


def test_names_of_aims_and_money(best) -> None:
    words = BestWords("en")
    assert words.aim(best, "target:few") == "the chance of the target: Poor households"
    assert (
        words.money_of(best, "levers", "central/recurrent+provincial/recurrent") == "Recurrent capital (central budget, provincial budget)"
    )
    assert words.money_of(best, "years", "bank/credit") == "Credit (Bank for Social Policies) over years"
    assert words.division("best_2") == "front 2"
