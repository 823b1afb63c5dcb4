"""An older processor gives the same bytes: NumPy without its wide instructions, kernels compiled for a plain x86-64."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verification.processor_run import history

ROOT = Path(__file__).parents[2]
# Everything that NumPy chooses by the processor, of any of its versions; what a build does not know it warns of and leaves.
WIDE = (
    "SSE42 AVX F16C FMA3 AVX2 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR X86_V3 X86_V4 AVX512_KNL AVX512_KNM"
)
OLDER = {
    "numpy": {"NPY_DISABLE_CPU_FEATURES": WIDE},
    "both": {"NPY_DISABLE_CPU_FEATURES": WIDE, "NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
}


def known_to_numpy(features: str) -> str:
    """Those of some features that this NumPy may do without and this processor has; it refuses to start over others."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return " ".join(name for name in features.split() if name in __cpu_dispatch__ and __cpu_features__.get(name))


@pytest.mark.parametrize("which", OLDER)
def test_an_older_processor_gives_the_same_bytes(which: str) -> None:
    """Three communes, all levers with money, two years with reviews: digests of every column, of measures, flows and ledger."""
    older = {**OLDER[which], "NPY_DISABLE_CPU_FEATURES": known_to_numpy(WIDE)}
    environment = {**os.environ, **older, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.verification.processor_run"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert dict(line.split() for line in run.stdout.splitlines()) == history()
