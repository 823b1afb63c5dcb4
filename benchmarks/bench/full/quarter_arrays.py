"""The household stages in whole-array NumPy (see array_source.py)."""

# What is imported after install() is imported changed.
# ruff: noqa: E402

from __future__ import annotations

import os

os.environ["NUMBA_DISABLE_JIT"] = "1"

from bench.full import array_source

array_source.install()

from bench.full import array_maths, array_stages, quarter_ours
from sim.dynamics import frames, kernel

kernel.draw_words, kernel.tell_communes = array_stages.draw_words, array_stages.tell_communes
kernel.pay_for_illness, kernel.earn_at_home = array_stages.pay_for_illness, array_stages.earn_at_home


class Model(quarter_ours.Model):
    """The same with whole columns in place of blocks."""

    def __init__(self, start_file: str, seed: int):
        super().__init__(start_file, seed)
        kernel.BLOCK = frames.BLOCK = len(self.society.households)
        array_maths.RNG.bit_generator.state = type(array_maths.RNG.bit_generator)(seed).state

