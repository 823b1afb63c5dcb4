"""The labels of the place axis of results: the whole, districts, places, and what targets say of several districts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.measures.grouping import ALL
from sim.measures.levels import Levels

POOR_DISTRICTS = "poor_districts"  # all poor districts as one
MEAN_OF_DISTRICTS, MEAN_OF_POOR_DISTRICTS = "mean_of_districts", "mean_of_poor_districts"  # the mean of their rates
MEANS = (MEAN_OF_DISTRICTS, MEAN_OF_POOR_DISTRICTS)


@dataclass(frozen=True)
class Label:
    """One label: ``level`` is whole, district, place, group or mean; ``places`` are indices, ``units`` of a mean are labels."""

    name: str
    level: str
    places: tuple[int, ...] = ()
    units: tuple[str, ...] = ()


def axis(places: Sequence[str], districts: Mapping[str, Sequence[str]], poor: Sequence[str], means: Sequence[str]) -> tuple[Label, ...]:
    """The place axis. A district that is one place of the same name has no label of its own."""
    whole = Label(ALL, "whole", tuple(range(len(places))))
    if len(places) == 1:
        return (whole,)
    index = {name: number for number, name in enumerate(places)}
    labels = [whole]
    labels += [Label(name, "district", tuple(index[one] for one in some)) for name, some in districts.items() if tuple(some) != (name,)]
    labels += [Label(name, "place", (number,)) for name, number in index.items()]
    if poor:
        labels.append(Label(POOR_DISTRICTS, "group", tuple(index[name] for name in poor)))
    for mean in means:
        some = poor if mean == MEAN_OF_POOR_DISTRICTS else places
        labels.append(Label(mean, "mean", units=units_of(some, districts)))
    return tuple(labels)


def units_of(places: Sequence[str], districts: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What a mean over districts is taken of: districts that lie among the places whole, and places without one."""
    whole = {one: name for name, some in districts.items() if set(some) <= set(places) for one in some}
    return tuple(dict.fromkeys(whole.get(name, name) for name in places))


def levels(labels: Sequence[Label], homes: np.ndarray, weight: int, parts: Sequence[int] | None = None, in_classes: bool = False) -> Levels:
    """The place axis over cells, ``homes`` their places and ``parts`` the communes each stands for; a row stands for ``weight``
    households; ``in_classes`` as in Levels."""
    names = [label.name for label in labels]
    own = [label.places for label in labels if label.level != "mean"]
    means = [[names.index(unit) for unit in label.units] for label in labels if label.level == "mean"]
    return Levels(homes, own, means, weight, parts, in_classes)


def label_of(target: Any) -> str:
    """The label that a scenario's target is about."""
    over, mean = getattr(target, "over", None), getattr(target, "mean", None)
    if mean:
        return MEAN_OF_POOR_DISTRICTS if over == POOR_DISTRICTS else MEAN_OF_DISTRICTS
    return over or target.place or ALL
