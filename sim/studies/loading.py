"""Results read back from a run's folder, for charts and reports made without the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from sim.measures.flows import FROM, TO
from sim.measures.grouping import ALL
from sim.studies.frame import Frame
from sim.studies.results import Cube, LedgerTable, Results
from sim.studies.store import MANIFEST
from sim.studies.tables import read_parquet


class NoResults(Exception):
    """The folder holds no results that can be read; commands answer it with exit code 2."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"no results can be read from {folder}: {reason}")


def load(folder: str | Path) -> Results:
    """The results that a run wrote into ``folder``; NoResults if they are not there or not whole."""
    folder = Path(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        frame = Frame.from_dict(manifest["frame"])
        files = {name: read_parquet(folder / f"{name}.parquet") for name in ("measures", "flows", "ledger")}
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise NoResults(folder, str(fault)) from fault
    return Results(
        frame=frame,
        measures={mix: _cube(frame, _of_mix(files["measures"], mix)) for mix in frame.mixes},
        flows={mix: _flows(frame, _of_mix(files["flows"], mix)) for mix in frame.mixes},
        ledger={mix: LedgerTable(_of_mix(files["ledger"], mix)) for mix in frame.mixes},
        manifest=manifest,
        folder=folder,
    )


def _of_mix(columns: dict[str, np.ndarray], mix: str) -> dict[str, np.ndarray]:
    """The rows of one mix, without that column."""
    rows = columns["mix"] == mix
    return {name: values[rows] for name, values in columns.items() if name != "mix"}


def _codes(values: np.ndarray, labels: tuple[Any, ...]) -> np.ndarray:
    """Position of each value among the labels."""
    order = np.argsort(np.array(labels), kind="stable")
    return order[np.searchsorted(np.array(labels)[order], values.astype(np.array(labels).dtype))]


def _cube(frame: Frame, rows: dict[str, np.ndarray]) -> Cube:
    """The cube of measures that long rows spell out."""
    groups = tuple(sorted(set(rows["group"].tolist()) - {ALL}))
    groups, measures = (ALL, *groups), tuple(sorted(set(rows["measure"].tolist())))
    shape = (frame.replications, len(frame.years), len(frame.place_labels), len(groups), len(measures))
    values = np.full(shape, np.nan)
    where = (
        rows["replication"],
        _codes(rows["year"], frame.years),
        _codes(rows["place"], frame.place_labels),
        _codes(rows["group"], groups),
        _codes(rows["measure"], measures),
    )
    values[where] = rows["value"]
    return Cube(groups, measures, values)


def _flows(frame: Frame, rows: dict[str, np.ndarray]) -> np.ndarray:
    """The table of flows that long rows spell out."""
    values = np.zeros((frame.replications, len(frame.years) - 1, len(frame.places), len(FROM), len(TO)), dtype=np.int64)
    where = (
        rows["replication"],
        _codes(rows["year"], frame.years[1:]),
        _codes(rows["place"], frame.places),
        _codes(rows["from"], FROM),
        _codes(rows["to"], TO),
    )
    values[where] = rows["households"]
    return values
