"""Who asks to be reviewed: an unlisted household that does not apply is never examined."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Shock, Standing
from sim.agents.purposes import Purpose
from sim.kit import draws
from sim.kit.columns import Table
from sim.law.parameters import ByRow

HARD = int(Shock.ILLNESS) | int(Shock.DEATH) | int(Shock.STORM) | int(Shock.JOB_LOST)


def decide(households: Table, p: ByRow, below_line: np.ndarray, quarter_number: int, seed: int, year: int) -> None:
    """Write ``applies``: unlisted households below the line apply at some rate, others rarely; more after a shock or a split.

    ``p`` holds the yearly parameters by row; ``below_line`` whether the score, were it taken now, lies at or below the line.
    """
    rate = np.where(below_line, p["apply_below_line"], p["apply_above_line"]).astype(np.float64)
    pressed = ((households.recent_shocks & HARD) != 0) | (households.branch == year)
    rate = np.minimum(rate * np.where(pressed, p["apply_after_shock"], 1.0), 1.0)
    luck = draws.uniform(seed, households.origin, households.branch, households.replication, quarter_number, Purpose.APPLYING)
    households.applies[...] = (households.standing == Standing.NOT_LISTED) & (luck < rate)
