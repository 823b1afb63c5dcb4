"""Access to health services: illness without a card stands for illness without care."""

from __future__ import annotations

from sim.standards.indicator import indicator


@indicator(dimension="health", vi="Tiếp cận các dịch vụ y tế", en="Access to health services")
def health_access(chronic, uninsured):
    """A chronically ill household lacks a card and is taken to go without care."""
    return (chronic > 0) & (uninsured > 0)
