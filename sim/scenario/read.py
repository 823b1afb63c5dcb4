"""From a scenario file to a scenario, or to every complaint about it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sim.kit.complaints import Complaint, InputError
from sim.scenario import build, check, known
from sim.scenario.draft import Draft, draft
from sim.scenario.merging import merge
from sim.scenario.posteriors import take_posterior
from sim.scenario.resolved import resolve
from sim.scenario.rosters import take_roster
from sim.scenario.shape import Scenario


def read_scenario(path: Path | str, known_levers: Mapping[str, known.LeverFacts] | None = None) -> Scenario:
    """Read and check a scenario file.

    ``known_levers`` are the levers that mixes may use; by default those of the program.
    Raises ``InputError`` with all faults.
    """
    found = draft(merge(path))
    folder = _levers_folder(found)
    names = _known_names(found, folder)
    if known_levers is not None:
        names = replace(names, levers=known_levers)
    roster = take_roster(found)
    posterior = take_posterior(found, names.parameters)
    found.complaints += check.check(found, names)
    if found.complaints:
        ordered = sorted(found.complaints, key=lambda complaint: (complaint.file != str(path), complaint.file, complaint.line))
        raise InputError(_without_repeats(ordered))
    scenario = build.build(found, Path(path), folder, roster, posterior)
    return replace(scenario, resolved=resolve(scenario))


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
    file, _ = found.merged.locate(("levers_folder",))
    root = found.merged.path.resolve().parent
    folder = Path(file).parent / name
    try:
        inside, there = folder.resolve().is_relative_to(root), folder.is_dir()
    except (OSError, ValueError, RuntimeError):
        inside, there = False, False
    if inside and there:
        return folder.resolve()
    found.complaints.append(found.merged.complaint("no_levers_folder", ("levers_folder",), folder=root))
    return None
