"""Scenarios that name a posterior: by name, by path, none, and with faults."""

from pathlib import Path

import pytest

from sim.cli.app import run
from sim.kit.complaints import InputError
from sim.scenario.read import read_scenario
from sim.start import parameters_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
GOOD = "vi: thử\nen: trial\nparameters: [growth, leave_at_once]\nparticles: |\n  1 0.05 0.7\n  1 0.06 0.8\n"


def scenario(folder: Path, posterior: str, text: str = GOOD, more: str = "") -> Path:
    """A plan in a folder of its own with a posterior file beside it."""
    for path in (SCENARIOS / "hoang_kim_2024.yaml", *(SCENARIOS / "base").glob("*.yaml")):
        target = folder / path.relative_to(SCENARIOS)
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "fitted.yaml").write_text(text, encoding="utf-8")
    file = folder / "plan.yaml"
    file.write_text(f"extends: hoang_kim_2024.yaml\nposterior: {posterior}\n{more}", encoding="utf-8")
    return file


def test_numbers_are_the_posteriors(tmp_path):
    plan = read_scenario(scenario(tmp_path, "fitted.yaml"))
    drawn = parameters_of(plan, range(20), 1)
    assert {round(float(value), 3) for value in drawn["growth"]} == {0.05, 0.06}
    assert plan.resolved["posterior"] == {"name": "fitted", "digest": plan.posterior.digest}


def test_none_means_priors(tmp_path):
    assert read_scenario(scenario(tmp_path, "none")).posterior is None


@pytest.mark.parametrize(
    ("posterior", "text", "code"),
    [
        ("nothing", GOOD, "no_posterior"),
        ("missing.yaml", GOOD, "no_file"),
        ("../outside.yaml", GOOD, "posterior_outside"),
        ("fitted.yaml", "parameters: [growth]\nparticles: '1'\n", "not_a_posterior"),
        ("fitted.yaml", GOOD.replace("growth", "grwth"), "unknown_in_posterior"),
    ],
)
def test_faults_are_told_and_end_with_2(tmp_path, capsys, posterior, text, code):
    file = scenario(tmp_path, posterior, text)
    with pytest.raises(InputError) as found:
        read_scenario(file)
    assert [complaint.code for complaint in found.value.complaints] == [code]
    assert run(["check", str(file), "--lang", "en"], "en") == 2
    assert "posterior" in capsys.readouterr().err


def test_a_run_says_what_was_replaced(tmp_path, capsys):
    file = scenario(tmp_path, "fitted.yaml", more="parameters: {growth: 0.01}\nruns: {replications: 2}\n")
    assert run(["run", str(file), "--lang", "en", "--out", str(tmp_path / "results")], "en") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "trial (`fitted`)" in told and "(`growth`): 0.01" in told
