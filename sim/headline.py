"""A simulation's headline figures at the moment, over all its replications: what a model reports after each quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sim.agents.codebook import Standing
from sim.standards.review import true_standing

MILLION = 1_000_000
PERCENT = 100.0


def quarter(model: Any) -> str:
    """The quarter that was lived last, such as ``2024 Q2``."""
    return str(model.quarter)


def households(model: Any) -> float:
    """Households of one replication, mean."""
    return len(model.households) * _weight(model) / model.replications


def official_poor_households(model: Any) -> float:
    """Households that the newest list calls poor, mean of the replications."""
    return _on_list(model, Standing.POOR) * _weight(model) / model.replications


def official_near_poor_households(model: Any) -> float:
    """Households that the newest list calls near-poor, mean of the replications."""
    return _on_list(model, Standing.NEAR_POOR) * _weight(model) / model.replications


def official_poor_rate(model: Any) -> float:
    """Share of households that the newest list calls poor, percent."""
    return PERCENT * _on_list(model, Standing.POOR) / len(model.households)


def official_near_poor_rate(model: Any) -> float:
    """Share of households that the newest list calls near-poor, percent."""
    return PERCENT * _on_list(model, Standing.NEAR_POOR) / len(model.households)


def true_poor_rate(model: Any) -> float:
    """Share of households poor by the standard on true yearly income and deprivations, percent."""
    standing = true_standing(model.households, model.simulation.society.standard, model.quarter)
    return PERCENT * float(np.mean(standing == Standing.POOR))


def income_per_head_mean(model: Any) -> float:
    """Mean income of the last four quarters over people, thousand dong a head and month."""
    h = model.households
    return float(np.average(h.income_per_head.astype(np.float64), weights=h.members_at_home))


def insured_share(model: Any) -> float:
    """Share of people at home with a health-insurance card, percent."""
    h = model.households
    return PERCENT * (1.0 - float(h.uninsured.sum()) / float(h.members_at_home.sum()))


def money_spent(model: Any) -> float:
    """Public money paid since the start, loans apart: million dong, mean of the replications."""
    ledger = model.simulation.programme.ledger
    return (ledger.total("paid") - ledger.total("paid", source="bank")) / MILLION / model.replications


def money_lent(model: Any) -> float:
    """What the policy bank has lent since the start: million dong, mean of the replications."""
    return model.simulation.programme.ledger.total("paid", source="bank") / MILLION / model.replications


def _weight(model: Any) -> int:
    """How many households an agent stands for."""
    return int(model.simulation.society.weight)


def _on_list(model: Any, standing: Standing) -> int:
    return int(np.count_nonzero(model.households.reviewed == standing))


REPORTERS: Mapping[str, Callable[[Any], Any]] = {
    reporter.__name__: reporter
    for reporter in (
        quarter, households, official_poor_households, official_near_poor_households, official_poor_rate, official_near_poor_rate,
        true_poor_rate, income_per_head_mean, insured_share, money_spent, money_lent,
    )
}  # fmt: skip
