"""Employment: unemployed members and casual wage work."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="work", vi="Việc làm", en="Employment")
def employment(unemployed, without_contract):
    """A member looks for work in vain, or works for wages without a contract and without a steady job."""
    return (unemployed > 0) | (without_contract > 0)
