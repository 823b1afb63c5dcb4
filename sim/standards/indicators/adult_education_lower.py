"""Education of adults as the standard of 2016 tests it: reads the member slots."""

from __future__ import annotations

from sim.agents.members import get
from sim.standards.indicator import indicator


@indicator(dimension="education", vi="Trình độ giáo dục của người lớn (THCS)", en="Lower-secondary education of adults")
def adult_education_lower(members, adult_from_age, adult_to_age, least_schooling_years):
    """A member of the named ages has not finished lower secondary school and is not at school."""
    age = get(members, "age")
    of_age = (get(members, "present") == 1) & (age >= adult_from_age) & (age <= adult_to_age)
    without = (get(members, "schooling") < least_schooling_years) & (get(members, "in_school") == 0)
    return (of_age & without).any(axis=0)
