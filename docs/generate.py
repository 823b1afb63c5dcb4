"""Writes the tables of ``docs/`` from the program itself, so that nothing is written twice: ``python docs/generate.py``.

``columns.md`` from the codebook, ``parameters.md`` and ``law.md`` from the YAML files, ``levers.md`` from the levers,
``measures.md`` from the catalogue, ``record.md`` from the official figures at hand. A
test compares the stored files with what this script would write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from sim.agents import codebook, members
from sim.law.book import Book
from sim.law.dated import Dated
from sim.law.open import read_yaml
from sim.law.parameters import Parameter
from sim.law.priors import Prior
from sim.measures import catalogue
from sim.policies.calendar import disbursement
from sim.policies.discovery import discover
from sim.policies.lever import Lever, Outcome
from sim.policies.lever_file import SOURCES, words
from sim.policies.luck import KNOWN_LEVERS
from sim.record import split, tables
from sim.record.places import name_of
from sim.scenario.known import known_parameters
from sim.standards.load import load_standard, standards
from sim.standards.standard import Standard

DOCS = Path(__file__).parent
SIM = DOCS.parent / "sim"
GENERATED = "<!-- Written by docs/generate.py; do not edit. -->\n\n"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n\n"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def number(value: float) -> str:
    """A number with five digits that matter, thousands apart; the last bit of a quantile never shows."""
    if value == 0.0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def home_of(path: str) -> str:
    """A file's path from the project's root."""
    return Path(path).resolve().relative_to(DOCS.parent).as_posix()


def source_of(reference: str, assumption: str) -> str:
    """Where a number comes from, and what of it is assumed."""
    return "; ".join(part for part in (reference, f"*assumed:* {assumption}" if assumption else "") if part)


# columns


def columns_page() -> str:
    """The codebook."""
    header = ("name", "type", "unit", "meaning", "nghĩa", "written by")
    parts = [
        '# Columns\n\nGenerated from `sim/agents/codebook.py` and `sim/agents/members.py`. "Written by" names the floors whose',
        " rules move the column: `population` fills every column at the start, and is named where nothing moves it in a household",
        " that lives on; `dynamics` is the quarter, and families that grow, split and leave; `review` the yearly review and the",
        " lists; `delivery` what levers bring (`sim/policies/delivery.py` alone) and the programme's dealings with a household.",
        "\n\n## Households\n\n",
        table(header, map(_column, codebook.HOUSEHOLD_COLUMNS)),
        "## A household's dealings with the levers of a run (one slot a lever)\n\n",
        table(header, map(_column, codebook.lever_columns(1))),
        "## Communes (a row for each place in each replication)\n\n",
        table(header, map(_column, codebook.COMMUNE_COLUMNS)),
        "## A commune's dealings with the commune levers of a run (one slot a lever)\n\n",
        table(header, map(_column, codebook.commune_lever_columns(1))),
        "## Members (fields of bits in one 32-bit word; eight slots a household)\n\n",
        table(("field", "bits", "meaning", "nghĩa"), [(f.name, f"{f.shift}-{f.shift + f.width - 1}", f.en, f.vi) for f in members.FIELDS]),
        "## Codes\n\n",
        table(("code", "values"), [(kind.__name__, codes(kind)) for kind in CODES]),
    ]
    return "".join(parts)


CODES: tuple[type[IntEnum], ...] = (
    codebook.Standing, codebook.Area, members.Work, members.Disability, codebook.Shock, codebook.Coping, Outcome,
)  # fmt: skip


def codes(kind: type[IntEnum]) -> str:
    """The values of an enumeration in words."""
    return ", ".join(f"{entry.value} {entry.name.lower()}" for entry in kind)


def _column(column: Any) -> tuple[str, ...]:
    slots = f" × {column.slots}" if column.slots > 1 else ""
    return f"`{column.name}`", f"{column.dtype.__name__}{slots}", column.unit, column.en, column.vi, column.writer


# parameters


def parameters_page() -> str:
    """Every uncertain number, file by file."""
    found = known_parameters()
    homes = dict.fromkeys(home_of(parameter.home) for parameter in found.values())
    text = (
        f"# Uncertain numbers\n\n{len(found)} numbers, drawn once a replication. Units beginning *probability a year* and *rate a year*"
        " are turned into quarterly ones in `sim/dynamics/rates.py`. A scenario may replace any of them under `parameters:`."
        " These are priors; where a scenario names a posterior, the numbers that it holds are drawn from it instead ([fit.md](fit.md)).\n\n"
    )
    header = ("name", "meaning", "unit", "prior", "median", "5 % to 95 %", "strength", "source")
    for home in sorted(homes):
        own = [parameter for parameter in found.values() if home_of(parameter.home) == home]
        text += f"## `{home}`\n\n" + table(header, map(_parameter, own))
    return text


def _parameter(parameter: Parameter) -> tuple[str, ...]:
    prior = parameter.prior
    spread = "fixed" if prior.kind == "fixed" else f"{number(float(prior.quantile(0.05)))} to {number(float(prior.quantile(0.95)))}"
    meaning = f"{parameter.en} / {parameter.vi}"
    source = source_of(parameter.reference, parameter.assumption)
    return f"`{parameter.name}`", meaning, parameter.unit, str(prior), number(prior.median), spread, parameter.strength, source


# levers


def levers_page() -> str:
    """Every lever of the program, and those that are still to come."""
    found = discover()
    text = "# Levers\n\nGenerated from the YAML files of `sim/policies`.\n\n"
    text += table(("key", "lever", "giải pháp"), [(f"`{key}`", lever.file.en, lever.file.vi) for key, lever in found.items()])
    missing = [f"`{key}`" for key in KNOWN_LEVERS if key not in found]
    text += f"Not in the program yet ({len(missing)}): {', '.join(missing)}.\n\n" if missing else ""
    return text + "".join(map(_lever, found.values()))


def _lever(lever: Lever) -> str:
    file, said = lever.file, words()
    sources = "any source" if tuple(file.sources) == SOURCES else ", ".join(said["sources"][name]["en"] for name in file.sources)
    for_communes = lever.level == "commune"
    groups = ", ".join(said["groups"][name]["en"] for name in file.priority)
    take_up = " × ".join(f"`{name}`" for name in (file.take_up, *file.take_up_follows, "awareness") if name)
    own_part = "a condition" if lever.contribution_is_required else "what it can find, or none"
    facts = [
        ("conditions", "; ".join(f"{condition['en']} / {condition['vi']}" for condition in file.conditions)),
        ("who comes first", "each commune, by its own money" if for_communes else groups),
        ("money", ", ".join(said["kinds"][name]["en"] for name in file.kinds) + f" ({sources})"),
        ("own part", "labour and materials of people, if any" if for_communes else own_part),
        ("once in", f"{file.no_repeat_years} years" if file.no_repeat_years else "no rule"),
        *([("not in one year with", ", ".join(f"`{key}`" for key in file.not_together))] if file.not_together else []),
        *([("may revolve", "yes: a plan may ask households to repay part of it")] if file.may_revolve else []),
        ("earliest arrival", f"{file.first_quarter_after} quarters after the contract (as delivered at least 1)"),
        ("take-up", "all that may" if for_communes else take_up),
        ("options", "; ".join(f"`{name}`: {entry['en']} (default {entry.get('default')})" for name, entry in file.options.items())),
        ("parameters", ", ".join(f"`{name}`" for name in file.parameters) + " (see [parameters.md](parameters.md))"),
    ]
    text = f"## `{file.key}`: {file.en} / {file.vi}\n\n{file.what_it_does['en'].strip()}\n\n{file.what_it_does['vi'].strip()}\n\n"
    text += table(("", ""), facts)
    return text + (_series_table(file.figures.values()) if file.figures else "")


# law


def law_page() -> str:
    """Every dated figure: the law book, the standards, the disbursement of money."""
    text = "# Law and norms\n\nGenerated from `sim/law/vietnam`, `sim/standards` and `sim/policies/disbursement.yaml`."
    text += " Norms of single levers stand in [levers.md](levers.md).\n\n"
    book = Book.load()
    for home in sorted({series.home for series in book.values()}):
        text += f"## `{home_of(home)}`\n\n" + _series_table(series for series in book.values() if series.home == home)
    for key in standards():
        text += _standard(load_standard(key))
    return text + _disbursement()


SERIES = ("key", "meaning", "unit", "from", "value", "source")


def _series_table(many: Iterable[Dated]) -> str:
    return table(SERIES, (row for series in many for row in _series(series)))


def _series(series: Dated) -> Iterator[tuple[str, ...]]:
    for place, figure in enumerate(series.figures):
        name, meaning, unit = (f"`{series.name}`", f"{series.en} / {series.vi}", series.unit) if place == 0 else ("", "", "")
        yield name, meaning, unit, figure.since.isoformat(), number(figure.value), source_of(figure.reference, figure.assumption)


def _standard(standard: Standard) -> str:
    until = standard.until.isoformat() if standard.until else "now"
    text = f"## `sim/standards/{standard.key}.yaml`: {standard.en} / {standard.vi}\n\n"
    text += f"{standard.document}. In force from {standard.since.isoformat()} to {until};"
    text += f" rule `{standard.rule}` of `sim/standards/rules.py`.\n\n"
    lines = [series for areas in standard.lines.values() for series in areas.values()]
    text += _series_table(lines) if lines else ""
    figures = [
        (f"{part}.{name}", number(figure.value), source_of(figure.reference, figure.assumption))
        for part, of in (("score", standard.score), ("cutoffs", standard.cutoffs))
        for name, figure in of.items()
    ]
    text += table(("points", "value", "source"), figures) if figures else ""
    header = ("indicator", "dimension", "lacked when", "thresholds", "points", "source")
    return text + (table(header, map(_item, standard.items)) if standard.items else "")


def _item(item: Any) -> tuple[object, ...]:
    found = item.indicator
    thresholds = ", ".join(f"{name} {number(value)}" for name, value in item.thresholds.items())
    return f"`{found.key}`", found.dimension, found.meaning, thresholds, item.points, source_of(item.reference, item.assumption)


def _disbursement() -> str:
    data = disbursement()
    rows = []
    for name in ("own_year_share", "carried_over_done"):
        for kind, entry in data[name].items():
            for row in entry["values"]:
                prior = Prior.read(row["prior"])
                source = source_of(row.get("reference", ""), row.get("assumption", ""))
                rows.append((f"`{name}.{kind}`", entry["en"], row["from"], str(prior), number(prior.median), source))
    text = "## `sim/policies/disbursement.yaml`\n\n" + table(("key", "meaning", "from", "prior", "median", "source"), rows)
    over = [
        (f"`goes_over.{kind}`", entry["en"], row["from"], row["value"], source_of(row.get("reference", ""), row.get("assumption", "")))
        for kind, entry in data["goes_over"].items()
        for row in entry["values"]
    ]
    text += table(("key", "meaning", "from", "1 yes, 0 no", "source"), over)
    rhythm = [
        (year, kind, ", ".join(map(number, parts)), entry["assumption"])
        for year, entry in data["rhythm"].items()
        for kind, parts in entry.items()
        if kind != "assumption"
    ]
    return text + table(("rhythm", "kind of money", "cumulative by the end of quarters 1 to 4", "assumed"), rhythm)


# measures


def measures_page() -> str:
    """What a target or a reader of results may name."""
    data: Mapping[str, Any] = read_yaml(SIM / "measures" / "catalogue.yaml")
    text = "# Measures\n\nGenerated from `sim/measures/catalogue.yaml`. Every measure is given for every place and group, yearly.\n\n"
    for family, title, key in (("measures", "Measures", ""), ("families", "One for each lever or indicator", ":KEY")):
        rows = [
            (f"`{name}{key}`", entry["unit"], entry["en"], entry["vi"], "yes" if entry.get("better") == "more" else "")
            for name, entry in data[family].items()
        ]
        text += f"## {title}\n\n" + table(("name", "unit", "meaning", "nghĩa", "more is better"), rows)
    groups = [(f"`{name}`", entry["en"], entry["vi"]) for name, entry in catalogue.groups().items()]
    return text + "## Groups\n\n" + table(("name", "meaning", "nghĩa"), groups)


# review lists


def roster_page() -> str:
    """What a review list may tell, by item."""
    items = read_yaml(SIM / "population" / "roster.yaml")["items"]
    rows = [
        (f"`{name}`", ", ".join(entry["vi"]), ", ".join(entry["en"]), entry["means"]["vi"], entry["means"]["en"])
        for name, entry in items.items()
    ]
    return ROSTER + table(("mục / item", "tiêu đề", "headings", "nghĩa", "meaning"), rows)


ROSTER = """# Danh sách rà soát của xã / A commune's own review list

