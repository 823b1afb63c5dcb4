"""Finding levers: a Python file and a YAML file of one name, side by side, are a lever of that name."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

from sim.kit.complaints import Complaint, InputError
from sim.law.parameters import Parameter, gather
from sim.policies.lever import Lever
from sim.policies.lever_file import HERE, read_lever_file
from sim.policies.luck import KNOWN_LEVERS


def discover(folder: str | Path | None = None) -> dict[str, Lever]:
    """Every lever by name, in a fixed order: the project's, then those of the user's own ``folder`` (alphabetical)."""
    own = _in_folder(Path(folder), "thoatngheo_levers") if folder else {}
    doubles = [lever for key, lever in own.items() if key in _ours()]
    if doubles:
        raise InputError(Complaint("lever_known_already", str(lever.file.path), value=lever.key) for lever in doubles)
    return {**_ours(), **own}


@cache
def _ours() -> Mapping[str, Lever]:
    found = _in_folder(HERE, "sim.policies")
    return {key: found[key] for key in sorted(found, key=lambda key: (KNOWN_LEVERS.index(key) if key in KNOWN_LEVERS else 99, key))}


def _in_folder(folder: Path, package: str) -> dict[str, Lever]:
    pairs = [path for path in sorted(folder.glob("*.yaml")) if path.with_suffix(".py").exists()]
    return {path.stem: _lever_of(path, _import(path.with_suffix(".py"), package)) for path in pairs}


def _import(path: Path, package: str) -> ModuleType:
    name = f"{package}.{path.stem}"
    if package == "sim.policies":
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(name.replace(".", "_"), path)
    if spec is None or spec.loader is None:
        raise InputError([Complaint("lever_without_code", str(path), facts={"code": path.name})])
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module
    spec.loader.exec_module(module)
    return module


def _lever_of(path: Path, module: ModuleType) -> Lever:
    own = [thing for thing in vars(module).values() if isinstance(thing, type) and thing.__module__ == module.__name__]
    classes = [thing for thing in own if issubclass(thing, Lever)]
    if len(classes) != 1:
        raise InputError([Complaint("lever_without_code", str(path), facts={"code": path.with_suffix(".py").name})])
    return classes[0](read_lever_file(path))


def parameters_of(levers: Iterable[Lever]) -> dict[str, Parameter]:
    """The uncertain numbers of levers, by name."""
    return gather(lever.parameters for lever in levers)
