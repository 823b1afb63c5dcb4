"""The register holds every lever and says what rests on weak evidence."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.policies.discovery import discover
from sim.record.tables import table
from sim.report.evidence_text import evidence_text, size_of
from sim.report.study_words import StudyWords
from sim.studies.evidence import GRADES, firmest_of, register


def test_every_lever_once():
    levers = register().levers
    assert list(levers["lever"]) == [*discover(None), ""]
    counted = levers[["strong", "medium", "weak", "assumed"]].sum(axis=1)
    assert counted.tolist() == [len(lever.parameters) for lever in discover(None).values()] + [counted.iloc[-1]]


def test_effects_are_complete():
    effects = table("effects")
    assert set(effects["lever"]) <= {*discover(None), ""}
    assert set(effects["grade"]) <= set(GRADES) and (effects["source"] != "").all() and effects["address"].str.startswith("http").all()
    given = effects[effects["interval"] != ""]
    assert ((given["low"] <= given["value"]) & (given["value"] <= given["high"])).all()


def test_grades():
    effects = pd.DataFrame({"grade": ["weak", "medium"]})
    assert firmest_of(effects) == "medium" and firmest_of(effects[:0]) == "none"
    levers = register().levers.set_index("lever")
    assert levers.loc["legal_aid", "no_firm_study"] and not levers.loc["preferential_credit", "mostly_assumed"]


def test_ranked_by_a_stored_study(tmp_path):
    rows = [("t", "growth", -0.8, 0.1), ("t", "inflation", 0.3, 0.1), ("u", "growth", 0.0, 0.1)]
    pd.DataFrame(rows, columns=["outcome", "number", "correlation", "noise"]).to_csv(tmp_path / "numbers.csv", index=False)
    assert list(register(tmp_path).numbers["number"][:2]) == ["growth", "inflation"]
    assert "weight" not in register().numbers


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_text(lang):
    text = evidence_text(register(), lang).markdown()
    assert "Meager" in text and "{" not in text
    one = evidence_text(register(), lang, "preferential_credit").markdown()
    assert "github.com/wwiecek/baggr" in one and "Ghana" not in one
    credit = table("effects").query("lever == 'preferential_credit'").iloc[0]
    assert size_of(credit, StudyWords("en")) == "1.6 % (−2.7 to 6.5, 90 %)"
