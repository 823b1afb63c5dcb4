"""``thoatngheo update FILE --review TABLE``: put in this year's review results and see how the forecast moves, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.language import Language, LanguageOption
from sim.cli.run import OutOption, ReplicationsOption, SeedOption, ThreadsOption
from sim.cli.studying import QuietOption, answering

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
    from sim.scenario.read import read_scenario

    with answering("update", ("update_fan", "update_why"), lang, out, quiet) as answer:
        scenario = read_scenario(file)
        reviews = _reviews(file, review, (year, poor, near_poor, place))
        answer(scenario, reviews, mix, seed=seed, replications=replications, threads=threads)


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
