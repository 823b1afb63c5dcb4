"""What it would be worth to know a number before choosing among mixes: expected value of partial perfect information.

From a sample of the prior: regress what each mix gains over the one that is best on average on the number, choose by the
regression, and see what was gained on runs that the regression has not seen. So luck is not taken for knowledge; the price is
that a little of the value is missed.

Strong, Oakley and Brennan (2014), Estimating multiparameter partial expected value of perfect information from a probabilistic
sensitivity analysis sample, Medical Decision Making 34; the method for one number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.targets import NINETY

FOLDS = 10
DEGREE = 3
NAN = float("nan")


@dataclass(frozen=True)
class Worth:
    """Value of knowing a number, in the unit of the outcome, with its standard error; below zero it is nothing but noise."""

    value: float
    error: float

    @property
    def is_seen(self) -> bool:
        """Whether it is told from nothing, one-sided at 95 %."""
        return self.value > NINETY * self.error


def of_everything(gains: np.ndarray) -> Worth:
    """The most that any knowledge could be worth: choosing anew in every run. ``gains`` (runs, mixes), more being better."""
    best = int(np.argmax(gains.mean(axis=0)))
    return _worth(gains.max(axis=1) - gains[:, best])


def of_number(gains: np.ndarray, number: np.ndarray) -> Worth:
    """The worth of knowing ``number`` (runs,) before choosing; ``gains`` (runs, mixes), more being better."""
    return of_numbers(gains, np.asarray(number, dtype=np.float64)[:, None])


def of_numbers(gains: np.ndarray, numbers: np.ndarray) -> Worth:
    """The worth of knowing several ``numbers`` (runs, numbers) together, taken to act additively: cubic each."""
    runs = len(gains)
    if runs < 2 * FOLDS or gains.shape[1] < 2:
        return Worth(NAN, NAN)
    inputs = _curves(numbers)
    gained = np.zeros(runs)
    relative = gains - gains[:, [int(np.argmax(gains.mean(axis=0)))]]
    for fold in range(FOLDS):
        out = np.arange(runs) % FOLDS == fold
        weights, *_ = np.linalg.lstsq(inputs[~out], relative[~out], rcond=None)
        chosen = np.argmax(inputs[out] @ weights, axis=1)
        gained[out] = relative[out, chosen]
    return _worth(gained)


def _curves(numbers: np.ndarray) -> np.ndarray:
    """A constant, and of each number its standardised powers; columns that do not vary are left out."""
    columns = [np.ones(len(numbers))]
    for values in numbers.T:
        spread = values.std()
        if spread > 0:
            z = (values - values.mean()) / spread
            columns += [z**power for power in range(1, DEGREE + 1)]
    return np.column_stack(columns)


def _worth(gained: np.ndarray) -> Worth:
    return Worth(float(gained.mean()), float(gained.std(ddof=1) / np.sqrt(len(gained))) if len(gained) > 1 else NAN)
