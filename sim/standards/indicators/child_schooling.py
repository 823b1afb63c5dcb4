"""School attendance of children."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="education", vi="Tình trạng đi học của trẻ em", en="Schooling of children")
def child_schooling(children_out_of_school):
    """A child from 3 to under 16 is not at school."""
    return children_out_of_school > 0
