"""What the answers of all studies share: tables of tidy rows, a manifest that names them, and the folder they lie in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from sim.studies.frame import Frame


@dataclass(frozen=True, kw_only=True)
class Study:
    """A study's answer: data frames, whose names are ``TABLES``, and its manifest; ``folder`` once it is stored."""

    TABLES: ClassVar[tuple[str, ...]]

    manifest: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    is_stopped: bool = False  # interrupted: it holds what was known by then

    @property
    def run_id(self) -> str:
        """Ten hex digits of all that the figures depend on."""
        return str(self.manifest.get("run", ""))

    @property
    def subject(self) -> str:
        """What it is about, which names the folder of its results: the kind of study where it is about no scenario."""
        return str(self.manifest["study"])

    def more_files(self) -> Mapping[str, str]:
        """Text files stored beside the tables, by name."""
        return {}

    def rows(self, table: str, **where: Any) -> list[Any]:
        """Rows of one of the tables as named tuples, narrowed by columns."""
        data = getattr(self, table)
        for name, value in where.items():
            if not len(data):
                return []
            data = data[data[name] == value]
        return list(data.itertuples(index=False))

    def one(self, table: str, **where: Any) -> Any:
        """The first such row, None if there is none."""
        return next(iter(self.rows(table, **where)), None)


@dataclass(frozen=True)
class ScenarioStudy(Study):
    """A study of a scenario; ``frame`` describes its runs."""

    frame: Frame

    @property
    def subject(self) -> str:
        """The scenario's name."""
        return self.frame.key
