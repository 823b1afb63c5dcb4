"""Scores of a back-test in tables: by horizon, period, poverty level and held out or not, against every simple rule."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.measures import scores
from sim.measures.normal import student_95
from sim.studies.forecast_rows import FALLS, LEVELS, QUANTILES
from sim.studies.simple_rules import REFERENCE, RULES, with_spread

MODEL = "model"
HINDSIGHT = np.exp(np.linspace(np.log(0.2), np.log(5.0), 25))  # multiples of a survey's error tried for the spread of a rule
ROW = ["series", "standard", "code", "place", "origin", "year"]


def cuts(forecasts: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """What scores are given for: name of the cut, its value, its rows."""
    for series, rows in forecasts.groupby("series", sort=False):
        name = str(series)
        yield name, "all", rows
        kept = rows[rows["held_out"] != "no"]
        for subset, part in (("fitted", rows[rows["held_out"] == "no"]), ("held out", kept)):
            yield name, subset, part
        poor = rows["level"].str.startswith("above")
        yield name, "held out, poor", kept[poor.reindex(kept.index)]
        for kind, part in kept.groupby("held_out"):
            yield name, f"held out: {kind}", part
        for column in ("ahead", "origin", "year", "level", "standard"):
            for value, part in rows.groupby(column):
                yield name, f"{column} {value}", part


def score_table(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Errors, CRPS and coverage of the model for each cut."""
    found = []
    for series, subset, rows in cuts(forecasts):
        if rows.empty:
            continue
        row = {"series": series, "subset": subset, "forecasts": len(rows)}
        row |= {"places": rows["place"].nunique(), "years": rows["year"].nunique()}
        row |= {"bias": float((rows["p50"] - rows["observed"]).mean())}
        row |= {"rmse": scores.rmse(rows["p50"], rows["observed"]), "mae": scores.mae(rows["p50"], rows["observed"])}
        row |= {"crps": float(rows["crps"].mean())}
        row |= {f"within_{round(100 * level)}": float(rows[f"within_{round(100 * level)}"].mean()) for level in LEVELS}
        found.append(row)
    return pd.DataFrame(found)


def rule_table(forecasts: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """Each rule for each cut: errors, CRPS with the survey's error and with the best spread in hindsight, and how much lower the model's
    CRPS is (difference, model less rule, with its 90 % interval clustered by year)."""
    found = []
    own = forecasts[[*ROW, "crps"]].rename(columns={"crps": "model_crps"})
    rules = rules.assign(tried=list(_tried(rules)))
    for series, subset, rows in cuts(forecasts):
        beside = rules.merge(rows[ROW], on=ROW).merge(own, on=ROW)
        for name in (*RULES, REFERENCE):
            part = beside[beside["rule"] == name]
            if len(part):
                found.append({"series": series, "subset": subset, "rule": name, **_rule(part)})
    return pd.DataFrame(found)


def _rule(part: pd.DataFrame) -> dict[str, float]:
    tried = np.stack(part["tried"].to_list())
    hindsight = tried[:, int(tried.mean(axis=0).argmin())]
    figure, observed = part["figure"].to_numpy(), part["observed"].to_numpy()
    row = {"forecasts": len(part), "rmse": scores.rmse(figure, observed), "mae": scores.mae(figure, observed)}
    row |= {"crps": float(part["crps"].mean()), "crps_hindsight": float(hindsight.mean()), "model_crps": float(part["model_crps"].mean())}
    for name, theirs in (("", part["crps"]), ("_hindsight", hindsight)):
        years = part["year"].to_numpy()
        difference = (part["model_crps"] - theirs).to_numpy()
        mean, low, high = scores.clustered_mean(difference, years, student_95(len(np.unique(years)) - 1))
        row |= {f"difference{name}": mean, f"difference{name}_low": low, f"difference{name}_high": high}
    return row


def _tried(rules: pd.DataFrame) -> np.ndarray:
    """CRPS of each figure with each multiple of the survey's error as its spread: the best of them, no rule could have known."""
    figures, errors, observed = (rules[name].to_numpy() for name in ("figure", "survey_error", "observed"))
    return np.stack([scores.crps(with_spread(figures, factor * errors), observed) for factor in HINDSIGHT], axis=1)


def chance_table(forecasts: pd.DataFrame) -> pd.DataFrame:
    """Brier score of the chance of having fallen by at least so many points, beside that of the base rate, for each cut."""
    found = []
    for series, subset, rows in cuts(forecasts):
        for points in FALLS if len(rows) else ():
            happened = rows[f"fell_{points}"].to_numpy()
            row = {"series": series, "subset": subset, "fell_by_points": points, "forecasts": len(rows), "share": float(happened.mean())}
            row |= {"brier": scores.brier(rows[f"chance_fell_{points}"], happened), "base_brier": scores.base_brier(happened)}
            found.append(row)
    return pd.DataFrame(found)


def best_rule(rules: pd.DataFrame, series: str, subset: str) -> pd.Series:
    """The rule of lowest CRPS in a cut, the reference (which uses the answer) left out."""
    part = rules[(rules["series"] == series) & (rules["subset"] == subset) & (rules["rule"] != REFERENCE)]
    return part.loc[part["crps"].idxmin()]


def quantile_columns() -> list[str]:
    """Names of the columns that hold the quantiles of a forecast."""
    return [f"p{round(100 * share):02d}" for share in QUANTILES]
