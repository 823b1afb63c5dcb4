"""A run whose results go to a folder, and which can be stopped at any moment and gone on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.studies import store
from sim.studies.blocks import Blocks
from sim.studies.results import Results
from sim.studies.run import run


def run_into(
    scenario: Any,
    out: str | Path = "results",
    *,
    resume: bool = False,
    draw: store.Draw | None = None,
    told: Callable[[Blocks], None] | None = None,
    **options: Any,
) -> Results:
    """Run a scenario and write everything under ``out/<scenario>/<run>/``; return the results with their folder.

    Finished batches of replications are kept beside that folder until it is whole. After an interruption, even by SIGKILL, the
    same call with ``resume`` goes on from them, and ends with the same bytes as a run that was never interrupted. ``draw`` is as
    in :func:`sim.studies.store.save`, ``told`` as in :class:`sim.studies.blocks.Blocks`, ``options`` are those of
    :func:`sim.studies.run.run`. Raises BusyError if another process does the same run there, StoreError and RepeatDiffersError.
    """
    store.prepare(Path(out))
    with Blocks(Path(out), resume, told) as blocks:
        results = store.save(run(scenario, blocks=blocks, **options), Path(out), draw)
        blocks.clear()
    return results
