"""What the studies answer, put into ``studies.md``: ``python docs/studies.py [NAME...]`` asks the questions of ASKED (or those named)
and writes their answers, in the words of the commands, below the markers ``<!-- answer: NAME LANGUAGE SECTIONS -->`` (sections of the
answer, counted from 0, as ``0`` or ``1-3``; all of them if nothing is said).

The seconds that each took stand in ``docs/studies.csv``: a warm process, all cores, no charts. Twenty minutes on two cores.
"""

from __future__ import annotations

import csv
import os
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import sim
from sim.report.document import Document, Heading

DOCS = Path(__file__).parent
PAGE, SECONDS = DOCS / "studies.md", DOCS / "studies.csv"
PLANS = ("hoang_kim_2024", "son_la_2020", "hung_yen_2022_2025")
HOANG_KIM, SON_LA, HUNG_YEN = (str(DOCS.parent / "scenarios" / f"{name}.yaml") for name in PLANS)
ASKED: Mapping[str, Callable[[], Any]] = {
    "compare_hoang_kim": lambda: sim.compare(HOANG_KIM),
    "reach_hoang_kim": lambda: sim.reach(HOANG_KIM, target="fall"),
    "reach_son_la": lambda: sim.reach(SON_LA, target="poor_rate"),
    "robust_hoang_kim": lambda: sim.robust(HOANG_KIM),
    "robust_son_la": lambda: sim.robust(SON_LA),
    "sensitivity_hoang_kim": lambda: sim.sensitivity(HOANG_KIM),
    "sensitivity_son_la": lambda: sim.sensitivity(SON_LA, target="poor_rate"),
    "update_hoang_kim": lambda: sim.update(HOANG_KIM, {"year": 2024, "poor": 14, "near_poor": 22}),
    "contributions_son_la": lambda: sim.contributions(SON_LA, "livelihoods_first"),
    "contributions_hoang_kim": lambda: sim.contributions(HOANG_KIM),
    "best_mix_hoang_kim": lambda: sim.best_mix(HOANG_KIM),
    "best_mix_hung_yen": lambda: sim.best_mix(HUNG_YEN, over=("levers",), evaluations=40),
}
BLOCK = re.compile(r"<!-- answer: (?P<name>\w+) (?P<lang>vi|en)(?: (?P<sections>[\d-]+))? -->\n```text\n.*?```\n", re.DOTALL)
WIDTH = 80


def told(answer: Any, study: str, lang: str, sections: str | None) -> str:
    """The answer as the command prints it."""
    from rich.console import Console

    name = f"{study}_text"
    document = getattr(import_module(f"sim.report.{name}"), name)(answer, lang)
    page = StringIO()
    Document(tuple(_of(document, sections))).show(Console(file=page, width=WIDTH, highlight=False))
    return "\n".join(line.rstrip() for line in page.getvalue().strip("\n").splitlines()) + "\n"


def _of(document: Document, sections: str | None) -> list[Any]:
    """The blocks of some sections, each of which begins with a heading; what stands before the first below the title is section 0."""
    parts: list[list[Any]] = [[]]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level > 1:
            parts.append([])
        if not (isinstance(block, Heading) and block.level == 1):
            parts[-1].append(block)
    first, _, last = (sections or f"0-{len(parts) - 1}").partition("-")
    return [block for part in parts[int(first) : int(last or first) + 1] for block in part]


def main(names: Sequence[str]) -> None:
    """Ask, and write page and seconds after each answer, so that nothing done is lost."""
    for name in names or ASKED:
        started, used = time.perf_counter(), _cpu_seconds()
        answer = ASKED[name]()
        _note(name, time.perf_counter() - started, _cpu_seconds() - used)
        study = next(one for one in ("best_mix", name.split("_")[0]) if name.startswith(one))

        def written(found: re.Match[str], answer: Any = answer, name: str = name, study: str = study) -> str:
            if found["name"] != name:
                return found[0]
            head = found[0][: found[0].index("```text\n")]
            return f"{head}```text\n{told(answer, study, found['lang'], found['sections'])}```\n"

        PAGE.write_text(BLOCK.sub(written, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def _cpu_seconds() -> float:
    """The processors' time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def _note(name: str, wall: float, cpu: float) -> None:
    """Store the seconds of one question."""
    rows = {}
    if SECONDS.exists():
        with SECONDS.open(encoding="utf-8", newline="") as file:
            rows = {row["question"]: row for row in csv.DictReader(file)}
    rows[name] = {"question": name, "seconds": f"{wall:.1f}", "cpu_seconds": f"{cpu:.1f}"}
    with SECONDS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("question", "seconds", "cpu_seconds"), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[one] for one in ASKED if one in rows)


if __name__ == "__main__":
    main(sys.argv[1:])
