"""What held a plan back: late money, refusals, households without labour, new poor; and what a lasting escape cost."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.measures.spending import cost_per_household, paid_by_quarter, share_before_review
from sim.report.document import Block, Grid, Heading, Paragraph, Points
from sim.report.honest import median_households, median_of
from sim.report.money import UNALLOCATED
from sim.report.words import Words
from sim.studies.frame import NO_POLICY
from sim.studies.results import Results

CREDIT = "credit"  # the kind of money that comes back
YEARS_TO_LAST = 3  # an escape lasts when it has stood for 36 months
TABLE_FROM = 7  # levers from which they are told in a table


def held_back(results: Results, mix: str, words: Words) -> list[Block]:
    """The section on what held ``mix`` back in the plan's last year."""
    year, frame = results.frame.last_planned_year, results.frame
    levers = [lever for lever in frame.levers if lever not in frame.commune_levers and results.has(mix, f"beneficiaries:{lever}")]
    items = [_late(results, mix, year, words, kind) for kind in ("grants", "loans")]
    items += [_unpaid(results, mix, year, words), _reached(results, mix, year, words)]
    items += [_communes(results, mix, lever, year, words) for lever in frame.commune_levers if results.has(mix, f"beneficiaries:{lever}")]
    items += [_lever(results, mix, lever, year, words) for lever in levers] if len(levers) < TABLE_FROM else []
    items += [_labourless(results, mix, words), _newly_poor(results, mix, year, words), _fallen_back(results, mix, words)]
    items += [_cost(results, mix, words)]
    blocks: list[Block] = [Heading(words.text("held_back.title", mix=words.mix(mix))), Points(tuple(item for item in items if item))]
    return [*blocks, _levers(results, mix, levers, words)] if len(levers) >= TABLE_FROM else blocks


def truth(results: Results, mix: str, words: Words) -> list[Block]:
    """The list beside true poverty, at the end of the plan's last year."""
    year = results.frame.last_planned_year

    measures = {"true": "true_poor_households", "wrongly": "wrongly_listed_households", "left_out": "wrongly_left_out_households"}
    facts = {fact: median_households(results.at(mix, measure, year), words) for fact, measure in measures.items()}
    facts["official"] = words.number(median_of(results.at(mix, "official_poor_households", year)))
    return [Heading(words.text("truth.title")), Paragraph(words.text("truth.text", year=year, mix=words.mix(mix), **facts))]


def _late(results: Results, mix: str, year: int, words: Words, kind: str) -> str:
    """How much of the year's grants (or loans) came before the review looked."""
    c = results.ledger[mix].columns
    rows = (c["entry"] == "paid") & (c["year"] == year) & ((c["kind"] == CREDIT) == (kind == "loans"))
    early = share_before_review(paid_by_quarter(c["quarter"][rows], c["dong"][rows]))
    if math.isnan(early):
        granted, paid = (results.ledger[mix].total(entry, year=year) for entry in ("appropriated", "paid"))
        return words.text("held_back.nothing_paid", year=year) if kind == "grants" and granted and not paid else ""
    facts = {"early": words.share(early), "late": words.share(1.0 - early), "money": words.text(f"held_back.{kind}")}
    return words.text("held_back.late", year=year, **facts)


def _reached(results: Results, mix: str, year: int, words: Words) -> str:
    """How many of the households poor at the start got anything."""
    poor = float(np.mean(results.at(mix, "official_poor_households", results.frame.start_year)))
    reached = float(np.mean(results.at(mix, "reached_households", year, group="poor_at_start")))
    facts = {"poor": words.text("units.poor_households", number=words.number(poor)), "reached": words.households(reached)}
    return words.text("held_back.reached", year=year, **facts)


def _unpaid(results: Results, mix: str, year: int, words: Words) -> str:
    """How much of the year's money was not paid out."""
    ledger = results.ledger[mix]
    granted = ledger.total("appropriated", year=year) - ledger.total("appropriated", year=year, lever=UNALLOCATED)
    paid = ledger.total("paid", year=year)
    return words.text("held_back.unpaid", share=words.share(1.0 - paid / granted), year=year) if granted > paid > 0 else ""


