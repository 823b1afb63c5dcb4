"""Who asks to be reviewed: an unlisted household that does not apply is never examined."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Shock, Standing
from sim.agents.purposes import Purpose
from sim.dynamics.upkeep import gained_capacity
from sim.kit import draws, maths
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.law.parameters import ByRow

HARD = int(Shock.ILLNESS) | int(Shock.DEATH) | int(Shock.STORM) | int(Shock.JOB_LOST)


def readiness(communes: Table, p: ByRow) -> np.ndarray:
    """How much more often households of each commune apply than they used to, those above and those below the line.

    ``p`` holds the yearly parameters by commune; float64 of shape (2, communes). Awareness moves both; officers who have
    learnt more find and invite those below the line.
    """
    aware = communes.awareness.astype(np.float64)
    invited = maths.power(gained_capacity(communes), p["apply_by_staff"].astype(np.float64))
    return np.stack([aware, aware * invited])


def decide(households: Table, p: ByRow, below_line: np.ndarray, ready: np.ndarray, now: Quarter, seed: int) -> None:
    """Write ``applies``: unlisted households below the line apply at some rate, others rarely; more after a shock or a split.

    ``p`` holds the yearly parameters by row; ``below_line`` whether the score, were it taken now, lies at or below the line;
    ``ready`` is the communes' :func:`readiness`.
    """
    rate = np.where(below_line, p["apply_below_line"], p["apply_above_line"]).astype(np.float64)
    pressed = ((households.recent_shocks & HARD) != 0) | (households.branch == now.year)
    rate = rate * np.where(pressed, p["apply_after_shock"], 1.0) * ready[below_line.astype(np.int64), households.cell]
    luck = draws.uniform(seed, households.origin, households.branch, households.replication, now.number, Purpose.APPLYING)
    households.applies[...] = (households.standing == Standing.NOT_LISTED) & (luck < np.minimum(rate, 1.0))
