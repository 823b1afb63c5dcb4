"""A scenario file becomes a scenario: figures in the model's units, bases merged, sources kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from sim.cli.check import check
from sim.cli.new import new, template
from sim.kit.calendar import Quarter
from sim.kit.complaints import InputError
from sim.scenario.read import read_scenario
from sim.scenario.resolved import resolve, with_runs
from tests.scenario.levers import LEVERS

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SOUND = Path(__file__).parents[1] / "broken" / "base" / "sound.yaml"


@pytest.fixture(scope="module")
def hoang_kim():
    return read_scenario(SCENARIOS / "hoang_kim_2024.yaml")


def test_hoang_kim_is_what_the_plan_says(hoang_kim):
    place = hoang_kim.places[0]
    assert (place.name, place.households, place.poor) == ("Hoàng Kim", 1572, 25)
    assert hoang_kim.signed == Quarter(2024, 2)
    assert (hoang_kim.first_year, hoang_kim.last_year, hoang_kim.end_year) == (2024, 2024, 2027)
    assert hoang_kim.standard == "vn_2022"
    assert set(hoang_kim.mixes) == {"plan", "plan_as_printed", "livelihoods_first", "credit_only", "no_policy"}
    some = {"livelihood_models", "production_support", "nutrition", "job_matching", "preferential_credit", "housing"}
    assert some < set(hoang_kim.mixes["plan"].levers)
    target = hoang_kim.targets[0]
    assert (target.form, target.value, target.by, target.since) == ("fall_per_year", 1.5, 2024, 2023)


def test_printed_money_is_for_its_mix_alone(hoang_kim):
    printed = [envelope for envelope in hoang_kim.money if envelope.amount_dong == 11_707_000_000]
    assert len(printed) == 1
    assert printed[0].open_to("plan_as_printed")
    assert not printed[0].open_to("plan")


def test_every_figure_of_hoang_kim_says_where_it_comes_from(hoang_kim):
    for envelope in hoang_kim.money:
        assert envelope.reference or envelope.assumption
    assert all(hoang_kim.places[0].facts.sources.values())
    assert all(hoang_kim.places[0].sources.values())
    assert hoang_kim.places[0].sources["near_poor"].assumption


def test_a_place_states_its_own_facts_over_the_base(hoang_kim):
    facts = hoang_kim.places[0].facts
    assert facts.farm_labour_share == pytest.approx(0.2295)
    assert facts.income_per_head == 4500.0
    assert hoang_kim.population.farm_labour_share == pytest.approx(0.27)


def test_resolved_is_json_and_the_same_wherever_the_file_lies(tmp_path):
    copy = tmp_path / "sound.yaml"
    copy.write_bytes(SOUND.read_bytes())
    one, other = read_scenario(SOUND, LEVERS), read_scenario(copy, LEVERS)
    assert json.dumps(one.resolved, sort_keys=True) == json.dumps(other.resolved, sort_keys=True)


def test_with_runs_resolves_anew():
    scenario = read_scenario(SOUND, LEVERS)
    changed = with_runs(scenario, replications=7)
    assert changed.runs.replications == changed.resolved["runs"]["replications"] == 7
    assert changed.runs.seed == scenario.runs.seed
    assert with_runs(scenario).resolved == resolve(scenario)


def laid_over(tmp_path, text):
    (tmp_path / "sound.yaml").write_bytes(SOUND.read_bytes())
    path = tmp_path / "a.yaml"
    path.write_text("extends: sound.yaml\n" + text, encoding="utf-8")
    return read_scenario(path, LEVERS)


def test_mappings_merge_and_lists_replace(tmp_path):
    scenario = laid_over(tmp_path, "runs: {seed: 9}\ntargets: []\n")
    assert (scenario.runs.replications, scenario.runs.seed) == (20, 9)
    assert scenario.targets == ()


def test_mixes_merge_by_name_and_replace_whole(tmp_path):
    scenario = laid_over(tmp_path, "mixes:\n  plan: {vocational_training: {share: 5 %}}\n  other: {preferential_credit: {share: 50 %}}\n")
    assert set(scenario.mixes) == {"plan", "other", "no_policy"}
    assert set(scenario.mixes["plan"].levers) == {"vocational_training"}


def test_a_figure_never_keeps_the_source_of_another(tmp_path):
    scenario = laid_over(tmp_path, 'population:\n  income_per_head: {value: "5 triệu đồng", reference: L9}\n')
    assert scenario.population.income_per_head == 5000.0
    assert scenario.population.sources["income_per_head"].assumption == ""


def test_forms_of_targets_and_options(tmp_path):
    scenario = laid_over(
        tmp_path,
        "targets:\n"
        "  - {name: a, measure: official_poor_rate, level: 1 %, by: 2026}\n"
        '  - {name: b, measure: official_poor_rate, fall: "0,5 điểm %", since: 2024, by: 2025-09}\n'
        "mixes:\n  plan:\n    livelihood_models: {amount: 100 triệu đồng, options: {coaching: false}, priority: [merit]}\n"
        "parameters: {growth: {beta: [2, 5]}}\nstructure: {trap: true}\nentitlements: false\n",
    )
    level, fall = scenario.targets
    assert (level.value, level.unit, level.by_year) == (0.01, "share", 2026)
    assert (fall.value, fall.unit, fall.by, fall.by_year) == (0.5, "points", Quarter(2025, 3), 2025)
    allocation = scenario.mixes["plan"].levers["livelihood_models"]
    assert (allocation.amount_dong, allocation.share, dict(allocation.options)) == (100_000_000, None, {"coaching": False})
    assert scenario.parameters == {"growth": {"beta": [2, 5]}}
    assert scenario.structure.trap and not scenario.entitlements


def test_targets_on_levers_indicators_and_groups(tmp_path):
    scenario = laid_over(
        tmp_path,
        "targets:\n"
        '  - {name: a, measure: "beneficiaries:housing", count: 5 nhà, group: poor_at_start}\n'
        '  - {name: b, measure: "spent:housing", count: 300 triệu đồng}\n'
        '  - {name: c, measure: "indicator:housing_quality", level: 5 %, group: female_head}\n'
        '  - {name: d, measure: "declined:vocational_training", zero: true}\n',
    )
    targets = [(target.value, target.group) for target in scenario.targets]
    assert targets == [(5, "poor_at_start"), (3e8, None), (0.05, "female_head"), (0, None)]


def test_an_indicator_of_another_standard_is_not_measured(tmp_path):
    with pytest.raises(InputError, match="indicator:telecom"):
        laid_over(tmp_path, 'standard: vn_2022\ntargets:\n  - {name: a, measure: "indicator:health_access", level: 5 %}\n')


def test_money_spent_is_added_up_only(tmp_path):
    with pytest.raises(InputError, match="cannot have a target of the form `zero`"):
        laid_over(tmp_path, 'targets:\n  - {name: a, measure: "spent:housing", zero: true}\n')


def test_credit_buys_houses_only_in_the_years_of_loans(tmp_path):
    """A share of grants for houses beside all credit for loans is no more than the whole, and credit alone builds none today."""
    (tmp_path / "sound.yaml").write_bytes(SOUND.read_bytes())
    text = "extends: sound.yaml\nmoney:\n  - {source: bank, kind: credit, year: 2024, amount: 9 million dong, assumption: test}\n"
    grants = "  - {source: central, kind: investment, year: 2024, amount: 9 million dong, assumption: test}\n"
    mixes = "mixes:\n  plan: {preferential_credit: {share: 100 %}, housing: {share: 20 %}}\n"
    path = tmp_path / "a.yaml"
    path.write_text(text + grants + mixes, encoding="utf-8")
    assert set(read_scenario(path).mixes["plan"].levers) == {"housing", "preferential_credit"}
    path.write_text(text + mixes, encoding="utf-8")
    with pytest.raises(InputError, match=r"may be paid from: investment, recurrent; this mix only has: credit"):
        read_scenario(path)


def test_a_seed_has_the_limit_of_the_command_line(tmp_path):
    assert laid_over(tmp_path, f"runs: {{seed: {2**63 - 1}}}\n").runs.seed == 2**63 - 1


def test_the_law_book_begins_with_the_first_year_that_check_lets_pass(tmp_path):
    """The years of the law book are those whose figures a run reads."""
    text = "signed: {0}-03\nperiod: {0}\ntargets: []\nstandard: vn_2011\nmoney:\n"
    text += "  - {{source: central, kind: recurrent, year: {0}, amount: 9 million dong, assumption: test}}\n"
    text += "  - {{source: bank, kind: credit, year: {0}, amount: 9 million dong, assumption: test}}\n"
    assert laid_over(tmp_path, text.format(2011)).first_year == 2011
    with pytest.raises(InputError, match="let `period` begin in 2011 or later"):
        laid_over(tmp_path, text.format(2010))
    assert laid_over(tmp_path, text.format(2010) + "entitlements: false\n").first_year == 2010


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_template_passes_check(tmp_path, lang):
    app = Typer()
    app.command()(new)
    app.command()(check)
    path = tmp_path / "mine.yaml"
    made = CliRunner().invoke(app, ["new", str(path), "--lang", lang])
    assert made.exit_code == 0
    assert path.read_text(encoding="utf-8") == template(lang)
    checked = CliRunner().invoke(app, ["check", str(path), "--lang", lang, "--strict"])
    assert checked.exit_code == 0, checked.stderr
    again = CliRunner().invoke(app, ["new", str(path), "--lang", lang])
    assert again.exit_code == 2 and again.stderr
    assert CliRunner().invoke(app, ["new", str(path), "--force"]).exit_code == 0
    assert CliRunner().invoke(app, ["new", str(tmp_path / "none" / "a.yaml")]).exit_code == 2
    assert CliRunner().invoke(app, ["new", str(tmp_path / "a.txt")]).exit_code == 2


def test_a_fault_in_a_base_names_the_base(tmp_path):
    (tmp_path / "base.yaml").write_text("follow: 3\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scenario(tmp_path / "a.yaml", LEVERS)
    fault = next(complaint for complaint in caught.value.complaints if complaint.key == "follow")
    assert fault.file.endswith("base.yaml") and fault.line == 1


def test_a_link_out_of_the_folder_is_outside(tmp_path):
    (tmp_path / "secret.yaml").write_text("follow: 3\n", encoding="utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "base.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "a.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
    with pytest.raises(InputError, match="outside"):
        read_scenario(folder / "a.yaml", LEVERS)
