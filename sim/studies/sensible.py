"""What ``sensitivity`` gives: which source, which group of assumptions and which number drives an outcome, and what knowing it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sim.studies.study import ScenarioStudy

if TYPE_CHECKING:
    import pandas as pd

TARGET, HOUSEHOLDS, LIFTED = "target", "households", "lifted"  # kinds of outcome
EVERYTHING, GROUP, NUMBER = "everything", "group", "number"  # what might be known
REST = "rest"  # all groups but the foremost, together


@dataclass(frozen=True)
class Sensitivity(ScenarioStudy):
    """What drives the outcomes of a mix.

    ``outcomes``: a row an outcome (what each target measures, poor households, and households lifted over no policy) with mean and
    spread; ``main`` is the one that was asked about. ``split``: shares of its variance by source (Shapley effects, adding to one) with
    90 % intervals, what the source explains ``alone`` and ``with_all`` others. ``screening``: Morris' mu* of each group of uncertain
    numbers, in the outcome's unit. ``indices``: first and total Sobol' indices of the foremost groups, the others together as ``rest``.
    ``numbers``: rank correlation of each uncertain number with the outcome over the prior sample, and ``noise``, what about
    one of them would reach by luck alone. ``information``: what knowing everything, a group or a number would be worth for the choice
    among ``mixes``, in households; ``seen`` where it is told from nothing.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("outcomes", "split", "screening", "indices", "information", "numbers")

    mix: str
    mixes: tuple[str, ...]
    main: str
    outcomes: pd.DataFrame
    split: pd.DataFrame
    screening: pd.DataFrame
    indices: pd.DataFrame
    information: pd.DataFrame
    numbers: pd.DataFrame
    meanings: Mapping[str, Mapping[str, str]]  # of the uncertain numbers, in vi and en
    runs: Mapping[str, int]  # replications of each part
