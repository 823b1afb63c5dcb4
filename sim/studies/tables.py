"""The result files as tables: their columns, types and order, written to the same bytes every time."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.measures import catalogue
from sim.measures.flows import FROM, TO
from sim.studies.judging import ALL_TARGETS, Judged, jointly, together
from sim.studies.results import Results

YEAR_AS_A_WHOLE = 0  # the quarter of figures that stand for a whole year
SOUGHT = ("mix", "replication", "year")  # columns whose range in each part of a file is noted there, so that readers can skip parts
ROWS_TOGETHER = 1 << 20  # rows of one part of a file
TARGET_COLUMNS = (
    "name", "mix", "target_value", "unit", "probability", "mc_error", "median", "p05", "p95",
    "shortfall_households_median", "no_policy_median", "note",
)  # fmt: skip


def plain(values: np.ndarray) -> pa.Array:
    """A column of numbers, not copied. ``pa.array`` would do, but reads in all of pandas to look at its argument."""
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])


def texts(values: Sequence[str]) -> pa.Array:
    """A column of strings."""
    raw = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, raw)], dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(raw), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(raw))])


def words(values: Sequence[str], codes: np.ndarray) -> pa.Array:
    """A column of strings, given as codes into ``values``."""
    return pa.DictionaryArray.from_arrays(plain(codes.astype(_code_type(values), copy=False)), texts(values))


def _code_type(values: Sequence[str]) -> type[np.integer]:
    """The integers that codes into ``values`` are kept in."""
    return np.int16 if len(values) < 1 << 15 else np.int32


def sorted_codes(names: Sequence[str]) -> np.ndarray:
    """The order that puts ``names`` into alphabetical order."""
    return np.array(sorted(range(len(names)), key=lambda index: names[index]), dtype=_code_type(names))


def measures_table(results: Results) -> pa.Table:
    """``measures.parquet``: one figure a row, sorted by mix, replication, year, quarter, place, group, measure."""
    return pa.concat_tables(measures_by_mix(results))


def measures_by_mix(results: Results) -> Iterator[pa.Table]:
    """The parts of :func:`measures_table`, made one at a time, since fresh memory takes longer than what is done with it."""
    return (_measures_of(results, mix) for mix in sorted(results.measures))


def _measures_of(results: Results, mix: str) -> pa.Table:
    """One mix's part; figures that are not defined have no row."""
    frame, cube = results.frame, results.measures[mix]
    place, group, measure = np.meshgrid(*map(sorted_codes, (frame.place_labels, cube.groups, cube.measures)), indexing="ij")
    order = np.ravel_multi_index((place.ravel(), group.ravel(), measure.ravel()), cube.values.shape[2:])
    replications, years = cube.values.shape[:2]
    values = np.take(cube.values.reshape(replications * years, -1), order, axis=1)  # a line a replication and year
    defined = ~np.isnan(values)
    lines, kept = defined.sum(axis=1), np.flatnonzero(defined)
    in_line = kept - np.repeat(np.arange(len(values)) * len(order), lines)
    units = [catalogue.describe(name).unit for name in cube.measures]
    unit_names = sorted(set(units))
    unit_codes = np.array([unit_names.index(unit) for unit in units], dtype=_code_type(unit_names))

    def of_line(codes: np.ndarray) -> np.ndarray:
        return np.take(codes.ravel(), in_line)

    columns = {
        "mix": words([mix], np.zeros(len(kept), dtype=np.int16)),
        "replication": plain(np.repeat(np.repeat(np.arange(replications, dtype=np.int32), years), lines)),
        "year": plain(np.repeat(np.tile(np.array(frame.years, dtype=np.int16), replications), lines)),
        "quarter": plain(np.full(len(kept), YEAR_AS_A_WHOLE, dtype=np.int8)),
        "place": words(frame.place_labels, of_line(place)),
        "group": words(cube.groups, of_line(group)),
        "measure": words(cube.measures, of_line(measure)),
        "value": plain(np.take(values.ravel(), kept)),
        "unit": words(unit_names, of_line(unit_codes[measure])),
    }
    return pa.table(columns)


