"""Who stood on which list at the end of some years, under every mix: so that households can be followed from one mix to another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# Where a household may stand under a mix, by the value of ``reviewed``; ``absent``: there is no such household under it.
STANDINGS = ("not_listed", "near_poor", "poor", "absent")
ABSENT = STANDINGS.index("absent")


@dataclass(frozen=True)
class Sighting:
    """The households of one batch under one mix at a year's end: rising identities (uint64) and standings (u1)."""

    identity: np.ndarray
    standing: np.ndarray

    @classmethod
    def of(cls, simulation: Any, replications: int) -> Sighting:
        """The households of a simulation now; identity is replication (up to 65,535 in a batch), origin and branch."""
        h = simulation.households
        replication, origin, branch = (np.asarray(h.cell) // (len(simulation.communes) // replications), h.origin, h.branch)
        identity = (replication.astype(np.uint64) << np.uint64(48)) | (origin.astype(np.uint64) << np.uint64(16)) | branch.astype(np.uint64)
        order = np.argsort(identity, kind="stable")
        return cls(identity[order], np.asarray(h.reviewed, dtype=np.uint8)[order])

    def among(self, identity: np.ndarray) -> np.ndarray:
        """The standing of each of some identities, ABSENT for those not seen."""
        if not len(self.identity):
            return np.full(len(identity), ABSENT, dtype=np.uint8)
        at = np.minimum(np.searchsorted(self.identity, identity), len(self.identity) - 1)
        return np.where(self.identity[at] == identity, self.standing[at], ABSENT)


def transitions(without: Sighting, with_mix: Sighting, replications: int) -> np.ndarray:
    """Households by replication, standing under one mix and standing under the other: int64, shape (replications, 4, 4)."""
    everybody = np.union1d(without.identity, with_mix.identity)
    size = len(STANDINGS)
    key = (everybody >> np.uint64(48)).astype(np.int64) * size + without.among(everybody)
    key = key * size + with_mix.among(everybody)
    return np.bincount(key, minlength=replications * size * size).reshape(replications, size, size)


@dataclass(frozen=True)
class Watch:
    """An engine that runs as the one it holds and notes standings at the end of ``years``.

    ``seen[mix, year]`` has the sighting of each batch under the number of its first replication.
    """

    engine: Any
    years: Collection[int]
    seen: dict[tuple[str, int], dict[int, Sighting]] = field(default_factory=dict)

    def start(self, scenario: Any, replications: range, seed: int) -> tuple[range, Any]:
        """The start of a batch, with its replications."""
        return replications, self.engine.start(scenario, replications, seed)

    def side_by_side(self, begun: tuple[range, Any], mixes: Sequence[str], at_start: Callable[[Any], None]) -> Iterator[Any]:
        """The simulations of the engine, each telling of its years."""
        replications, start = begun

        def note(simulation: Any) -> None:
            if simulation.now.year in self.years:
                of_batches = self.seen.setdefault((simulation.mix, simulation.now.year), {})
                of_batches[replications.start] = Sighting.of(simulation, len(replications))

        def watch(simulation: Any) -> None:
            simulation.yearly.append(note)
            at_start(simulation)

        return self.engine.side_by_side(start, mixes, watch)

    def table(self, mix: str, other: Watch, against: str, year: int, replications: int) -> np.ndarray | None:
        """Transitions from ``against`` (seen by ``other``) to ``mix`` in ``replications`` runs; None if batches do not match."""
        ours, theirs = self.seen.get((mix, year), {}), other.seen.get((against, year), {})
        starts = sorted(first for first in ours if first < replications)
        if not starts or starts != sorted(first for first in theirs if first < replications):
            return None
        ends = [*starts[1:], replications]
        return np.concatenate([transitions(theirs[first], ours[first], end - first) for first, end in zip(starts, ends, strict=True)])
