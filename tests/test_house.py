"""The house itself: floors, style, types, and promises about the source that no single test would notice broken."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "sim").rglob("*.py"))


def tool(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_floors_import_one_way():
    run = subprocess.run([str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_style():
    run = tool("ruff", "check", "sim", "tests", "benchmarks")
    assert run.returncode == 0, run.stdout


def test_types():
    run = tool("mypy")
    assert run.returncode == 0, run.stdout


# Library functions whose last bit differs between processors; sim.kit.maths has exact ones.
INEXACT = {"exp", "log", "log10", "log2", "log1p", "expm1", "power", "float_power", "sin", "cos", "tan", "tanh", "cbrt", "argpartition"}
EXACT_FLOORS = ("population", "dynamics", "standards", "policies")


EXACT = [path for path in SOURCES if path.relative_to(ROOT / "sim").parts[0] in EXACT_FLOORS]


@pytest.mark.parametrize("path", EXACT, ids=lambda path: path.stem)
def test_state_is_touched_by_exact_maths_only(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"np", "numpy", "math"}:
            assert node.attr not in INEXACT, f"{path.name}:{node.lineno} np.{node.attr}"
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
            assert not any(name.split(".")[0] == "scipy" for name in names), f"{path.name}:{node.lineno} scipy"


def test_only_the_model_file_imports_mesa():
    users = [path.name for path in SOURCES if "mesa" in {n.split(".")[0] for n in imported(path)}]
    assert users == ["model.py"]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def test_files_stay_short():
    too_long = {str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text().splitlines())) > 300}
    assert not too_long
