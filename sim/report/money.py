"""Money in the verdict: granted and paid by lever, and the calendar of payments as planned and as delivered."""

from __future__ import annotations

import numpy as np

from sim.measures.targets import band
from sim.report.document import Block, Grid, Heading, Paragraph
from sim.report.words import MILLION, Words
from sim.studies.payments import payments, quarters, span
from sim.studies.results import Results

KINDS = ("investment", "recurrent", "credit")
KINDS_ABREAST = 2  # of a table, so that it fits a terminal
UNALLOCATED = "unallocated"
BILLION = 1000 * MILLION


def money(results: Results, mix: str, words: Words) -> list[Block]:
    """Money granted and paid by lever, and households or communes served, over all years of the run."""
    ledger, runs = results.ledger[mix], results.frame.replications
    used = [lever for lever in results.frame.levers if ledger.total("appropriated", lever=lever)]
    unallocated = ledger.total("appropriated", lever=UNALLOCATED)
    if not used and not unallocated:
        return []
    rows = []
    for lever in used:
        amounts = [words.millions(ledger.total(entry, lever=lever) / runs) for entry in ("appropriated", "paid")]
        rows.append((words.name(results.frame.labels.get(lever), lever), *amounts, _served(results, mix, lever, words)))
    if unallocated:
        rows.append((words.text("money.unallocated"), words.millions(unallocated / runs), words.number(0), "–"))
    rows.append((words.text("money.total"), *[words.millions(ledger.total(entry) / runs) for entry in ("appropriated", "paid")], ""))
    unit = words.unit("million_dong", "").strip()
    header = [words.text(f"money.{name}") for name in ("lever", "appropriated", "paid", "served")]
    header[1:3] = [f"{title}, {unit}" for title in header[1:3]]
    return [Heading(words.text("money.title", mix=words.mix(mix))), Grid(tuple(header), tuple(rows))]


def _served(results: Results, mix: str, lever: str, words: Words) -> str:
    """Households, or communes for a lever of communes, served over the years in the mean of a run."""
    if lever in results.frame.commune_levers:
        return words.communes(float(np.nansum(results.series(mix, f"communes_reached:{lever}"), axis=1).mean()))
    return words.households(float(np.nansum(results.series(mix, f"beneficiaries:{lever}"), axis=1).mean()))


def calendar(results: Results, mix: str, words: Words) -> list[Block]:
    """Payments by quarter and kind of money: as planned, and as delivered with the band; nothing where a reading is missing."""
    planned, delivered = results.frame.planned_and_delivered(mix)
    if not planned or not delivered:
        return []
    plan, truth = payments(results, planned, "kind"), payments(results, delivered, "kind")
    shown = span([*plan.values(), *truth.values()])
    kinds = [*[kind for kind in KINDS if kind in {**plan, **truth}], *sorted({**plan, **truth}.keys() - set(KINDS))]
    if not kinds:
        return []
    highest = max(float(table.mean(axis=0).max()) for table in (*plan.values(), *truth.values()))
    scale, unit = (BILLION, "billion_dong") if highest >= BILLION else (MILLION, "million_dong")
    decimals = 1 if scale == BILLION and highest < 100 * BILLION else 0
    shown_quarters = list(enumerate(quarters(results)))[shown]

    def cells(kind: str, number: int) -> tuple[str, str]:
        planned_dong, paid = (table[kind][:, number] / scale if kind in table else np.zeros(1) for table in (plan, truth))
        return words.number(float(np.median(planned_dong)), decimals), words.band(*band(paid), decimals)

    blocks: list[Block] = [Heading(words.text("calendar.title", mix=words.mix(mix)))]
    for first in range(0, len(kinds), KINDS_ABREAST):
        some = kinds[first : first + KINDS_ABREAST]
        names = [words.capital(words.name(results.frame.labels.get(kind), kind)) for kind in some]
        header = [words.text(f"calendar.{reading}", kind=name) for name in names for reading in ("planned", "delivered")]
        rows = [(words.quarter(str(quarter)), *[cell for kind in some for cell in cells(kind, at)]) for at, quarter in shown_quarters]
        paid = tuple(row for row in rows if any(cell != words.number(0, decimals) for cell in row[1:]))
        blocks.append(Grid((words.text("calendar.quarter"), *header), paid))
    return [*blocks, Paragraph(words.text("calendar.caption", unit=words.unit(unit, "").strip()), small=True)]
