"""From a scenario file, or a mapping like it, to a scenario, or to every complaint about it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.kit.complaints import Complaint, InputError
from sim.scenario import build, check, known
from sim.scenario.draft import Draft, draft
from sim.scenario.merging import Merged, merge
from sim.scenario.posteriors import take_posterior
from sim.scenario.resolved import resolve
from sim.scenario.rosters import take_roster
from sim.scenario.shape import Scenario


def read_scenario(
    source: Path | str | Mapping[str, Any],
    known_levers: Mapping[str, known.LeverFacts] | None = None,
    *,
    path: Path | str | None = None,
) -> Scenario:
    """Read and check a scenario: a file, or a mapping with the same keys, quantities written as they are there ("45 %").

    A mapping is read as if it stood in the file ``path``, which need not exist: results carry its name, and files that the
    mapping names (``extends``, ``levers_folder``, ``roster``) are looked for in its folder. ``known_levers`` are the levers
    that mixes may use; by default those of the program. Raises ``InputError`` with all faults.
    """
    return read_merged(merge(source, path), known_levers)


def read_merged(merged: Merged, known_levers: Mapping[str, known.LeverFacts] | None = None) -> Scenario:
    """Read and check files that are laid over one another already."""
    found = draft(merged)
    folder = _levers_folder(found)
    names = _known_names(found, folder)
    if known_levers is not None:
        names = replace(names, levers=known_levers)
    roster = take_roster(found)
    posterior = take_posterior(found, names.parameters)
    found.complaints += check.check(found, names)
    if found.complaints:
        own = merged.locate(())[0]
        ordered = sorted(found.complaints, key=lambda complaint: (complaint.file != own, complaint.file, complaint.line))
        raise InputError(_without_repeats(ordered))
    scenario = build.build(found, merged.path, folder, roster, posterior)
    return replace(scenario, resolved=resolve(scenario), written=merged)


def _known_names(found: Draft, folder: Path | None) -> known.Known:
    try:
        return known.discover(folder)
    except InputError as error:
        found.complaints += error.complaints
        return known.discover()


def _without_repeats(complaints: list[Complaint]) -> list[Complaint]:
    return list({(complaint.code, complaint.file, complaint.line, complaint.key): complaint for complaint in complaints}.values())


def _levers_folder(found: Draft) -> Path | None:
    """The folder with the user's own levers, within the scenario's folder; complaints where there is none."""
    name = found["levers_folder"]
    if not name:
        return None
    root = found.merged.path.resolve().parent
    folder = found.merged.folder_of(("levers_folder",)) / name
    try:
        inside, there = folder.resolve().is_relative_to(root), folder.is_dir()
    except (OSError, ValueError, RuntimeError):
        inside, there = False, False
    if inside and there:
        return folder.resolve()
    found.complaints.append(found.merged.complaint("no_levers_folder", ("levers_folder",), folder=root))
    return None
