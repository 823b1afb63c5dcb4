"""Luck of the Mesa model: a household's comes from Python's ``random``; the times' and the communes' are those of the engine.

So both models meet the same growth, prices and storms, and their households differ by luck alone.
"""

from __future__ import annotations

from random import Random
from typing import Any

from sim.kit.draws import COMMUNE_BRANCH
from tests.oracle import luck as keyed

RANDOM = Random(1)


class Words:
    """Fresh numbers whenever one is asked for."""

    def chance(self, which: int) -> float:
        """A number in (0, 1)."""
        return RANDOM.random()

    second_chance = chance

    def normal(self, which: int, other: int = 0) -> float:
        """A standard normal number."""
        return RANDOM.gauss(0.0, 1.0)

    mixed_normal = normal

    @property
    def words(self) -> list[int]:
        """Four whole numbers of 32 bits."""
        return [RANDOM.getrandbits(32) for _ in range(4)]


class KeptWords:
    """One number, drawn once for life."""

    def __init__(self) -> None:
        self.u = RANDOM.random()

    def chance(self, which: int) -> float:
        """The number."""
        return self.u


FRESH = Words()


class HouseholdLuck:
    """A household's luck; what is drawn without a date is kept for life."""

    def __init__(self) -> None:
        self.kept: dict[Any, Any] = {}

    def words(self, quarter: int, purpose: int) -> Any:
        """Numbers for a purpose of this quarter."""
        return FRESH if quarter else self.kept.setdefault(("words", purpose), KeptWords())

    def member_words(self, quarter: int, purpose: int, slot: int) -> Any:
        """Numbers for the member in a slot."""
        return FRESH if quarter else self.kept.setdefault(("words", purpose, slot), KeptWords())

    def uniform(self, quarter: int, purpose: int) -> float:
        """A number in (0, 1)."""
        return RANDOM.random() if quarter else self.kept.setdefault(("uniform", purpose), RANDOM.random())

    def normal(self, quarter: int, purpose: int) -> float:
        """A standard normal number."""
        return RANDOM.gauss(0.0, 1.0) if quarter else self.kept.setdefault(("normal", purpose), RANDOM.gauss(0.0, 1.0))


class TimesLuck:
    """Luck of the times or of a commune: the engine's keyed draws, as Python numbers."""

    def __init__(self, key: keyed.Luck):
        self.key = key

    def uniform(self, quarter: int, purpose: int) -> float:
        """A number in (0, 1)."""
        return float(self.key.uniform(quarter, purpose))

    def normal(self, quarter: int, purpose: int) -> float:
        """A standard normal number."""
        return float(self.key.normal(quarter, purpose))


def Luck(seed: int, origin: int, branch: int, replication: int) -> HouseholdLuck | TimesLuck:
    """Whose luck it is, by the branch."""
    return TimesLuck(keyed.Luck(seed, origin, branch, replication)) if branch >= COMMUNE_BRANCH else HouseholdLuck()
