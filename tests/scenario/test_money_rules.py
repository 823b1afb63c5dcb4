"""Rules of money in a scenario file: what they become, and what the plan's arithmetic says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.plan_arithmetic import find
from sim.scenario.plan_money import Matching, Revolving
from sim.scenario.read import read_scenario
from tests.scenario.test_read import LEVERS

SOUND = Path(__file__).parents[1] / "broken" / "base" / "sound.yaml"


def read(tmp_path, text):
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "sound.yaml").write_bytes(SOUND.read_bytes())
    path = tmp_path / "plan.yaml"
    path.write_text("extends: base/sound.yaml\n" + text, encoding="utf-8")
    return read_scenario(path, LEVERS)


def money(tmp_path, *lines):
    return read(tmp_path, "money:\n" + "".join(f"  - {line}\n" for line in (*lines, BANK)))


def said(scenario, lang="en"):
    return [finding.text(lang) for finding in find(scenario) if finding.code.startswith("match")]


BANK = "{source: bank, kind: credit, year: 2024, amount: 1 tỷ đồng, reference: L3}"
CENTRAL_300 = "{source: central, kind: recurrent, year: 2024, amount: 300 million dong, reference: L1}"


def test_matching_money_without_an_amount_is_its_share(tmp_path):
    rule = "{source: provincial, kind: recurrent, year: 2024, matches: {source: central, share: 15 %}, reference: L2}"
    scenario = money(tmp_path, CENTRAL_300, rule)
    central, provincial, _ = scenario.money
    assert provincial.amount_dong == 45_000_000 and provincial.matches == Matching("central", 0.15) and central.matches is None
    assert said(scenario) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("amount: 30 million dong, matches: {source: central, share: 15 %}", "asks for 45 million"),
        ("amount: 60 million dong, matches: {source: central, share: 15 %}", "15 million cannot be used"),
        ("amount: 3,000 million dong, only_with: {source: central, share: 15 %}", "2,000 million can be used"),
    ],
)
def test_what_does_not_match_is_told(tmp_path, line, words):
    line = line.replace("3,000 million", "3000 million")
    scenario = money(tmp_path, CENTRAL_300, f"{{source: provincial, kind: recurrent, year: 2024, {line}, reference: L2}}")
    (english,), (vietnamese,) = said(scenario), said(scenario, "vi")
    assert words in english and "ngân sách tỉnh" in vietnamese and "L2" in vietnamese


def test_terms_of_levers_and_of_money_left_over(tmp_path):
    scenario = read(
        tmp_path,
        "mixes:\n  plan:\n    livelihood_models:\n      share: 50 %\n      ceiling: 10 triệu đồng\n"
        "      revolving: {share: 60 %, after: 2 năm}\n"
        "money:\n  - {source: central, kind: recurrent, year: 2024, amount: 300 million dong, goes_over: false, reference: L1}\n"
        f"  - {BANK}\n",
    )
    cows = scenario.mixes["plan"].levers["livelihood_models"]
    assert cows.ceiling == 10_000 and cows.revolving == Revolving(0.6, 8, 4)
    assert scenario.money[0].goes_over is False
