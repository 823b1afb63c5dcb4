"""Jobs filled over a year: what a snapshot of the households at its end cannot tell."""

from __future__ import annotations

from typing import Any

import numpy as np


class Jobs:
    """Adds up, quarter by quarter, the people of each commune who found wage work; made before the simulation begins."""

    def __init__(self, simulation: Any) -> None:
        self._found: dict[int, np.ndarray] = {}
        simulation.quarterly.append(self._add)

    def _add(self, simulation: Any) -> None:
        before = self._found.get(simulation.now.year, 0)
        self._found[simulation.now.year] = before + np.asarray(simulation.communes.found, dtype=np.float64)

    def of(self, year: int, communes: int) -> np.ndarray:
        """People who found work in a year by row of the table of communes; none before the first."""
        return self._found.get(year, np.zeros(communes))
