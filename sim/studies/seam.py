"""Where studies meet the model: beside dealings.py the only file that knows the engine's own names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.agents.children import under_5
from sim.agents.codebook import Standing
from sim.kit.calendar import Quarter
from sim.measures.levels import Levels
from sim.measures.spending import sum_by_cell
from sim.measures.tape import Tape
from sim.measures.year import Facts
from sim.standards.load import load_standard
from sim.standards.standard import Standard
from sim.studies.dealings import communes_reached, dealings
from sim.studies.frame import Frame
from sim.studies.results import LedgerTable


def follow(simulation: Any, at_year_end: Callable[[Any], None]) -> None:
    """Run a simulation to its end; ``at_year_end(simulation)`` sees each fourth quarter before lists turn on 1 January."""
    simulation.yearly.append(at_year_end)
    while not simulation.finished:
        simulation.quarter()


def poor_at_start(households: Any, communes: int) -> np.ndarray:
    """Sorted identities of the households on the poor list now."""
    return np.sort(_identity(households, communes)[households.reviewed == Standing.POOR])


def facts_of(
    simulation: Any, year: int, replications: int, levels: Levels, start_poor: np.ndarray, tape: Tape | None = None
) -> Facts:
    """What the measures of ``year`` need beside columns; a simulation that has not begun gives the facts of its start."""
    h = simulation.households
    standard = load_standard(simulation.scenario.standard)
    when = Quarter(year, 4)
    lacked = standard.deprivations(h)
    points = standard.points
    children, undernourished = under_5(h.members)
    return Facts(
        replications=replications,
        levels=levels,
        line=standard.line_of(h.urban, when).astype(np.float32),
        lacked=lacked,
        truly=standard.classify(h.income_per_head, h.urban, lacked, when),
        poor_at_start=_is_in(_identity(h, levels.communes), start_poor),
        new=h.branch == year,
        children_under_5=children,
        undernourished_under_5=undernourished,
        when=when,
        indicators=standard.indicators,
        weights=tuple(float(weight) for weight in points / points.sum()) if len(points) else (),
        cutoff=_cutoff(standard),
        dealings=dealings(simulation, year),
        communes_reached=communes_reached(simulation, year),
        tape=tape,
    )


def ledger_of(simulation: Any, replications: range, places: tuple[str, ...]) -> LedgerTable:
    """The ledger of a finished simulation, replications under their own numbers and places under their names."""
    rows = simulation.programme.ledger.rows()
    known = np.unique(simulation.communes.replication)  # whether counted from the batch's first or from 0
    columns = {name: rows[name] for name in ("year", "quarter", "dong")}
    columns["replication"] = (replications.start + np.searchsorted(known, rows["replication"])).astype(np.int32)
    columns["place"] = np.array(places, dtype=object)[rows["place"]]
    columns |= {name: rows[name].astype(object) for name in ("source", "kind", "lever", "entry")}
    return LedgerTable(columns)


def spending_of(ledger: LedgerTable, frame: Frame, levers: tuple[str, ...], replications: range) -> dict[str, np.ndarray]:
    """Whole dong paid by lever, each of shape (years, replications, places)."""
    c = ledger.columns
    shape = (len(frame.years), len(replications), len(frame.places))
    number_of = {name: number for number, name in enumerate(frame.places)}
    place = np.fromiter(map(number_of.__getitem__, c["place"].tolist()), dtype=np.int64, count=len(ledger))
    cell = ((c["year"].astype(np.int64) - frame.start_year) * shape[1] + c["replication"] - replications.start) * shape[2] + place
    paid = c["entry"] == "paid"
    by_lever = {lever: paid & (c["lever"] == lever) for lever in levers}
    return {lever: sum_by_cell(cell[mine], c["dong"][mine], int(np.prod(shape))).reshape(shape) for lever, mine in by_lever.items()}


def _identity(h: Any, communes: int) -> np.ndarray:
    """Replication index (up to 65,535), origin and branch of each household in one uint64."""
    replication, origin, branch = ((h.cell // communes).astype(np.uint64), h.origin.astype(np.uint64), h.branch.astype(np.uint64))
    return (replication << np.uint64(48)) | (origin << np.uint64(16)) | branch


def _is_in(keys: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Which keys are among the sorted ones."""
    if not len(among):
        return np.zeros(len(keys), dtype=bool)
    return among[np.minimum(np.searchsorted(among, keys), len(among) - 1)] == keys


def _cutoff(standard: Standard) -> float:
    """Share of all points from which a household counts as multidimensionally poor."""
    return standard.cutoffs["many"].value / float(standard.points.sum()) if "many" in standard.cutoffs else 1.0
