"""What every study's command does: ask, draw, write, print, and leave with 3 if the study was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.compiling import tell_of_compiling
from sim.cli.failing import telling
from sim.cli.language import Language
from sim.cli.progress import Bar
from sim.cli.stopping import STOPPED, stopping

if TYPE_CHECKING:
    from sim.report.study_words import StudyWords
    from sim.studies.study import Study

QuietOption = Annotated[bool, typer.Option("--quiet", help="Chỉ in thư mục kết quả / Print only where the results are.")]


@contextmanager
def answering(
    study: str, charts: Sequence[str], lang: Language, out: Path, quiet: bool, speaker: type[StudyWords] | None = None
) -> Iterator[Callable[..., None]]:
    """Within this block ``answer(*question, **options)`` carries out a study: the function that sim.studies.``study`` is named after.

    Options that are None are left to it. It is told by ``sim.report.<name>_text``, its ``charts`` are modules of sim.charts, to
    which a ``speaker`` of its own may speak. Faults end the command as in :func:`telling` and :func:`stopping`.
    """
    from sim.report.study_words import StudyWords

    words, name = (speaker or StudyWords)(lang.value), study.rpartition(".")[2]

    def answer(*question: Any, **options: Any) -> None:
        from sim.cli.sizes import refuse_too_large
        from sim.studies import store, study_files
        from sim.studies.size import size_of

        ask = getattr(import_module(f"sim.studies.{study}"), name)
        given = {option: value for option, value in options.items() if value is not None}
        for scenario in _scenarios(question):
            refuse_too_large(size_of(scenario, options.get("replications"), options.get("threads"), whole=True), words.lang)
        store.prepare(out)
        tell_of_compiling(words.lang)
        with Bar(words.say(f"progress_{name}"), quiet) as bar:
            found = ask(*question, progress=bar.advance, **given)

        def draw(placed: Study, folder: Path) -> None:
            for chart in charts:
                import_module(f"sim.charts.{chart}").write(placed, words, folder)

        _tell(study_files.save(found, out, draw), name, words, quiet)

    with telling(lang), stopping(words):
        yield answer


def _scenarios(question: Sequence[Any]) -> list[Any]:
    """What a question is about, if it is about scenarios."""
    asked = question[0] if question and isinstance(question[0], (list, tuple)) else question[:1]
    return [one for one in asked if hasattr(one, "places")]


def names_in(text: str | None) -> list[str]:
    """The names that stand between commas, each once."""
    return list(dict.fromkeys(name.strip() for name in (text or "").split(",") if name.strip()))


def _tell(study: Study, name: str, words: StudyWords, quiet: bool) -> None:
    """The study in words and where everything is, on stdout; exit code 3 where it holds less than was asked."""
    from rich.console import Console

    if quiet:
        typer.echo(study.folder)
    else:
        console = Console(highlight=False, soft_wrap=False)
        text = f"{name}_text"
        getattr(import_module(f"sim.report.{text}"), text)(study, words.lang).show(console)
        console.print()
        console.print(words.text("where", folder=study.folder), markup=False, soft_wrap=True)
    if study.is_stopped:
        raise typer.Exit(STOPPED)
