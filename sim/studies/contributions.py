"""Which lever earns the result: Shapley values of the levers of a mix and of growth, on the same starts and the same luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from sim.studies import framing, shapley, study_files
from sim.studies import run as running
from sim.studies.coalitions import Block, Players, blocks, players_of
from sim.studies.contributed import Contributions
from sim.studies.contribution_rows import (
    Weighed,
    coalition_rows,
    contribution_rows,
    inner_coalitions,
    interaction_rows,
    total_row,
    weigh,
)
from sim.studies.executors import threads_to_use
from sim.studies.frame import Frame
from sim.studies.outcomes import ESCAPED, Outcome, followed, outcomes_of
from sim.studies.reach import check_mix
from sim.studies.results import Results
from sim.studies.run import Progress

MOST_EXACT = 7  # players up to which all coalitions are run
WEIGHTIEST = 5  # players whose interactions are told beyond that
ORDERS = 8  # sampled beyond that, unless asked otherwise
MOST_ROWS = 400_000  # simulated households of a block, whose starts are kept in memory
MOST_FIGURES = 20_000_000  # numbers of one run's results, 160 MB
FIGURES_OF_LABEL = 1_100  # of one label of the place axis, replication and year
Seen = dict[int, dict[Outcome, np.ndarray]]
Paid = dict[str, tuple[np.ndarray, np.ndarray]]


def contributions(
    scenario: Any,
    mix: str = "plan",
    *,
    orders: int | None = None,
    seed: int | None = None,
    replications: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    engine: Any = None,
) -> Contributions:
    """Divide what ``mix`` and growth bring among its levers and growth.

    Up to seven players all coalitions are run; beyond, ``orders`` random orders of joining (8, made even), with the error that
    leaves. A lever that is away leaves its money unspent, and the others keep what the whole mix gives them. Without growth no
    income and no number of jobs grows. An interruption ends the study with the replications that are whole by then. Raises
    InputError for an unknown mix, or one that has no money.
    """
    started, seed = datetime.now(UTC), scenario.runs.seed if seed is None else seed
    count = scenario.runs.replications if replications is None else replications
    check_mix(scenario, mix)
    players = players_of(scenario, mix)
    frame = framing.frame_of(scenario, (mix,), count, seed)
    sampled = 0 if len(players) <= MOST_EXACT else ORDERS if orders is None else orders + orders % 2
    chosen = shapley.sampled_orders(len(players), sampled, seed)
    study = _Study(scenario, mix, (players, frame, chosen))
    rows = max(scenario.households // scenario.one_for, 1)
    every = blocks(count, rows, MOST_ROWS)
    try:
        for number, block in enumerate(every):
            these = Block(scenario, mix, block, seed, engine or running.simulation_class(), threads)
            study.add(these, _part_of(progress, number, len(every)), at_once(frame, len(block)))
    except KeyboardInterrupt:
        if not study.runs:
            raise
    frame = replace(frame, replications=study.runs)
    choices = {"mix": mix, "orders": len(chosen), "asked": count}
    made_of = study_files.describe("contributions", [scenario], frame, choices, (started, threads_to_use(threads)))
    whole = {**made_of, **choices, "players": players.names}
    stopped = frame.replications < count
    return Contributions(frame, mix, players.names, len(chosen), count, **study.tables(), manifest=whole, is_stopped=stopped)


class _Study:
    """Values of all coalitions and outcomes, block by block."""

    def __init__(self, scenario: Any, mix: str, about: tuple[Players, Frame, Sequence[shapley.Order]]) -> None:
        self._players, frame, self._orders = about
        self._outcomes = outcomes_of(frame, followed(frame))
        self._wanted = shapley.coalitions_of(self._orders) if self._orders else list(range(1 << len(self._players)))
        self._among: tuple[int, ...] = () if self._orders else tuple(range(len(self._players)))
        self._seen: list[Seen] = []
        self._paid: list[dict[tuple[str, int], tuple[np.ndarray, np.ndarray]]] = []
        self.runs = 0

    def add(self, block: Block, progress: Progress, most: int) -> None:
        """Run everything on one block; nothing is kept of a block that is interrupted."""
        seen: Seen = {}
        paid: dict[tuple[str, int], tuple[np.ndarray, np.ndarray]] = {}
        everyone = shapley.everyone(len(self._players))

        def see(coalition: int, results: Results, name: str) -> None:
            seen[coalition] = {outcome: outcome.of(results, name) for outcome in self._outcomes}
            if coalition == everyone:
                years = {outcome.year for outcome in self._outcomes}
                paid.update({(lever, year): paid_by(results, name, lever, year) for lever in self._players.levers for year in years})

        further = 1 << WEIGHTIEST if self._orders else 0
        share = len(self._wanted) / (len(self._wanted) + further)
        block.run(self._wanted, see, _scaled(progress, 0.0, share), most)
        if self._orders:
            self._among = self._among or self._weightiest(seen)
            more = [one for one in inner_coalitions(self._among, len(self._players)) if one not in seen]
            block.run(more, see, _scaled(progress, share, 1.0), most)
        self._seen.append(seen)
        self._paid.append(paid)
        self.runs += len(next(iter(next(iter(seen.values())).values())))

    def tables(self) -> dict[str, Any]:
        """All as data frames."""
        from pandas import DataFrame

        rows: dict[str, list[dict[str, Any]]] = {"contributions": [], "totals": [], "interactions": [], "coalitions": []}
        for outcome in self._outcomes:
            weighed = self._weighed(outcome, self._seen)
            rows["contributions"] += contribution_rows(weighed, self._players, self._money(outcome.year))
            rows["totals"].append(total_row(weighed, self._players))
            rows["interactions"] += interaction_rows(weighed, self._players, self._among)
            rows["coalitions"] += coalition_rows(weighed, self._players)
        return {name: DataFrame(some) for name, some in rows.items()}

    def _weighed(self, outcome: Outcome, seen: Sequence[Seen]) -> Weighed:
        values = {one: np.concatenate([block[one][outcome] for block in seen]) for one in seen[0]}
        return weigh(outcome, values, len(self._players), self._orders)

    def _money(self, year: int) -> Paid:
        found: Paid = {}
        for lever in self._players.levers:
            grants, loans = zip(*[block[lever, year] for block in self._paid], strict=True)
            found[lever] = np.concatenate(grants), np.concatenate(loans)
        return found

    def _weightiest(self, seen: Seen) -> tuple[int, ...]:
        """The players that bring most to households escaped by the plan's last year, as far as the first block tells."""
        outcome = next(one for one in self._outcomes if one.name == ESCAPED)
        means = np.abs(self._weighed(outcome, [seen]).gains.mean(axis=1))
        return tuple(sorted(np.argsort(-means, kind="stable")[:WEIGHTIEST].tolist()))


