"""The posterior that a scenario names: one of the program's, or a file of the user's."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sim.kit.complaints import InputError, Nearest
from sim.kit.reading import KeyPath
from sim.law.posterior import PRIORS, SHIPPED, Posterior, read_posterior, shipped
from sim.scenario.draft import Draft

KEY: KeyPath = ("posterior",)


def take_posterior(draft: Draft, parameters: Collection[str]) -> Posterior | None:
    """Read the posterior that a scenario names; faults become complaints. ``none``, and no name, mean priors alone."""
    name = draft["posterior"]
    if not name or name == PRIORS:
        return None
    path = _path_of(draft, str(name))
    if path is None:
        return None
    try:
        posterior = read_posterior(path)
    except InputError as error:
        draft.complaints += error.complaints
        return None
    except ValueError as error:
        draft.complaints.append(draft.merged.complaint("not_a_posterior", KEY, fault=str(error)))
        return None
    for unknown in [one for one in posterior.names if one not in parameters]:
        facts = {"name": unknown, "nearest": Nearest(unknown, parameters)}
        draft.complaints.append(draft.merged.complaint("unknown_in_posterior", KEY, **facts))
    return posterior


def _path_of(draft: Draft, name: str) -> Path | None:
    """The file: by name among the program's, else a path within the scenario's folder; None with a complaint where there is none."""
    if "/" not in name and Path(name).suffix not in (".yaml", ".yml"):
        if name in shipped():
            return SHIPPED / f"{name}.yaml"
        facts = {"known": ", ".join([*shipped(), PRIORS]), "nearest": Nearest(name, [*shipped(), PRIORS])}
        draft.complaints.append(draft.merged.complaint("no_posterior", KEY, **facts))
        return None
    path = draft.merged.folder_of(KEY) / name
    try:
        inside = path.resolve().is_relative_to(draft.merged.path.resolve().parent)
    except (OSError, ValueError, RuntimeError):
        inside = False
    if inside and path.is_file():
        return path
    draft.complaints.append(draft.merged.complaint("no_file" if inside else "posterior_outside", KEY))
    return None
