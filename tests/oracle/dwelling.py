"""Dwelling and services of a household in a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.codebook import Shock
from sim.dynamics import coping, living
from tests.oracle.luck import Words

if TYPE_CHECKING:
    from tests.oracle.household import Household

f4 = np.float32
ALL_PARTS = 3  # walls, pillars, roof


def change_living(h: Household, luck: Words) -> None:
    """Services come with the times and sometimes fail; the dwelling is built on, broken and worn."""
    p = h.rates
    services = {
        "clean_water": (luck.chance(0), p.ease_water),
        "hygienic_toilet": (luck.second_chance(0), p.ease_toilet),
        "internet": (luck.chance(1), p.ease_internet),
        "devices": (luck.second_chance(1), p.ease_devices),
    }
    for service, (u, ease) in services.items():
        gain = living.gain_chance(h.propensity, ease, p)
        setattr(h, service, int(living.next_service(getattr(h, service), u, gain, p.service_loss)))
    u_build, u_wear = luck.chance(2), luck.chance(3)
    if h.solid_parts < ALL_PARTS:
        build(h, u_build)
        if h.shocks & Shock.STORM and u_wear < p.storm_breaks_dwelling:
            h.solid_parts = max(h.solid_parts - 1, 0)
    if u_wear > f4(1.0) - p.dwelling_wear:
        h.solid_parts = max(h.solid_parts - 1, 0)


def build(h: Household, u: np.float32) -> None:
    """One solid part more: by own savings, which also bring eight square metres a head, or with the times."""
    p, price_level = h.rates, h.times.price_level
    own_means = living.can_build(h.savings, price_level, p)
    if own_means or u < living.gain_chance(h.propensity, p.ease_dwelling, p):
        h.solid_parts += 1
    if own_means:
        h.savings -= int(coping.rounded(p.solid_part_cost * price_level))
        h.floor_area_m2 = max(h.floor_area_m2, f4(8.0) * f4(h.members_at_home))
