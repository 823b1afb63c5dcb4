"""All measures of one year: from the households' columns to figures by replication, place and group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.measures import multidimensional, poverty
from sim.measures.dealings import measure_levers
from sim.measures.flows import NEAR_POOR, POOR, Lists
from sim.measures.grouping import Grouping, ratio
from sim.measures.inequality import gini
from sim.measures.levels import Levels
from sim.measures.plans import groups_of_support, measure_plans
from sim.measures.tape import Tape

PERCENT = 100.0


@dataclass(frozen=True)
class Facts:
    """What a year's measures need beside the households' columns; ``levels`` is the place axis (a number: so many places).

    ``line``: income line of each row, thousand dong per head and month. ``lacked``: bits of the indicators that each
    row lacks now, whether or not it was reviewed. ``truly``: standing (0, 1, 2) that the standard's own rule gives on true income
    and deprivations. ``poor_at_start``, ``new`` (split off this year): masks. ``when``: a day of the year.
    ``indicators``: keys in bit order, with ``weights`` that add up to 1;
    ``cutoff``: sum of weights that makes a household multidimensionally poor.
    ``dealings``: by lever a word of bits a row, uint8, that says how its dealings with the lever went (``dealings.FAMILIES``).
    ``communes_reached``: masks of communes (replication × commune) by lever of communes, whose households count as served by
    that lever and as reached by none.
    ``children_under_5``, ``undernourished_under_5``: members of that age by row, those beyond the eighth left out. ``tape``: see
    tape.py.
    """

    replications: int
    levels: int | Levels
    line: np.ndarray
    lacked: np.ndarray
    truly: np.ndarray
    poor_at_start: np.ndarray
    new: np.ndarray
    children_under_5: np.ndarray
    undernourished_under_5: np.ndarray
    when: object
    indicators: tuple[str, ...]
    weights: tuple[float, ...]
    cutoff: float
    dealings: Mapping[str, np.ndarray] = field(default_factory=dict)
    communes_reached: Mapping[str, np.ndarray] = field(default_factory=dict)
    tape: Tape | None = None


def measure_year(h, facts: Facts) -> tuple[tuple[str, ...], dict[str, np.ndarray]]:
    """Every measure of the year that ends: names of the groups, and by measure an array (replications, places, groups).

    ``h`` has the household columns as attributes (any object will do), read in the last quarter, after the review
    and before 1 January. The second axis is that of ``facts.levels``. Rates and shares
    are in percent; what is not defined (a rate of nobody) is not-a-number.
    """
    lists = Lists(h.standing, h.reviewed, h.quarters_since_poor, h.quarters_since_listed, facts.new, facts.when)
    groups = Grouping(h.cell, facts.replications, facts.levels, _groups(h, facts) | groups_of_support(lists), facts.tape)
    households = groups.rows()
    measures = {"households": households, "people": groups.total(h.members_at_home)}
    measures |= _official(groups, lists, households)
    measures |= _true(groups, h, facts, households)
    measures |= _deprivation(groups, h, facts)
    measures |= _people(groups, h)
    measures |= _living(groups, h, households)
    measures |= measure_plans(groups, h, facts)
    measures |= measure_levers(groups, facts)
    return groups.names, measures


def _groups(h, facts: Facts) -> dict[str, np.ndarray]:
    """The groups that every measure is given for, beside all."""
    return {
        "disabled": h.disabled > 0,
        "female_head": h.female_head > 0,
        "labourless": h.labourless > 0,
        "merit": h.merit > 0,
        "minority": h.minority > 0,
        "near_poor": h.reviewed == NEAR_POOR,
        "poor": h.reviewed == POOR,
        "poor_at_start": facts.poor_at_start,
    }


def _official(groups: Grouping, lists: Lists, households: np.ndarray) -> dict[str, np.ndarray]:
    """What the lists say, and who moved between them."""
    poor = groups.count(lists.reviewed == POOR)
    near_poor = groups.count(lists.reviewed == NEAR_POOR)
    escaped = groups.count(lists.escaped)
    fallen_back = groups.count(lists.fallen_back)
    return {
        "official_poor_households": poor,
        "official_near_poor_households": near_poor,
        "official_poor_rate": ratio(poor, households, PERCENT),
        "official_near_poor_rate": ratio(near_poor, households, PERCENT),
        "official_listed_rate": ratio(poor + near_poor, households, PERCENT),
        "newly_escaped_households": groups.count(lists.newly_escaped),
        "escaped_households": escaped,
        "escaped_share": ratio(escaped, escaped + groups.count(lists.stayed), PERCENT),
        "stayed_poor_households": groups.count(lists.stayed),
        "newly_poor_households": groups.count(lists.newly_poor),
        "left_lists_households": groups.count(lists.left_lists),
        "fallen_back_households": fallen_back,
        "fallen_back_share": ratio(fallen_back, groups.count(lists.was_newly_escaped), PERCENT),
        "kept_out_households": groups.count(lists.kept_out),
    }


def _true(groups: Grouping, h, facts: Facts, households: np.ndarray) -> dict[str, np.ndarray]:
    """Poverty as it is, whoever is on the lists."""
    poor = groups.count(facts.truly == POOR)
    listed = h.reviewed == POOR
    fgt0, fgt1, fgt2 = poverty.fgt(groups, h.income_per_head, facts.line, h.members_at_home)
    return {
        "true_poor_households": poor,
        "true_poor_rate": ratio(poor, households, PERCENT),
        "true_near_poor_rate": ratio(groups.count(facts.truly == NEAR_POOR), households, PERCENT),
        "wrongly_listed_households": groups.count(listed & (facts.truly != POOR)),
        "wrongly_left_out_households": groups.count(~listed & (facts.truly == POOR)),
        "income_poor_rate": ratio(groups.count(h.income_per_head <= facts.line), households, PERCENT),
        "fgt0": fgt0,
        "fgt1": fgt1,
        "fgt2": fgt2,
        "watts": poverty.watts(groups, h.income_per_head, facts.line, h.members_at_home),
        "gini": gini(groups, h.income_per_head, h.members_at_home),
    }


def _deprivation(groups: Grouping, h, facts: Facts) -> dict[str, np.ndarray]:
    """Multidimensional poverty on the standard's indicators, with its weights, and each indicator among households."""
    count = len(facts.indicators)
    if not count:
        return {}
    figures = multidimensional.alkire_foster(groups, facts.lacked, facts.weights, facts.cutoff, h.members_at_home)
    measures = {"mpi_h": figures.h, "mpi_a": figures.a, "mpi_m0": figures.m0}
    headcounts = multidimensional.uncensored(groups, facts.lacked, count)
    for bit, key in enumerate(facts.indicators):
        measures[f"indicator:{key}"] = headcounts[bit] * PERCENT
        measures[f"censored:{key}"] = figures.censored[bit] * PERCENT
    return measures


