"""The spread of lasting income: a Dagum shape whose rank is part commune, part persistent shock, part fixed circumstances.

Sources: Dagum (1977); moments fitted to the living standards survey of 1997-98, see synthesis.yaml.
"""

from __future__ import annotations

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import draws, maths
from sim.law.parameters import ByRow
from sim.population.cells import cell_mean
from sim.population.tables import table

GRID = 200  # points of the quadrature over ranks


def log_dagum(rank: np.ndarray, a: np.ndarray | float, p: np.ndarray | float) -> np.ndarray:
    """Log of the Dagum quantile (scale one) at the normal score ``rank``: float64."""
    u = np.minimum(np.maximum(maths.normal_cdf(rank), 1e-12), 1.0 - 1e-12)
    return -maths.log(maths.exp(-maths.log(u) / p) - 1.0) / a


def slope_around(centre: np.ndarray, spread: np.ndarray, a: float, p: float) -> np.ndarray:
    """Mean slope of the log quantile over ranks normal about ``centre`` with ``spread``: log points of a unit of rank."""
    score = maths.normal_quantile((np.arange(GRID) + 0.5) / GRID)
    ranks = centre[:, None] + spread[:, None] * score
    # By Stein's identity the mean slope is the covariance with the score over the spread. Running sums add in a fixed order.
    together = np.cumsum(log_dagum(ranks, a, p) * score, axis=1)[:, -1]
    return together / np.cumsum(score * score)[-1] / spread


def shape_of(urban: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """Log residual of lasting income at a rank (normal score), rural or urban: float64."""
    both = table("dagum")
    a = np.where(urban == 1, both["urban"]["a"], both["rural"]["a"])
    p = np.where(urban == 1, both["urban"]["p"], both["rural"]["p"])
    return log_dagum(rank, a, p)


def commune_effects(seed: int, place: np.ndarray, block: np.ndarray, replication: np.ndarray, correlation: np.ndarray
                    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What a household's commune adds to its rank, and what a unit of rank is worth there in log points (rural, urban).

    Three arrays by row. The effect is keyed by place and by commune within a large place; its variance is ``correlation``.
    """
    key = (replication.astype(np.int64) << 32) | (block.astype(np.int64) << 16) | place
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    origin = place[starts] | (block[starts] << 16)
    drawn = draws.normal(seed, origin, draws.COMMUNE_BRANCH, replication[starts], 0, int(Purpose.COMMUNE_EFFECT))
    share = correlation[starts].astype(np.float64)
    effect, both = maths.sqrt(share) * drawn, table("dagum")
    worth = [slope_around(effect, maths.sqrt(1.0 - share), both[area]["a"], both[area]["p"]) for area in ("rural", "urban")]
    lengths = np.diff(np.concatenate([starts, [len(key)]]))
    return np.repeat(effect, lengths), np.repeat(worth[0], lengths), np.repeat(worth[1], lengths)


def rank_of(p: ByRow, commune: np.ndarray, worth: np.ndarray, z: np.ndarray, z_sd: np.ndarray, means: np.ndarray, means_sd: np.ndarray,
            noise: np.ndarray) -> np.ndarray:
    """Normal score of each household's lasting income.

    ``p`` parameters by row; ``commune`` the commune's effect; ``worth`` log points of a unit of rank; ``z`` the
    persistent shock with spread ``z_sd``; ``means`` of earning in units of their spread ``means_sd``; ``noise`` standard
    normal. The shares of z and of means are such that log income moves one for one with them, so what is left for ability
    does not depend on them: ability that made up for poor means would outlive them, and incomes would drift apart.
    """
    limits = table("rank")
    within = 1.0 - p["commune_correlation"].astype(np.float64)
    worth = worth * p["lasting_spread"]
    ratio = z_sd / worth
    share = np.minimum(ratio * ratio, limits["most_persistent"] * within)
    fixed = np.maximum(within - share, 0.0)
    ratio = means_sd / worth
    seen = np.minimum(ratio * ratio, limits["most_seen"] * fixed)
    rank = commune + maths.sqrt(share) * (z / np.where(z_sd > 0.0, z_sd, 1.0))
    return rank + maths.sqrt(seen) * means + maths.sqrt(fixed - seen) * noise


def standardised_means(log_means: np.ndarray, log_size: np.ndarray, schooling: np.ndarray, counts: np.ndarray, cell: np.ndarray, cells: int
                       ) -> tuple[np.ndarray, np.ndarray]:
    """What a household's workers, jobs and land give beyond its size and schooling: mean 0, spread 1 in each cell; and that
    spread before, log points by row.

    ``counts`` (bool) marks households with labour; the others get 0, since theirs is another matter.
    """
    weight = counts.astype(np.float64)

    def centred(values: np.ndarray) -> np.ndarray:
        return (values - cell_mean(values, weight, cell, cells)[cell]) * weight

    y, x1, x2 = centred(log_means), centred(log_size), centred(schooling)
    x2 = x2 - _slope(x2, x1, weight, cell, cells)[cell] * x1
    y = y - _slope(y, x1, weight, cell, cells)[cell] * x1
    y = y - _slope(y, x2, weight, cell, cells)[cell] * x2
    spread = maths.sqrt(np.maximum(cell_mean(y * y, weight, cell, cells), 1e-9))
    widest = table("rank")["widest_means"] * spread[cell]
    y = np.clip(y, -widest, widest) * weight
    spread = maths.sqrt(np.maximum(cell_mean(y * y, weight, cell, cells), 1e-9))[cell]
    return y / spread, spread


def _slope(y: np.ndarray, x: np.ndarray, weight: np.ndarray, cell: np.ndarray, cells: int) -> np.ndarray:
    """Least-squares slope of ``y`` on ``x`` (both centred) in each cell; 0 where x does not vary."""
    variance = cell_mean(x * x, weight, cell, cells)
    return np.where(variance > 1e-9, cell_mean(y * x, weight, cell, cells) / np.maximum(variance, 1e-9), 0.0)
