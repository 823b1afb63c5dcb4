"""Districts, or places where the plan names no districts, as a table: the poverty rate at the start, with and without the plan."""

from __future__ import annotations

import numpy as np

from sim.measures.targets import band
from sim.report.document import Block, Grid, Heading, Paragraph
from sim.report.words import Words, decimals_for
from sim.studies.frame import NO_POLICY
from sim.studies.results import Results

RATE, POOR = "official_poor_rate", "official_poor_households"
MOST_ROWS = 30


def districts(results: Results, mix: str, words: Words) -> list[Block]:
    """A line a district, that with the highest rate under ``mix`` first; nothing for a single place."""
    frame = results.frame
    if len(frame.units) < 2:
        return []
    year = frame.last_planned_year
    ends = {unit: band(results.at(mix, RATE, year, place=unit)) for unit in frame.units}
    order = sorted(frame.units, key=lambda unit: (-ends[unit][0], unit))
    with_nothing = mix != NO_POLICY and NO_POLICY in frame.mixes
    rows = []
    for unit in order[:MOST_ROWS]:
        decimals = max(decimals_for(ends[unit][2] - ends[unit][1]), 1)
        cells = [
            words.number(float(np.median(results.at(mix, RATE, frame.start_year, place=unit))), decimals),
            words.band(*ends[unit], decimals),
            words.number(float(np.median(results.at(mix, POOR, year, place=unit)))),
        ]
        if with_nothing:
            cells.insert(2, words.number(float(np.median(results.at(NO_POLICY, RATE, year, place=unit))), decimals))
        mark = " *" if set(frame.districts.get(unit, (unit,))) <= set(frame.poor_districts) else ""
        rows.append((words.place(unit) + mark, *cells))
    header = [words.text("districts.place"), words.text("districts.start", year=frame.start_year)]
    header += [words.text("districts.end", mix=words.mix(each), year=year) for each in ([mix, NO_POLICY] if with_nothing else [mix])]
    notes = [words.text("districts.caption")]
    notes += [words.text("districts.poor")] if frame.poor_districts else []
    notes += [words.text("districts.most", shown=MOST_ROWS, all=words.number(len(order)))] if len(order) > MOST_ROWS else []
    table = Grid((*header, words.text("districts.households", year=year)), tuple(rows))
    return [Heading(words.text("districts.title")), table, Paragraph(" ".join(notes), small=True)]
