"""Reading the project's own YAML files."""

from __future__ import annotations

from pathlib import Path

import yaml


def read_yaml(path: str | Path) -> dict:
    """The mapping that the YAML file ``path`` holds."""
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file) or {}
