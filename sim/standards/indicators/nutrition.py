"""Nutrition of children."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="health", vi="Dinh dưỡng", en="Nutrition")
def nutrition(undernourished):
    """A child under 16 is stunted or underweight."""
    return undernourished > 0
