"""Designs of experiments over groups of uncertain numbers, and what they tell: Morris' screening and Sobol' indices, by SALib.

A design is a list of steps; a step holds a point for each replication, and replication r meets the same households, world and luck
in all steps (but the last of Sobol's, which must share nothing else), so that what differs is the numbers' doing.

Morris (1991), Technometrics 33; Campolongo, Cariboni and Saltelli (2007) for mu*, Environmental Modelling and Software 22; Saltelli et
al. (2010), Computer Physics Communications 181; Herman and Usher (2017), SALib, Journal of Open Source Software 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

LEVELS = 4
INNER = 0.9  # Morris moves a number between the ends of the middle 90 % of what is believed of it
NEARLY_ALL = 0.998  # Sobol' points lie within this much of it, since its ends may be infinite
LEVEL = 0.90
NAN = float("nan")
Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Design:
    """``steps[step][name]``: quantiles of a number, shape (replications,)."""

    problem: dict[str, Any]
    rows: np.ndarray  # as SALib made them: (replications * steps, numbers)
    steps: tuple[dict[str, np.ndarray], ...]

    @property
    def groups(self) -> list[str]:
        """The groups, in order."""
        return list(dict.fromkeys(self.problem["groups"]))


@dataclass(frozen=True)
class Effect:
    """What SALib says of one group: Morris' ``mu_star``, or Sobol' ``first`` and ``total``, each with half its 90 % interval."""

    group: str
    first: float
    first_error: float
    total: float
    total_error: float


def morris(groups: Groups, replications: int, seed: int) -> Design:
    """Trajectories, one a replication, in which one group after the other moves."""
    from SALib.sample import morris as sampling

    problem = _problem(groups, INNER)
    rows = sampling.sample(problem, replications, num_levels=LEVELS, seed=seed % 2**32)
    return _design(problem, rows, len(groups) + 1)


def sobol(groups: Groups, replications: int, seed: int) -> Design:
    """Saltelli's design without second order: A, A with each group from B, and B last. ``replications`` is a power of two."""
    from SALib.sample import sobol as sampling

    problem = _problem(groups, NEARLY_ALL)
    rows = sampling.sample(problem, replications, calc_second_order=False, seed=seed % 2**32)
    return _design(problem, rows, len(groups) + 2)


def screened(design: Design, outcomes: Sequence[np.ndarray]) -> list[Effect]:
    """Mean absolute effect of moving each group by two thirds of its range, from the outcome of every step (replications,)."""
    from SALib.analyze import morris as analysis

    answer = np.stack(outcomes, axis=1).ravel()
    if not np.ptp(answer) > 0:
        return [Effect(group, 0.0, 0.0, NAN, NAN) for group in design.groups]
    found = analysis.analyze(design.problem, design.rows, answer, num_levels=LEVELS, conf_level=LEVEL, seed=1)
    step = LEVELS / (2.0 * (LEVELS - 1))
    star, error = (np.ma.getdata(found[name]).astype(np.float64) * step for name in ("mu_star", "mu_star_conf"))
    return [Effect(str(name), float(star[k]), float(error[k]), NAN, NAN) for k, name in enumerate(found["names"])]


def indices(design: Design, outcomes: Sequence[np.ndarray]) -> list[Effect]:
    """First-order and total Sobol' indices: shares of the whole variance, that of world and luck included."""
    from SALib.analyze import sobol as analysis

    answer = np.stack(outcomes, axis=1).ravel()
    if not np.ptp(answer) > 0:
        return [Effect(group, NAN, NAN, NAN, NAN) for group in design.groups]
    found = analysis.analyze(design.problem, answer, calc_second_order=False, conf_level=LEVEL, seed=1)
    columns = [np.asarray(found[name], dtype=np.float64) for name in ("S1", "S1_conf", "ST", "ST_conf")]
    return [Effect(group, *(float(column[k]) for column in columns)) for k, group in enumerate(design.groups)]


def _problem(groups: Groups, inner: float) -> dict[str, Any]:
    names = [name for some in groups.values() for name in some]
    homes = [group for group, some in groups.items() for _ in some]
    half = (1.0 - inner) / 2.0
    return {"num_vars": len(names), "names": names, "groups": homes, "bounds": [[half, 1.0 - half]] * len(names)}


def _design(problem: dict[str, Any], rows: np.ndarray, steps: int) -> Design:
    table = rows.reshape(-1, steps, problem["num_vars"])
    named = tuple({name: table[:, step, at] for at, name in enumerate(problem["names"])} for step in range(steps))
    return Design(problem, rows, named)
