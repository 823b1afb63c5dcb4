"""Pieces of a replication: some of its places, where these are so many that a machine had better not hold them all at once.

Places can be run one after the other where nothing couples them: every household's life is keyed by its own number, markets, lists
and chances are the commune's, the plan's own counts the place's. Only money couples: an envelope of several places is divided by
the counts of the day, unless what each place gets is settled beforehand (``divide: {settled: true}``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sim.policies.division import reaches
from sim.population.sampling import sampled

ROWS_OF_A_PIECE = 450_000  # rows from which a piece takes no further place


@dataclass(frozen=True)
class Piece:
    """Some places of one replication, of several pieces that together are the whole."""

    replications: range
    places: range

    def __len__(self) -> int:
        return len(self.replications)

    @property
    def start(self) -> int:
        """The replication."""
        return self.replications.start

    @property
    def stop(self) -> int:
        """The one after."""
        return self.replications.stop


Task = range | Piece  # whole replications, or a piece of one


def cut(scenario: Any, rows: int | None = None) -> tuple[range, ...]:
    """The places in ranges that can be run apart, of some ``rows`` each; a single range where they are few or coupled."""
    rows = ROWS_OF_A_PIECE if rows is None else rows
    places = sampled(scenario.places, scenario.one_for)
    coupled = _coupled(scenario)
    ranges, first, held = [], 0, 0
    for number, place in enumerate(places):
        if number not in coupled and held + place.households > rows and held:
            ranges.append(range(first, number))
            first, held = number, 0
        held += place.households
    return (*ranges, range(first, len(places)))


def _coupled(scenario: Any) -> set[int]:
    """Places that cannot be parted from the one before."""
    coupled: set[int] = set(range(len(scenario.places))) if scenario.roster is not None else set()
    for envelope in scenario.money:
        reached = [number for number, place in enumerate(scenario.places) if reaches(envelope.place, place)]
        if reached and not envelope.settled:
            coupled.update(range(reached[0] + 1, reached[-1] + 1))
    return coupled


def in_pieces(ranges: Iterable[range], whole: Callable[[range], bool], places: Sequence[range]) -> list[Task]:
    """The tasks: replications that stay ``whole``, and of the others a task for each piece."""
    tasks: list[Task] = []
    for replications in ranges:
        tasks += [replications] if len(places) == 1 or whole(replications) else [Piece(replications, some) for some in places]
    return tasks


def put_together(tasks: Sequence[Task], parts: Iterator[Any], join: Callable[[Piece, list[Any]], Any], last: int) -> Iterator[Any]:
    """What all replications give, in order: of pieces once the one with place ``last`` is there."""
    waiting: list[Any] = []
    for task, part in zip(tasks, parts, strict=False):
        if isinstance(task, Piece):
            waiting.append(part)
            if task.places.stop == last:
                yield join(task, waiting)
                waiting = []
        else:
            yield part
    yield from parts  # nothing more, but it ends what it began
