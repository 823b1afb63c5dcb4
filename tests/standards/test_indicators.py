"""Every indicator against the law written a second time, member by member, on arbitrary households."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.standards.indicator import DIMENSIONS, find_indicator
from sim.standards.load import FOLDER, load_standard, standards
from tests.standards.households import household, member, untrained

WORKS = ["not_working", "own", "casual", "contract", "unemployed"]
PEOPLE = st.lists(
    st.builds(
        member,
        age=st.integers(0, 90),
        schooling=st.integers(0, 12),
        work=st.sampled_from(WORKS),
        insured=st.booleans(),
        in_school=st.booleans(),
        trained=st.booleans(),
        chronic=st.booleans(),
        undernourished=st.booleans(),
        draws_assistance=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)
DWELLINGS = st.fixed_dictionaries(
    {"solid_parts": st.integers(0, 3), "floor_area_m2": st.integers(1, 100)}
    | {name: st.integers(0, 1) for name in ("clean_water", "hygienic_toilet", "internet", "devices")}
)


def lacks_2022(people: list[dict], dwelling: dict) -> dict[str, bool]:
    """The twelve tests of 2022-2025 in plain words."""
    return {
        "employment": any(p["work"] in ("unemployed", "casual") for p in people),
        "dependency": sum(p["age"] < 16 or p["draws_assistance"] for p in people) / len(people) > 0.5,
        "nutrition": any(p["age"] < 16 and p["undernourished"] for p in people),
        "health_insurance": any(p["age"] >= 6 and not p["insured"] for p in people),
        "adult_education": any(untrained(p) for p in people),
        "child_schooling": any(3 <= p["age"] < 16 and not p["in_school"] for p in people),
        "housing_quality": 3 - dwelling["solid_parts"] >= 2,
        "housing_area": dwelling["floor_area_m2"] / len(people) < 8,
        "water_source": not dwelling["clean_water"],
        "toilet": not dwelling["hygienic_toilet"],
        "telecom": not dwelling["internet"],
        "information_devices": not dwelling["devices"],
    }


def lacks_2016(people: list[dict], dwelling: dict) -> dict[str, bool]:
    """The ten tests of 2016-2020 in plain words."""
    same = lacks_2022(people, dwelling)
    return {key: same[key] for key in load_standard("vn_2016").indicators if key in same} | {
        "health_access": any(p["chronic"] for p in people) and any(not p["insured"] for p in people),
        "adult_education_lower": any(15 <= p["age"] <= 30 and p["schooling"] < 9 and not p["in_school"] for p in people),
        "child_attendance": any(5 <= p["age"] < 15 and not p["in_school"] for p in people),
    }


def lacks_mpi(people: list[dict], dwelling: dict) -> dict[str, bool]:
    """The seven tests of the reference index in plain words."""
    same = lacks_2022(people, dwelling)
    of_age = [p for p in people if p["age"] >= 12]
    return {key: same[key] for key in load_standard("mpi").indicators if key in same} | {
        "years_of_schooling": bool(of_age) and all(p["schooling"] < 6 for p in of_age),
        "child_attendance": any(6 <= p["age"] < 14 and not p["in_school"] for p in people),
    }


@pytest.mark.parametrize(("key", "law"), [("vn_2022", lacks_2022), ("vn_2027", lacks_2022), ("vn_2016", lacks_2016), ("mpi", lacks_mpi)])
@settings(max_examples=60, deadline=None)
@given(people=PEOPLE, dwelling=DWELLINGS)
def test_indicators_say_what_the_law_says(key, law, people, dwelling):
    standard = load_standard(key)
    mask = standard.deprivations(household(people, **dwelling))
    assert {name: bool(standard.lacks(mask, name)[0]) for name in standard.indicators} == law(people, dwelling)


def test_every_indicator_is_used_and_named():
    files = {path.stem for path in (FOLDER / "indicators").glob("*.py")} - {"__init__"}
    used = {key for name in standards() for key in load_standard(name).indicators}
    assert files == used
    for key in files:
        found = find_indicator(key)
        assert found.dimension in DIMENSIONS and found.vi and found.en and found.meaning.endswith(".")


def test_the_twelve_and_the_ten():
    twelve, ten = load_standard("vn_2022"), load_standard("vn_2016")
    assert len(twelve.indicators) == 12 and len(ten.indicators) == 10
    assert len({item.indicator.dimension for item in twelve.items}) == 6
    assert len({item.indicator.dimension for item in ten.items}) == 5
    assert set(twelve.points) == {10}


def test_a_missing_indicator_is_a_fault():
    with pytest.raises(LookupError, match="no indicator"):
        find_indicator("happiness")


def test_blocks_do_not_matter():
    from sim.standards import standard as module
    from tests.standards.households import many

    h = many(module.BLOCK + 1000)
    mask = load_standard("vn_2022").deprivations(h)
    parts = [load_standard("vn_2022").deprivations(h.take(rows)) for rows in np.split(np.arange(len(h)), [777])]
    assert np.array_equal(mask, np.concatenate(parts))
