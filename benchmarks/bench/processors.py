"""What a process and its children took of the processors."""

from __future__ import annotations

import resource


def cpu_seconds() -> float:
    """The processors' time of this process and of those that it has waited for."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
