"""The full model in this engine."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np

from sim.agents.codebook import Standing
from sim.engine import Begun, Simulation
from sim.standards.load import load_standard
from tests.oracle.world import MIX


class Model:
    """A run of the five levers from a start in a file; its luck is the start's, whatever the seed."""

    def __init__(self, start_file: str, seed: int):
        society, start = pickle.loads(Path(start_file).read_bytes())
        society.standard = load_standard(start.scenario.standard)
        self.simulation = Simulation(Begun(start.scenario, society, start.seed), MIX)

    def step(self) -> None:
        """One quarter."""
        self.simulation.quarter()

    def final(self) -> dict[str, np.ndarray]:
        """What the summary asks for."""
        h = self.simulation.households
        told = {name: h[name] for name in ("income_per_head", "lasting_income", "consumption", "capital", "members_at_home", "loan")}
        told |= {"poor": h.reviewed == Standing.POOR, "near_poor": h.reviewed == Standing.NEAR_POOR}
        return told | {"served": (h.received > 0).sum(axis=0)}

