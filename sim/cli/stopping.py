"""How a command ends that could not end as it was meant to: a sentence on stderr and an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from sim.report.words import Words

FAULT, WRONG_INPUT, STOPPED = 1, 2, 3


def _nothing_kept() -> str:
    return ""


@contextmanager
def stopping(words: Words, kept: Callable[[], str] = _nothing_kept) -> Iterator[None]:
    """Within this block an interruption, or results that cannot be written or worked out, end the command with exit code 3.

    A cluster that cannot begin ends it with 2, a repeat that differs with 1. ``kept()`` says what can be gone on from, empty if
    nothing can.
    """
    from sim.studies.cluster import ClusterError
    from sim.studies.forks import WorkerDiedError
    from sim.studies.lock import BusyError
    from sim.studies.store import RepeatDiffersError, StoreError

    try:
        yield
    except StoreError as fault:
        _end(STOPPED, words.text("errors.cannot_write", folder=fault.folder, reason=words.reason(fault.reason)), kept())
    except BusyError as fault:
        _end(STOPPED, words.text("errors.busy", folder=fault.folder.parent, process=fault.holder))
    except RepeatDiffersError as fault:
        _end(FAULT, words.text("errors.repeat_differs", folder=fault.folder, files=", ".join(fault.files)))
    except WorkerDiedError:
        _end(STOPPED, words.text("errors.worker_died"), kept())
    except ClusterError as fault:
        said = words.text(f"errors.cluster.{fault.reason}", **fault.facts)
        _end(WRONG_INPUT if fault.reason in ClusterError.NOT_BEGUN else STOPPED, said, kept())
    except KeyboardInterrupt:
        so_far = kept()
        _end(STOPPED, words.text("errors.stopped_but_kept" if so_far else "errors.stopped"), so_far)


def _end(code: int, *sentences: str) -> None:
    for sentence in filter(None, sentences):
        typer.echo(sentence, err=True)
    raise typer.Exit(code) from None
