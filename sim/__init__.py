"""thoatngheo: tests, before it is signed, whether a Vietnamese poverty-reduction plan can reach its targets.

>>> import sim
>>> scenario = sim.load("scenarios/hoang_kim_2024.yaml")
>>> results = sim.run(scenario, replications=50)

Names are looked up when they are first used, so that ``import sim`` costs nothing and any floor can be imported alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.engine import Simulation as Simulation
    from sim.kit.complaints import InputError as InputError
    from sim.model import PovertyModel as PovertyModel
    from sim.notebook import best_mix as best_mix
    from sim.notebook import compare as compare
    from sim.notebook import contributions as contributions
    from sim.notebook import reach as reach
    from sim.notebook import robust as robust
    from sim.notebook import sensitivity as sensitivity
    from sim.notebook import update as update
    from sim.notebook_record import backtest as backtest
    from sim.notebook_record import evidence as evidence
    from sim.notebook_run import check as check
    from sim.notebook_run import load_results as load_results
    from sim.notebook_run import run as run
    from sim.policies.discovery import discover as levers
    from sim.scenario.changing import change as change
    from sim.scenario.read import read_scenario as load
    from sim.scenario.shape import Scenario as Scenario
    from sim.scenario.written import as_mapping as as_mapping
    from sim.studies.explain import explain as explain
    from sim.studies.store import save as save

_HOMES = {
    "InputError": ("sim.kit.complaints", "InputError"),
    "PovertyModel": ("sim.model", "PovertyModel"),
    "Scenario": ("sim.scenario.shape", "Scenario"),
    "Simulation": ("sim.engine", "Simulation"),
    "as_mapping": ("sim.scenario.written", "as_mapping"),
    "backtest": ("sim.notebook_record", "backtest"),
    "best_mix": ("sim.notebook", "best_mix"),
    "change": ("sim.scenario.changing", "change"),
    "check": ("sim.notebook_run", "check"),
    "compare": ("sim.notebook", "compare"),
    "contributions": ("sim.notebook", "contributions"),
    "evidence": ("sim.notebook_record", "evidence"),
    "explain": ("sim.studies.explain", "explain"),
    "levers": ("sim.policies.discovery", "discover"),
    "load": ("sim.scenario.read", "read_scenario"),
    "load_results": ("sim.notebook_run", "load_results"),
    "reach": ("sim.notebook", "reach"),
    "robust": ("sim.notebook", "robust"),
    "run": ("sim.notebook_run", "run"),
    "save": ("sim.studies.store", "save"),
    "sensitivity": ("sim.notebook", "sensitivity"),
    "update": ("sim.notebook", "update"),
}

__all__ = (  # what ``_HOMES`` holds; spelt out for tools that do not run code
    "InputError", "PovertyModel", "Scenario", "Simulation", "as_mapping", "backtest", "best_mix", "change", "check", "compare",
    "contributions", "evidence", "explain", "levers", "load", "load_results", "reach", "robust", "run", "save", "sensitivity", "update",
)  # fmt: skip


def __getattr__(name: str) -> Any:
    """The public name, imported from its home the first time it is asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, own_name = _HOMES[name]
    found = globals()[name] = getattr(import_module(home), own_name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
