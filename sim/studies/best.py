"""What ``best-mix`` answers: tidy tables of divisions of a mix's money and what they bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sim.studies.allocating import CURVE
from sim.studies.study import ScenarioStudy

if TYPE_CHECKING:
    import pandas as pd

TODAY, EQUAL, BEST = "today", "equal", "best"  # divisions; of several aims best_1, best_2 ... along the front


@dataclass(frozen=True)
class BestMix(ScenarioStudy):
    """The best division of a mix's money, or for several aims the front of divisions none of which is better in all.

    ``divisions``: a row a division (today's; the best), block of money (``over`` levers, years or places; ``money`` says which)
    and ``member``, with its ``share`` and ``dong``, and in rows of the best the least and greatest share among the divisions
    tried that cannot be told from the best (``flat_low``, ``flat_high``). ``fresh``: today's, equal and best division on luck that
    the search has not seen: ``mean`` of each aim with 90 % interval, and the difference from today's, paired; ``as_good`` says
    that it cannot be told from the best of them in that aim, ``promised`` is the difference that the search saw. ``tried``:
    every point with its mean, how far it is ``behind`` the best, whether it is ``as_good``, and ``why`` it was tried; ``points``
    has the shares of each. ``curves``: what each lever brings alone with a part of the money, over none of this money. ``aims``
    are numbers of which more is better; ``flips`` those that tables tell the other way round: fewer poor, less of a gap.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("divisions", "fresh", "tried", "points", "curves")

    mix: str
    aims: tuple[str, ...]
    flips: tuple[str, ...]
    years: Mapping[str, int]
    futures: Mapping[str, Mapping[str, str]]
    searched: int  # replications of the search
    divisions: pd.DataFrame
    fresh: pd.DataFrame
    tried: pd.DataFrame
    points: pd.DataFrame
    curves: pd.DataFrame

    @property
    def over(self) -> tuple[str, ...]:
        """What the money might be divided over, as asked."""
        return tuple(self.manifest["over"])

    @property
    def bests(self) -> tuple[str, ...]:
        """The best division, or those of the front."""
        return tuple(dict.fromkeys(row.division for row in self.rows("divisions") if row.division not in (TODAY, EQUAL)))

    @property
    def moved(self) -> tuple[str, ...]:
        """The aims of which some division of all the money gives another value than another."""
        whole = self.tried[self.tried["why"] != CURVE]
        return tuple(aim for aim in self.aims if whole["mean"][whole["aim"] == aim].nunique() > 1)
