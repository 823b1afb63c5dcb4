"""Households as an official would describe them, made into rows of columns, and the law's tests in plain words.

Nothing here uses the indicators of the program: the tallies and tests are written a second time, member by member.
"""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import HOUSEHOLD_COLUMNS, NEVER
from sim.agents.members import SLOTS, Disability, Work, pack
from sim.kit.columns import Table

SOUND_MEMBER = {"age": 40, "schooling": 12, "work": "contract", "insured": True}
SOUND_DWELLING = {"solid_parts": 3, "floor_area_m2": 400, "clean_water": True, "hygienic_toilet": True, "internet": True, "devices": True}
MEMBER_KEYS = {"age", "schooling", "work", "insured", "in_school", "trained", "chronic", "undernourished", "disability", "draws_assistance"}


def member(**described) -> dict:
    """A member with every field filled in."""
    unknown = set(described) - MEMBER_KEYS
    assert not unknown, f"unknown words about a member: {unknown}"
    age = described.get("age", 40)
    filled = {
        "in_school": 3 <= age < 16,
        "trained": False,
        "chronic": False,
        "undernourished": False,
        "disability": "none",
        "draws_assistance": False,
    }
    filled |= {"schooling": max(0, min(12, age - 6)), "work": "contract" if 16 <= age < 65 else "not_working", "insured": True}
    return filled | described


def tallies(people: list[dict]) -> dict[str, int]:
    """The tallies that the household columns hold, counted member by member."""
    home = [person for person in people if person["work"] != "abroad"]
    return {
        "members_at_home": len(home),
        "members_counted": len(home),
        "unemployed": sum(person["work"] == "unemployed" for person in home),
        "without_contract": sum(person["work"] == "casual" for person in home),
        "dependants": sum(person["age"] < 16 or person["draws_assistance"] for person in home),
        "undernourished": sum(person["undernourished"] and person["age"] < 16 for person in home),
        "uninsured": sum(not person["insured"] for person in home),
        "uninsured_from_6": sum(not person["insured"] and person["age"] >= 6 for person in home),
        "young_untrained": sum(untrained(person) for person in home),
        "children_out_of_school": sum(3 <= person["age"] < 16 and not person["in_school"] for person in home),
        "chronic": sum(person["chronic"] for person in home),
    }


def untrained(person: dict) -> bool:
    """16 to under 18: neither studying nor through lower secondary; 18 to 30: neither studying, nor upper secondary, nor vocational."""
    if person["in_school"] or person["trained"]:
        return False
    return (16 <= person["age"] < 18 and person["schooling"] < 9) or (18 <= person["age"] <= 30 and person["schooling"] < 12)


def household(people: list[dict] | None = None, **columns) -> Table:
    """A table of one household; what is not said is sound."""
    people = [member(**SOUND_MEMBER)] if people is None else people
    h = Table.zeros(HOUSEHOLD_COLUMNS, 1)
    h.quarters_since_poor[...] = h.quarters_since_listed[...] = NEVER
    for name, value in {**SOUND_DWELLING, **tallies(people), **columns}.items():
        h[name][...] = value
    for slot, person in enumerate(people[:SLOTS]):
        h.members[slot] = word(person)
    return h


def word(person: dict) -> int:
    """The member word of a described member."""
    flags = {name: int(person[name]) for name in ("insured", "in_school", "trained", "chronic", "undernourished")}
    work, disability = Work[person["work"].upper()], Disability[person["disability"].upper()]
    return pack(present=1, age=person["age"], schooling=person["schooling"], work=int(work), disability=int(disability), **flags)


def many(rows: int, seed: int = 1) -> Table:
    """Varied households, for tests of whole tables: tallies are plausible, member slots empty."""
    rng = np.random.default_rng(seed)
    h = Table.zeros(HOUSEHOLD_COLUMNS, rows)
    h.origin[...] = np.arange(rows)
    h.quarters_since_poor[...] = h.quarters_since_listed[...] = NEVER
    h.members_at_home[...] = h.members_counted[...] = rng.integers(1, 8, rows)
    h.urban[...] = rng.random(rows) < 0.3
    h.lasting_income[...] = np.exp(rng.normal(7.7, 0.5, rows))
    h.income_per_head[...] = h.lasting_income * np.exp(rng.normal(0, 0.2, rows))
    h.floor_area_m2[...] = rng.uniform(10, 90, rows)
    h.solid_parts[...] = rng.integers(0, 4, rows)
    for name in ("clean_water", "hygienic_toilet", "internet", "devices"):
        h[name][...] = rng.random(rows) < 0.6
    for name in (
        "unemployed",
        "without_contract",
        "dependants",
        "undernourished",
        "uninsured_from_6",
        "young_untrained",
        "children_out_of_school",
    ):
        h[name][...] = rng.random(rows) < 0.3
    h.standing[...] = rng.choice([0, 1, 2], rows, p=[0.7, 0.15, 0.15])
    h.applies[...] = rng.random(rows) < 0.1
    return h
