"""Education and training of young adults."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="education", vi="Trình độ giáo dục của người lớn", en="Education of adults")
def adult_education(young_untrained):
    """A member of 16 to 30 is neither learning nor holds the schooling or training of that age."""
    return young_untrained > 0
