"""Keyed draws as one household or commune makes them: named by who, when and for what."""

from __future__ import annotations

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import draws
from sim.kit.maths import f4_normal, f4_uniform


class Words:
    """Four random words drawn under one key; each serves one small decision."""

    def __init__(self, words: np.ndarray):
        self.words = [np.uint64(word) for word in words]

    def chance(self, which: int) -> np.float32:
        """A number in (0, 1) from the upper bits of a word."""
        return f4_uniform(self.words[which])

    def second_chance(self, which: int) -> np.float32:
        """Another number in (0, 1), from the lower half of the same word."""
        return f4_uniform(np.uint64((int(self.words[which]) << 16) & 0xFFFFFFFF))

    def normal(self, which: int) -> np.float32:
        """A standard normal number from a word."""
        return f4_normal(self.words[which])

    def mixed_normal(self, which: int, other: int) -> np.float32:
        """A standard normal number from two words together, for when both have been used once."""
        return f4_normal(np.uint64(int(self.words[which]) ^ int(self.words[other])))


class Luck:
    """The luck of one who draws: a household (origin, branch), or a commune (place, COMMUNE_BRANCH)."""

    def __init__(self, seed: int, origin: int, branch: int, replication: int):
        self.key = (seed, origin, branch, replication)

    def words(self, quarter: int, purpose: int) -> Words:
        """Four words for a purpose of this quarter."""
        return Words(draws.bits(*self.key, quarter, purpose))

    def member_words(self, quarter: int, purpose: Purpose, slot: int) -> Words:
        """Four words for the member in a slot."""
        return self.words(quarter, 1000 + 16 * int(purpose) + slot)

    def uniform(self, quarter: int, purpose: int) -> np.float64:
        """A number in (0, 1) with 53 random bits."""
        return np.float64(draws.uniform(*self.key, quarter, purpose))

    def normal(self, quarter: int, purpose: int) -> np.float64:
        """A standard normal number with 53 random bits."""
        return np.float64(draws.normal(*self.key, quarter, purpose))
