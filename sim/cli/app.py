"""``thoatngheo``: finds the command, and turns every end into an exit code and a sentence that a planner understands.

0 done, 1 a fault of the program, 2 the input is wrong, 3 stopped half way.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from sim.cli.frugal import collect_seldom, keep_freed_memory
from sim.cli.lazy import COMMANDS, LazyGroup

DONE, FAULT, WRONG_INPUT, STOPPED = 0, 1, 2, 3
INTERRUPTED = 130  # what typer makes of Ctrl-C
TRACEBACK, ASKED_BY = "--traceback", "THOATNGHEO_TRACEBACK"
UsageError = typer.BadParameter.__bases__[0]
WORDS = {
    "vi": {
        "stopped": "Đã dừng theo yêu cầu.",
        "fault": "Chương trình gặp lỗi của chính nó: {what}. Chạy lại với `--traceback` (hoặc đặt THOATNGHEO_TRACEBACK=1) để xem chi tiết.",
        "memory": "Không đủ bộ nhớ. Hãy giảm số lần chạy (`--replications`).",
    },
    "en": {
        "stopped": "Stopped as asked.",
        "fault": "The program met a fault of its own: {what}. Run it again with `--traceback` (or THOATNGHEO_TRACEBACK=1) for details.",
        "memory": "Not enough memory. Ask for fewer replications (`--replications`).",
    },
}

app = typer.Typer(cls=LazyGroup, add_completion=False, rich_markup_mode=None, context_settings={"help_option_names": ["--help", "-h"]})


@app.callback(invoke_without_command=True)
def thoatngheo(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Phiên bản / Version.")] = False,
    traceback: Annotated[bool, typer.Option(TRACEBACK, help="Chi tiết khi có lỗi / Details of a fault.")] = False,
) -> None:
    """Thử kế hoạch giảm nghèo trước khi ký / Test a poverty-reduction plan before it is signed."""
    if version:
        from importlib.metadata import PackageNotFoundError
        from importlib.metadata import version as installed

        try:
            typer.echo(installed("thoatngheo"))
        except PackageNotFoundError:
            typer.echo("(chưa cài đặt / not installed)")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    collect_seldom()
    keep_freed_memory()
    _speak_any_letter()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite end, as by Ctrl-C
    given = list(sys.argv[1:] if arguments is None else arguments)
    shows_traceback = TRACEBACK in given or os.environ.get(ASKED_BY, "") not in ("", "0")
    code = run([argument for argument in given if argument != TRACEBACK], language_of(given), shows_traceback)
    sys.exit(code)


def run(arguments: list[str], lang: str, shows_traceback: bool = False) -> int:
    """Run a command line; its exit code. With ``shows_traceback`` a fault of the program is raised."""
    words = WORDS[lang]
    try:
        code = int(typer.main.get_command(app).main(arguments, prog_name="thoatngheo", standalone_mode=False) or DONE)
        return _end(words["stopped"], STOPPED) if code == INTERRUPTED else code
    except (typer.Abort, KeyboardInterrupt):
        return _end(words["stopped"], STOPPED)
    except BrokenPipeError:  # whoever read the output has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except SystemExit as end:  # rich leaves so when its output is cut off
        if isinstance(end.__context__, BrokenPipeError):
            return DONE
        raise
    except UsageError as error:  # type: ignore[misc]
        from sim.cli.usage import usage_text

        return _end(usage_text(error, lang, COMMANDS), WRONG_INPUT)
    except MemoryError:
        return _end(words["memory"], STOPPED)
    except Exception as error:  # the last resort of the command line
        from sim.kit.complaints import InputError

        if isinstance(error, InputError):
            return _end(error.text(lang), WRONG_INPUT)
        if shows_traceback:
            raise
        return _end(words["fault"].format(what=f"{type(error).__name__}: {error}"), FAULT)


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for, Vietnamese if none is."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        asked = argument.partition("=")[2] if argument.startswith("--lang=") else argument if before == "--lang" else ""
        if asked in WORDS:
            return asked
    return "vi"


def _end(text: str, code: int) -> int:
    typer.echo(text, err=True)
    return code


def _speak_any_letter() -> None:
    """A terminal that knows no Vietnamese letters gets question marks instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
