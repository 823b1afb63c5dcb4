"""How large a run will be: rows, and the memory that they and the results take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.studies.executors import threads_to_use
from sim.studies.place_axis import axis
from sim.studies.run import batch_size
from sim.studies.seam import districts_of

LARGE = 1_000_000  # rows from which a run says beforehand how large it is
# Measured: 400,000 households of one replication in one batch, five mixes one after the other, all of Hoàng Kim's levers.
BYTES_OF_PROGRAM = 210_000_000
BYTES_OF_ROW = 1_030
BYTES_OF_FIGURES = 9_000  # all groups and measures of one label of the place axis, mix, replication and year


@dataclass(frozen=True)
class Size:
    """``rows`` are simulated households over all replications, ``at_once`` those in memory together; ``memory`` in bytes."""

    households: int
    replications: int
    one_for: int
    at_once: int
    memory: int

    @property
    def rows(self) -> int:
        """Simulated households of all replications."""
        return self.households * self.replications

    @property
    def large(self) -> bool:
        """Whether a user should know beforehand."""
        return self.rows > LARGE


def size_of(scenario: Any, replications: int | None = None, threads: int | None = None) -> Size:
    """The size of a run of all mixes of a scenario; replications are the scenario's and threads the machine's unless given."""
    count = scenario.runs.replications if replications is None else replications
    workers, households = threads_to_use(threads), -(-scenario.households // scenario.one_for)
    at_once = households * min(batch_size(households, count, workers) * workers, count)
    places = tuple(place.name for place in scenario.places)
    labels = axis(places, districts_of(scenario.places), [place.name for place in scenario.places if place.poor_district], ())
    years = scenario.end_year - scenario.first_year + 2
    figures = BYTES_OF_FIGURES * len(labels) * len(scenario.mixes) * count * years
    return Size(households, count, scenario.one_for, at_once, BYTES_OF_PROGRAM + BYTES_OF_ROW * at_once + figures)
