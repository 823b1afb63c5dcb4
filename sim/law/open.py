"""Reading the project's own YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.kit.reading import read_once


def read_yaml(path: str | Path) -> Mapping[str, Any]:
    """The mapping that the YAML file ``path`` holds; ValueError if it holds something else, InputError if it is no strict YAML.

    It is shared by all who ask for it.
    """
    data = read_once(path).data
    if not isinstance(data, Mapping):
        raise ValueError(f"{path}: holds no mapping")
    return data
