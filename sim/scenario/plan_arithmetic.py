"""Contradictions of a plan, found by arithmetic over what it states, its places, money and targets.

A finding does not stop a run: the plan says what it says. Each rule is a function of its own; rounding of printed
figures is allowed for, and bounds of judgement stand in ``plausible.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from sim.scenario import arithmetic_of_targets, said_and_unsaid
from sim.scenario.arithmetic_of_matching import matching
from sim.scenario.arithmetic_of_targets import bound, start_of, where
from sim.scenario.findings import Finding, Number, percent, word
from sim.scenario.idle_money import idle_money
from sim.scenario.regions import POOR_DISTRICTS, places_of
from sim.scenario.shape import Envelope, Place, Scenario, Stated
from sim.scenario.standard_in_period import standard_in_force

MILLION = 1_000_000


def find(scenario: Scenario) -> tuple[Finding, ...]:
    """All findings, in the order of the rules; none where the plan's figures agree."""
    rules = (
        rates_against_counts, household_bases, falls_in_count, falls_in_points, places_against_stated,
        arithmetic_of_targets.target_levels, arithmetic_of_targets.targets_against_each_other,
        arithmetic_of_targets.starting_rates, money_in_proportion, matching, idle_money, said_and_unsaid.credit_for_all,
        said_and_unsaid.against_the_law, standard_in_force, said_and_unsaid.unsaid, said_and_unsaid.assumed_money,
    )  # fmt: skip
    return tuple(finding for rule in rules for finding in rule(scenario))


def rates_against_counts(scenario: Scenario) -> Iterator[Finding]:
    """A stated rate is its count over the households of that year, within rounding."""
    for stated in _pairs(scenario):
        households = _households(scenario, stated.place, stated.at)
        if households and abs((stated.count or 0) / households - (stated.rate or 0)) > stated.rate_rounding + 0.5 / households:
            facts = {"count": stated.count, "households": Number(households), "rate": percent(stated.rate or 0)}
            facts |= {"rate_of_count": percent((stated.count or 0) / households), "place": where(scenario, stated.place), "at": stated.at}
            yield Finding("rate_against_count", stated.reference, {"of": word(stated.what), **facts})


def household_bases(scenario: Scenario) -> Iterator[Finding]:
    """Two pairs of count and rate of one place mean about the same number of households."""
    growth = 1 + bound("household_growth_per_year")
    for one, other in combinations(_pairs(scenario), 2):
        if one.place != other.place or (one.what != other.what and one.at != other.at):
            continue
        room = growth ** abs(other.at - one.at)
        (low_1, high_1), (low_2, high_2) = _base(one), _base(other)
        if low_1 > high_2 * room or low_2 > high_1 * room:
            facts = {"place": where(scenario, one.place)}
            for number, stated in (("1", one), ("2", other)):
                facts |= {f"count_{number}": stated.count, f"of_{number}": word(stated.what), f"at_{number}": stated.at}
                facts |= {f"rate_{number}": percent(stated.rate or 0), f"base_{number}": Number((stated.count or 0) / (stated.rate or 1))}
            yield Finding("household_bases", _references(one, other), facts)


def falls_in_count(scenario: Scenario) -> Iterator[Finding]:
    """A stated fall in households is the difference of the stated counts."""
    for fall, before, after in _falls(scenario):
        if fall.count is None or before.count is None or after.count is None:
            continue
        if before.count - after.count != fall.count:
            facts = {"count_1": before.count, "count_2": after.count, "count": fall.count, "difference": before.count - after.count}
            yield Finding("fall_in_count", fall.reference, {**_about(scenario, fall), **facts})


def falls_in_points(scenario: Scenario) -> Iterator[Finding]:
    """A stated fall in points is the difference of the stated rates, within rounding."""
    for fall, before, after in _falls(scenario):
        if fall.points is None or before.rate is None or after.rate is None:
            continue
        difference = (before.rate - after.rate) * 100
        room = fall.points_rounding + (before.rate_rounding + after.rate_rounding) * 100 + 1e-9
        if abs(difference - fall.points) > room:
            facts = {"rate_1": percent(before.rate), "rate_2": percent(after.rate)}
            facts |= {"difference": Number(difference, 2), "points": Number(fall.points, 2)}
            yield Finding("fall_in_points", fall.reference, {**_about(scenario, fall), **facts})


