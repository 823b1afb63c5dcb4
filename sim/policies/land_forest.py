"""Land and forest: production land for poor households short of it, and yearly contracts to protect forest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.agents.codebook import Area
from sim.law.book import Book
from sim.policies.applicants import Applicants
from sim.policies.effects import Add, Effect, Lend, SetTo
from sim.policies.lever import Lever, in_prices_of, whole
from sim.policies.luck import Use

PRICES_OF = 2024  # the year of the price of land in the YAML
LOAN = "bank.minority_land"
YEAR = 4  # quarters of a forest contract


class LandForest(Lever):
    """Land where the commune finds some for a poor household short of it; for others of these areas a year's forest contract."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Poor or of a minority; in a difficult area or of a minority; rural, able to work; short of land or near forest."""
        hard = self._is_hard(h)
        yield "poor, or of an ethnic minority", h.poor | (h.minority == 1)
        yield "poor district, especially difficult commune or ethnic minority", hard | (h.minority == 1)
        yield "rural", h.urban == 0
        yield "someone able to work", h.labourless == 0
        short = self._may_have_land(h)
        yield "land found for a poor household short of it, or else forest to protect", np.where(short, h.poor, self._may_forest(h))
        yield "no bank loan beside a land loan", (h.loan == 0) if h.option("loan") else np.ones(len(h), dtype=bool)

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The land that is lacking up to the norm, or the loan for it; or a year's fees."""
        now = h.moment.now
        most = Book.load().value(f"{LOAN}.ceiling", now) if h.option("loan") else h.figure("grant_land")
        land = np.minimum(self._lacking(h) * self._price(h), most)
        return np.maximum(whole(np.where(self._may_have_land(h), land, self._fee(h)), 10), 10)

    def contribution(self, h: Applicants, public: np.ndarray) -> np.ndarray:
        """What public money leaves of the price of the land that is lacking."""
        price = np.where(self._may_have_land(h), self._lacking(h) * self._price(h), 0.0)
        return np.maximum(whole(price, 10) - public, 0)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """As much land as the money buys, at its worth against the commune's fields; or the fee for four quarters."""
        who = h[served]
        public = who.support.astype(np.int64)
        land = self._may_have_land(who)
        paid = public + np.minimum(self.contribution(who, public), who.means())
        bought = np.minimum(self._lacking(who), paid / self._price(who))
        yield Add("land", bought * who.parameter("new_land_worth"), where=land)
        if h.option("loan"):
            book, now = Book.load(), h.moment.now
            quarters = int(book.value(f"{LOAN}.term_months", now)) // 3
            yield Lend(public, book.value(f"{LOAN}.rate", now), quarters, at_work=False)
        else:
            left = who.forest_fee_quarters.astype(np.float64)  # of last year's contract
            yield SetTo("forest_fee", (left * who.forest_fee + public) / (left + YEAR), where=~land)
            yield Add("forest_fee_quarters", YEAR, where=~land)

    def _is_hard(self, h: Applicants) -> np.ndarray:
        return h.of_commune("area") != Area.ORDINARY

    def _lacking(self, h: Applicants) -> np.ndarray:
        """Hectares short of the norm."""
        return np.maximum(h.figure("land_norm") - h.land.astype(np.float64), 0.0)

    def _may_have_land(self, h: Applicants) -> np.ndarray:
        """Short of land by half of the norm or more, had nothing of this lever, and the commune finds land for it.

        Nothing here changes between contract and delivery, as standing does: so what was promised is what arrives.
        """
        short = self._lacking(h) >= 0.5 * h.figure("land_norm")
        found = h.draw(Use.OWN_1, lasting=True) < h.parameter("land_is_found")
        return short & found & (h.last_received == 0) & bool(h.option("land"))

    def _may_forest(self, h: Applicants) -> np.ndarray:
        """Forest is contracted in poor districts and especially difficult communes; fees cannot be lent."""
        return self._is_hard(h) & (bool(h.option("forest")) and not h.option("loan"))

    def _fee(self, h: Applicants) -> np.ndarray:
        hectares = min(float(h.option("hectares")), h.figure("most_forest"))
        return np.full(len(h), hectares * h.figure("forest_fee_per_ha"))

    def _price(self, h: Applicants) -> np.ndarray:
        """Of a hectare, thousand dong at the moment's prices."""
        return h.parameter("land_price") * in_prices_of(h.moment.now, PRICES_OF)
