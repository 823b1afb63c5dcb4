"""The back-test in words and tables: scores, simple rules, chances; survey rates first, then lists."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from sim.report.document import Block, Document, Grid, Heading, Paragraph
from sim.report.study_words import StudyWords
from sim.studies.backtest import Backtest
from sim.studies.score_tables import best_rule

DIGITS = 2
HELD_OUT = "held out"
PERCENT = 100.0
ERRORS = {"rmse": "RMSE", "mae": "MAE", "crps": "CRPS"}  # alike in both languages


def backtest_text(study: Backtest, lang: str = "vi") -> Document:
    """The whole study in ``lang``."""
    words = StudyWords(lang)
    blocks: list[Block] = [
        Heading(words.say("backtest.title"), level=1),
        Paragraph(head(study, words), small=True),
        Paragraph(words.say("backtest.how")),
    ]
    for series in ("survey", "list"):
        if (study.scores["series"] == series).any():
            blocks += _series(study, series, words)
    return Document(tuple(blocks))


def head(study: Backtest, words: Any) -> str:
    """Size, seed and what the free numbers were drawn from."""
    made = study.manifest["choices"]
    fitted = made["posterior"]
    posterior = words.say("backtest.priors")
    if fitted != "none":
        posterior = words.say("backtest.fitted", name=f"{fitted['name']} ({fitted['digest']})")
    sizes = {name: words.number(made[name]) for name in ("agents", "replications")}
    return words.say("backtest.head", **sizes, seed=made["seed"], run=study.run_id, posterior=posterior)


def verdict(study: Backtest, series: str, words: Any, subset: str = HELD_OUT) -> str:
    """Whether the model beats the best simple rule on the figures of a cut."""
    best = best_rule(study.against_rules, series, subset)
    low, high = float(best["difference_low"]), float(best["difference_high"])
    key = "wins" if high < 0 else "loses" if low > 0 else "ties"
    facts = {"model": best["model_crps"], "rules": best["crps"], "difference": best["difference"], "low": low, "high": high}
    said = {name: _number(value, words) for name, value in facts.items()}
    return words.say(f"backtest.{key}", rule=words.say(f"backtest.rules.{best['rule']}"), **said)


def subset_name(subset: str, words: Any) -> str:
    """What a cut of the forecasts is called."""
    kind, _, value = subset.partition(" ")
    if subset.startswith("held out: "):
        return words.say(f"backtest.subsets.{subset.removeprefix('held out: ')}")
    if kind == "level":
        return words.say(f"backtest.subsets.{value}")
    if kind == "ahead":
        return words.say("backtest.subsets.one_ahead") if value == "1" else words.say("backtest.subsets.ahead", value=value)
    if kind in ("origin", "year"):
        return words.say(f"backtest.subsets.{'origin' if kind == 'origin' else 'target'}", value=value)
    return value if kind == "standard" else words.say(f"backtest.subsets.{subset}")


def score_grid(study: Backtest, series: str, words: Any) -> Grid:
    """Errors, CRPS and coverage for every cut."""
    say = words.say
    header = [say("backtest.subset"), say("backtest.forecasts"), say("backtest.bias"), *ERRORS.values()]
    header += [say("backtest.within", level=level) for level in (50, 80, 90)]
    rows = []
    for row in study.scores[study.scores["series"] == series].to_dict("records"):
        errors = [words.number(row[name], DIGITS) for name in ("bias", *ERRORS)]
        bands = [words.percent(PERCENT * row[f"within_{level}"]) for level in (50, 80, 90)]
        rows.append((subset_name(row["subset"], words), words.number(row["forecasts"]), *errors, *bands))
    return Grid(tuple(header), tuple(rows))


def rule_grid(rows: pd.DataFrame, words: Any) -> Grid:
    """Every rule of one cut beside the model."""
    names = [words.say("backtest.rule"), words.say("backtest.forecasts"), ERRORS["rmse"], ERRORS["mae"]]
    names += [words.say(f"backtest.{name}") for name in ("of_rule", "of_rule_hindsight", "difference")]
    found = []
    for row in rows.to_dict("records"):
        span = f"{_number(row['difference_low'], words)} … {_number(row['difference_high'], words)}"
        difference = f"{_number(row['difference'], words)} ({span})"
        figures = [words.number(row[name], DIGITS) for name in ("rmse", "mae", "crps", "crps_hindsight")]
        found.append((words.say(f"backtest.rules.{row['rule']}"), words.number(row["forecasts"]), *figures, difference))
    return Grid(tuple(names), tuple(found))


def chance_grid(rows: pd.DataFrame, words: Any) -> Grid:
    """Brier scores of one cut."""
    header = tuple(words.say(f"backtest.{name}") for name in ("points", "forecasts", "share", "brier", "base"))
    found = tuple(
        (
            words.number(row["fell_by_points"]),
            words.number(row["forecasts"]),
            words.percent(PERCENT * row["share"]),
            words.number(row["brier"], 3),
            words.number(row["base_brier"], 3),
        )
        for row in rows.to_dict("records")
    )
    return Grid(header, found)


def of_cut(table: pd.DataFrame, series: str, subset: str = HELD_OUT) -> pd.DataFrame:
    """Rows of a table of scores for one cut."""
    return table[(table["series"] == series) & (table["subset"] == subset)]


def _series(study: Backtest, series: str, words: Any) -> list[Block]:
    blocks: list[Block] = [Heading(words.say(f"backtest.{series}"))]
    held_out = of_cut(study.against_rules, series)
    if not held_out.empty:
        blocks.append(Paragraph(verdict(study, series, words), strong=True))
    blocks.append(score_grid(study, series, words))
    if not held_out.empty:
        blocks += [Paragraph(words.say("backtest.against")), rule_grid(held_out, words)]
        blocks += [Paragraph(words.say("backtest.chances")), chance_grid(of_cut(study.chances, series), words)]
    return blocks


def _number(value: float, words: Any) -> str:
    return words.number(value, DIGITS) if math.isfinite(value) else "∞" if value > 0 else "-∞"
