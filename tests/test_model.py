"""The Mesa model: what modellers expect of Mesa works, and the figures are the engine's own."""

from __future__ import annotations

import gc
import pickle
import warnings
import weakref

import mesa
import numpy as np
import pytest

from sim.engine import Simulation
from sim.kit.complaints import InputError
from sim.model import ColumnAgentSet, PovertyModel
from tests.small import ROOT, small_plan

NEWER = tuple(int(part) for part in mesa.__version__.split(".")[:2]) >= (3, 4)
SEED = "rng" if NEWER else "seed"


def model(**options) -> PovertyModel:
    return PovertyModel(small_plan(), **{SEED: 7, "follow_years": 0, **options})


@pytest.fixture(scope="module")
def run() -> PovertyModel:
    """A model run to its horizon."""
    lived = model()
    lived.run_model()
    return lived


def test_it_runs_to_the_horizon_and_stops(run):
    assert (run.steps, run.running, str(run.quarter)) == (4, False, "2024 Q4")
    before = run.agents.get("income_per_head"), run.datacollector.get_model_vars_dataframe()
    for _ in range(3):
        run.step()
    run.run_model()
    assert run.steps == 4 and run.simulation.finished
    assert np.array_equal(before[0], run.agents.get("income_per_head"))
    assert before[1].equals(run.datacollector.get_model_vars_dataframe())


def test_its_figures_are_the_engines(run):
    simulation = Simulation(Simulation.start(run.scenario, range(1), 7), "plan")
    simulation.run()
    for name, column in simulation.households.arrays().items():
        assert np.array_equal(column, run.households[name]), name
    last = run.datacollector.get_model_vars_dataframe().iloc[-1]
    assert last["official_poor_households"] == np.count_nonzero(simulation.households.reviewed == 2)
    ledger = simulation.programme.ledger
    assert last["money_spent"] + last["money_lent"] == pytest.approx(ledger.total("paid") / 1e6)
    assert last["money_lent"] > 0


def test_a_step_is_a_quarter_and_is_collected():
    lived = model(follow_years=1)
    assert len(lived.datacollector.get_model_vars_dataframe()) == 0
    for number in range(1, 4):
        lived.step()
        assert lived.steps == number and lived.running
    frame = lived.datacollector.get_model_vars_dataframe()
    assert frame["quarter"].tolist() == ["2024 Q1", "2024 Q2", "2024 Q3"]
    assert frame["official_poor_households"].iloc[0] == 24
    assert frame["official_poor_rate"].iloc[0] == pytest.approx(8.0)
    assert ((frame["true_poor_rate"] >= 0) & (frame["income_per_head_mean"] > 1000)).all()


def test_agents_are_the_households(run):
    agents = run.agents
    assert isinstance(agents, ColumnAgentSet) and isinstance(agents, mesa.agent.AgentSet)
    assert len(agents) == len(run.households) == 300
    household = agents[5]
    assert household.model is run and household in agents and household in set(agents)
    assert household.land == run.households.land[5] and household.members[0].age >= 0
    assert agents[3:5] == [agents[3], agents[4]]
    assert not any(isinstance(agent, mesa.Agent) for agent in agents[:5])
    assert run.agents_by_type[run.agent_types[0]][0] == agents[0]


def test_columns_are_read_whole(run):
    agents = run.agents
    assert agents.agg("income_per_head", np.mean) == run.households.income_per_head.mean()
    poor = agents.select("is_poor")
    assert len(poor) == np.count_nonzero(run.households.standing == 2)
    assert [agent.unique_id for agent in poor] == [agent.unique_id for agent in agents if agent.is_poor]
    groups = agents.groupby("standing")
    assert sum(groups.count().values()) == 300 and groups.count()[2] == len(poor)
    assert groups.agg("land", np.max)[2] == poor.get("land").max()
    assert len(agents.groupby(lambda agent: agent.is_poor, result_type="list").groups[True]) == len(poor)


def test_order_and_calls(run):
    agents = run.agents
    shuffled = agents.shuffle()
    assert shuffled.get("unique_id") != agents.get("unique_id") and set(shuffled) == set(agents)
    seen = []
    assert agents.do(lambda agent: seen.append(agent.origin)) is agents
    assert seen == agents.get("origin").tolist()
    assert agents.map(lambda agent: agent.land > 1) == (agents.get("land") > 1).tolist()
    assert agents.sort("land").get("land").tolist() == sorted(agents.get("land").tolist(), reverse=True)
    chosen = agents.select("is_poor", inplace=True)
    assert chosen is agents and len(run.agents) == 300
    assert agents.get(["origin", "nothing"], handle_missing="default", default_value=0)[0][1] == 0
    with pytest.raises(AttributeError):
        agents.get("nothing")
    with pytest.raises(TypeError):
        agents.add(chosen[0])


