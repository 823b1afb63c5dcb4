"""The tables of official figures as data frames, and the check that each holds what its description says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

HERE = Path(__file__).parent
FOUND = {"document", "news", "computed"}  # read in the document itself, in a report on it, or computed from such figures


@cache
def described() -> Mapping[str, Mapping[str, Any]]:
    """What each table is, by name: ``file``, ``vi``, ``en``, ``source``, ``unit``, ``key``, ``figures``."""
    described: Mapping[str, Mapping[str, Any]] = yaml.load((HERE / "tables.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return described


def table(name: str) -> pd.DataFrame:
    """A table by its name in ``tables.yaml``: codes and words as text (empty where unsaid), years and figures as numbers."""
    about = described()[name]
    frame = pd.read_csv(HERE / "tables" / about["file"], dtype=str, keep_default_na=False, encoding="utf-8")
    for column in about.get("figures", {}):
        frame[column] = pd.to_numeric(frame[column])
    if "year" in frame:
        frame["year"] = pd.to_numeric(frame["year"]).astype("int64")
    return frame


def check(name: str) -> list[str]:
    """Faults of a table, each in a few words: rows twice, figures out of range, unknown places, rows without source."""
    about, frame = described()[name], table(name)
    faults = [f"{name}: twice {tuple(row)}" for row in frame[frame.duplicated(about["key"])][about["key"]].itertuples(index=False)]
    for column, (least, most) in about.get("figures", {}).items():
        out = frame[~frame[column].between(least, most) & frame[column].notna()]
        faults += [f"{name}, row {at + 2}: {column} = {value} is not within {least} to {most}" for at, value in out[column].items()]
    if "code" in frame and name != "places":
        faults += [f"{name}: unknown place {code}" for code in sorted(set(frame["code"]) - set(table("places")["code"]) - {""})]
    if "found" in frame:
        faults += [f"{name}, row {at + 2}: no source" for at in frame.index[frame["source"] == ""]]
        faults += [f"{name}, row {at + 2}: found how?" for at in frame.index[~frame["found"].isin(FOUND)]]
    return faults