Generated from `sim/population/roster.yaml`. `thoatngheo new danh_sach.xlsx --roster` writes an empty list (`.csv` or `.xlsx`);
a scenario uses it by `population: {roster: danh_sach.xlsx}`, in the folder of the scenario.

- **Một dòng một hộ.** Chỉ cột Phân loại là bắt buộc. Danh sách có thể chỉ gồm hộ nghèo và cận nghèo, hoặc thêm cả hộ khác; hộ không có
  trong danh sách được dựng từ các con số của kế hoạch. Số hộ nghèo, cận nghèo của địa bàn lấy theo danh sách; kịch bản có ghi thì phải
  khớp.
- **Không đọc tên, giấy tờ, điện thoại.** Chỉ những cột có tiêu đề dưới đây được giữ lại; cột khác bị bỏ ngay khi đọc. Giá trị sai chỉ
  được nhắc lại khi không có chữ cái.
- **Ô trống** là không biết: mục đó được rút ngẫu nhiên theo những gì đã biết, và số hộ thiếu từng mục được in ra. Riêng cột đánh dấu
  thiếu hụt mà không ô nào ghi "không" thì ô trống nghĩa là không thiếu.
- Tiêu đề không phân biệt hoa thường và dấu; đơn vị ghi trong ngoặc: `Đất sản xuất (m2)`, `Thu nhập (triệu đồng)`. Số viết lối Việt
  dưới tiêu đề tiếng Việt, lối Anh dưới tiêu đề tiếng Anh.
