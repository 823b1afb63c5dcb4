"""How a standard turns incomes and deprivations into a standing.

Every rule takes four masks over households: ``poor_income`` (at or below the poor line), ``low_income`` (at or below
the second line, the same as the first where a standard has one line), ``many`` and ``some`` (points of deprivation
at or above the two cut-offs). It returns Standing values, uint8.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.agents.codebook import Standing

Masks = np.ndarray


def _stand(poor: Masks, near_poor: Masks) -> np.ndarray:
    """Standing values from two masks; poor wins."""
    return np.where(poor, np.uint8(Standing.POOR), np.where(near_poor, np.uint8(Standing.NEAR_POOR), np.uint8(Standing.NOT_LISTED)))


def income_only(poor_income: Masks, low_income: Masks, many: Masks, some: Masks) -> np.ndarray:
    """2011-2015: poor below the poor line, near-poor up to the second line, whatever is lacked."""
    return _stand(poor_income, low_income)


def income_or_deprivations(poor_income: Masks, low_income: Masks, many: Masks, some: Masks) -> np.ndarray:
    """2016-2021: poor below the policy line, or between the lines and lacking many services; near-poor between them otherwise."""
    return _stand(poor_income | (low_income & many), low_income)


def income_and_deprivations(poor_income: Masks, low_income: Masks, many: Masks, some: Masks) -> np.ndarray:
    """From 2022: poor below the line and lacking many services, near-poor below the line otherwise."""
    return _stand(poor_income & many, poor_income)


def deprivations_only(poor_income: Masks, low_income: Masks, many: Masks, some: Masks) -> np.ndarray:
    """Multidimensional poverty index: poor by weighted deprivations alone, vulnerable above the lower cut-off."""
    return _stand(many, some)


RULES: dict[str, Callable[..., np.ndarray]] = {
    rule.__name__: rule for rule in (income_only, income_or_deprivations, income_and_deprivations, deprivations_only)
}