def _served(results: Results, mix: str, lever: str, year: int) -> tuple[float, float, float]:
    """Households served, eligible and not served, and of these refused for lack of money, in the mean of a run."""
    families = ("beneficiaries", "eligible_unserved", "no_money")
    served, unserved, no_money = (float(np.mean(results.at(mix, f"{family}:{lever}", year))) for family in families)
    return served, unserved, no_money


def _lever(results: Results, mix: str, lever: str, year: int, words: Words) -> str:
    """Who was served and who was refused."""
    served, unserved, no_money = _served(results, mix, lever, year)
    if not served and not unserved:
        return ""
    facts = {"served": words.households(served), "unserved": words.households(unserved), "no_money": words.number(no_money)}
    key = "held_back.lever" if round(unserved) else "held_back.lever_all"
    return words.text(key, lever=words.name(results.frame.labels.get(lever), lever), year=year, **facts)


def _levers(results: Results, mix: str, levers: Sequence[str], words: Words) -> Grid:
    """Who was served and who was refused, a line a lever."""
    year = results.frame.last_planned_year
    rows = [
        (words.name(results.frame.labels.get(lever), lever), *[words.number(count) for count in _served(results, mix, lever, year)])
        for lever in levers
    ]
    titles = [words.text(f"held_back.table.{name}", year=year) for name in ("lever", "served", "unserved", "no_money")]
    return Grid(tuple(titles), tuple(rows))


def _communes(results: Results, mix: str, lever: str, year: int, words: Words) -> str:
    """How many communes a lever of communes reached."""
    reached = float(np.mean(results.at(mix, f"communes_reached:{lever}", year)))
    facts = {"reached": words.communes(reached), "all": words.number(results.frame.communes)}
    return words.text("held_back.communes", lever=words.name(results.frame.labels.get(lever), lever), year=year, **facts)


def _labourless(results: Results, mix: str, words: Words) -> str:
    """Households poor at the start that no labour lever can move."""
    share = float(np.nanmean(results.at(mix, "labourless_share", results.frame.start_year, group="poor")))
    return "" if math.isnan(share) else words.text("held_back.labourless", share=words.percent(share))


def _newly_poor(results: Results, mix: str, year: int, words: Words) -> str:
    """Those who came while others left."""
    counts = {"escaped": "escaped_households", "new": "newly_poor_households"}
    facts = {name: median_households(results.at(mix, measure, year), words) for name, measure in counts.items()}
    return words.text("held_back.newly_poor", year=year, **facts)


def _fallen_back(results: Results, mix: str, words: Words) -> str:
    """Relapse over the whole run."""
    fallen = float(np.mean(results.series(mix, "fallen_back_households")[:, 1:].sum(axis=1)))
    year = results.frame.years[-1]
    return words.text("held_back.fallen_back", year=year, fallen=words.households(fallen)) if round(fallen) else ""


def _cost(results: Results, mix: str, words: Words) -> str:
    """What a household kept out of poverty for 36 months cost, over and above no plan."""
    if mix == NO_POLICY or NO_POLICY not in results.frame.mixes or not results.frame.levers:
        return ""
    if results.frame.years[-1] < results.frame.last_planned_year + YEARS_TO_LAST:
        return words.text("held_back.kept_out_not_followed")
    last = results.frame.years[-1]
    with_plan, without = (results.at(each, "kept_out_households", last) for each in (mix, NO_POLICY))
    gain = with_plan - without
    error = float(np.std(gain, ddof=1) / math.sqrt(len(gain))) if len(gain) > 1 else math.inf
    grants = results.ledger[mix].total("paid") - results.ledger[mix].total("paid", kind=CREDIT)
    cost, gained = cost_per_household(np.array([grants / results.frame.replications]), with_plan, without)
    if not gained > 2.0 * error:
        return words.text("held_back.kept_out_not_seen")
    return words.text("held_back.kept_out", cost=words.money(cost), gained=words.households(gained, 0 if gained >= 10 else 1))