- Tiêu đề riêng của xã được giải thích trong tệp `danh_sach.headings.yaml` bên cạnh: `members: NK thực tế`.

- **A household a row.** Only the column standing is required. A list may hold the poor and near-poor alone, or others too; households
  that it does not hold are made from the plan's figures. The places' counts of poor and near-poor are the list's; where the scenario
  states them they must agree.
- **No names, papers, telephones.** Only columns with the headings below are kept; all others are dropped as they are read. A refused
  value is repeated only if it holds no letter.
- **An empty cell** is unknown: the item is drawn given what is known, and the output counts the households for which each item was
  drawn. In a column of marks that never says "no", an empty cell means not lacked.
- Headings are compared without case and accents; a unit stands in brackets: `land (m2)`, `income (million dong)`. Numbers are
  Vietnamese under Vietnamese headings, English under English ones.
- A list's own headings are explained in `LIST.headings.yaml` beside it: `members: people counted`.

Written into the household: everything that is told of its land, cattle, loan, dwelling, services, cards, people, merit, village,
clocks, income and score; marks about members where the family has a member of that age. Used to choose the family (the most alike of
the commune, what matters most first: members, labour, children, lacks of members, sex of the head, people able to work, disabled,
minority), and so met as far as the commune has such a family: the counts of members, and the mark of dependency. Services of
which the list is silent are such that a household lacks as much as its standing says; a poor one that would lack too little, since no
member can bear a mark, lacks a service more.

