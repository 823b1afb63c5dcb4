"""Settings of the process that cost a line and save a run a tenth of its time."""

from __future__ import annotations

import ctypes
import gc
import sys

OBJECTS_BETWEEN_COLLECTIONS = 100_000  # of Python's usual 700 a start takes a sixth longer, and finds nothing to collect
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # what GNU's malloc.h calls M_TRIM_THRESHOLD and M_MMAP_THRESHOLD
KEPT, LARGE = 256 << 20, 32 << 20  # bytes


def collect_seldom() -> None:
    """Let Python look for cycles of dead objects less often; a run makes many objects that last and few cycles."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


def keep_freed_memory() -> None:
    """Let freed memory wait for the next array, which is the faster for it; arrays that are LARGE go back to the system as ever."""
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # not in musl
        library.mallopt(MMAP_THRESHOLD, LARGE)
        library.mallopt(TRIM_THRESHOLD, KEPT)