def test_a_selection_keeps_to_its_households():
    lived = model(follow_years=2)
    chosen = lived.agents.select("is_poor")
    names = chosen.get("unique_id")
    lived.run_model()
    still = list(chosen)
    assert [agent.unique_id for agent in still] == [name for name in names if name in set(lived.agents.get("unique_id"))]
    assert all(agent.is_there for agent in still)


def test_agent_reporters_work(run):
    collector = mesa.DataCollector(agent_reporters={"income": "income_per_head", "poor": lambda agent: agent.is_poor})
    collector.collect(run)
    frame = collector.get_agent_vars_dataframe()
    assert len(frame) == 300 and frame["income"].to_numpy() == pytest.approx(run.households.income_per_head)


def test_mesa_and_newer_mesa_name_the_seed_as_they_do():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first = PovertyModel(small_plan(), seed=3)
        second = PovertyModel(small_plan(), rng=3)
        default = PovertyModel(small_plan())
    assert first.seed == second.seed == 3 and default.seed == small_plan().runs.seed
    assert np.array_equal(first.households.land, second.households.land)
    assert PovertyModel(small_plan(), rng=np.random.default_rng(1)).seed == PovertyModel(small_plan(), rng=np.random.default_rng(1)).seed
    with pytest.raises(ValueError, match="not both"):
        PovertyModel(small_plan(), seed=1, rng=1)


def test_replications_are_prefixes():
    one, two = model(), model(replications=2)
    one.run_model()
    two.run_model()
    rows = two.households.replication == 0
    assert np.array_equal(two.households.income_per_head[rows], one.households.income_per_head)
    assert two.agents[len(two.agents) - 1].unique_id.endswith("@1")


def test_changes_by_name():
    changed = model(growth=0.05, perfect_list=True, delivery="as_planned")
    assert changed.simulation.society.parameters["growth"][0] == np.float32(0.05)
    assert changed.scenario.structure.perfect_list and changed.scenario.delivery == "as_planned"
    assert changed.scenario.resolved != small_plan().resolved
    assert small_plan().parameters == {}
    assert model(growth={"normal": [0.04, 0.01]}).simulation.society.parameters["growth"][0] != np.float32(0.04)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"grwth": 0.03}, TypeError, "did you mean 'growth'"),
        ({"growth": "fast"}, ValueError, "prior"),
        ({"mix": "plam"}, ValueError, "did you mean 'plan'"),
        ({"replications": 0}, ValueError, "replications"),
        ({"delivery": "late"}, ValueError, "as_delivered"),
        ({"follow_years": -1}, ValueError, "whole number"),
        ({"signed": "2026-01"}, ValueError, "signed"),
    ],
)
def test_what_cannot_be(options, error, words):
    with pytest.raises(error, match=words):
        model(**options)


def test_a_scenario_file_with_faults_says_so():
    with pytest.raises(InputError):
        PovertyModel(ROOT / "no_such_file.yaml")


@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run(processes):
    parameters = {"scenario": small_plan(), "mix": ["plan", "no_policy"], "follow_years": 0}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = mesa.batch_run(PovertyModel, parameters, number_processes=processes, data_collection_period=1, display_progress=False)
    assert len(rows) == 8
    by_mix = {mix: [row for row in rows if row["mix"] == mix] for mix in ("plan", "no_policy")}
    assert [row["quarter"] for row in by_mix["plan"]] == ["2024 Q1", "2024 Q2", "2024 Q3", "2024 Q4"]
    assert by_mix["no_policy"][-1]["money_spent"] == 0 < by_mix["plan"][-1]["money_spent"]
    assert by_mix["plan"][0]["official_poor_households"] == 24


def test_a_model_is_freed():
    lived = model()
    lived.run_model()
    agents, first = lived.agents, lived.agents[0]
    assert first.origin and len(agents)
    gone = weakref.ref(lived)
    del lived, agents, first
    gc.collect()
    assert gone() is None


def test_a_loaded_scenario_can_go_to_another_process():
    assert pickle.loads(pickle.dumps(small_plan())).resolved == small_plan().resolved
