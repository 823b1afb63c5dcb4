"""Results read back from a run's folder, for charts and reports made without the model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from sim.measures.flows import FROM, TO
from sim.measures.grouping import ALL
from sim.studies.file_columns import Column, read_columns
from sim.studies.frame import Frame
from sim.studies.results import Cube, LedgerTable, Results
from sim.studies.store import MANIFEST, reason_of


class NoResultsError(Exception):
    """The folder holds no results that can be read; commands answer it with exit code 2."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"no results can be read from {folder}: {reason}")


def load(folder: str | Path) -> Results:
    """The results that a run wrote into ``folder``; NoResultsError if they are not there or not whole."""
    folder = Path(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        frame = Frame.from_dict(manifest["frame"])
        files = {name: read_columns(folder / f"{name}.parquet") for name in ("measures", "flows", "ledger")}
    except OSError as fault:
        raise NoResultsError(folder, reason_of(fault)) from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise NoResultsError(folder, "damaged") from fault
    return Results(
        frame=frame,
        measures={mix: _cube(frame, _of_mix(files["measures"], mix)) for mix in frame.mixes},
        flows={mix: _flows(frame, _of_mix(files["flows"], mix)) for mix in frame.mixes},
        ledger={mix: LedgerTable({name: column.texts() for name, column in _of_mix(files["ledger"], mix).items()}) for mix in frame.mixes},
        manifest=manifest,
        folder=folder,
    )


def _of_mix(columns: dict[str, Column], mix: str) -> dict[str, Column]:
    """The rows of one mix, without that column."""
    column = columns["mix"]
    rows = np.flatnonzero(column.values == column.labels.index(mix)) if mix in column.labels else np.zeros(0, dtype=np.int64)
    return {name: values.take(rows) for name, values in columns.items() if name != "mix"}


def _cube(frame: Frame, rows: dict[str, Column]) -> Cube:
    """The cube of measures that long rows spell out."""
    groups = (ALL, *sorted(set(_used(rows["group"])) - {ALL}))
    measures = tuple(sorted(_used(rows["measure"])))
    labels = {"year": frame.years, "place": frame.place_labels, "group": groups, "measure": measures}
    values = np.full((frame.replications, *(len(each) for each in labels.values())), np.nan)
    where = tuple(rows[name].among(each) for name, each in labels.items())
    values[(rows["replication"].values, *where)] = rows["value"].values
    return Cube(groups, measures, values)


def _used(column: Column) -> list[str]:
    """The labels that occur."""
    return [column.labels[code] for code in np.flatnonzero(np.bincount(column.values, minlength=1))]


def _flows(frame: Frame, rows: dict[str, Column]) -> np.ndarray:
    """The table of flows that long rows spell out."""
    labels = {"year": frame.years[1:], "place": frame.places, "from": FROM, "to": TO}
    values = np.zeros((frame.replications, *(len(each) for each in labels.values())), dtype=np.int64)
    where = tuple(rows[name].among(each) for name, each in labels.items())
    values[(rows["replication"].values, *where)] = rows["households"].values
    return values
