"""A household's name and where its row stands: ``1043.0`` from the start on, ``1043.2026`` if it split off in 2026."""

from __future__ import annotations

import numpy as np

from sim.kit.columns import Table


class HouseholdGoneError(LookupError):
    """The household has dissolved or moved away."""


def name_of(origin: int, branch: int, replication: int = 0) -> str:
    """A household's name: number at the start and year it split off, ``1043.0`` or ``1043.2026``.

    From the second replication of a run on, the replication follows: ``1043.0@3``.
    """
    return f"{origin}.{branch}" + (f"@{replication}" if replication else "")


def parse_id(text: str) -> tuple[int, int, int]:
    """Origin, branch and replication of a name such as ``1043.2026`` or ``1043.0@3``; ``1043`` alone is ``1043.0``.

    ValueError where it is none.
    """
    name, _, replication = text.partition("@")
    origin, _, branch = name.partition(".")
    parts = (origin, branch or "0", replication or "0")
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"no household is named {text!r}")
    return int(parts[0]), int(parts[1]), int(parts[2])


def find_row(households: Table, cell: int, origin: int, branch: int) -> int:
    """The row of a household; HouseholdGoneError if it is not there. Rows stand by cell, origin and branch."""
    low, high = (int(np.searchsorted(households.cell, cell, side)) for side in ("left", "right"))
    low, high = (low + int(np.searchsorted(households.origin[low:high], origin, side)) for side in ("left", "right"))
    row = low + int(np.searchsorted(households.branch[low:high], branch))
    if row >= high or households.branch[row] != branch:
        raise HouseholdGoneError(f"household {origin}.{branch} is no longer in commune {cell}")
    return row
