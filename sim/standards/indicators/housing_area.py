"""Floor area a head."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="housing", vi="Diện tích nhà ở bình quân đầu người", en="Floor area a head")
def housing_area(floor_area_m2, members_counted, least_area_m2_per_head):
    """The dwelling gives each member less floor than the standard asks."""
    return floor_area_m2 < least_area_m2_per_head * members_counted
