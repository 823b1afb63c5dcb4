"""A sound draft becomes a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.law.posterior import Posterior
from sim.population.roster_file import Roster
from sim.scenario import build_money, forms, future
from sim.scenario.draft import Draft
from sim.scenario.figures import Figure
from sim.scenario.regions import STANDINGS, counts_of, district_of, is_poor_district, one_for
from sim.scenario.scalars import native
from sim.scenario.shape import (
    NO_POLICY,
    Mix,
    Place,
    PopulationFacts,
    Runs,
    Scenario,
    Source,
    Stated,
    Structure,
)  # fmt: skip
from sim.scenario.target import FORMS, Target, Unsaid
from sim.scenario.target_form import BothForm, TargetForm


def build(
    draft: Draft, path: Path, levers_folder: Path | None, roster: Roster | None = None, posterior: Posterior | None = None
) -> Scenario:
    """The scenario of a draft without complaints."""
    first, last, end = draft.years or (0, 0, 0)
    population = draft["population"]
    places = _places(draft, population)
    mixes = {name: build_money.mix(name, levers) for name, levers in draft.items("mixes").items()}
    complete = all(getattr(population, fact) is not None for fact in forms.PopulationForm.model_fields if fact not in forms.MAY_BE_UNSTATED)
    whole = _facts([population]) if complete else places[0].facts
    return Scenario(
        key=path.stem,
        path=path,
        name={"vi": draft["name"].vi, "en": draft["name"].en},
        signed=draft["signed"],
        first_year=first,
        last_year=last,
        follow_years=end - last,
        standard=draft["standard"],
        stated=tuple(_stated(stated) for stated in draft.items("stated").values()),
        places=places,
        population=whole,
        money=build_money.envelopes(draft.items("money").values()),
        mixes={**mixes, NO_POLICY: Mix(NO_POLICY)},
        targets=tuple(_target(target, first, last) for target in draft.items("targets").values()),
        unsaid=tuple(Unsaid(_both(form.what), form.reference or "") for form in draft.items("unsaid").values()),
        delivery=draft["delivery"],
        runs=Runs(draft["runs"].replications, draft["runs"].seed, tuple(draft["runs"].only)),
        parameters=native(draft["parameters"]),
        posterior=posterior,
        structure=Structure(**vars(draft["structure"])),
        entitlements=draft["entitlements"],
        levers_folder=levers_folder,
        roster=roster,
        one_for=one_for(draft["sample"], sum(place.households for place in places)),
        futures={key: future.build(key, form) for key, form in draft.items("futures").items()},
    )


def _source(figure: Any) -> Source:
    return Source(figure.reference or "", figure.assumption or "")


def _facts(layers: list[forms.PopulationForm]) -> PopulationFacts:
    """Facts from the layers, the first that states one winning; income in thousand dong."""
    figures: dict[str, Figure] = {}
    for fact in forms.PopulationForm.model_fields:
        stated = [getattr(layer, fact) for layer in layers if getattr(layer, fact) is not None]
        if stated or fact not in forms.MAY_BE_UNSTATED:
            figures[fact] = stated[0]
    values: dict[str, float] = {fact: float(figure.value.value) for fact, figure in figures.items()}
    values["income_per_head"] /= 1000
    return PopulationFacts(**values, sources={fact: _source(figure) for fact, figure in figures.items()})


def _places(draft: Draft, population: forms.PopulationForm) -> tuple[Place, ...]:
    counts = counts_of(draft.items("places"), draft.items("districts"))
    return tuple(_place(form, counts[at], draft, population) for at, form in draft.items("places").items())


def _place(form: forms.PlaceForm, counts: dict[str, int], draft: Draft, population: forms.PopulationForm) -> Place:
    """A place with what it states itself, else its district, else the whole."""
    district = district_of(form, draft.items("districts"))
    owners = {None: form.population, form.district or form.name: district.population, "": population}
    figures = {key: getattr(form, key) or getattr(district, f"{key}_rate") for key in STANDINGS}
    return Place(
        name=form.name,
        area=form.area or district.area or "ordinary",
        facts=_facts([form.population, district.population, population]),
        reference=form.reference or district.reference or "",
        assumption=form.assumption or district.assumption or "",
        sources={key: _source(figure) for key, figure in {"households": form.households, **figures}.items()},
        district=form.district,
        communes=form.communes,
        poor_district=is_poor_district(form, draft.items("districts")),
        income_of=next(owner for owner, layer in owners.items() if layer.income_per_head is not None),
        **counts,
    )


def _stated(form: forms.StatedForm) -> Stated:
    at = form.to if form.what == "fall" else form.at
    return Stated(
        what=form.what,
        at=at or 0,
        since=form.since,
        of=form.of,
        count=None if form.count is None else int(form.count.value),
        rate=form.rate.value if form.rate else None,
        points=form.points.value if form.points else None,
        rate_rounding=form.rate.rounding if form.rate else 0.0,
        points_rounding=form.points.rounding if form.points else 0.0,
        place=form.place,
        series=form.series or "",
        reference=form.reference or "",
    )


def _target(form: TargetForm, first: int, last: int) -> Target:
    units: dict[str, Any] = {"level": "share", "fall": "points", "fall_per_year": "points a year", "cover": "share"}
    kind: Any = next(kind for kind in FORMS if getattr(form, kind) is not None)
    return Target(
        name=form.name,
        measure=form.measure or "",
        form=kind,
        value=0.0 if kind in ("zero", "outside") else float(getattr(form, kind).value),
        unit=units.get(kind, "count"),
        by=last if form.by is None else form.by,
        since=first - 1 if form.since is None else form.since,
        group=form.group,
        place=form.place,
        reference=form.reference or "",
        assumption=form.assumption or "",
        says=_both(form.says),
        note=_both(form.note),
        outside=_both(form.outside),
        over=form.over,
        mean=form.mean,
    )


def _both(form: BothForm | None) -> dict[str, str]:
    return {"vi": form.vi, "en": form.en} if form else {}
