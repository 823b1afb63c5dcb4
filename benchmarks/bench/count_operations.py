"""Counts what a quarter of one household takes: ``python -m bench.count_operations START_FILE HOUSEHOLDS`` prints JSON.

The kernel's own source runs uncompiled with a counter around every arithmetic step, comparison and choice, and around the draws and
the maths it calls (whose insides are not counted again). Of a choice only the side taken is counted.
"""

from __future__ import annotations

import ast
import json
import os
import pickle
import sys
from collections import Counter
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from typing import Any

os.environ["NUMBA_DISABLE_JIT"] = "1"

import numpy as np

COUNTED_MODULES = {
    f"sim.dynamics.{name}"
    for name in (
        "capital", "consumption", "coping", "income", "living", "member", "member_bits", "shocks", "work", "luck", "cash_stages",
        "earning_stages", "herd_stages", "living_stages", "member_stages", "quarter_stages", "tally_stages",
    )
}  # fmt: skip
PRIMITIVES = {
    "philox": "random words", "f4_exp": "exponentials", "f4_log": "logarithms", "f4_normal": "normal numbers",
    "f4_uniform": "uniform numbers", "f4_power": "powers",
}  # fmt: skip
KINDS: dict[type, str] = {ast.BinOp: "arithmetic", ast.Compare: "comparisons", ast.IfExp: "choices"}
COUNTS: Counter[str] = Counter()


def counted(value: Any, kind: str) -> Any:
    """The value of an operation, counted; arithmetic by the type of its result."""
    if kind == "arithmetic":
        kind = "arithmetic of fractions" if isinstance(value, float | np.floating) else "arithmetic of whole numbers and bits"
    COUNTS[kind] += 1
    return value


def called(function: Callable, kind: str) -> Callable:
    """A primitive, counted when called."""

    def call(*arguments: Any) -> Any:
        COUNTS[kind] += 1
        return function(*arguments)

    return call


class Counting(ast.NodeTransformer):
    """Wraps operations inside functions."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Only what is inside a function."""
        node.body = [Operations().visit(part) for part in node.body]
        return node


class Operations(ast.NodeTransformer):
    """Wraps every operation."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """An operation becomes a counted one."""
        super().generic_visit(node)
        kind = KINDS.get(type(node))
        if kind == "arithmetic" and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            kind = "divisions"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
            kind = "choices"
        if kind is None:
            return node
        return ast.Call(ast.Name("_counted", ast.Load()), [node, ast.Constant(kind)], [])

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """``x += y`` is an operation too: its value is wrapped for it."""
        self.generic_visit(node)
        node.value = ast.Call(ast.Name("_counted", ast.Load()), [node.value, ast.Constant("arithmetic")], [])
        return node


class CountingLoader(SourceFileLoader):
    """Compiles the wrapped source."""

    def get_code(self, fullname: str) -> Any:
        """The module's code."""
        path = self.get_filename(fullname)
        tree = Counting().visit(ast.parse(self.get_data(path)))
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)

    def exec_module(self, module: Any) -> None:
        """The module, with its primitives counted."""
        module._counted = counted
        super().exec_module(module)
        for name, kind in PRIMITIVES.items():
            if hasattr(module, name):
                setattr(module, name, called(getattr(module, name), kind))


class CountingFinder(MetaPathFinder):
    """Finds the modules to count in."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """The spec, with the other loader where operations are to be counted."""
        if fullname not in COUNTED_MODULES:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None:
            spec.loader = CountingLoader(fullname, spec.origin or "")
        return spec


def count(start_file: Path, households: int) -> dict[str, float]:
    """Operations of each kind, and bytes of columns, a household-quarter: over a year of some households."""
    sys.meta_path.insert(0, CountingFinder())
    from sim.dynamics import kernel
    from sim.kit.calendar import Quarter

    society, start = pickle.loads(start_file.read_bytes())
    society.households = society.households.take(np.arange(households) * (len(society.households) // households))
    COUNTS.clear()
    first = Quarter(start.scenario.first_year, 1)
    for k in range(4):
        society.live(first.plus(k))
    told = {kind: number / (4 * households) for kind, number in COUNTS.items()}
    frame = kernel.households_frame(society.households)
    columns = {id(column): column.nbytes for theme in frame for column in theme}
    return told | {"bytes of columns, read and written": sum(columns.values()) / households}


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]), int(sys.argv[2]))))
