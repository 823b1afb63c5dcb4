"""How large a run will be: rows, memory, disk and time; and whether this machine can hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.population.sampling import sampled
from sim.studies.executors import threads_to_use
from sim.studies.framing import districts_of, mixes_to_run
from sim.studies.pieces import cut
from sim.studies.place_axis import axis
from sim.studies.run import batch_size

LARGE = 1_000_000  # rows from which a run says beforehand how large it is
# Measured: 400,000 households of one replication in one batch, five mixes one after the other, all of Hoàng Kim's levers.
BYTES_OF_PROGRAM = 210_000_000
BYTES_OF_ROW = 1_030
BYTES_OF_FIGURES = 9_000  # all groups and measures of one label of the place axis, mix, replication and year
BYTES_ON_DISK = 3_000  # of the same
# Measured: CPU of Hoàng Kim (four mixes: 7.1 and 0.34 millionths), Sơn La (five: 9.3 and 0.40) and Ninh Thuận (one: 8.1 and 0.24).
SECONDS_OF_ROW_AT_START = 8e-6
SECONDS_OF_ROW_QUARTER = 0.35e-6  # under one mix
SECONDS_BEFORE_AND_AFTER = 3.0
# Of runs in pieces (see pieces.py). Measured: one and two million households of the whole country, all eighteen levers; seconds
# are of all 28 million (benchmarks/results/country.csv), whose start and quarters took 4.8 and 0.46 millionths.
BYTES_OF_WORKER = 80_000_000
BYTES_OF_ROW_OF_PIECE = 1_400
BYTES_OF_SUMS = 19_000  # what measures are made of, of one place, mix, replication and year
BYTES_OF_INCOMES = 125_000  # of one piece, mix, replication and year
SECONDS_OF_ROW_OF_PIECE = 5e-6
SECONDS_OF_ROW_QUARTER_OF_PIECE = 0.45e-6
SHARE_OF_FREE_MEMORY = 0.9  # what is left is the system's


@dataclass(frozen=True)
class Size:
    """``rows`` are simulated households over all replications, ``at_once`` those in memory together; ``memory`` and ``disk`` in
    bytes, ``figures`` the part of the memory that results take, ``seconds`` on this machine's cores. ``coupled``: several places
    that must be run together, since they share money by the counts of the day."""

    households: int
    replications: int
    one_for: int
    at_once: int
    memory: int
    figures: int = 0
    disk: int = 0
    seconds: float = 0.0
    coupled: bool = False

    @property
    def rows(self) -> int:
        """Simulated households of all replications."""
        return self.households * self.replications

    @property
    def large(self) -> bool:
        """Whether a user should know beforehand."""
        return self.rows > LARGE


def size_of(
    scenario: Any, replications: int | None = None, threads: int | None = None, mixes: Sequence[str] | None = None, whole: bool = False
) -> Size:
    """The size of a run; replications are the scenario's, threads the machine's, mixes those that ``run`` is of unless given.

    ``whole``: replications are not cut into pieces, as studies do not.
    """
    count = scenario.runs.replications if replications is None else replications
    workers, households = threads_to_use(threads), -(-scenario.households // scenario.one_for)
    years, lives = scenario.end_year - scenario.first_year + 2, len(mixes or mixes_to_run(scenario))
    cells = _labels(scenario) * lives * count * years
    pieces = (range(len(scenario.places)),) if whole else cut(scenario)
    figures, disk = BYTES_OF_FIGURES * cells, BYTES_ON_DISK * cells
    if len(pieces) > 1:
        parts = sampled(scenario.places, scenario.one_for)
        at_once = workers * max(sum(place.households for place in parts[some.start : some.stop]) for some in pieces)
        sums = count * lives * years * (BYTES_OF_SUMS * len(parts) + BYTES_OF_INCOMES * len(pieces))
        figures, disk = figures + 2 * sums, disk + sums
        memory = BYTES_OF_WORKER * workers + BYTES_OF_ROW_OF_PIECE * at_once
        at_start, a_quarter = SECONDS_OF_ROW_OF_PIECE, SECONDS_OF_ROW_QUARTER_OF_PIECE
    else:
        at_once = households * min(batch_size(households, count, workers) * workers, count)
        memory, at_start, a_quarter = BYTES_OF_ROW * at_once, SECONDS_OF_ROW_AT_START, SECONDS_OF_ROW_QUARTER
    seconds = households * count * (at_start + a_quarter * 4 * (years - 1) * lives) / min(workers, count * len(pieces))
    return Size(
        households, count, scenario.one_for, at_once, BYTES_OF_PROGRAM + memory + figures, figures, disk,
        SECONDS_BEFORE_AND_AFTER + seconds, coupled=not whole and len(pieces) == 1 < len(scenario.places) and scenario.roster is None,
    )  # fmt: skip


def _labels(scenario: Any) -> int:
    """Labels of the place axis of results."""
    places = tuple(place.name for place in scenario.places)
    return len(axis(places, districts_of(scenario.places), [place.name for place in scenario.places if place.poor_district], ()))


def free_memory() -> int | None:
    """Bytes that programs can still have, None where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def sample_that_fits(size: Size, free: int) -> int | None:
    """The ``one_for`` with which one replication at a time fits into ``free`` bytes; None if the run fits as it is, or never will."""
    room = SHARE_OF_FREE_MEMORY * free
    rows = int((room - BYTES_OF_PROGRAM - size.figures) // BYTES_OF_ROW)
    if size.memory <= room or rows < 1:
        return None
    return -(-size.households * size.one_for // rows)
