"""Use of telecommunication services."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="information", vi="Sử dụng dịch vụ viễn thông", en="Use of telecommunication")
def telecom(internet):
    """No member uses an internet service."""
    return internet == 0
