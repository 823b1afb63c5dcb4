"""School attendance between two ages: reads the member slots."""

from __future__ import annotations

from sim.agents.members import get
from sim.standards.indicator import indicator


@indicator(dimension="education", vi="Trẻ em trong độ tuổi không đi học", en="School attendance by age")
def child_attendance(members, child_from_age, child_below_age):
    """A child of the named ages is not at school."""
    age = get(members, "age")
    of_age = (get(members, "present") == 1) & (age >= child_from_age) & (age < child_below_age)
    return (of_age & (get(members, "in_school") == 0)).any(axis=0)
