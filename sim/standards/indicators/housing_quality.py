"""Quality of the dwelling."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="housing", vi="Chất lượng nhà ở", en="Quality of the dwelling")
def housing_quality(solid_parts, least_solid_parts):
    """Too few of walls, pillars and roof are of solid material."""
    return solid_parts < least_solid_parts
