"""Years of schooling of the best schooled member: reads the member slots."""

from __future__ import annotations

from sim.agents.members import get
from sim.standards.indicator import indicator


@indicator(dimension="education", vi="Số năm đi học", en="Years of schooling")
def years_of_schooling(members, schooled_from_age, schooling_years):
    """No member of the named age or more has finished the asked years of school."""
    of_age = (get(members, "present") == 1) & (get(members, "age") >= schooled_from_age)
    schooled = of_age & (get(members, "schooling") >= schooling_years)
    return of_age.any(axis=0) & ~schooled.any(axis=0)
