"""Words for studies: those of ``studies_*.yaml``, a file or more a language, beside the reports' own."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from sim.measures import catalogue
from sim.report.target_text import measure_name
from sim.report.words import Words, decimals_for
from sim.studies.coalitions import GROWTH

TENTHS_BELOW = 100.0  # mean households: a decimal below, none above


@cache
def _sentences(lang: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob(f"studies*_{lang}.yaml")):
        found |= yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


class StudyWords(Words):
    """Speaks of a study in one language."""

    def say(self, key: str, **facts: Any) -> str:
        """The sentence under a dotted key of ``studies_*.yaml``, its gaps filled."""
        found: Any = _sentences(self.lang)
        for part in key.split("."):
            found = found[part]
        return found.format(**facts)

    def found(self, key: str) -> str:
        """The sentence under a key, empty where there is none."""
        try:
            return self.say(key)
        except KeyError:
            return ""

    def outcome(self, frame: Any, outcome: str) -> str:
        """What an outcome of a sensitivity study is called."""
        kind, _, name = outcome.partition(":")
        if not name:
            return self.say(f"sensitivity.outcomes.{kind}", year=frame.last_planned_year)
        judged = [target for target in frame.targets if target.is_judged]
        number, target = next((at, one) for at, one in enumerate(judged, start=1) if one.name == name)
        return self.say("sensitivity.outcomes.target", number=number, name=self.name_of(frame, target))

    def numbers_of(self, frame: Any, group: str) -> str:
        """What a group of uncertain numbers is called: a lever, or a part of life."""
        named = frame.labels.get(group)
        return self.name(named, group).partition(" (")[0] if named else self.found(f"sensitivity.groups.{group}") or group

    def option(self, label: str, names: Mapping[str, Mapping[str, str]]) -> str:
        """What a mix of a comparison is called: with its plan where several are compared, with the file's key where these are alike."""
        mix = self.mix(names[label]["mix"])
        if ":" not in label:
            return mix
        plans = {one["en"] for one in names.values()}
        files = {one.partition(":")[0] for one in names}
        name = self.name(names[label], label) if len(plans) == len(files) else label.partition(":")[0]
        return self.say("of_file", name=name, mix=mix)

    def name_of(self, frame: Any, target: Any) -> str:
        """The measure of a target with its group and place."""
        named: Any = SimpleNamespace(frame=frame)  # sentences on targets ask for the frame alone
        return measure_name(named, target, self)

    def span(self, median: float, low: float, high: float, decimals: int | None = None) -> str:
        """A median with its range, with no more digits than the range bears."""
        if math.isnan(median):
            return "–"
        if low == high == median and decimals is None:
            return self.shortest(median)
        digits = decimals_for(high - low) if decimals is None else decimals
        texts = [self.number(value, digits) for value in (median, low, high)]
        return texts[0] if len(set(texts)) == 1 else self.say("to", median=texts[0], low=texts[1], high=texts[2])

    def bearing(self, value: float, width: float) -> str:
        """A number with no more digits than an interval of that width bears."""
        return self.number(value, decimals_for(width)) if width > 0 else self.shortest(value)

    def player(self, frame: Any, player: str) -> str:
        """What a lever is called within a sentence, without what its name holds in brackets; or growth."""
        if player == GROWTH:
            return self.say("contributions.growth")
        name = self.name(frame.labels.get(player), player).partition(" (")[0]
        return name[:1].lower() + name[1:]

    def future(self, names: Mapping[str, Mapping[str, str]], key: str) -> str:
        """What a future is called."""
        return self.name(names.get(key), "") or self.say("robust.usual")

    def measure(self, key: str) -> str:
        """What a measure is called, within a sentence."""
        described = catalogue.describe(key)
        name = self.name({"vi": described.vi, "en": described.en}, key)
        return name[:1].lower() + name[1:]

    def mean(self, value: float, beside: float = 0.0) -> str:
        """A mean of counts, with no more decimals than a count ``beside`` it in a table."""
        return self.number(value, 1 if max(abs(value), abs(beside)) < TENTHS_BELOW else 0)

    def mean_households(self, value: float) -> str:
        """A mean number of households."""
        return self.unit("households", self.mean(value))

    def together(self, items: list[str]) -> str:
        """Items as a list in a sentence."""
        return items[0] if len(items) == 1 else self.say("and", list=", ".join(items[:-1]), last=items[-1])
