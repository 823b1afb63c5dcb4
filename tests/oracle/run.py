"""Run the oracle or the engine in a process of its own: ``python -m tests.oracle.run oracle|engine START HISTORY``.

START is a pickled start (see world.Start), HISTORY the npz file to write.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import numpy as np

from tests.oracle import engine_side
from tests.oracle.model import SlowModel
from tests.oracle.record import commune_columns, household_columns, ledger_rows
from tests.oracle.world import MIX, Start


def history(start: Start) -> dict[str, np.ndarray]:
    """Every column of households and communes at the end of every quarter, and the ledger at the end."""
    kept: dict[str, np.ndarray] = {}

    def keep(model: SlowModel) -> None:
        for table, columns in (("h", household_columns(model)), ("c", commune_columns(model))):
            kept.update({f"{model.now.year}Q{model.now.quarter}/{table}/{name}": array for name, array in columns.items()})

    model = SlowModel(start, MIX, keep)
    model.run()
    return kept | {"ledger": ledger_rows(model)}


if __name__ == "__main__":
    which, start_file, history_file = sys.argv[1:]
    given = pickle.loads(Path(start_file).read_bytes())
    np.savez(history_file, **(history(given) if which == "oracle" else engine_side.history(engine_side.begin(given))))