def _people(groups: Grouping, h) -> dict[str, np.ndarray]:
    """Shares of people."""
    people = groups.total(h.members_at_home)
    able = groups.total(h.able)
    return {
        "insured_share": PERCENT - ratio(groups.total(h.uninsured), people, PERCENT),
        "trained_share": ratio(groups.total(h.trained), able, PERCENT),
        "certified_share": ratio(groups.total(h.certified), able, PERCENT),
        "unemployed_share": ratio(groups.total(h.unemployed), able, PERCENT),
        "undernourished_share": ratio(groups.total(h.undernourished), groups.total(h.children), PERCENT),
        "income_per_head_mean": ratio(groups.total(h.income_per_head * h.members_at_home), people),
        "consumption_per_head_mean": ratio(groups.total(h.consumption * h.members_at_home), people),
    }


def _living(groups: Grouping, h, households: np.ndarray) -> dict[str, np.ndarray]:
    """Shares of households by what they have."""
    return {
        "labourless_share": ratio(groups.total(h.labourless), households, PERCENT),
        "clean_water_share": ratio(groups.total(h.clean_water), households, PERCENT),
        "hygienic_toilet_share": ratio(groups.total(h.hygienic_toilet), households, PERCENT),
        "internet_share": ratio(groups.total(h.internet), households, PERCENT),
        "devices_share": ratio(groups.total(h.devices), households, PERCENT),
        "borrowing_households": groups.count(h.loan > 0),
        "overdue_households": groups.count(h.overdue > 0),
    }
