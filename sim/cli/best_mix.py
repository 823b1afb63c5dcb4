"""``thoatngheo best-mix FILE``: how the money of a mix is best divided, beside today's division."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.compiling import tell_of_compiling
from sim.cli.failing import telling
from sim.cli.language import Language, LanguageOption
from sim.cli.progress import Bar
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption, stopping
from sim.cli.studying import QuietOption, tell_study

_AIM = (
    "Mục đích, nhiều thì cách nhau dấu phẩy / Aim, several apart by commas: "
    "escaped, kept_out, poor, truly_poor, poverty_gap, all_targets, target:NAME."
)
_OVER = "Chia theo / Divide over: levers, years, places."
_LEVERS = "Giải pháp thêm vào phương án / Further levers that may be bought."
_FUTURES = "Tốt nhất trong tương lai xấu nhất / Best in the worst of these futures."
_EVALUATIONS = "Số cách chia được thử / Divisions to try."


def best_mix(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    *,
    mix: Annotated[str, typer.Option(help="Phương án / Mix.")] = "plan",
    aim: Annotated[str, typer.Option(help=_AIM)] = "escaped",
    over: Annotated[str, typer.Option(help=_OVER)] = "levers,years",
    levers: Annotated[str, typer.Option(help=_LEVERS)] = "",
    futures: Annotated[str, typer.Option(help=_FUTURES)] = "",
    evaluations: Annotated[int | None, typer.Option(help=_EVALUATIONS, min=1, max=100_000)] = None,
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Chia vốn thế nào là tốt nhất, so với hiện nay / The best division of the money, beside today's."""
    from sim.report.best_words import BestWords
    from sim.scenario.read import read_scenario

    words = BestWords(lang.value)
    with telling(lang), stopping(words):
        scenario = read_scenario(file)
        options: dict[str, Any] = {"over": _names(over), "levers": _names(levers), "futures": _names(futures), "evaluations": evaluations}
        options |= {"seed": seed, "replications": replications, "threads": threads}
        study = _search_and_save(scenario, (mix, _names(aim)), options, (out, words, quiet))
        tell_study(study, "best_mix_text", words, quiet)


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _search_and_save(scenario: Any, what: tuple[str, list[str]], options: dict[str, Any], how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.best_mix import best_mix as simulate

    out, words, quiet = how
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_best_mix"), quiet) as bar:
        study = simulate(scenario, *what, progress=bar.advance, **options)

    def draw(study: Any, folder: Path) -> None:
        from sim.charts import best_front, best_shares

        best_shares.write(study, words, folder)
        best_front.write(study, words, folder)

    return study_files.save(study, out, draw)
