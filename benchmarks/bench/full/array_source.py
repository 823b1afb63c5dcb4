"""Makes whole-array NumPy of the quarter's stages: each loop over households becomes operations on whole columns.

The stages are loops ``for i in range(n)`` over columns, and the rules they call take numbers. NumPy can do the same rules on whole
columns once indices are gone, ``a if c else b`` is ``where(c, a, b)``, ``min`` is ``np.minimum``, and a branch writes where its
condition holds. Importing under :func:`install` changes the source so, as a person would by hand; exponentials, logarithms and
random numbers are NumPy's own, which are faster than the engine's exact ones would be. Four stages are written by hand in
``array_stages.py``: those that draw, look for a few rows, or add up by commune.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from typing import Any

RULES = ("capital", "consumption", "coping", "income", "living", "member", "member_bits", "shocks", "work")
STAGES = ("cash_stages", "earning_stages", "herd_stages", "living_stages", "member_stages", "quarter_stages", "tally_stages")
CHANGED = {f"sim.dynamics.{name}" for name in (*RULES, *STAGES)}
HELPERS = ("where", "f4", "i4", "u8", "minimum", "maximum", "f4_exp", "f4_log", "f4_power", "f4_uniform", "f4_normal", "f8")
NAMES = {"min": "minimum", "max": "maximum"}
BITS = {ast.And: ast.BitAnd, ast.Or: ast.BitOr}


def call(name: str, *arguments: ast.expr) -> ast.Call:
    """A call of a helper."""
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


class Expressions(ast.NodeTransformer):
    """Expressions over numbers as expressions over columns."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """``x[i]`` is the whole of x, ``x[k, i]`` its row k."""
        self.generic_visit(node)
        if isinstance(node.slice, ast.Name) and node.slice.id == "i":
            return node.value
        if isinstance(node.slice, ast.Tuple) and isinstance(node.slice.elts[-1], ast.Name) and node.slice.elts[-1].id == "i":
            node.slice = node.slice.elts[0]
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """A choice between two numbers, or two tuples of numbers, is made for every household."""
        self.generic_visit(node)
        if isinstance(node.body, ast.Tuple) and isinstance(node.orelse, ast.Tuple):
            pairs = zip(node.body.elts, node.orelse.elts, strict=True)
            return ast.Tuple([call("where", node.test, one, other) for one, other in pairs], ast.Load())
        return call("where", node.test, node.body, node.orelse)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """``and`` and ``or`` of columns."""
        self.generic_visit(node)
        joined = node.values[0]
        for value in node.values[1:]:
            joined = ast.BinOp(joined, BITS[type(node.op)](), value)
        return joined

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """The functions of columns."""
        self.generic_visit(node)
        if isinstance(node.func, ast.Name):
            node.func.id = NAMES.get(node.func.id, node.func.id)
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "float64":
            node.func = ast.Name("f8", ast.Load())
        return node


class Statements:
    """Statements of a loop or a rule, as statements over columns; ``mask`` is the name of the condition they stand under."""

    def __init__(self, known: Sequence[str]):
        self.known, self.masks = set(known), 0

    def change(self, body: Sequence[ast.stmt], mask: str | None = None) -> list[ast.stmt]:
        """The changed statements."""
        return [changed for node in body for changed in self._one(node, mask)]

    def _one(self, node: ast.stmt, mask: str | None) -> list[ast.stmt]:
        if isinstance(node, ast.If):
            return self._branch(node, mask)
        if isinstance(node, ast.Assign):
            return self._assign(node.targets[0], node.value, mask)
        if isinstance(node, ast.AugAssign):
            target = ast.parse(ast.unparse(node.target), mode="eval").body
            return self._assign(node.target, ast.BinOp(target, node.op, node.value), mask)
        return [Expressions().visit(node)]

    def _branch(self, node: ast.If, mask: str | None) -> list[ast.stmt]:
        """Both sides are worked out, each written where its condition holds."""
        self.masks += 1
        yes, no = f"mask_{self.masks}", f"other_{self.masks}"
        test, above = Expressions().visit(node.test), f"{mask} & " if mask else ""
        changed: list[ast.stmt] = [ast.Assign([ast.Name(yes, ast.Store())], test)]
        changed += ast.parse(f"{no} = {above}~{yes}\n{yes} = {above}{yes}").body
        return changed + self.change(node.body, yes) + self.change(node.orelse, no)

    def _assign(self, target: ast.expr, value: ast.expr, mask: str | None) -> list[ast.stmt]:
        if not isinstance(target, ast.Tuple):
            return self._write(target, self._value(value), mask)
        # All parts are worked out before the first is written.
        whole = ast.Tuple([self._value(one) for one in value.elts], ast.Load()) if isinstance(value, ast.Tuple) else self._value(value)
        names = [f"part_{k}" for k in range(len(target.elts))]
        first = ast.Assign([ast.Tuple([ast.Name(name, ast.Store()) for name in names], ast.Store())], whole)
        pairs = zip(target.elts, names, strict=True)
        return [first, *[s for one, name in pairs for s in self._write(one, ast.Name(name, ast.Load()), mask)]]

    @staticmethod
    def _value(value: ast.expr) -> ast.expr:
        """The value of an assignment; a bare column is copied, for it may be written before the name is used."""
        bare = isinstance(value, ast.Subscript)
        changed = Expressions().visit(value)
        return ast.Call(ast.Attribute(changed, "copy", ast.Load()), [], []) if bare else changed

    def _write(self, target: ast.expr, value: ast.expr, mask: str | None) -> list[ast.stmt]:
        """One name, or one column in place."""
        if isinstance(target, ast.Name):
            if mask and target.id in self.known:
                value = call("where", ast.Name(mask, ast.Load()), value, ast.Name(target.id, ast.Load()))
            self.known.add(target.id)
            return [ast.Assign([ast.Name(target.id, ast.Store())], value)]
        column = ast.parse(ast.unparse(Expressions().visit(target)), mode="eval").body  # to be read, whatever it was
        if mask:
            value = call("where", ast.Name(mask, ast.Load()), value, column)
        whole = ast.Subscript(column, ast.Slice(), ast.Store())
        return [ast.Assign([whole], value)]


def is_loop(node: ast.AST) -> bool:
    """``for i in range(n)``."""
    return isinstance(node, ast.For) and isinstance(node.target, ast.Name) and node.target.id == "i"


class Functions(ast.NodeTransformer):
    """Rules changed as a whole, stages in their loops."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A rule or a stage."""
        kind = node.decorator_list[0].id if node.decorator_list and isinstance(node.decorator_list[0], ast.Name) else ""
        if kind == "rule":
            node.body = Statements([a.arg for a in node.args.args]).change(node.body)
        elif kind == "stage":
            node.body = [s for part in node.body for s in (Statements([]).change(part.body) if is_loop(part) else [part])]
        return node


