"""Results on disk: whole or not at all, the promised columns and order, the same bytes each time."""

from __future__ import annotations

import csv
import errno
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from sim.studies import store, tables
from sim.studies.loading import NoResultsError, load
from tests.studies.fake_engine import finished

FILES = {"measures.parquet", "flows.parquet", "ledger.parquet", "targets.csv", "manifest.json"}
MEASURES = ["mix", "replication", "year", "quarter", "place", "group", "measure", "value", "unit"]
SCHEMAS = {
    "measures": (MEASURES, ["string", "int32", "int16", "int8", "string", "string", "string", "double", "string"]),
    "flows": (["mix", "replication", "year", "place", "from", "to", "households"], ["string", "int32", "int16", *["string"] * 3, "int64"]),
    "ledger": (
        ["mix", "replication", "year", "quarter", "place", "source", "kind", "lever", "entry", "dong"],
        ["string", "int32", "int16", "int8", *["string"] * 5, "int64"],
    ),
}


def test_a_run_lands_in_its_folder(tmp_path: Path) -> None:
    saved = store.save(finished(), tmp_path)
    assert saved.folder == tmp_path / "hoang_kim_2024" / "0123456789"
    assert {path.name for path in saved.folder.iterdir()} == FILES
    assert [path.name for path in saved.folder.parent.iterdir()] == ["0123456789"]  # nothing is left beside it


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_columns_and_order_are_as_promised(name: str, tmp_path: Path) -> None:
    folder = store.save(finished(5, 2, 200), tmp_path).folder
    table = pq.read_table(folder / f"{name}.parquet")
    names, types = SCHEMAS[name]
    assert table.column_names == names
    assert [str(kind) for kind in table.schema.types] == types
    keys = [column for column in names if column not in ("value", "unit", "households", "dong")]
    rows = list(zip(*(table[key].to_pylist() for key in keys), strict=True))
    order = [(*row[:4], *row[4:]) for row in rows]
    assert len(set(rows)) == len(rows)
    if name != "flows":
        assert order == sorted(order)


def test_targets_have_a_line_a_mix_and_the_joint_chance(tmp_path: Path) -> None:
    folder = store.save(finished(), tmp_path).folder
    with (folder / "targets.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert tuple(lines[0]) == tables.TARGET_COLUMNS
    assert [(line["name"], line["mix"]) for line in lines[:3]] == [("fall", "plan"), ("fall", "plan.as_planned"), ("fall", "no_policy")]
    assert [line["mix"] for line in lines if line["name"] == "all_targets"] == list(finished().frame.mixes)
    assert all(0 <= float(line["probability"]) <= 1 for line in lines)


def test_a_repeat_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (store.save(finished(), tmp_path / name).folder for name in ("a", "b"))
    for name in store.SAME_FILES:
        assert (one / name).read_bytes() == (other / name).read_bytes()
    assert store.save(finished(), tmp_path / "a").folder == one


def test_a_repeat_that_differs_is_told_and_changes_nothing(tmp_path: Path) -> None:
    folder = store.save(finished(), tmp_path).folder
    kept = (folder / "measures.parquet").read_bytes()
    (folder / "targets.csv").write_text("changed", encoding="utf-8")
    with pytest.raises(store.RepeatDiffersError) as told:
        store.save(finished(), tmp_path)
    assert told.value.files == ("targets.csv",)
    assert (folder / "measures.parquet").read_bytes() == kept
    assert [path.name for path in folder.parent.iterdir()] == ["0123456789"]


def _drawn(lang: str):
    """Charts that are a word, drawn while the tables are written."""

    def draw(results: object, folder: Path, meanwhile) -> None:
        meanwhile()
        (folder / f"projection_{lang}.svg").write_text(lang)

    return draw


def test_charts_of_the_other_language_stay(tmp_path: Path) -> None:
    folder = store.save(finished(), tmp_path, _drawn("vi")).folder
    store.save(finished(), tmp_path, _drawn("en"))
    assert {path.name for path in folder.iterdir()} == FILES | {"projection_vi.svg", "projection_en.svg"}


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tables, "write_targets", full)
    with pytest.raises(store.StoreError) as told:
        store.save(finished(), tmp_path)
    assert told.value.reason == "ENOSPC"
    assert list((tmp_path / "hoang_kim_2024").iterdir()) == []


def test_a_fault_while_drawing_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(results: object, folder: Path, meanwhile: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.save(finished(), tmp_path, fail)
    assert list((tmp_path / "hoang_kim_2024").iterdir()) == []


def test_a_locked_door_is_found_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(store.StoreError):
        store.prepare(tmp_path / "file" / "results")
    store.prepare(tmp_path / "new" / "results")
    assert list((tmp_path / "new" / "results").iterdir()) == []


def test_what_is_loaded_is_what_was_saved(tmp_path: Path) -> None:
    results = finished(5, 2, 200)
    loaded = load(store.save(results, tmp_path).folder)
    assert loaded.frame == results.frame
    for mix in results.frame.mixes:
        assert np.array_equal(loaded.flows[mix], results.flows[mix])
        for measure in loaded.measures[mix].measures:
            for place in results.frame.place_labels:
                one, other = (each.series(mix, measure, place, "poor") for each in (loaded, results))
                assert np.array_equal(one, other, equal_nan=True)
        assert loaded.ledger[mix].total("paid") == results.ledger[mix].total("paid")


def test_a_damaged_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoResultsError) as told:
        load(tmp_path)
    assert told.value.reason == "ENOENT"
    folder = store.save(finished(), tmp_path).folder
    (folder / "flows.parquet").write_bytes(b"broken")
    with pytest.raises(NoResultsError) as told:
        load(folder)
    assert told.value.reason == "damaged"


def test_the_name_of_a_run_depends_on_what_makes_it() -> None:
    from sim.studies.manifest import run_id

    base = run_id({"a": 1, "b": [2]}, 1, 50, ("plan",))
    assert len(base) == 10
    assert int(base, 16) >= 0
    assert base == run_id({"b": [2], "a": 1}, 1, 50, ("plan",))
    others = {run_id({"a": a, "b": [2]}, seed, runs, ("plan",)) for a, seed, runs in ((2, 1, 50), (1, 2, 50), (1, 1, 51))}
    assert len(others | {base}) == 4


def test_the_manifest_says_what_the_run_was_made_of(tmp_path: Path) -> None:
    import json

    manifest = json.loads((store.save(finished(), tmp_path).folder / "manifest.json").read_text(encoding="utf-8"))
    assert {"run", "scenario_hash", "scenario", "versions", "libraries", "machine", "started", "seconds", "frame"} <= set(manifest)
    assert replace(finished()).frame.seed == manifest["frame"]["seed"]
