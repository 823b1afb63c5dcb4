"""Words for the account of one household: those of ``explain_vi.yaml`` and ``explain_en.yaml`` beside the reports' own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sim.agents.members import Work
from sim.report.words import Words
from sim.studies.pages import Lacked, Review

THOUSAND = 1000
FLAGS = ("clean_water", "hygienic_toilet", "internet", "devices")
PERCENT_OF = ("loan_rate",)
ONE_DECIMAL = ("floor_area_m2", "skill", "land")


@cache
def _sentences(lang: str) -> Mapping[str, Any]:
    path = Path(__file__).with_name(f"explain_{lang}.yaml")
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


class StoryWords(Words):
    """Speaks of one household in one language."""

    def has(self, part: str, key: Any) -> bool:
        """Whether a part of the file has a sentence of this key."""
        return key in _sentences(self.lang)[part]

    def say(self, key: str, **facts: Any) -> str:
        """The sentence under a dotted key of ``explain_*.yaml``, its gaps filled."""
        found: Any = _sentences(self.lang)
        for part in key.split("."):
            found = found[int(part) if part.isdigit() else part]
        return found.format(**facts)

    def bits(self, part: str, value: int) -> list[str]:
        """What the bits of a column say."""
        return [words for bit, words in _sentences(self.lang)[part].items() if value & bit]

    def shocks(self, value: int) -> tuple[list[str], list[str]]:
        """Blows and gains of a quarter."""
        good = sum(_sentences(self.lang)["good"])
        return self.bits("shock", value & ~good), self.bits("shock", value & good)

    def kvnd(self, thousand_dong: float) -> str:
        """Money given in thousand dong, with its unit."""
        return self.money(thousand_dong * THOUSAND)

    def person(self, member: Mapping[str, int]) -> str:
        """One member: age, work, schooling, and what matters for indicators."""
        child = member["age"] < 16
        parts = [self.say(f"person.{'woman' if member['female'] else 'man'}", age=member["age"])]
        parts += [self.say("person.head")] if member["head"] else []
        parts += [self.say("person.in_school")] if member["in_school"] else []
        if not (child or member["in_school"]) or member["work"] not in (Work.NOT_WORKING,):
            parts.append(self.say(f"person.work.{member['work']}"))
        parts += [self.say("person.schooling", years=member["schooling"])] if member["schooling"] else []
        parts += [self.say(f"person.{name}") for name in ("trained", "certified", "chronic") if member[name]]
        parts += [self.say(f"person.disability.{member['disability']}")] if member["disability"] else []
        parts += [self.say("person.undernourished")] if child and member["undernourished"] else []
        parts += [] if member["insured"] else [self.say("person.uninsured")]
        return ", ".join(parts)

    def lacked(self, lacked: Lacked) -> str:
        """An indicator that is lacked, with what it saw and what was asked."""
        facts = []
        for name, value in lacked.columns.items():
            figure = self.say(f"columns.{'has' if value else 'lacks'}") if name in FLAGS else self.shortest(value)
            facts.append(self.say("lacks.fact", what=self.say(f"columns.{name}") if self.has("columns", name) else name, value=figure))
        for name, value in lacked.thresholds.items():
            what = self.say(f"thresholds.{name}") if self.has("thresholds", name) else name
            facts.append(self.say("lacks.threshold", what=what, value=self.shortest(value)))
        return self.say("lacks.item", name=self.name(lacked.names, lacked.key), facts=", ".join(facts))

    def review(self, review: Review) -> str:
        """What the review looked at and found."""
        figures = {"score": self.number(review.score), "threshold": self.number(review.threshold)}
        if review.why == "not_examined":
            return self.say("review.not_examined", **figures)
        parts = [self.say("review.applied")] if review.applied else []
        if review.why == "perfect":
            parts.append(self.say("review.perfect"))
        else:
            parts.append(self.say(f"review.score_{'below' if review.score <= review.threshold else 'above'}", **figures))
        points = {"points": self.shortest(review.points), "needed": self.number(review.points_needed)}
        parts.append(self.say("review.points_only" if review.points_needed != review.points_needed else "review.points", **points))
        parts.append(self.say("review.found", standing=self.say(f"standing.{int(review.found)}")))
        parts += [self.say(f"review.{review.why}")] if review.why in ("step", "pressure") else []
        return "; ".join(parts)

    def changes(self, brought: Mapping[str, tuple[Any, Any]]) -> str:
        """What deliveries changed, in words."""
        parts = []
        for name, (before, after) in brought.items():
            if name == "members":
                parts += self._members(before, after)
                continue
            figures = {"before": self._figure(name, before), "after": self._figure(name, after)}
            known = self.has("changes", name)
            parts.append(self.say(f"changes.{name}", **figures) if known else self.say("changes.other", what=name, **figures))
        return ", ".join(parts)

    def _figure(self, name: str, value: float) -> str:
        if name in PERCENT_OF:
            return self.shortest(value * 100.0)
        return self.number(value, 1 if name in ONE_DECIMAL else 0)

    def _members(self, before: tuple[int, ...], after: tuple[int, ...]) -> list[str]:
        from sim.agents.members import get

        said = []
        for name in ("insured", "trained", "certified"):
            count = sum(get(new, name) > get(old, name) for old, new in zip(before, after, strict=True))
            said += [self.say(f"changes.{name}", count=count)] if count else []
        works = [(get(old, "work"), get(new, "work")) for old, new in zip(before, after, strict=True)]
        gone = sum(old != Work.ABROAD and new == Work.ABROAD for old, new in works)
        return said + ([self.say("changes.abroad", count=gone)] if gone else [])
