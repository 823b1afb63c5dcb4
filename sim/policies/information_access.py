"""Information access: a device, a year of internet service, or both, for households that lack them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, SetAtLeast
from sim.policies.lever import Lever, in_prices_of, whole
from sim.policies.luck import Use

PRICES_OF = 2024  # the year of the phone's price in the YAML


class InformationAccess(Lever):
    """Part of the price of a smart phone, or a whole radio, and a year of internet service."""

    contribution_is_required = True

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Listed or newly escaped, without something that the plan gives."""
        yield "poor, near-poor or newly escaped", h.listed | h.newly_escaped
        yield "without the device or service of the plan", self._device(h) | self._service(h)

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """Support for the device, and a year's support for the service."""
        yearly = h.figure("months_of_service") * h.figure("service_support")
        return whole(np.where(self._device(h), self._device_support(h), 0.0) + np.where(self._service(h), yearly, 0.0))

    def contribution(self, h: Applicants, public: np.ndarray) -> np.ndarray:
        """What public money leaves of the device's price and of a year's fees."""
        fees = h.figure("months_of_service") * h.figure("service_fee")
        price = np.where(self._device(h), self._price(h), 0.0) + np.where(self._service(h), fees, 0.0)
        return np.maximum(whole(price) - public, 0)

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """Device and service, where they are put to use; both then break or lapse as others do."""
        who = h[served]
        used = who.draw(Use.SUCCESS, lasting=True) < who.parameter("information_put_to_use")
        device, service = self._device(who) & used, self._service(who) & used
        yield SetAtLeast("devices", 1, where=device)
        yield SetAtLeast("internet", 1, where=service)

    def _device(self, h: Applicants) -> np.ndarray:
        """Lacks a device, and the plan gives one."""
        return (h.devices == 0) & bool(h.option("devices"))

    def _service(self, h: Applicants) -> np.ndarray:
        """Without internet, and the plan pays for it where there is something to use it with: a radio will not do."""
        gets_phone = self._device(h) & (not h.option("radio"))
        return (h.internet == 0) & bool(h.option("internet")) & ((h.devices == 1) | gets_phone)

    def _price(self, h: Applicants) -> np.ndarray:
        if h.option("radio"):
            return np.full(len(h), h.figure("radio_price"))
        return h.parameter("phone_price") * in_prices_of(h.moment.now, PRICES_OF)

    def _device_support(self, h: Applicants) -> np.ndarray:
        """A radio is given whole; of a phone's price the state pays up to its norm."""
        price = self._price(h)
        return price if h.option("radio") else np.minimum(price, h.figure("phone_support"))
