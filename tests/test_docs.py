"""The docs name only what exists, hold what the program holds, and their examples are sound."""

from __future__ import annotations

import re
import shutil

import pytest
from pydantic import BaseModel

from sim.scenario import forms, future_form, money_form
from sim.scenario.read import read_scenario
from tests.doc_scripts import DOCS, script

ROOT = DOCS.parent
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
NAMED = re.compile(r"(?<![\w/.-])(?:sim|tests|scenarios|docs|benchmarks)/[\w./]*\w\.(?:py|yaml|md|csv)\b")
LINKED = re.compile(r"\]\((?!http)([\w./-]+\.md)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_files_exist(page):
    text = page.read_text(encoding="utf-8")
    missing = [name for name in sorted({*NAMED.findall(text)}) if not (ROOT / name).exists()]
    missing += [name for name in sorted({*LINKED.findall(text)}) if not (page.parent / name).exists()]
    assert missing == []


def test_files_named_in_the_model_description_exist():
    """It names files of one section by their short names, too."""
    text = (DOCS / "model.md").read_text(encoding="utf-8")
    known = {path.name for path in ROOT.joinpath("sim").rglob("*") if path.is_file()}
    short = set(re.findall(r"`(\w+\.(?:py|yaml))`", text))
    assert sorted(short - known) == []


def test_parameters_named_in_the_model_description_exist():
    """A name in the submodels is a parameter, a column, a measure or a word of the code."""
    text = (DOCS / "model.md").read_text(encoding="utf-8").partition("# Details")[2]
    source = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.joinpath("sim").rglob("*") if path.suffix in (".py", ".yaml"))
    names = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)`", text))
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", source)) == []


@pytest.mark.parametrize("name, text", script("generate").pages().items(), ids=lambda value: value if value.endswith(".md") else "")
def test_tables_are_those_of_the_program(name, text):
    """Refresh them with ``python docs/generate.py``."""
    assert (DOCS / name).read_text(encoding="utf-8") == text, f"run python docs/generate.py: {name} is out of date"


def keys_of(form: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in form.model_fields.items()}


@pytest.mark.parametrize("language", ["Tiếng Việt", "English"])
def test_every_key_of_a_scenario_is_explained(language):
    halves = re.split(r"^# (?=Tiếng Việt|English)", (DOCS / "scenario.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    half = next(part for part in halves if part.startswith(language))
    parts = (
        forms.ScenarioForm, forms.PlaceForm, forms.PopulationForm, forms.StatedForm, forms.EnvelopeForm, forms.AllocationForm,
        forms.TargetForm, forms.UnsaidForm, money_form.MatchForm, money_form.RevolvingForm, forms.RunsForm, forms.StructureForm,
        future_form.FutureForm, future_form.ShockForm,
    )  # fmt: skip
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`]*`|```.*?```", half, flags=re.DOTALL))))
    assert set().union(*map(keys_of, parts)) - words == set()


def test_the_examples_make_a_sound_scenario(tmp_path):
    text = (DOCS / "scenario.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    assert len(blocks) == 6
    shutil.copytree(ROOT / "scenarios" / "base", tmp_path / "base")
    head = "name: ví dụ\nextends: base/delta_commune.yaml\nsigned: 2024-05\nperiod: 2024\nfollow: 3 năm\nstandard: vn_2022\n"
    money = "  - {source: fund_for_the_poor, kind: investment, year: 2024, amount: 60 triệu đồng, assumption: một nhà}\n"
    file = tmp_path / "example.yaml"
    file.write_text(head + "\n".join(blocks).replace("money:\n", "money:\n" + money), encoding="utf-8")
    scenario = read_scenario(file)
    assert {target.form for target in scenario.targets} == {"fall_per_year", "level", "cover", "count", "zero", "outside"}
    assert scenario.mixes["plan"].levers["livelihood_models"].options["places"] == 20
