"""Explain tells what the engine did: the same columns, lists, queues and deliveries, in either language."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.agents.codebook import HOUSEHOLD_COLUMNS, Coping, Shock, Standing
from sim.agents.identity import find_row, parse_id
from sim.agents.members import Disability, Work, pack, put
from sim.cli import app
from sim.engine import Simulation
from sim.kit.complaints import InputError
from sim.policies.delivery import MOVABLE
from sim.policies.lever import Outcome
from sim.report.story import ROWS, story
from sim.report.story_words import FLAGS, StoryWords
from sim.standards.load import load_standard, standards
from sim.studies.diary import Diary
from sim.studies.explain import WHO, explain
from tests.small import ROOT, small_plan

REPORT = ROOT / "sim" / "report"
# Written by deliveries beside MOVABLE.
BY_OTHER_EFFECTS = ("loan", "loan_rate", "loan_quarters_left", "quarters_to_calving")


@pytest.fixture(scope="module")
def begun():
    return Simulation.start(small_plan(), range(1), small_plan().runs.seed)


@pytest.fixture(scope="module")
def served(begun) -> str:
    """A household that gets a loan."""
    simulation = Simulation(begun, "plan")
    simulation.run()
    slot = [lever.key for lever in simulation.levers].index("preferential_credit")
    h = simulation.households
    row = int(np.flatnonzero((h.received[slot] > 0) & (h.branch == 0))[0])
    return f"{h.origin[row]}.{h.branch[row]}"


@pytest.fixture(scope="module")
def account(served):
    return explain(small_plan(), served)


def test_pages_hold_what_the_engine_holds(begun, account):
    origin, branch, _ = parse_id(account.household)
    for mix, pages in account.pages.items():
        simulation, seen = Simulation(begun, mix), {}

        def look(at: Simulation, seen: dict = seen) -> None:
            seen[at.now] = {name: column.copy() for name, column in at.households.arrays().items()}

        simulation.quarterly.append(look)
        simulation.run()
        assert [page.quarter for page in pages] == list(seen)
        for page in pages:
            columns = seen[page.quarter]
            row = int(np.flatnonzero((columns["origin"] == origin) & (columns["branch"] == branch))[0])
            for name, value in page.state.items():
                assert np.array_equal(np.asarray(value), columns[name][..., row]), (name, page.quarter)
            assert len(page.members) == int((columns["members"][:, row] & 1).sum())


def test_a_diary_changes_nothing(begun):
    alone, watched = Simulation(begun, "plan"), Simulation(begun, "plan")
    Diary(watched, 1, 0, 0)
    alone.run()
    watched.run()
    for name, column in alone.households.arrays().items():
        assert np.array_equal(column, watched.households[name]), name
    assert np.array_equal(alone.programme.ledger.rows(), watched.programme.ledger.rows())


def test_offers_and_deliveries_are_told(account):
    pages = account.pages["plan"]
    offered = next(page for page in pages if page.offers)
    assert offered.quarter == small_plan().signed
    credit = next(offer for offer in offered.offers if offer.lever == "preferential_credit")
    assert credit.outcome == Outcome.SERVED and 1 <= credit.rank <= credit.served <= credit.line
    assert credit.due and credit.due > offered.quarter and credit.public > 0
    delivered = next(page for page in pages if any(one.lever == "preferential_credit" for one in page.deliveries))
    assert delivered.quarter == credit.due
    before, after = delivered.brought["loan"]
    assert after - before == credit.public == next(one.public for one in delivered.deliveries if one.lever == "preferential_credit")
    assert not any(page.offers or page.deliveries for page in account.pages["no_policy"])


def test_the_review_is_told_once_a_year(account):
    for pages in account.pages.values():
        assert [page.quarter.quarter for page in pages if page.review] == [3] * len({page.quarter.year for page in pages})
        for page in pages:
            if page.review and page.review.why == "rule":
                poor = page.review.score <= page.review.threshold and page.review.points >= page.review.points_needed
                assert (page.review.found == Standing.POOR) == poor


@pytest.mark.parametrize("who", [None, *WHO])
def test_a_kind_of_household_is_found(who, begun):
    try:
        found = explain(small_plan(), who=who)
    except InputError as error:
        assert who is not None and "nobody" in str(error)
        return
    pages = found.pages["plan"]
    if who is None:
        assert found.picked == "on_list" and pages[0].state["standing"] == Standing.POOR
    elif who == "refused":
        assert any(offer.outcome in (3, 4, 5) for page in pages for offer in page.offers)
    else:
        changes = [(page.state["standing"], int(page.review.found)) for page in pages if page.review]
        assert any(was == Standing.POOR and found != Standing.POOR for was, found in changes)
        assert who == "escaped" or any(was != Standing.POOR and found == Standing.POOR for was, found in changes)


@pytest.mark.parametrize(("name", "options", "words"), [
    ("99999", {}, "no such household"),
    ("12.1999", {}, "12.0"),
    ("house", {}, "no household's number"),
    ("1", {"mix": "plam"}, "plan"),
    (None, {"who": "rich"}, "escaped"),
])  # fmt: skip
def test_what_is_not_there_is_told(name, options, words):
    with pytest.raises(InputError, match=words):
        explain(small_plan(), name, **options)


def test_a_household_that_splits_off_has_pages_from_then_on(begun):
    simulation = Simulation(begun, "plan")
    simulation.run()
    h = simulation.households
    split = np.flatnonzero(h.branch > 0)
    if not len(split):
        pytest.skip("nobody founded a household")
    name = f"{h.origin[split[0]]}.{h.branch[split[0]]}"
    found = explain(small_plan(), name)
    assert found.pages["plan"][0].quarter.year == h.branch[split[0]]
    assert find_row(h, int(h.cell[split[0]]), *parse_id(name)[:2]) == split[0]
    assert name in story(found, "vi").markdown() and str(h.branch[split[0]]) in story(found, "en").markdown()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_story_says_it_all(account, lang):
    words, text = StoryWords(lang), story(account, lang).markdown()
    assert account.household in text and words.mix("no_policy") in text
    for year in (2024, 2025, 2026):
        assert re.search(rf"^## {year}:", text, re.MULTILINE)
    for offer in next(page for page in account.pages["plan"] if page.offers).offers:
        assert offer.names[lang] in text and offer.words[lang] in text
    assert "{" not in text and "nan" not in text


def test_the_story_of_no_policy_alone(served):
    alone = explain(small_plan(), served, mix="no_policy")
    assert list(alone.pages) == ["no_policy"] and story(alone, "vi").markdown()


def sentences(lang: str) -> dict:
    return yaml.safe_load((REPORT / f"explain_{lang}.yaml").read_text(encoding="utf-8"))


def flat(tree: dict, above: str = "") -> dict[str, str]:
    together: dict[str, str] = {}
    for key, value in tree.items():
        together |= flat(value, f"{above}{key}.") if isinstance(value, dict) else {f"{above}{key}": value}
    return together


def test_both_languages_say_the_same_things():
    vietnamese, english = (flat(sentences(lang)) for lang in ("vi", "en"))
    assert list(vietnamese) == list(english)
    for key, text in vietnamese.items():
        assert set(re.findall(r"{(\w+)}", str(text))) == set(re.findall(r"{(\w+)}", str(english[key]))), key


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_there_are_words_for_whatever_can_happen(lang):
    said = sentences(lang)
    assert set(said["shock"]) == set(Shock) and set(said["cope"]) == set(Coping)
    assert set(said["person"]["work"]) == set(Work) and set(said["person"]["disability"]) == set(Disability) - {0}
    assert set(said["standing"]) == set(Standing)
    assert {*MOVABLE, *BY_OTHER_EFFECTS} <= set(said["changes"])
    assert set(ROWS) <= set(said["rows"])
    slots = {column.name for column in HOUSEHOLD_COLUMNS if column.slots}
    items = [item for key in standards() for item in load_standard(key).items]
    for item in items:
        for need in item.indicator.needs:
            assert need in slots or need in said["columns"] or need in said["thresholds"], need
    assert set(FLAGS) <= set(said["columns"])


@pytest.mark.parametrize(("lang", "text"), [("vi", "1 người đi làm việc ở nước ngoài"), ("en", "1 gone abroad to work")])
def test_a_departure_is_told(lang, text):
    at_home = (pack(present=1, age=50, work=int(Work.OWN)), pack(present=1, age=25, work=int(Work.CASUAL)))
    left = (at_home[0], put(at_home[1], "work", int(Work.ABROAD)))
    assert StoryWords(lang).changes({"members": (at_home, left)}) == text
    assert StoryWords(lang).changes({"members": (left, left)}) == ""


def test_the_command(capsys, served):
    path = str(ROOT / "scenarios" / "hoang_kim_2024.yaml")
    assert app.run(["explain", path, "--household", "99999", "--lang", "en"], "en") == 2
    assert "no such household" in capsys.readouterr().err
    assert app.run(["explain", path, "--household", "7", "--lang", "en"], "en") == 0
    assert "Household 7.0" in capsys.readouterr().out
    assert Path(path).exists()
