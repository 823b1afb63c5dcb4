"""``thoatngheo update FILE --review TABLE``: put in this year's review results and see how the forecast moves, and why."""

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

_REVIEW = "Bảng kết quả rà soát (CSV, XLSX): place, year, poor, near_poor / Table of review results."
_YEAR = "Năm rà soát, thay cho bảng / Year of the review, instead of a table."
_POOR = "Hộ nghèo theo rà soát / Poor households found."
_NEAR_POOR = "Hộ cận nghèo theo rà soát / Near-poor households found."
_PLACE = "Địa bàn; không ghi là cả kế hoạch / Place; else the whole plan."
_COUNT = {"min": 0, "max": 999_999_999}


def update(
    file: Annotated[Path, typer.Argument(help="Tệp kịch bản / Scenario file.", show_default=False)],
    *,
    review: Annotated[Path | None, typer.Option(help=_REVIEW)] = None,
    year: Annotated[int | None, typer.Option(help=_YEAR)] = None,
    poor: Annotated[int | None, typer.Option(help=_POOR, **_COUNT)] = None,
    near_poor: Annotated[int | None, typer.Option(help=_NEAR_POOR, **_COUNT)] = None,
    place: Annotated[str, typer.Option(help=_PLACE)] = "",
    mix: Annotated[str, typer.Option(help="Phương án / Mix.")] = "plan",
    lang: LanguageOption = Language.VI,
    seed: SeedOption = None,
    replications: ReplicationsOption = None,
    threads: ThreadsOption = None,
    out: OutOption = Path("results"),
    quiet: QuietOption = False,
) -> None:
    """Nhập kết quả rà soát năm nay: dự báo thay đổi thế nào, vì sao / Put in this year's review: how the forecast moves, and why."""
    from sim.report.study_words import StudyWords
    from sim.scenario.read import read_scenario

    words = StudyWords(lang.value)
    with telling(lang), stopping(words):
        scenario = read_scenario(file)
        reviews = _reviews(file, review, (year, poor, near_poor, place))
        options = {"seed": seed, "replications": replications, "threads": threads}
        study = _forecast_and_save(scenario, reviews, {"mix": mix, **options}, (out, words, quiet))
        tell_study(study, "update_text", words, quiet)


def _reviews(file: Path, table: Path | None, one: tuple[int | None, int | None, int | None, str]) -> tuple[Any, ...]:
    """The reviews of the table, and the one of the options."""
    from sim.kit.complaints import Complaint, InputError
    from sim.measures.grouping import ALL
    from sim.studies.reviews import Review, read_reviews

    year, poor, near_poor, place = one
    found = read_reviews(table) if table is not None else ()
    if year is not None and poor is not None:
        found = (*found, Review(year, poor, near_poor, place or ALL))
    elif any(number is not None for number in (year, poor, near_poor)) or not found:
        raise InputError([Complaint("review_missing", str(file))])
    return found


def _forecast_and_save(scenario: Any, reviews: tuple[Any, ...], options: dict[str, Any], how: tuple[Path, Any, bool]) -> Any:
    """Simulate, draw and write."""
    from sim.studies import store, study_files
    from sim.studies.update import update as simulate

    out, words, quiet = how
    store.prepare(out)
    tell_of_compiling(words.lang)
    with Bar(words.say("progress_update"), quiet) as bar:
        study = simulate(scenario, reviews, progress=bar.advance, **options)

    def draw(study: Any, folder: Path) -> None:
        from sim.charts import update_fan, update_why

        update_fan.write(study, words, folder)
        update_why.write(study, words, folder)

    return study_files.save(study, out, draw)