def is_short_name(node: ast.AST) -> bool:
    """``f4 = np.float32`` and the like."""
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in HELPERS


def whole_arrays(source: bytes | str) -> ast.Module:
    """The changed source."""
    tree = Functions().visit(ast.parse(source))
    last = max(k for k, node in enumerate(tree.body) if isinstance(node, ast.ImportFrom))
    tree.body.insert(last + 1, ast.ImportFrom("bench.full.array_maths", [ast.alias(name) for name in HELPERS], 0))
    # The module's own short names for NumPy's types give way to the helpers.
    tree.body = [node for node in tree.body if not is_short_name(node)]
    return ast.fix_missing_locations(tree)


class ArrayLoader(SourceFileLoader):
    """Compiles the changed source, past any cache."""

    def get_code(self, fullname: str) -> Any:
        """The module's code."""
        path = self.get_filename(fullname)
        return compile(whole_arrays(self.get_data(path)), path, "exec", dont_inherit=True)


class ArrayFinder(MetaPathFinder):
    """Finds the modules whose source is changed."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """The spec, with the other loader where the source is to be changed."""
        if fullname not in CHANGED:
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None:
            spec.loader = ArrayLoader(fullname, spec.origin or "")
        return spec


def install() -> None:
    """From now on rules and stages are imported as whole-array NumPy."""
    sys.meta_path.insert(0, ArrayFinder())