"""

def record_page() -> str:
    """The official figures at hand, and which of them no fit may use."""
    text = "# The record\n\nOfficial figures that ship with the program (`sim/record/`): to fit the model and to score its forecasts.\n"
    text += "`from sim.record.tables import table` reads one as a data frame; `sim/record/series.py` gives the usual series.\n\n"
    rows = []
    for name, about in tables.described().items():
        frame = tables.table(name)
        years = f"{frame['year'].min()}-{frame['year'].max()}" if "year" in frame else ""
        source = about.get("source", "in each row")
        rows.append((f"`{name}`", about["en"], about.get("unit", "as each row says"), years, len(frame), source))
    text += table(("table", "what", "unit", "years", "rows", "source"), rows)
    text += "## Held out\n\nFixed before the first fit and never used to fit or to tune (`sim/record/split.py`):\n\n"
    names = ", ".join(f"{name_of(code, 'vi')} ({code})" for code in split.held_out_provinces())
    text += f"- every survey figure of the provinces the SHA-256 of whose code is divisible by {split.ONE_IN}: {names};\n"
    years = " and ".join(str(year) for year in split.HELD_OUT_SURVEY_YEARS)
    text += f"- survey figures of {years}, and later, of every province;\n"
    fitted = ", ".join(name_of(code, "vi") for code in split.FITTED_REVIEW_PLACES)
    text += f"- list rates of every place but {fitted}, whose flows of 2022 are fitted.\n\n"
    return text + FIGURES_FORM


FIGURES_FORM = """## Figures of your own

Commands that score take `--figures FILE`, CSV or XLSX, in one of two forms:

- `place,year,standard,measure,value,unit`: a place by its name, with or without accents, or its code; the standard as `vn_2022`,
  `2022-2025` or `survey`; the measure `poverty_rate` (survey), `poor_rate` or `near_poor_rate` (lists); rates in percent, or as `share`;
- as the tables of the statistics office: `name,code,year,poverty_rate_pct`, or `name,code,year,mean,q1,q2,q3,q4,q5`.

Other columns are left aside. A figure of a place and year that the record has takes its place.
"""

PAGES: Mapping[str, Callable[[], str]] = {
    "columns.md": columns_page,
    "parameters.md": parameters_page,
    "levers.md": levers_page,
    "law.md": law_page,
    "measures.md": measures_page,
    "record.md": record_page,
    "roster.md": roster_page,
}


def pages() -> dict[str, str]:
    """Name and text of every page."""
    return {name: GENERATED + write().rstrip("\n") + "\n" for name, write in PAGES.items()}


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
