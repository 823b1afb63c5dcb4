"""A future that a plan may meet: what differs from the usual one after the start, from which all futures set out alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sim.kit.reading import read
from sim.scenario.future_form import FutureForm
from sim.scenario.scalars import native

FILE = Path(__file__).with_name("futures.yaml")


@dataclass(frozen=True)
class Shock:
    """A common shock that strikes every commune in some ``quarters`` of one ``year`` of the plan.

    ``loss`` is the share of a year's own production that it takes in all, on average.
    """

    loss: float
    year: Literal["first", "middle", "last"] = "last"
    quarters: tuple[int, ...] = (2,)


@dataclass(frozen=True)
class Future:
    """What is changed: ``parameters`` replaced by a number or prior, or drawn as usual and multiplied (``times``); ``structure``;
    ``delivery``; ``money``, the share of each kind that comes at all; ``next_year``, the share of a year's money of each kind that
    comes only in the next year of the plan; ``late``, quarters by which the plan is signed later; a common ``shock``.
    """

    key: str
    name: Mapping[str, str]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    times: Mapping[str, float] = field(default_factory=dict)
    structure: Mapping[str, bool] = field(default_factory=dict)
    delivery: str = ""
    money: Mapping[str, float] = field(default_factory=dict)
    next_year: Mapping[str, float] = field(default_factory=dict)
    late: int = 0
    shock: Shock | None = None
    reference: str = ""
    assumption: str = ""


def build(key: str, form: FutureForm) -> Future:
    """The future that a sound form says."""
    shock = form.shock
    return Future(
        key=key,
        name={"vi": form.name.vi, "en": form.name.en},
        parameters=native(form.parameters),
        times=native(form.times),
        structure={name: value for name, value in vars(form.structure).items() if value is not None},
        delivery=form.delivery or "",
        money={kind: float(share.value) for kind, share in form.money.items()},
        next_year={kind: float(share.value) for kind, share in form.next_year.items()},
        late=form.late,
        shock=None if shock is None else Shock(float(shock.loss.value), shock.year, tuple(shock.quarters)),
        reference=form.reference or "",
        assumption=form.assumption or "",
    )


@cache
def shipped() -> Mapping[str, Future]:
    """The futures that come with the program, by key."""
    return {str(key): build(str(key), FutureForm.model_validate(given)) for key, given in read(FILE).texts.items()}
