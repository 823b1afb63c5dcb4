"""Makes an ordinary Mesa model of the oracle: its source, and that of the rules, with Python numbers in place of NumPy's.

``tests/oracle`` tells the whole model as Mesa agents, but in the engine's single precision and keyed draws, so that it can be
compared bit by bit. A modeller who has no such wish writes ``0.5`` and not ``np.float32(0.5)``, ``math.exp`` and ``random``.
Importing under :func:`install` changes the source in just this way before it is compiled: conversions to NumPy numbers go,
NumPy's scalar functions become those of ``math``, draws become ``random``'s. No rule, no order, no object changes.
"""

from __future__ import annotations

import ast
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from typing import Any

RULES = tuple(f"sim.dynamics.{name}" for name in ("capital", "consumption", "coping", "family", "income", "living", "shocks", "work"))
LEFT_ALONE = ("tests.oracle.luck", "tests.oracle.world", "tests.oracle.people")
CONVERSIONS = {"f4": "float", "f8": "float", "i4": "int", "float32": "float", "float64": "float", "int32": "int"}
FUNCTIONS = {"floor", "ceil", "sqrt"}
MOVED = {"sim.kit.maths": "bench.full.plain_maths", "tests.oracle.luck": "bench.full.plain_luck"}
READS_TABLES = ("__init__", "rates_of")  # where numbers come in from arrays, and must become Python's


class Plainer(ast.NodeTransformer):
    """Python numbers in place of NumPy's."""

    def __init__(self) -> None:
        self.functions: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Remember in which function we are."""
        self.functions.append(node.name)
        self.generic_visit(node)
        self.functions.pop()
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """``f4(x)`` is x; ``np.floor(x)`` is ``math.floor(x)``."""
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == "np":
            name = node.func.attr
            if name in FUNCTIONS:
                node.func = ast.Attribute(ast.Name("math", ast.Load()), name, ast.Load())
        if name not in CONVERSIONS or len(node.args) != 1:
            return node
        if isinstance(node.args[0], ast.Constant) or (self.functions and self.functions[-1] not in READS_TABLES):
            return node.args[0]
        return ast.Call(ast.Name(CONVERSIONS[name], ast.Load()), node.args, [])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Any:
        """Maths and luck come from their plain files."""
        node.module = MOVED.get(node.module or "", node.module)
        if node.module == "sim.kit" and any(alias.name == "maths" for alias in node.names):
            others = [alias for alias in node.names if alias.name != "maths"]
            maths = ast.ImportFrom("bench.full", [ast.alias("plain_maths", "maths")], 0)
            return [maths, ast.ImportFrom("sim.kit", others, 0)] if others else maths
        return node


def plain(source: bytes | str) -> ast.Module:
    """The changed source."""
    tree = Plainer().visit(ast.parse(source))
    after_future = next(k for k, node in enumerate(tree.body) if not isinstance(node, ast.Expr)) + 1
    tree.body.insert(after_future, ast.Import([ast.alias("math")]))
    return ast.fix_missing_locations(tree)


class PlainLoader(SourceFileLoader):
    """Compiles the changed source, past any cache."""

    def get_code(self, fullname: str) -> Any:
        """The module's code."""
        path = self.get_filename(fullname)
        return compile(plain(self.get_data(path)), path, "exec", dont_inherit=True)


class PlainFinder(MetaPathFinder):
    """Finds the modules whose source is changed."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """The spec, with the other loader where the source is to be changed."""
        if fullname in LEFT_ALONE or not (fullname in RULES or fullname.startswith("tests.oracle.")):
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = PlainLoader(fullname, spec.origin or "")
        return spec


def install() -> None:
    """From now on the oracle and the rules are imported in Python numbers."""
    sys.meta_path.insert(0, PlainFinder())