def places_against_stated(scenario: Scenario) -> Iterator[Finding]:
    """Counts stated for the start are those that the places have."""
    for stated in scenario.stated:
        if stated.what in ("households", "poor", "near_poor") and stated.at == scenario.first_year - 1 and stated.count is not None:
            places = _places(scenario, stated.place)
            counted = sum(getattr(place, stated.what) for place in places)
            if counted != stated.count:
                of = {"vi": "", "en": ""} if stated.what == "households" else word(stated.what)
                facts = {"place": where(scenario, stated.place), "at": stated.at, "of": of}
                facts |= {"stated": Number(stated.count), "counted": Number(counted)}
                yield Finding("places_against_stated", stated.reference, facts)


def money_in_proportion(scenario: Scenario) -> Iterator[Finding]:
    """No envelope of a year, nor all of a mix together, is more than the listed households of its place could sensibly take."""
    seen: set[tuple[int, ...]] = set()
    years = range(scenario.first_year, scenario.last_year + 1)
    places = dict.fromkeys([None, POOR_DISTRICTS, *(name for place in scenario.places for name in (place.name, place.district))])
    for mix, year, place in product(scenario.mixes, years, places):
        money = [e for e in scenario.money if e.kind != "credit" and e.year == year and e.place == place and e.open_to(mix)]
        poor = start_of(scenario, "poor", place)
        listed = poor + start_of(scenario, "near_poor", place)
        most = bound("money_per_listed_household") * max(listed, 1)
        alone = [[envelope] for envelope in money if envelope.amount_dong > most]
        for group in alone or [money]:
            mark = tuple(id(envelope) for envelope in group)
            if mark not in seen and sum(envelope.amount_dong for envelope in group) > most:
                seen.add(mark)
                facts = {"place": where(scenario, place), "year": year, **_per_household(group, poor, listed)}
                yield Finding("money_out_of_proportion", _references(*group), facts)


def _per_household(money: list[Envelope], poor: int, listed: int) -> dict[str, Number]:
    amount = sum(envelope.amount_dong for envelope in money) / MILLION
    return {
        "amount": Number(amount),
        "poor": Number(poor),
        "per_poor": Number(amount / max(poor, 1)),
        "per_listed": Number(amount / max(listed, 1)),
        "limit": Number(bound("money_per_listed_household") / MILLION),
    }


def _pairs(scenario: Scenario) -> list[Stated]:
    """Statements that give both a count and a rate."""
    return [s for s in scenario.stated if s.what in ("poor", "near_poor") and s.count is not None and s.rate]


def _base(stated: Stated) -> tuple[float, float]:
    """Fewest and most households that a count and a rounded rate allow."""
    rate, count = stated.rate or 0, stated.count or 0
    return count / (rate + stated.rate_rounding), count / max(rate - stated.rate_rounding, 1e-9)


def _households(scenario: Scenario, place: str | None, year: int) -> int | None:
    """Households of a place in a year, where the plan states them or the places do for the start."""
    stated = [s.count for s in scenario.stated if s.what == "households" and s.place == place and s.at == year]
    if stated:
        return stated[0]
    return sum(p.households for p in _places(scenario, place)) if year == scenario.first_year - 1 else None


def _places(scenario: Scenario, name: str | None) -> list[Place]:
    return places_of(scenario, name)


def _falls(scenario: Scenario) -> Iterator[tuple[Stated, Stated, Stated]]:
    """Stated falls with the statements of the level before and after."""
    levels = {(s.what, s.place, s.at): s for s in scenario.stated if s.what in ("poor", "near_poor")}
    for fall in scenario.stated:
        ends = [levels.get((fall.of, fall.place, year)) for year in (fall.since or 0, fall.at)]
        if fall.what == "fall" and ends[0] and ends[1]:
            yield fall, ends[0], ends[1]


def _about(scenario: Scenario, fall: Stated) -> dict[str, object]:
    return {"place": where(scenario, fall.place), "of": word(fall.of), "at_1": fall.since, "at_2": fall.at}


def _references(*stated: Stated | Envelope) -> str:
    return ", ".join(dict.fromkeys(s.reference for s in stated if s.reference))
