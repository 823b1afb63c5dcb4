"""Every plan beside every target: ``python docs/plans.py run`` runs the five plans at their own size and stores ``plans.csv``
(minutes); ``python docs/plans.py`` writes ``plans.md`` from it. ``run PLAN...`` runs those and keeps the stored rows of the others.

A row is a target, a figure that the plan states, or (``all_targets``) all its targets together. A test holds the page to the
stored rows, and the stored rows to the targets of the scenarios.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
SCENARIOS = DOCS.parent / "scenarios"
STORED, PAGE = DOCS / "plans.csv", DOCS / "plans.md"
PLANS = ("son_la_2020", "hung_yen_2022_2025", "hoang_kim_2024", "phan_rang_2021", "thanh_hoa_2017")
COLUMNS = (
    "plan", "plan_vi", "plan_en", "row", "kind", "reference", "vi", "en", "probability", "mc_error", "without", "without_error",
    "assumptions", "replications",
)  # fmt: skip
TARGET, YARDSTICK, OUTSIDE, STATED, CONTRADICTED, ALL, BY_MIX = "target", "yardstick", "outside", "stated", "contradicted", "all", "by_mix"
KINDS = {
    BY_MIX: ("trung vị theo từng phương án", "medians by mix"),
    YARDSTICK: ("thước so sánh", "a yardstick"),
    OUTSIDE: ("ngoài mô hình", "outside the model"),
    STATED: ("số liệu kế hoạch, khớp", "stated, agrees"),
    CONTRADICTED: ("số liệu kế hoạch, mâu thuẫn (xem `check`)", "stated, contradicted (see `check`)"),
}
Row = dict[str, str]


def run_plan(plan: str) -> list[Row]:
    """Run a plan at its own size; its rows."""
    import sim

    scenario = sim.load(SCENARIOS / f"{plan}.yaml")
    results = sim.run(scenario)
    rows = [*_stated(scenario), *_targets(results), *_jointly(results), *_by_mix(results)]
    head = {"plan": plan, "plan_vi": scenario.name["vi"], "plan_en": scenario.name["en"], "replications": str(results.frame.replications)}
    return [{name: (head | row).get(name, "") for name in COLUMNS} for row in rows]


def _stated(scenario: Any) -> Iterator[Row]:
    """Figures that the plan states, and whether they agree with one another and with the law."""
    from sim.scenario.plan_arithmetic import find

    doubted = {line for finding in find(scenario) if not finding.is_unsaid for line in finding.reference.split(", ")}
    seen: dict[str, list[Any]] = {}
    for stated in scenario.stated:
        seen.setdefault(stated.reference, []).append(stated)
    for number, (reference, some) in enumerate(seen.items(), start=1):
        kind = CONTRADICTED if reference in doubted else STATED
        words = {lang: "; ".join(_say(stated, lang) for stated in some) for lang in ("vi", "en")}
        yield {"row": f"stated_{number}", "kind": kind, "reference": reference, **words}


SAID = {
    "vi": {"fall": "{of} giảm từ {since} đến {at}", "households": "số hộ năm {at}", "level": "{of} năm {at}", "poor": "hộ nghèo",
           "near_poor": "hộ cận nghèo"},
    "en": {"fall": "{of} falling from {since} to {at}", "households": "households in {at}", "level": "{of} in {at}",
           "poor": "poor households", "near_poor": "near-poor households"},
}  # fmt: skip


def _say(stated: Any, lang: str) -> str:
    """A stated figure in words."""
    from sim.law.book import Book
    from sim.report.words import Words

    words, said = Words(lang), SAID[lang]
    if stated.what == "law":
        figure = words.shortest(stated.count) if stated.rate is None else words.unit("percent", words.shortest(stated.rate * 100))
        return f"{getattr(Book.load()[stated.series], lang)} (`{stated.series}`): {figure}"
    figures = [words.percent(stated.rate * 100, 2)] if stated.rate is not None else []
    figures += [words.unit("points", words.shortest(stated.points))] if stated.points is not None else []
    figures += [words.households(stated.count)] if stated.count is not None else []
    of = stated.of if stated.what == "fall" else stated.what
    pattern = said.get(stated.what, said["level"]) if stated.what in ("fall", "households") else said["level"]
    return pattern.format(of=said.get(of, ""), since=stated.since, at=stated.at) + f": {', '.join(figures)}"


def _targets(results: Any) -> Iterator[Row]:
    """A row a target, with the chance under the plan and without it."""
    from sim.report.target_text import say_target
    from sim.report.words import Words
    from sim.studies.judging import judge_one

    for target in results.frame.targets:
        said = {lang: target.says.get(lang) or say_target(results, target, Words(lang)) for lang in ("vi", "en")}
        row = {"row": target.name, "reference": target.reference, "assumptions": str(target.rests_on), **said}
        if not target.is_judged:
            yield row | {"kind": OUTSIDE, "assumptions": ""}
            continue
        plan, without = (judge_one(results, target, mix) for mix in (results.frame.mixes[0], "no_policy"))
        found = (plan.probability, plan.mc_error, without.probability, without.mc_error)
        yield row | {"kind": YARDSTICK if target.yardstick else TARGET, **_figures(found)}


def _jointly(results: Any) -> Iterator[Row]:
    """All targets together."""
    from sim.studies.judging import jointly, together

    if not together(results):
        return
    chances = [jointly(results, mix) for mix in (results.frame.mixes[0], "no_policy")]
    figures = _figures((*chances[0], *chances[1]))
    counted, all_of_them = len(together(results)), len(results.frame.targets)
    words = {"vi": f"Đạt đồng thời {counted} trong {all_of_them} mục tiêu", "en": f"{counted} of {all_of_them} targets together"}
    yield {"row": "all_targets", "kind": ALL, **words, **figures}


def _by_mix(results: Any) -> Iterator[Row]:
    """What each mix makes of the first target, medians in the target's own terms: what moves it."""
    from sim.report.target_text import quantity, say_target
    from sim.report.words import Words
    from sim.studies.judging import judge_one

    target = next(target for target in results.frame.targets if target.is_judged)
    judged = [judge_one(results, target, mix) for mix in results.frame.mixes]
    row = {"row": "by_mix", "kind": BY_MIX}
    for lang in ("vi", "en"):
        words = Words(lang)
        found = "; ".join(f"{words.mix(one.mix)} {quantity(words, one.median, target.unit, 2)}" for one in judged)
        row[lang] = f"{say_target(results, target, words)}: {found}"
    yield row


