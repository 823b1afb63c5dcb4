"""What must hold every year of every run, checked in every run: no number lost, no household lost."""

from __future__ import annotations

import numpy as np

from sim.dynamics.households_come_and_go import Comings
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.policies.closing import faults
from sim.policies.programme import Programme

BOUNDED = 1e9  # thousand dong: more than any household owns or earns in a quarter


class ModelFault(RuntimeError):
    """The model broke one of its own promises: a fault of the program, not of the input."""


def check_finite(households: Table, now: Quarter) -> None:
    """Raise ModelFault naming variable, quarter and household where a float column holds NaN, infinity or an absurd size."""
    for name, values in households.arrays().items():
        if values.dtype != np.float32:
            continue
        bad = ~(np.abs(values) < BOUNDED)
        if bad.any():
            row = int(np.flatnonzero(bad.any(axis=0) if values.ndim > 1 else bad)[0])
            h = households
            who = f"household {h.origin[row]}.{h.branch[row]} of replication {h.replication[row]}"
            raise ModelFault(f"{name} is {values[..., row]} for {who} in {now}")


def check_households(before: int, comings: Comings, after: int, now: Quarter) -> None:
    """Raise ModelFault unless households in = out + founded - dissolved - moved."""
    if before + comings.splits - comings.dissolved - comings.moved != after:
        raise ModelFault(f"households do not close in {now}: {before} before, {comings}, {after} after")


def check_books(programme: Programme, households: Table, communes: Table, now: Quarter) -> None:
    """Raise ModelFault naming accounts and year unless every dong of the year is accounted for (see policies/closing.py)."""
    found = list(faults(programme, households, communes, now.year))
    if found:
        raise ModelFault(f"the books of {now.year} do not close: " + "; ".join(found))


def check_order(households: Table, now: Quarter) -> None:
    """Raise ModelFault unless rows stand by replication, cell, origin and branch, each household once."""
    place = (households.cell.astype(np.int64) << 32) | households.origin
    step, branch = np.diff(place), np.diff(households.branch.astype(np.int64))
    if ((step < 0) | ((step == 0) & (branch <= 0))).any():
        raise ModelFault(f"households are out of order or doubled in {now}")
