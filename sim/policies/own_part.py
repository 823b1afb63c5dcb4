"""Who pays for a support: the public part up to the plan's ceiling, and what the household adds."""

from __future__ import annotations

import numpy as np

from sim.policies.applicants import Applicants
from sim.policies.lever import Lever


def public_part(lever: Lever, h: Applicants) -> np.ndarray:
    """Public money for each household, thousand dong: the lever's unit cost, no more than the plan's ceiling; int64."""
    cost = np.asarray(lever.unit_cost(h)).astype(np.int64)
    if (cost <= 0).any():
        raise ValueError(f"lever {lever.key}: a unit cost must be above zero")
    return cost if h.claim.ceiling is None else np.minimum(cost, h.claim.ceiling)


def above_ceiling(lever: Lever, h: Applicants, public: np.ndarray) -> np.ndarray:
    """What the plan's ceiling leaves to the household beside its contribution, thousand dong, int64.

    A contribution that is larger where public money is less makes up for part or all of it.
    """
    if h.claim.ceiling is None or not lever.pays_above_ceiling:
        return np.zeros(len(h), dtype=np.int64)
    cost = np.asarray(lever.unit_cost(h)).astype(np.int64)
    made_up = np.maximum(np.asarray(lever.contribution(h, public)) - np.asarray(lever.contribution(h, cost)), 0).astype(np.int64)
    return np.maximum(cost - public - made_up, 0)


def must_pay(lever: Lever, h: Applicants, public: np.ndarray) -> np.ndarray:
    """What a household must be able to find to be served beside ``public``, thousand dong."""
    required = np.asarray(lever.contribution(h, public)).astype(np.int64) if lever.contribution_is_required else 0
    return above_ceiling(lever, h, public) + required


def own_part(lever: Lever, h: Applicants) -> np.ndarray:
    """What households add when their support arrives, thousand dong; where it is not required, no more than they can find."""
    public = h.support.astype(np.int64)
    own = np.asarray(lever.contribution(h, public)).astype(np.int64) + above_ceiling(lever, h, public)
    return own if lever.contribution_is_required else np.minimum(own, h.means())
