"""Every figure equals one worked out by loops over plain lists."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.measures import multidimensional, poverty
from sim.measures.inequality import gini
from sim.measures.year import measure_year
from tests.measures import small

GROUPS = ("minority", "poor")
COLUMNS = ("line", "lacked", "truly", "poor_at_start", "new", "children_under_5", "undernourished_under_5")  # facts by row


def _groups(h):
    return {"minority": h.minority == 1, "poor": h.reviewed == 2}


def _same(found: float, expected: float) -> bool:
    return (math.isnan(found) and math.isnan(expected)) or found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("places", [1, 2])
def test_sums_and_counts(places: int) -> None:
    h = small.households(places=places)
    grouping = small.grouping(h, places)
    total, count = grouping.total(h.members_at_home), grouping.count(h.internet == 1)
    for where, rows in small.each_cell(h, _groups(h), places):
        assert total[where] == sum(int(h.members_at_home[row]) for row in rows)
        assert count[where] == sum(1 for row in rows if h.internet[row])


def _slow_gini(incomes: list[float]) -> float:
    """Mean absolute difference over twice the mean."""
    if not incomes or sum(incomes) == 0:
        return math.nan
    differences = sum(abs(a - b) for a in incomes for b in incomes)
    return differences / (2 * len(incomes) * sum(incomes))


@pytest.mark.parametrize("places", [1, 2])
def test_gini_is_half_the_relative_mean_difference(places: int) -> None:
    h = small.households(places=places)
    found = gini(small.grouping(h, places), h.income_per_head, h.members_at_home)
    for where, rows in small.each_cell(h, _groups(h), places):
        people = [float(h.income_per_head[row]) for row in rows for _ in range(int(h.members_at_home[row]))]
        assert _same(found[where], _slow_gini(people))


@pytest.mark.parametrize("alpha", [0, 1, 2])
def test_fgt(alpha: int) -> None:
    h, facts = small.households(), small.facts(small.households())
    found = poverty.fgt(small.grouping(h), h.income_per_head, facts.line, h.members_at_home)[alpha]
    for where, rows in small.each_cell(h, _groups(h)):
        people = sum(int(h.members_at_home[row]) for row in rows)
        gaps = [
            int(h.members_at_home[row]) * (1 - float(h.income_per_head[row]) / float(facts.line[row])) ** alpha
            for row in rows
            if h.income_per_head[row] <= facts.line[row]
        ]
        assert _same(found[where], sum(gaps) / people if people else math.nan)


def test_watts() -> None:
    h, facts = small.households(), small.facts(small.households())
    found = poverty.watts(small.grouping(h), h.income_per_head, facts.line, h.members_at_home)
    for where, rows in small.each_cell(h, _groups(h)):
        people = sum(int(h.members_at_home[row]) for row in rows)
        logs = [
            int(h.members_at_home[row])
            * math.log(float(facts.line[row]) / max(float(h.income_per_head[row]), 0.01 * float(facts.line[row])))
            for row in rows
            if h.income_per_head[row] <= facts.line[row]
        ]
        assert _same(found[where], sum(logs) / people if people else math.nan)


def test_alkire_foster() -> None:
    h, facts = small.households(), small.facts(small.households())
    weights, cutoff = (0.5, 0.25, 0.125, 0.125), 0.5
    found = multidimensional.alkire_foster(small.grouping(h), facts.lacked, weights, cutoff, h.members_at_home)
    for where, rows in small.each_cell(h, _groups(h)):
        people = {row: int(h.members_at_home[row]) for row in rows}
        lack = {row: sum(w for bit, w in enumerate(weights) if int(facts.lacked[row]) >> bit & 1) for row in rows}
        poor = [row for row in rows if lack[row] >= cutoff]
        everyone, of_poor = sum(people.values()), sum(people[row] for row in poor)
        weighted = sum(people[row] * lack[row] for row in poor)
        assert _same(found.h[where], of_poor / everyone if everyone else math.nan)
        assert _same(found.a[where], weighted / of_poor if of_poor else math.nan)
        assert _same(found.m0[where], weighted / everyone if everyone else math.nan)
        for bit in range(4):
            censored = sum(people[row] for row in poor if int(facts.lacked[row]) >> bit & 1)
            assert _same(found.censored[bit][where], censored / everyone if everyone else math.nan)


def test_rates_and_flows_of_a_year() -> None:
    h = small.households()
    facts = small.facts(h)
    names, measures = measure_year(h, facts)
    masks = {name: getattr(h, name) > 0 for name in ("disabled", "female_head", "labourless", "merit", "minority")}
    masks |= {"near_poor": h.reviewed == 1, "poor": h.reviewed == 2, "poor_at_start": facts.poor_at_start}
    listed = h.standing > 0
    escaped_lately = ((h.quarters_since_poor <= 12) & (h.standing != 2)) | ((h.quarters_since_listed <= 12) & ~listed)
    masks |= {"listed": listed, "supported": listed | escaped_lately}
    assert names == ("all", *masks)
    for where, rows in small.each_cell(h, masks):
        poor = [row for row in rows if h.reviewed[row] == 2]
        escaped = [row for row in rows if h.standing[row] == 2 and h.reviewed[row] != 2 and not facts.new[row]]
        stayed = [row for row in rows if h.standing[row] == 2 and h.reviewed[row] == 2 and not facts.new[row]]
        back = [row for row in poor if h.standing[row] != 2 and h.quarters_since_poor[row] <= 12 and not facts.new[row]]
        people = sum(int(h.members_at_home[row]) for row in rows)
        assert measures["official_poor_households"][where] == len(poor)
        assert measures["escaped_households"][where] == len(escaped)
        assert measures["stayed_poor_households"][where] == len(stayed)
        assert measures["newly_poor_households"][where] == len(poor) - len(stayed)
        assert measures["fallen_back_households"][where] == len(back)
        assert measures["true_poor_households"][where] == sum(1 for row in rows if facts.truly[row] == 2)
        assert measures["beneficiaries:housing"][where] == sum(1 for row in rows if facts.dealings["housing"][row] & 1)
        for bit, family in enumerate(("beneficiaries", "no_money", "no_capacity", "declined", "eligible_unserved", "wanted")):
            assert measures[f"{family}:housing"][where] == sum(1 for row in rows if int(facts.dealings["housing"][row]) >> bit & 1)
        assert measures["reached_households"][where] == measures["beneficiaries:housing"][where]
        assert _same(measures["official_poor_rate"][where], 100 * len(poor) / len(rows) if rows else math.nan)
        uninsured = sum(int(h.uninsured[row]) for row in rows)
        assert _same(measures["insured_share"][where], 100 - 100 * uninsured / people if people else math.nan)
        lacking = sum(1 for row in rows if int(facts.lacked[row]) & 2)
        assert _same(measures["indicator:b"][where], 100 * lacking / len(rows) if rows else math.nan)


def test_what_plans_ask_for() -> None:
    h = small.households()
    facts = small.facts(h)
    names, measures = measure_year(h, facts)
    masks = {name: getattr(h, name) > 0 for name in ("disabled", "merit")}
    kept = [0, *(names.index(name) for name in masks)]
    wanted, served = facts.dealings["housing"] & 32, facts.dealings["housing"] & 1
    nearby = {cell: _mean_income(h, [row for row in range(small.ROWS) if h.cell[row] == cell]) for cell in set(h.cell.tolist())}
    for (replication, place, group), rows in small.each_cell(h, masks):
        where = (replication, place, kept[group])
        rural = [row for row in rows if not h.urban[row]]
        asked = [row for row in rows if wanted[row]]
        assert _same(measures["rural_clean_water_share"][where], _share([h.members_at_home[r] for r in rural if h.clean_water[r]],
                                                                        [h.members_at_home[r] for r in rural]))  # fmt: skip
        had = _share([1 for r in asked if served[r]], [1 for r in asked]) if asked else 100.0
        assert _same(measures["served_share:housing"][where], had)
        assert _same(measures["average_income_share"][where],
                     _share([1 for r in rows if h.income_per_head[r] >= nearby[int(h.cell[r])]], [1 for r in rows]))  # fmt: skip
        assert _same(measures["undernourished_under_5_share"][where],
                     _share(facts.undernourished_under_5[rows], facts.children_under_5[rows]))  # fmt: skip
        assert measures["workers_abroad"][where] == sum(int(h.abroad[row]) for row in rows)
        assert _same(measures["own_work_share"][where],
                     _share([int(h.workers[r]) - int(h.wage_workers[r]) for r in rows], [h.workers[r] for r in rows]))  # fmt: skip
        assert _same(measures["informed_share"][where], _share([1 for r in rows if h.internet[r] or h.devices[r]], [1 for r in rows]))
        assert measures["official_listed_households"][where] == sum(1 for row in rows if h.reviewed[row])


def _share(part, whole) -> float:
    """Percent, not-a-number of nothing."""
    total = sum(int(one) for one in whole)
    return 100.0 * sum(int(one) for one in part) / total if total else math.nan


def _mean_income(h, rows: list[int]) -> float:
    return sum(float(h.income_per_head[r]) * int(h.members_at_home[r]) for r in rows) / sum(int(h.members_at_home[r]) for r in rows)


def test_every_measure_is_in_the_catalogue() -> None:
    from sim.measures import catalogue

    h = small.households()
    _, measures = measure_year(h, small.facts(h))
    for name in measures:
        assert catalogue.describe(name).unit
    written = {name for name in catalogue.names() if ":" not in name}
    assert written - {"jobs_found"} == {name for name in measures if ":" not in name}  # jobs are added up over quarters, by communes
    assert set(catalogue.groups()) == set(measure_year(h, small.facts(h))[0])


@pytest.mark.parametrize("places", [1, 2])
@pytest.mark.parametrize("seed", range(5))
def test_a_replication_is_measured_the_same_alone(places: int, seed: int) -> None:
    h = small.households(seed, places)
    facts = small.facts(h, seed, places)
    _, together = measure_year(h, facts)
    rows = h.cell >= 2 * places
    alone = type(h)(**{name: values[rows] for name, values in vars(h).items()})
    alone.cell = alone.cell - 2 * places
    changed = {name: getattr(facts, name)[rows] for name in COLUMNS}
    dealings = {lever: words[rows] for lever, words in facts.dealings.items()}
    part = replace(facts, replications=1, dealings=dealings, **changed)
    _, single = measure_year(alone, part)
    for name, values in single.items():
        assert np.array_equal(values[0], together[name][2], equal_nan=True), name
