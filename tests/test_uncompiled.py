"""The same source without the compiler gives the same bits of state."""

from __future__ import annotations

from tests.oracle import engine_side
from tests.oracle.compare import differences, run_uncompiled
from tests.oracle.world import EVENTFUL, scenario, start


def test_engine_without_compiler_gives_the_same_bytes(tmp_path):
    """A hundred and twenty households, eight quarters, five levers."""
    begin = start(scenario(20, 2024), 2, 31, EVENTFUL)
    assert differences(engine_side.history(engine_side.begin(begin)), run_uncompiled("engine", begin, tmp_path)) == []
