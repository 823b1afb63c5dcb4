"""A plan and its run as ``import sim`` gives them: with the verdict, tables and charts to look at in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sim.charts import districts, flows, indicators, money, projection, standings
from sim.kit.complaints import Complaint, InputError, nearest
from sim.report.document import Block, Document, Heading, Paragraph, Points
from sim.report.shown import Shown
from sim.report.verdict import verdict
from sim.report.words import Words
from sim.scenario.findings import Finding
from sim.scenario.plan_arithmetic import find
from sim.scenario.read import read_scenario
from sim.scenario.shape import Scenario
from sim.studies import framing, loading, results, store, tidy
from sim.studies.precision import run_to_precision
from sim.studies.run import run as simulate
from sim.studies.run_into import run_into

if TYPE_CHECKING:
    import pandas as pd


class Run(Shown, results.Results):
    """A run's results (see sim/studies/results.py) with the verdict in words, tidy tables and charts."""

    charts: ClassVar[dict[str, Any]] = {
        "projection": projection,
        "standings": standings,
        "flows": flows,
        "indicators": indicators,
        "money": money,
        "districts": districts,
    }

    def text(self, lang: str = "vi") -> Document:
        """The verdict in words."""
        return verdict(self, lang)

    def table(self, name: str, **where: Any) -> pd.DataFrame:
        """``measures``, ``flows``, ``ledger`` or ``targets`` as a pandas table, rows narrowed by columns: ``mix="plan", year=2024``."""
        return tidy.table(self, name, **where)

    def summary(self, measure: str = "official_poor_households", place: str = "all", group: str = "all") -> pd.DataFrame:
        """A measure by mix and year: its median and the band that holds 90 % of the runs."""
        return tidy.summary(self, measure, place, group)


class Findings(tuple[Finding, ...]):
    """What ``check`` finds in a plan's own figures, as a list to read."""

    __slots__ = ()

    def text(self, lang: str = "vi") -> Document:
        """A paragraph each: contradictions, then what the plan leaves unsaid."""
        words = Words(lang)
        wrong, unsaid = (tuple(one.text(lang) for one in self if one.is_unsaid == asked) for asked in (False, True))
        blocks: list[Block] = [Heading(words.text("findings.title"))]
        blocks += [Points(wrong, numbered=True)] if wrong else [Paragraph(words.text("findings.none"))]
        blocks += [Heading(words.text("findings.unsaid")), Points(unsaid)] if unsaid else []
        return Document(tuple(blocks))

    def __repr__(self) -> str:
        return self.text("en").markdown()

    def _repr_html_(self) -> str:
        return self.text()._repr_html_()


def run(
    scenario: Any,
    mixes: Sequence[str] | None = None,
    *,
    precision: float | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    **options: Any,
) -> Run:
    """Run a scenario as :func:`sim.studies.run.run` does; ``scenario`` may be a path or a mapping. InputError for an unknown mix.

    With ``out`` the results are written below that folder, and finished batches on the way, so that the same call with ``resume``
    goes on with a run that was stopped (see sim/studies/run_into.py).
    With ``precision`` replications are added until the first target's probability is known to ± so many points (see
    sim/studies/precision.py).
    """
    plan = loaded(scenario)
    for mix in mixes or ():
        known = framing.mixes_of(plan, None)
        if mix not in known:
            facts = {"known": known, "nearest": nearest(mix, known)}
            raise InputError([Complaint("unknown_mix", str(plan.path), value=str(mix), facts=facts)])
    if precision is not None:
        found = run_to_precision(plan, mixes, precision=precision, **options)
        return Run(**vars(found if out is None else store.save(found, Path(out))))
    if out is not None:
        return Run(**vars(run_into(plan, out, resume=resume, mixes=mixes, **options)))
    return Run(**vars(simulate(plan, mixes, **options)))


def load_results(folder: str | Path) -> Run:
    """The results that a run wrote into ``folder``, as :func:`sim.studies.loading.load` reads them."""
    return Run(**vars(loading.load(folder)))


def check(scenario: Any) -> Findings:
    """The contradictions among a plan's own figures (see sim/scenario/plan_arithmetic.py); ``scenario`` may be a path or a mapping."""
    return Findings(find(loaded(scenario)))


def loaded(scenario: Any) -> Scenario:
    """A scenario, read if it is a path or a mapping."""
    return scenario if isinstance(scenario, Scenario) else read_scenario(scenario)
