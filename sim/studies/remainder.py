"""Who stays on the poor list: the households of a simulation by the reason that holds them there."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.policies.lever import Outcome
from sim.studies.answer import REMAINING


class Remainder:
    """Counts, at the end of a year, the households that the review has found poor, by the first of REMAINING that holds.

    ``labourless``: nobody able to work. ``came_onto_list``: not on the list of the year's beginning, so nothing was offered yet.
    ``helped``: a lever has reached it and it is poor all the same. ``promised``: a support is contracted and not there yet.
    ``not_eligible``: no lever of the mix is for it.
    """

    def __init__(self, simulation: Any, years: set[int], replications: int) -> None:
        self.counts: dict[int, np.ndarray] = {}
        self._years, self._replications = years, replications
        simulation.yearly.append(self._note)

    def _note(self, simulation: Any) -> None:
        if simulation.now.year not in self._years:
            return
        h = simulation.households
        slots = [slot for slot, lever in enumerate(simulation.levers) if lever.level == "household"]
        helped, promised = np.zeros(len(h), dtype=bool), np.zeros(len(h), dtype=bool)
        for slot in slots:
            helped |= h.received[slot] > 0
            promised |= h.outcome[slot] == Outcome.SERVED
        new = (h.standing != Standing.POOR) | (h.branch == simulation.now.year)
        reason = np.select([h.labourless > 0, new, helped, promised], range(4), 4)
        poor = h.reviewed == Standing.POOR
        replication = np.asarray(h.cell) // (len(simulation.communes) // self._replications)
        key = replication[poor].astype(np.int64) * len(REMAINING) + reason[poor]
        counts = np.bincount(key, minlength=self._replications * len(REMAINING))
        self.counts[simulation.now.year] = counts.reshape(self._replications, len(REMAINING))