def flows_table(results: Results) -> pa.Table:
    """``flows.parquet``: households by origin and destination of each year's review; zero flows have no row."""
    return pa.concat_tables([_flows_of(results, mix) for mix in sorted(results.flows)])


def _flows_of(results: Results, mix: str) -> pa.Table:
    frame = results.frame
    places = sorted_codes(frame.places)
    flows = results.flows[mix][:, :, places]
    index = np.nonzero(flows)
    columns = {
        "mix": words([mix], np.zeros(len(index[0]), dtype=np.int32)),
        "replication": plain(index[0].astype(np.int32)),
        "year": plain(np.array(frame.years[1:], dtype=np.int16)[index[1]]),
        "place": words(frame.places, places[index[2]]),
        "from": words(FROM, index[3]),
        "to": words(TO, index[4]),
        "households": plain(flows[index].astype(np.int64)),
    }
    return pa.table(columns)


LEDGER_TYPES = {"replication": np.int32, "year": np.int16, "quarter": np.int8, "dong": np.int64}


def ledger_table(results: Results) -> pa.Table:
    """``ledger.parquet``: whole dong by replication, quarter, place, source, kind, lever and entry, sorted by these."""
    parts = []
    for mix in sorted(results.ledger):
        columns = results.ledger[mix].columns
        names = [*results.ledger[mix].KEYS, "dong"]
        arrays = {name: _column(columns[name], LEDGER_TYPES.get(name)) for name in names}
        part = pa.table({"mix": words([mix], np.zeros(len(columns["dong"]), dtype=np.int32)), **arrays})
        parts.append(part.sort_by([(name, "ascending") for name in names[:-1]]))
    return pa.concat_tables(parts)


def _column(values: np.ndarray, kind: type | None) -> pa.Array:
    """Numbers of that kind, or strings."""
    return texts(values.tolist()) if kind is None else plain(values.astype(kind))


def write_parquet(parts: Iterable[pa.Table], path: Path) -> None:
    """Write the parts of a table so that equal ones make equal files: fixed compression and row groups, no foreign metadata.

    Figures are mostly distinct, so a dictionary of them would double the time for a fifth of the size.
    """
    left = iter(parts)
    first = next(left)
    schema = first.schema.remove_metadata()
    with pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=3,
        use_dictionary=[name for name in schema.names if name not in ("value", "dong")],
        write_statistics=[name for name in schema.names if name in SOUGHT],
        version="2.6",
        store_schema=False,
    ) as writer:
        for part in chain([first], left):
            writer.write_table(part, row_group_size=ROWS_TOGETHER)


def write_targets(results: Results, judged: Sequence[Judged], path: Path) -> None:
    """``targets.csv``: one line a target and mix, then each mix's chance of all targets jointly."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TARGET_COLUMNS)
        for one in judged:
            found = (one.probability, one.mc_error, one.median, one.p05, one.p95, one.shortfall_households_median, one.no_policy_median)
            writer.writerow([one.target.name, one.mix, *_asked(one), *map(_figure, found), one.note])
        if len(results.frame.targets) > 1:
            for mix in results.frame.mixes:
                chance, error = jointly(results, mix)
                writer.writerow([ALL_TARGETS, mix, "", "", _figure(chance), _figure(error), "", "", "", "", "", _of_targets(results)])


def _asked(one: Judged) -> tuple[str, str]:
    """Value and unit of a target; empty where the model cannot judge it."""
    return (_figure(one.target.value), one.target.unit) if one.target.is_judged else ("", "")


def _of_targets(results: Results) -> str:
    """How many targets there are, how many are judged jointly, and how many the model cannot speak to."""
    outside = sum(not target.is_judged for target in results.frame.targets)
    return f"targets={len(results.frame.targets)}; jointly={len(together(results))}; outside_the_model={outside}"


def _figure(value: float) -> str:
    """The shortest text that gives the same number back to 10 digits; empty for not-a-number."""
    return "" if math.isnan(value) else f"{value:.10g}"
