"""Which series of the law book every run reads from its first day on, whatever its mixes."""

from __future__ import annotations

ALWAYS = (
    "consumer_prices.inflation",
    "entitlements.counts_as_income.electricity_support",
    "entitlements.counts_as_income.social_assistance",
    "entitlements.newly_escaped_months",
    "social_assistance.age.elderly",
    "social_assistance.age.without_pension",
    "social_assistance.coefficient.elderly_without_pension",
    "social_assistance.coefficient.severe_disability_adult",
    "social_assistance.coefficient.severe_disability_child_or_elderly",
    "social_assistance.coefficient.extreme_disability_adult",
    "social_assistance.coefficient.extreme_disability_child_or_elderly",
)
GRANTED = ("entitlements.electricity_support.poor", "social_assistance.standard")  # not read where entitlements are left out


def needed(entitlements: bool = True) -> tuple[str, ...]:
    """Keys of the series, with or without the statutory entitlements."""
    return (*ALWAYS, *GRANTED) if entitlements else ALWAYS
