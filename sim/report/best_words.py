"""Words for divisions of money: aims, blocks, amounts of an aim."""

from __future__ import annotations

from typing import Any

from sim.report.study_words import StudyWords
from sim.report.words import decimals_for
from sim.studies.aims import TARGET
from sim.studies.best import BEST, EQUAL, TODAY, BestMix
from sim.studies.judging import ALL_TARGETS
from sim.studies.shares import PLACES, YEARS

PERCENT = 100.0


class BestWords(StudyWords):
    """Speaks of divisions of money in one language."""

    def aim(self, study: BestMix, name: str) -> str:
        """What an aim is called within a sentence."""
        if name.startswith(TARGET):
            key = name.removeprefix(TARGET)
            target = next(target for target in study.frame.targets if target.name == key)
            return self.say("best.target", target=self.name_of(study.frame, target))
        return self.say(f"best.{name}", year=study.years[name])

    def scale(self, name: str) -> float:
        """By what an aim is multiplied to be told: chances in percent, the gap in points of a hundred."""
        return PERCENT if is_chance(name) or name == "poverty_gap" else 1.0

    def level(self, row: Any) -> str:
        """The mean of an aim with its interval."""
        return self._scaled(row.aim, row.mean, row.mean_low, row.mean_high)

    def gain(self, study: BestMix, row: Any) -> str:
        """The difference from today's division with its interval, in the aim's own direction: fewer poor is below zero."""
        sign = -1.0 if row.aim in study.flips else 1.0
        ends = sorted((sign * row.gain_low, sign * row.gain_high))
        return self._scaled(row.aim, sign * row.gain, ends[0], ends[1])

    def promised(self, study: BestMix, row: Any) -> str:
        """What the search saw in the place of that difference."""
        value = row.promised * (-1.0 if row.aim in study.flips else 1.0) * self.scale(row.aim)
        return self.number(value, max(decimals_for((row.gain_high - row.gain_low) * self.scale(row.aim)), 0))

    def division(self, key: str) -> str:
        """What a division is called."""
        if key in (TODAY, EQUAL, BEST):
            return self.say(f"best.{key}")
        return self.say("best.front_number", number=key.rpartition("_")[2])

    def money_of(self, study: BestMix, over: str, label: str) -> str:
        """What the money of a block is called: its kinds and sources."""
        if over == PLACES:
            return self.say("best.over_places")
        labels = study.frame.labels
        by_kind: dict[str, list[str]] = {}
        for one in label.split("+"):
            source, _, kind = one.partition("/")
            by_kind.setdefault(kind, []).append(self.name(labels.get(source), source))
        names = [
            self.say("best.of_sources", kind=self.name(labels.get(kind), kind), sources=", ".join(sources))
            for kind, sources in by_kind.items()
        ]
        name = self.capital("; ".join(names))
        return self.say("best.over_years", kind=name) if over == YEARS else name

    def member(self, study: BestMix, member: str) -> str:
        """A lever, year or place."""
        return self.capital(self.player(study.frame, member)) if member in study.frame.labels else member

    def _scaled(self, aim: str, mean: float, low: float, high: float) -> str:
        scale = self.scale(aim)
        return self.span(mean * scale, low * scale, high * scale)


def is_chance(aim: str) -> bool:
    """Whether an aim is the chance of targets."""
    return aim == ALL_TARGETS or aim.startswith(TARGET)
