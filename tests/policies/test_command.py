"""``thoatngheo levers`` in both languages, and a user's own lever."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.levers import levers
from sim.kit.complaints import InputError
from sim.policies.discovery import discover

app = typer.Typer()
app.command()(levers)
WIDE = {"COLUMNS": "240"}

OWN_CODE = '''
from sim.policies.effects import SetTo
from sim.policies.lever import Lever, whole


class Radios(Lever):
    """A radio for households without a device."""

    def conditions(self, h):
        """No device."""
        yield "no device", h.devices == 0

    def unit_cost(self, h):
        """The price of a radio."""
        return whole(h.figure("price") + 0 * h.savings)

    def effects(self, h, served):
        """A device."""
        yield SetTo("devices", 1)
'''
OWN_WORDS = """
vi: Phát đài
en: Radios
what_it_does: {vi: "Phát một đài.", en: "Gives a radio."}
money: {kinds: [recurrent]}
conditions: {no device: chưa có phương tiện thông tin}
figures:
  price:
    vi: Giá đài
    en: Price of a radio
    unit: thousand dong
    values:
      - {from: 2010-01-01, value: 500, assumption: "for the test"}
"""


@pytest.mark.parametrize(("lang", "name"), [("vi", "Đào tạo nghề"), ("en", "Vocational training")])
def test_list(lang, name):
    result = CliRunner().invoke(app, ["--lang", lang], env=WIDE)
    assert result.exit_code == 0 and name in result.output


@pytest.mark.parametrize("key", list(discover()))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_one_lever(key, lang):
    result = CliRunner().invoke(app, [key, "--lang", lang, "--on", "2024-05-01"], env=WIDE)
    lever = discover()[key]
    assert result.exit_code == 0, result.output
    assert lever.file.name(lang) in result.output and lever.file.conditions[0][lang] in result.output
    assert all(parameter.unit and getattr(parameter, lang)[:20] in result.output for parameter in lever.parameters.values())


@pytest.mark.parametrize(("lang", "meant"), [("vi", "Có phải ý là"), ("en", "Did you mean")])
def test_a_wrong_name_is_a_complaint(lang, meant):
    result = CliRunner().invoke(app, ["housin", "--lang", lang])
    assert result.exit_code == 2 and "`housing`" in result.output and meant in result.output


def write(folder, words=OWN_WORDS, name="radios"):
    (folder / f"{name}.py").write_text(OWN_CODE, encoding="utf-8")
    (folder / f"{name}.yaml").write_text(words, encoding="utf-8")


def test_a_users_own_lever_is_found_after_ours(tmp_path):
    write(tmp_path)
    assert list(discover(tmp_path))[-1] == "radios"
    result = CliRunner().invoke(app, ["radios", "--folder", str(tmp_path), "--lang", "en"], env=WIDE)
    assert result.exit_code == 0 and "Price of a radio" in result.output


def test_faults_of_a_lever_file_are_told_at_once(tmp_path):
    write(tmp_path, OWN_WORDS.replace("recurrent", "recurent").replace("figures:", "figuers:").replace("en: Radios\n", ""))
    with pytest.raises(InputError) as fault:
        discover(tmp_path)
    for lang in ("vi", "en"):
        text = fault.value.text(lang)
        assert "recurent" in text and "figuers" in text and "`en`" in text
    assert len(fault.value.complaints) == 3


def test_a_name_of_ours_is_taken(tmp_path):
    write(tmp_path, name="housing")
    with pytest.raises(InputError):
        discover(tmp_path)
