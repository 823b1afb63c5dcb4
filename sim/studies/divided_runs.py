"""Runs of one mix under many divisions of its money, on the same starts and the same luck: what a search makes great."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.scenario.future import Future
from sim.studies import run as running
from sim.studies.aims import Aim
from sim.studies.futures import scenario_in, society_in
from sim.studies.money_space import MoneySpace
from sim.studies.run import Progress
from sim.studies.shares import Block, Point
from sim.studies.starts import Starts

TIES = 0.5  # of one replication: the most that nearness adds to a chance


class DividedRuns:
    """An objective for ``allocating.search``. Of several ``futures`` each aim takes the one in which it is least.

    ``plain`` holds the aims of each point tried as they are, of shape (aims, runs).
    """

    def __init__(self, space: MoneySpace, aims: Sequence[Aim], futures: Sequence[Future], how: Mapping[str, Any]) -> None:
        """``how`` has engine, seed, replications and threads."""
        self.space, self.aims, self.futures = space, tuple(aims), tuple(futures)
        self.plain: dict[Point | None, np.ndarray] = {}
        self.seed = int(how["seed"])
        self._starts, self._how = Starts(how["engine"]), {name: how[name] for name in ("seed", "replications", "threads")}
        self._follow = max(max(aim.year for aim in aims) - space.scenario.last_year, 0)
        self.progress: Progress | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is divided."""
        return self.space.blocks

    def evaluate(self, points: Sequence[Point | None]) -> np.ndarray:
        """Aims of the points, shape (points, aims, runs); of chances those that come nearer are a little better. None: as planned."""
        by_future = np.array([self._in(future, points) for future in self.futures])
        worst = by_future.mean(axis=4).argmin(axis=0)  # (points, aims, 2): by the aim itself, and with nearness
        found = np.take_along_axis(by_future, worst[None, ..., None], axis=0)[0]
        for point, values in zip(points, found, strict=True):
            self.plain[point] = values[:, 0]
        return found[:, :, 1]

    def _in(self, future: Future, points: Sequence[Point | None]) -> np.ndarray:
        """Shape (points, aims, 2, runs): each aim itself, and with nearness."""
        names = {f"division_{number}": point for number, point in enumerate(points)}
        scenario = scenario_in(replace(self.space.scenario_at(names), follow_years=self._follow), future)
        results = running.run(
            scenario,
            list(names),
            engine=self._starts.turned(lambda society: society_in(society, scenario, future)),
            beside_no_policy=False,
            processes=True,
            progress=self.progress,
            **self._how,
        )
        weight = TIES / results.frame.replications
        found = []
        for name in names:
            values = [(aim.of(results, name), aim.nearness(results, name)) for aim in self.aims]
            found.append([(value, value + weight * near) for value, near in values])
        return np.array(found)
