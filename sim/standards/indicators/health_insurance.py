"""Health insurance from the age of six."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="health", vi="Bảo hiểm y tế", en="Health insurance")
def health_insurance(uninsured_from_6):
    """A member of 6 years or more has no health-insurance card."""
    return uninsured_from_6 > 0
