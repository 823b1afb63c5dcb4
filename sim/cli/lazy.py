"""Commands that are imported only when they are called, so that ``--help`` need not load what they need."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

HERE = Path(__file__).parent
# In the order in which a planner meets them; the command A-B is the function a_b in sim/cli/a_b.py.
COMMANDS = (
    "run", "check", "compare", "reach", "robust", "sensitivity", "update", "contributions", "fit", "trials", "backtest", "best-mix",
    "explain", "levers", "evidence", "law", "new", "chart", "warmup",
)  # fmt: skip


HELP = "Trợ giúp / Help."


class Command(TyperCommand):
    """A command whose ``--help`` speaks both languages, too."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option ``--help``."""
        return in_both_languages(super().get_help_option(ctx))


class LazyGroup(TyperGroup):
    """The commands of COMMANDS: shown by their docstring, imported when called."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option ``--help``."""
        return in_both_languages(super().get_help_option(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """All commands, in their order."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Enough of the command to be shown in a list."""
        return TyperCommand(cmd_name, short_help=summary(cmd_name)) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command itself."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(name) if command is not None and name else command, rest


def load(name: str) -> Any:
    """The command of this name, imported."""
    own_name = _own_name(name)
    function = getattr(import_module(f"sim.cli.{own_name}"), own_name)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=Command)(function)
    return typer.main.get_command(alone)


def in_both_languages(option: Any) -> Any:
    """The help option with words in both languages."""
    if option is not None:
        option.help = HELP
    return option


def summary(name: str) -> str:
    """First line of the command's docstring, read without importing its file."""
    own_name = _own_name(name)
    for node in ast.parse((HERE / f"{own_name}.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == own_name:
            return (ast.get_docstring(node) or "").partition("\n")[0]
    raise LookupError(f"sim/cli/{own_name}.py has no function {own_name}")


def _own_name(command: str) -> str:
    return command.replace("-", "_")
