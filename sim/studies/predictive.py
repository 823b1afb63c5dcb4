"""From simulated samples to the law of the figure that will be published: the chance of the sample out, the survey's own error in."""

from __future__ import annotations

import numpy as np

from sim.measures.normal import quantile, standard_error

ERRORS = 15  # equally likely values of the survey's error about each simulated rate


def without_sampling(rates: np.ndarray, sampling: np.ndarray) -> np.ndarray:
    """Rates whose spread over replications holds no more of the chance of who is in a sample.

    ``rates`` (replications, places) in percent; ``sampling`` its variance by place. What all places share in a replication stays as it
    is; what is a place's own keeps its mean and loses the sampling variance.
    """
    middle = rates.mean(axis=0)
    away = rates - middle
    shared = away.mean(axis=1, keepdims=True)
    variance = float((shared**2).mean())
    slope = (away * shared).mean(axis=0) / variance if variance > 0 else np.zeros_like(middle)
    own = away - shared * slope
    spread = (own**2).mean(axis=0)
    kept = np.sqrt(np.clip(1.0 - sampling / np.maximum(spread, 1e-12), 0.0, 1.0))
    return np.clip(middle + shared * slope + own * kept, 0.0, 100.0)


def with_survey_error(rates: np.ndarray, households: float, share: float) -> np.ndarray:
    """The law of published rates: (places, members) from simulated ``rates`` (replications, places), percent.

    Each simulated rate stands for ``ERRORS`` members about it, normal with ``share`` of the standard error of a survey of so many
    households, kept within 0 and 100.
    """
    middle = quantile((np.arange(ERRORS) + 0.5) / ERRORS)
    error = 100.0 * share * standard_error(rates / 100.0, households)
    members = np.clip(rates[..., None] + error[..., None] * middle, 0.0, 100.0)
    return np.moveaxis(members, 0, 1).reshape(rates.shape[1], -1)
