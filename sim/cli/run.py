"""``thoatngheo run FILE``: from a scenario to its verdict, results and charts."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.compiling import read_in_compiler, tell_of_compiling
from sim.cli.failing import telling
from sim.cli.kept import Kept, command
from sim.cli.language import Language, LanguageOption
from sim.cli.progress import Bar
from sim.cli.stopping import stopping

if TYPE_CHECKING:
    from sim.report.words import Words
    from sim.studies.results import Results

SeedOption = Annotated[int | None, typer.Option(help="Hạt giống, thay số trong tệp / Seed, not the file's.", min=0, max=2**63 - 1)]
_RUNS = "Số lần chạy, thay số trong tệp / Replications, not the file's."
ReplicationsOption = Annotated[int | None, typer.Option(help=_RUNS, min=1, max=100_000)]
ThreadsOption = Annotated[int | None, typer.Option(help="Số luồng; kết quả không đổi / Threads; results stay the same.", min=1)]
OutOption = Annotated[Path, typer.Option(help="Thư mục kết quả / Folder for results.")]
_RESUME = "Chạy tiếp lần chạy bị dừng / Go on with a run that was stopped."
ResumeOption = Annotated[bool, typer.Option("--resume", help=_RESUME)]
_SCHEDULER = "Địa chỉ cụm máy Dask / Address of a Dask cluster, like tcp://10.0.0.1:8786."
SchedulerOption = Annotated[str | None, typer.Option(help=_SCHEDULER, show_default=False)]
_PRECISION = "Tăng số lần chạy đến khi biết xác suất của mục tiêu đầu ± bấy nhiêu điểm / More replications until it is known to ± points."
PrecisionOption = Annotated[float | None, typer.Option(help=_PRECISION, min=0.1, max=50.0, show_default=False)]


def run(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    *,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    precision: PrecisionOption = None,
    resume: ResumeOption = False,
    scheduler: SchedulerOption = None,
    out: OutOption = Path("results"),
    quiet: Annotated[bool, typer.Option("--quiet", help="Chỉ in thư mục kết quả / Print only where the results are.")] = False,
) -> None:
    """Chạy một kịch bản: khả năng đạt mục tiêu, điều gì cản trở / Run a scenario: will the targets be met, and what holds them back."""
    from sim.cli.sizes import refuse_too_large, say_size
    from sim.report.words import Words
    from sim.scenario.read import read_scenario
    from sim.studies.size import size_of

    words = Words(lang.value)
    if resume and precision is not None:
        raise typer.BadParameter(words.text("precision.not_resumed"))
    with telling(lang):
        scenario = read_scenario(file)
    size = size_of(scenario, replications, threads)
    if size.large and not quiet:
        typer.echo(say_size(size, lang.value), err=True)
    refuse_too_large(size, lang.value)
    again = {"seed": seed, "replications": replications, "scheduler": scheduler}
    kept = Kept(words, command(file, lang.value, out, again), quiet)
    how = {"precision": precision} if precision is not None else {"resume": resume, "told": kept.tell}
    with stopping(words, kept.say), telling(lang):
        results = _run_and_save(scenario, {**again, "threads": threads, **how}, out, words, quiet)
    _tell(results, words, quiet, precision)


def _run_and_save(scenario: Any, options: dict[str, Any], out: Path, words: Words, quiet: bool) -> Results:
    """Simulate, draw and write; the libraries that charts need are read in while others work."""
    from sim.studies import store
    from sim.studies.precision import run_to_precision
    from sim.studies.run_into import run_into

    def draw(results: Results, folder: Path, meanwhile: Callable[[], None]) -> None:
        from sim.charts.drawing import draw_beside

        draw_beside(results, words, folder, meanwhile)

    store.prepare(out)
    tell_of_compiling(words.lang)
    read_in_compiler()
    with Bar(words.text("progress"), quiet) as bar:
        options |= {"progress": bar.advance, "meanwhile": _read_libraries, "processes": True}
        if "precision" in options:
            return store.save(run_to_precision(scenario, **options), out, draw)
        return run_into(scenario, out, draw=draw, **options)


def _tell(results: Results, words: Words, quiet: bool, precision: float | None) -> None:
    """The verdict and where everything is, on stdout."""
    from rich.console import Console

    if quiet:
        typer.echo(results.folder)
        return
    from sim.report.verdict import verdict

    console = Console(highlight=False, soft_wrap=False)
    verdict(results, words.lang).show(console)
    console.print()
    if precision is not None:
        from sim.studies.precision import half_width

        half = half_width(results)
        facts = {"half": words.number(half, 1), "replications": words.number(results.frame.replications)}
        console.print(words.text("precision.reached" if half <= precision else "precision.not_reached", **facts), markup=False)
    console.print(words.text("where", folder=results.folder), markup=False, soft_wrap=True)


def _read_libraries() -> None:
    """Import what is needed after the simulation: half a second that the workers hide."""
    for name in ("pyarrow.parquet", "sim.charts.money", "sim.charts.projection", "sim.report.verdict"):
        import_module(name)
