"""The simulation as modellers know it: a Mesa model whose agents are households. The only file that imports Mesa.

Mesa holds one Python object an agent; here agents are views of columns, made when somebody asks (see agents/views.py),
and the engine underneath is the very same as that of ``thoatngheo run``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.agents.household_set import HouseholdSet
from sim.agents.views import HouseholdView
from sim.engine import Simulation
from sim.headline import REPORTERS
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.kit.complaints import nearest
from sim.scenario.changing import change
from sim.scenario.read import read_scenario
from sim.scenario.shape import Scenario

try:
    from mesa.agentset import AgentSet, GroupBy
except ImportError:  # Mesa before 3.4
    from mesa.agent import AgentSet, GroupBy


class PovertyModel(mesa.Model):
    """Households of a plan's places under one mix of levers; a step is a quarter.

    ``scenario`` is the path of a scenario file or a loaded ``Scenario``; ``mix`` one of its mixes or ``no_policy``.
    ``replications`` runs so many random histories at once, all among ``agents``. ``seed`` (or ``rng``, as newer Mesa
    calls it) defaults to the scenario's; every draw of the model is keyed by it. ``changes`` change the scenario by
    name: parameters (``growth=0.03``, or a prior ``growth={"normal": [0.04, 0.01]}``), ``follow_years``, ``last_year``,
    ``signed``, ``standard``, ``delivery``, ``entitlements``, and the alternatives ``trap``, ``couplings``,
    ``list_pressure`` and ``perfect_list`` as bools (see scenario/changing.py).

    ``datacollector`` collects the figures of headline.py at the end of each step. ``running`` turns False at the
    horizon, the end of the last year followed; after it steps change nothing. Raises InputError for a scenario file
    with faults, ValueError for an unknown mix or an impossible value, TypeError for an unknown name in ``changes``.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario,
        mix: str = "plan",
        replications: int = 1,
        seed: Any = None,
        rng: Any = None,
        **changes: Any,
    ) -> None:
        plan = scenario if isinstance(scenario, Scenario) else read_scenario(scenario)
        if int(replications) < 1:
            raise ValueError(f"replications is a whole number from 1, not {replications!r}")
        if mix not in plan.mixes:
            raise ValueError(f"no mix is called {mix!r}; did you mean {nearest(mix, plan.mixes) or 'no_policy'!r}?")
        self.replications, self.mix = int(replications), mix
        self.seed = _seed(seed, rng, plan.runs.seed)
        self.plan = change(plan, {**changes, "replications": self.replications, "seed": self.seed})
        super().__init__(rng=self.seed)
        self.simulation = Simulation(Simulation.start(self.plan, range(self.replications), self.seed), mix)
        self.quarter: Quarter = self.simulation.now
        self.datacollector = mesa.DataCollector(model_reporters=dict(REPORTERS))

    def step(self) -> None:
        """One quarter of every household; nothing at the horizon."""
        if self.simulation.finished:
            return
        self.quarter = self.simulation.now
        self.simulation.quarter()
        self.running = not self.simulation.finished
        self.datacollector.collect(self)

    def _wrapped_step(self, *args: Any, **kwargs: Any) -> None:
        """Mesa's count of steps and time stops at the horizon, too."""
        if not self.simulation.finished:
            super()._wrapped_step(*args, **kwargs)

    @property
    def scenario(self) -> Scenario:
        """The scenario with its changes. (Newer Mesa keeps an object of its own under this name; it is not needed here.)"""
        return self.plan

    @scenario.setter
    def scenario(self, of_mesa: object) -> None:
        pass

    @property
    def households(self) -> Table:
        """The columns of all households now."""
        return self.simulation.households

    @property
    def communes(self) -> Table:
        """The columns of all communes (replication × place) now."""
        return self.simulation.communes

    @property
    def agents(self) -> ColumnAgentSet:
        """The households now."""
        return ColumnAgentSet(self, None, self.random)

    @property
    def agent_types(self) -> list[type]:
        """Households are the only agents."""
        return [HouseholdView]

    @property
    def agents_by_type(self) -> dict[type, ColumnAgentSet]:
        """The households under their type."""
        return {HouseholdView: self.agents}


class ColumnAgentSet(HouseholdSet, AgentSet):
    """Households as Mesa's AgentSet: its methods, over columns (see agents/household_set.py)."""

    def _grouped(self, groups: dict[Any, Any]) -> GroupBy:
        return GroupBy(groups)


def _seed(seed: Any, rng: Any, usual: int) -> int:
    """The seed as a whole number: given as ``seed`` or ``rng`` in any of Mesa's forms, or the scenario's."""
    if seed is not None and rng is not None:
        raise ValueError("pass either rng or seed, not both")
    given = usual if seed is None and rng is None else rng if seed is None else seed
    if isinstance(given, (int, np.integer, float)):
        if int(given) != given or given < 0:
            raise ValueError(f"a seed is a whole number from 0, not {given!r}")
        return int(given)
    return int(np.random.default_rng(given).integers(2**31))
