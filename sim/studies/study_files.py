"""A study on disk: its tables as CSV and its manifest, in a folder of their own, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sim.studies import manifest
from sim.studies.frame import Frame
from sim.studies.store import MANIFEST, put_whole
from sim.studies.study import Study

DIGITS = "%.10g"
STOPPED = "-stopped"  # at the end of the name of a folder of a study that was interrupted
AnyStudy = TypeVar("AnyStudy", bound=Study)


def describe(study: str, scenarios: Sequence[Any], frame: Frame, choices: Mapping[str, Any], about: tuple[datetime, int]) -> dict[str, Any]:
    """The manifest of a study; ``choices`` are its options beside seed and replications, ``about`` when it began and its threads."""
    whole = {"study": study, "scenarios": [one.resolved for one in scenarios], "choices": dict(choices), "seed": frame.seed}
    name = manifest.digest_of({**whole, "replications": frame.replications, "versions": manifest.versions()})[:10]
    described = manifest.describe_run(scenarios[0].resolved, frame.to_dict(), name, *about)
    return {"study": study, "choices": manifest.plain(choices), **described, "scenarios": manifest.plain(whole["scenarios"])}


def save(study: AnyStudy, out: Path, draw: Callable[[AnyStudy, Path], None] | None = None) -> AnyStudy:
    """Write the tables and manifest of a study under ``out/<subject>/<run>/``; return it placed.

    ``draw(study, folder)`` adds charts. A repeat must give the same tables: RepeatDiffersError otherwise; StoreError where nothing
    can be written. A study that was interrupted goes to a folder of its own, in which the last one stands.
    """
    final = Path(out) / study.subject / (study.run_id + (STOPPED if study.is_stopped else ""))
    placed = replace(study, folder=final)
    texts = placed.more_files()

    def write(folder: Path) -> None:
        for name in placed.TABLES:
            getattr(placed, name).to_csv(folder / f"{name}.csv", index=False, float_format=DIGITS, lineterminator="\n", encoding="utf-8")
        made_of = json.dumps(placed.manifest, ensure_ascii=False, indent=1, sort_keys=True)
        for name, text in {**texts, MANIFEST: made_of + "\n"}.items():
            (folder / name).write_text(text, encoding="utf-8")
        if draw is not None:
            draw(placed, folder)

    put_whole(final, write, [] if study.is_stopped else [*(f"{name}.csv" for name in study.TABLES), *texts])
    return placed
