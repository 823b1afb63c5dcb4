"""Devices for access to information."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="information", vi="Phương tiện phục vụ tiếp cận thông tin", en="Devices for information")
def information_devices(devices):
    """The household has no device for access to information."""
    return devices == 0