def paid_by(results: Results, mix: str, lever: str, until: int) -> tuple[np.ndarray, np.ndarray]:
    """Dong of grants and of loans that a lever paid out to the end of a year, by replication."""
    columns = results.ledger[mix].columns
    mine = (columns["entry"] == "paid") & (columns["lever"] == lever) & (columns["year"] <= until)
    found = []
    for rows in (mine & (columns["kind"] != "credit"), mine & (columns["kind"] == "credit")):
        total = np.zeros(results.frame.replications)
        np.add.at(total, columns["replication"][rows], columns["dong"][rows].astype(np.float64))
        found.append(total)
    return found[0], found[1]


def at_once(frame: Frame, replications: int) -> int:
    """Coalitions of one run, so that its results stay small."""
    return max(4, MOST_FIGURES // (FIGURES_OF_LABEL * len(frame.place_labels) * len(frame.years) * max(replications, 1)))


def _part_of(progress: Progress | None, number: int, parts: int) -> Progress:
    """Progress of one of several blocks."""
    return _scaled(progress or (lambda done, total: None), number / parts, (number + 1) / parts)


def _scaled(progress: Progress, begin: float, end: float) -> Callable[[int, int], None]:
    """Progress that goes from one share of the whole to another."""
    return lambda done, total: progress(round(10_000 * (begin + (end - begin) * done / max(total, 1))), 10_000)
