"""What support to a commune turns into: works come into use and wear, officers leave, what people were told is forgotten.

Nothing here moves in a commune that no programme has supported.
"""

from __future__ import annotations

import numpy as np

from sim.kit import maths
from sim.kit.columns import Table
from sim.law.parameters import ByRow

LEAST_CAPACITY = 0.1  # keeps a ratio of capacities finite


def turn_support(communes: Table, p: ByRow) -> None:
    """A quarter's fading of what communes were given; ``p`` are quarterly numbers by commune."""
    _use_works(communes, p)
    usual, staff = communes.usual_staff_capacity.astype(np.float64), communes.staff_capacity.astype(np.float64)
    communes.staff_capacity[...] = usual + (staff - usual) * (1.0 - p["staff_turnover"].astype(np.float64))
    told = communes.awareness.astype(np.float64) - 1.0
    communes.awareness[...] = 1.0 + told * (1.0 - p["awareness_fade"].astype(np.float64))


def _use_works(communes: Table, p: ByRow) -> None:
    """Works in use wear, less while their upkeep is paid; those that are finished come into use; productivity follows."""
    before = communes.infrastructure.astype(np.float64)
    saved = np.where(communes.works_upkeep > 0, p["upkeep_saves"].astype(np.float64), 0.0)
    lost = p["works_wear"].astype(np.float64) * (1.0 - saved) * before
    after = (before - lost + communes.works_to_come[0]).astype(np.float32)
    communes.works_to_come[:-1] = communes.works_to_come[1:].copy()
    communes.works_to_come[-1] = 0.0
    communes.works_upkeep[...] = np.maximum(communes.works_upkeep, 1) - 1
    communes.productivity[...] = communes.productivity * maths.exp(after.astype(np.float64) - before)
    communes.infrastructure[...] = after


def works_vacancies(communes: Table, p: ByRow, usual: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Thousandths of a job by which works raise (or, ended, lower) the ``usual`` vacancies of the quarter: int64.

    Jobs at works end with the works: then some of those who leave a job in the commune are not replaced, so that every job
    that works filled is taken back in time. ``wanted`` are the jobs that seekers could take, in thousandths; what works open
    beyond them stays empty and need not be taken back.
    """
    running, opened = communes.works_jobs_running.astype(np.int64), communes.works_jobs.astype(np.int64)
    ended = np.ceil(running * p["works_jobs_end"].astype(np.float64)).astype(np.int64)
    ended = np.minimum(np.minimum(ended, running), usual)
    filled = np.clip(wanted - (usual - ended), 0, opened)
    communes.works_jobs_running[...] = running - ended + filled
    communes.works_jobs[...] = 0
    return opened - ended


def gained_capacity(communes: Table) -> np.ndarray:
    """Capacity of a commune's staff over what it usually is, float64: 1 where nobody was trained."""
    return communes.staff_capacity.astype(np.float64) / np.maximum(communes.usual_staff_capacity.astype(np.float64), LEAST_CAPACITY)