def _figures(found: Sequence[float]) -> Row:
    """Chance and error under the plan and without it."""
    names = ("probability", "mc_error", "without", "without_error")
    return {name: f"{value:.6g}" for name, value in zip(names, found, strict=True)}


HEAD = """<!-- Written by docs/plans.py from docs/plans.csv; do not edit. -->

# Năm kế hoạch và mọi mục tiêu / Five plans and all their targets

Xác suất đạt dưới phương án `plan`, và khi không có kế hoạch. Giả định: số điều kịch bản phải giả định vì kế hoạch không nêu, không kể
tham số của mô hình. Mục tiêu nào mô hình không nói được ghi là ngoài mô hình, lý do ở kịch bản.

Probability under the mix `plan`, and without any plan. Assumptions: how many things the scenario had to assume as the plan does not
state them, apart from the model's own parameters. What the model cannot speak to is listed as outside it, the reason in the scenario.

"""
TABLE = """| mục tiêu | target | dòng / line | kết luận | verdict | không kế hoạch / no plan | giả định / assumptions |
|---|---|---|---|---|---|---|
"""


def page(rows: Sequence[Row]) -> str:
    """The page that the stored rows make."""
    parts = [HEAD]
    for plan in PLANS:
        some = [row for row in rows if row["plan"] == plan]
        if some:
            head = some[0]
            parts.append(f"## {head['plan_vi']} / {head['plan_en']}\n\n")
            parts.append(f"`scenarios/{plan}.yaml`, {head['replications']} lần chạy / runs.\n\n")
            parts.append(TABLE)
            parts += [_line(row) for row in some] + ["\n"]
    return "".join(parts)


def _line(row: Row) -> str:
    verdicts = [_verdict(row, lang) for lang in ("vi", "en")]
    without = _chance(row, "without", "without_error", "vi") if row["without"] else ""
    cells = (row["vi"], row["en"], row["reference"], *verdicts, without, row["assumptions"])
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _verdict(row: Row, lang: str) -> str:
    """What came of a row, in words."""
    from sim.report.words import Words

    kind = KINDS.get(row["kind"], ("", ""))[lang == "en"]
    if not row["probability"]:
        return kind
    text = f"{Words(lang).chance(float(row['probability']))} ({_chance(row, 'probability', 'mc_error', lang)})"
    return f"{text}; {kind}" if kind else text


def _chance(row: Row, value: str, error: str, lang: str) -> str:
    from sim.report.words import Words

    return Words(lang).probability(float(row[value]), float(row[error]))


def stored() -> list[Row]:
    """The rows of ``plans.csv``, in the order of the plans."""
    if not STORED.exists():
        return []
    with STORED.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: PLANS.index(row["plan"]))


def store(rows: Sequence[Row]) -> None:
    """Write ``plans.csv``."""
    with STORED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: PLANS.index(row["plan"])))


def main(arguments: Sequence[str]) -> None:
    """Run what is asked for, then write the page."""
    if arguments and arguments[0] == "run":
        for plan in arguments[1:] or PLANS:
            rows = run_plan(plan)
            store([row for row in stored() if row["plan"] != plan] + rows)
    PAGE.write_text(page(stored()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
