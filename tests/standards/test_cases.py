"""Cases that an official can read: households and what the law says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.agents.codebook import Standing
from sim.kit.reading import read
from sim.standards.load import load_standard
from tests.standards.households import SOUND_MEMBER, household, member

CASES = read(Path(__file__).parents[1] / "cases" / "poor_or_not.yaml").data


@pytest.mark.parametrize("case", CASES, ids=[case["en"] for case in CASES])
def test_law_says(case):
    standard = load_standard(case["standard"])
    people = [member(**described) for described in case.get("members", [SOUND_MEMBER])]
    h = household(people, urban=int(case.get("urban", False)), income_per_head=case["income"], **case.get("columns", {}))
    mask = standard.deprivations(h)
    assert [key for key in standard.indicators if standard.lacks(mask, key)[0]] == case["lacks"]
    standing = standard.classify(h.income_per_head, h.urban, mask, case["on"])
    assert Standing(int(standing[0])).name == case["standing"]
