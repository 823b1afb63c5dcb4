"""Sanitation."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="water", vi="Nhà tiêu hợp vệ sinh", en="Hygienic toilet")
def toilet(hygienic_toilet):
    """The household has no hygienic toilet."""
    return hygienic_toilet == 0
