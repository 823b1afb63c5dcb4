"""The household stages in this engine: quarters of everybody, without programmes, reviews and turns of the year."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np

from sim.kit.calendar import Quarter

REAL = ("income_per_head", "lasting_income", "consumption", "capital", "savings", "health_cost", "floor_area_m2")
COUNTED = ("wage_workers", "seekers", "solid_parts", "internet", "young_animals", "grown_animals", "informal_debt", "undernourished")


class Model:
    """The start's society, lived through quarter by quarter."""

    def __init__(self, start_file: str, seed: int):
        self.society, start = pickle.loads(Path(start_file).read_bytes())
        self.now = Quarter(start.scenario.first_year, 1)

    def step(self) -> None:
        """One quarter."""
        self.society.live(self.now)
        self.now = self.now.next()

    def final(self) -> dict[str, np.ndarray]:
        """What the summary asks for."""
        return {name: self.society.households[name] for name in (*REAL, *COUNTED)}
