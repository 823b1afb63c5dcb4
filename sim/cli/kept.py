"""What ``run`` says of batches that are kept: before it begins, which of an earlier run are used; when stopped, how to go on."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from sim.report.words import Words
    from sim.studies.blocks import Blocks


class Kept:
    """Knows the blocks of a run from when they are opened. ``again`` is the command line that goes on with the run."""

    def __init__(self, words: Words, again: str, quiet: bool) -> None:
        self._words, self._again, self._quiet = words, again, quiet
        self._blocks: Blocks | None = None

    def tell(self, blocks: Blocks) -> None:
        """Say on stderr what is used of an earlier run, and what lies there but is not."""
        self._blocks = blocks
        if blocks.used and not self._quiet:
            self._say("used", replications=self._words.number(blocks.used))
        elif blocks.kept and not blocks.resuming:
            self._say("not_asked_for", replications=self._words.number(blocks.kept))
        elif blocks.resuming and not blocks.used and not blocks.refused:
            self._say("of_other_runs" if blocks.of_other_runs else "nothing")
        for reason in sorted(set(blocks.refused.values())):
            names = sorted(name for name, why in blocks.refused.items() if why == reason)
            self._say(reason, files=", ".join(names))

    def say(self) -> str:
        """How many replications are kept and how to go on; empty if there are none."""
        if self._blocks is None or not (kept := self._blocks.kept):
            return ""
        return self._words.text("kept.go_on", replications=self._words.number(kept), again=self._again)

    def _say(self, key: str, **facts: str) -> None:
        typer.echo(self._words.text(f"kept.{key}", **facts), err=True)


def command(file: Path, lang: str, out: Path, options: Mapping[str, Any]) -> str:
    """The command line that goes on with a run, ready to be pasted into a shell."""
    given = [part for name, value in options.items() if value is not None for part in (f"--{name}", str(value))]
    return shlex.join(["thoatngheo", "run", str(file), "--resume", *given, "--out", str(out), "--lang", str(lang)])
