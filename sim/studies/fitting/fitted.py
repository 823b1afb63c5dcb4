"""What a fit gives: posteriors, and tables that say what they are worth."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from sim.law.posterior import Posterior
from sim.studies.store import MANIFEST, put_whole
from sim.studies.study_files import DIGITS

TABLES = ("parameters", "predictions", "calibration", "ranks")


@dataclass(frozen=True)
class Fitted:
    """``posteriors`` by reading.

    ``parameters``: a row a reading and number, with prior and posterior medians and 5 and 95 %, and the share of its variance that the
    statistics explain. ``predictions``: a row a reading and statistic, with the figure on record, what prior and posterior predict
    (``low``, ``median``, ``high`` of 90 %, with the spread between places; ``own_*`` without), whether the figure lies ``inside``,
    and the band's ``width`` over the record's own spread between places where that is known. ``calibration``: coverage of bands
    over pseudo-data, a row a reading, number and kind of pseudo-data (``prior``, ``near``). ``ranks``: counts of ranks of the true
    numbers in tenths.
    """

    posteriors: Mapping[str, Posterior]
    parameters: pd.DataFrame
    predictions: pd.DataFrame
    calibration: pd.DataFrame
    ranks: pd.DataFrame
    manifest: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None

    @property
    def run_id(self) -> str:
        """Ten hex digits that name the fit."""
        return str(self.manifest["run"])

    @property
    def is_stopped(self) -> bool:
        """A fit is whole or not at all."""
        return False


def save(fitted: Fitted, out: Path, draw: Callable[[Fitted, Path], None] | None = None) -> Fitted:
    """Write posteriors, tables and charts under ``out/fit/<run>/``; return it placed. Faults as of ``study_files.save``."""
    final = Path(out) / "fit" / fitted.run_id
    placed = replace(fitted, folder=final)
    files = [f"{one.key}.yaml" for one in fitted.posteriors.values()] + [f"{name}.csv" for name in TABLES]

    def write(folder: Path) -> None:
        write_files(placed, folder)
        if draw is not None:
            draw(placed, folder)

    put_whole(final, write, files)
    return placed


def write_files(fitted: Fitted, folder: Path) -> None:
    """Posteriors, tables and manifest in a folder."""
    for one in fitted.posteriors.values():
        (folder / f"{one.key}.yaml").write_text(one.text(), encoding="utf-8")
    for name in TABLES:
        getattr(fitted, name).to_csv(folder / f"{name}.csv", index=False, float_format=DIGITS, lineterminator="\n", encoding="utf-8")
    text = json.dumps(fitted.manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
