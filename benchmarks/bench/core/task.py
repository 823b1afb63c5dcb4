"""The core step that all peers do: two normals, an AR(1), assets, a Bernoulli shock, twelve hazards, a yearly review, a budget.

Every quarter of a household:

1. ``z <- PERSISTENCE * z + NOISE * normal``: the persistent shock of its income;
2. ``income = exp(ability + z + PASSING * normal - PASSING^2 / 2 + ELASTICITY * log((assets + GARDEN) / USUAL))``;
3. assets wear and grow by a part of income above needs: ``assets <- assets * (1 - WEAR) + 3 * SAVED * max(income - NEEDS, 0)``;
   with chance SHOCK they are multiplied by KEPT;
4. each of twelve services that it has is lost with chance LOSS, each that it lacks is gained with the service's own chance;
5. the sum of the year's incomes takes the quarter's.

In every fourth quarter, after that: poor is who had a mean income of the year below LINE and lacks at least LACKING services;
the poor, lowest income of the year first, receive GRANT into their assets until the budget (BUDGET grants a hundred households)
is spent. Income in thousand dong a head and month, assets in thousand dong. The numbers are made up.
"""

from __future__ import annotations

from typing import Any

import numpy as np

PERSISTENCE, NOISE, PASSING = 0.95, 0.1, 0.3
ELASTICITY, GARDEN, USUAL = 0.25, 1000.0, 9000.0
WEAR, SAVED, NEEDS = 0.02, 0.1, 1500.0
SHOCK, KEPT = 0.05, 0.7
SERVICES, LOSS = 12, 0.004
GAIN = tuple(0.01 + 0.002 * k for k in range(SERVICES))
LINE, LACKING = 1800.0, 4
GRANT, BUDGET = 5000.0, 2
QUARTERS = 4

MEASURES = ("income", "assets", "persistent", "lacking", "poor", "grants")


def start(households: int) -> dict[str, np.ndarray]:
    """The households at the start, the same for every peer: ability, z, assets (float32) and services (12, households) bool."""
    rng = np.random.default_rng(1)
    return {
        "ability": rng.normal(np.log(2500.0), 0.5, households).astype(np.float32),
        "z": rng.normal(0.0, 0.3, households).astype(np.float32),
        "assets": rng.lognormal(np.log(8000.0), 0.8, households).astype(np.float32),
        "services": rng.random((SERVICES, households)) < 0.6,
    }


def summary(final: dict[str, np.ndarray]) -> dict[str, list[float]]:
    """Mean and standard error of each measure over households.

    ``final`` holds arrays by household: income of the last quarter, assets, persistent (z), lacking (services), poor (0 or 1 by
    the last review) and grants (received in the whole run).
    """
    told = {}
    for name in MEASURES:
        values = np.asarray(final[name], dtype=np.float64)
        told[name] = [float(values.mean()), float(values.std() / np.sqrt(len(values)))]
    return told


def final_of_bits(model: Any) -> dict[str, np.ndarray]:
    """What :func:`summary` asks of a model that keeps each household's services in the bits of a whole number."""
    has = (model.services >> np.arange(SERVICES)[:, None]) & 1
    return {
        "income": model.income, "assets": model.assets, "persistent": model.z, "lacking": SERVICES - has.sum(axis=0),
        "poor": model.poor, "grants": model.grants,
    }  # fmt: skip


def disagreements(one: dict[str, list[float]], other: dict[str, list[float]], most: float = 4.0) -> list[str]:
    """Measures in which two peers' means lie more than ``most`` standard errors of their difference apart, in words.

    Peers share the start and not the luck, so the standard error is on the safe side: a step told differently is far outside
    (see the test, which tells it a little differently).
    """
    apart = []
    for name, (a, se_a) in one.items():
        b, se_b = other[name]
        error = max(float(np.hypot(se_a, se_b)), 1e-12)
        if abs(a - b) > most * error:
            apart.append(f"{name}: {a:.5g} and {b:.5g}, {abs(a - b) / error:.1f} standard errors apart")
    return apart
