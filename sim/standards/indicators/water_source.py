"""Source of drinking water."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="water", vi="Nguồn nước sinh hoạt", en="Water source")
def water_source(clean_water):
    """The household does not use clean water."""
    return clean_water == 0
