"""Farm production support: packages of stock, seedlings, tools and inputs, with or without extension."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.kit import maths
from sim.policies.applicants import Applicants
from sim.policies.effects import Add, Coach, Effect
from sim.policies.lever import Lever, in_prices_of, whole
from sim.policies.luck import Use

PRICES_OF = 2024  # the year of the package's cost in the YAML


class ProductionSupport(Lever):
    """A package that adds to working capital what of it lasts and suits, and spares the household purchases of a season."""

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Listed or newly escaped, with somebody to work and something to work on."""
        yield "poor, near-poor or newly escaped", h.listed | h.newly_escaped
        yield "someone able to work", h.labourless == 0
        yield "land to work", h.land >= h.figure("least_land")

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The public share of the package up to the cap of the household's standing, and the extension."""
        cap = np.array([h.figure("cap_newly_escaped"), h.figure("cap_near_poor"), h.figure("cap_poor")])[h.standing]
        public = self._package(h) * (1.0 - h.parameter("production_household_share"))
        return np.maximum(whole(np.minimum(public, cap), 10), 10) + self._extension_cost(h)

    def contribution(self, h: Applicants, public: np.ndarray) -> np.ndarray:
        """What public money leaves of the package."""
        return np.maximum(whole(self._package(h), 10) + self._extension_cost(h) - public, 0)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Stock, tools and seedlings that suit stay as capital and wear; inputs of a season in part replace what would have been
        bought; extension visits cut what is ill-suited and teach those who keep animals."""
        who = h[served]
        public = who.support.astype(np.int64)
        package = public - self._extension_cost(who) + np.minimum(self.contribution(who, public), who.means())
        useful = np.maximum(package, 0) * (1.0 - self._ill_suited(who))
        lasting = useful * who.parameter("package_lasting_share")
        yield Add("capital", lasting)
        yield Add("savings", whole((useful - lasting) * who.parameter("inputs_spare_purchases")))
        if h.option("extension"):
            yield Coach(int(h.figure("extension_quarters")), where=(who.young_animals > 0) | (who.grown_animals > 0))

    def _package(self, h: Applicants) -> np.ndarray:
        """What a package costs all payers, one price a commune: thousand dong at the moment's prices."""
        spread = maths.exp(h.parameter("production_package_spread") * h.draw_commune_normal(Use.COST))
        return h.parameter("production_package_cost") * spread * in_prices_of(h.moment.now, PRICES_OF) * h.option("size")

    def _ill_suited(self, h: Applicants) -> np.ndarray:
        """Share of a package that dies, spoils or is not wanted; good staff choose better, extension saves part."""
        share = h.parameter("package_ill_suited") / np.maximum(h.of_commune("staff_capacity").astype(np.float64), 0.1)
        saved = h.parameter("extension_saves_package") if h.option("extension") else 0.0
        return np.minimum(share, 1.0) * (1.0 - saved)

    def _extension_cost(self, h: Applicants) -> int:
        return int(h.figure("extension_cost")) if h.option("extension") else 0
