"""Dwelling and services in the quarter."""

from __future__ import annotations

import numpy as np

from sim.agents.codebook import Shock
from sim.dynamics import coping, living
from sim.kit.compiling import stage
from sim.kit.maths import f4_uniform

f4 = np.float32
i4 = np.int32
u8 = np.uint64

STORM = int(Shock.STORM)


@stage
def change_living(who, tally, money, dwelling, record, w, s, p, rows, n):
    """Dwelling and services: by own means, with the times, and what storms and wear take."""
    solid, area, savings = dwelling.solid_parts[rows], dwelling.floor_area_m2[rows], money.savings[rows]
    water, toilet = dwelling.clean_water[rows], dwelling.hygienic_toilet[rows]
    internet, devices = dwelling.internet[rows], dwelling.devices[rows]
    propensity, hit, people = who.propensity[rows], record.shocks[rows], tally.members_at_home[rows]
    for i in range(n):
        # Each word serves two services: its upper bits the one, the lower bits, moved up, the other.
        u_water, u_toilet = f4_uniform(s.words[0, i]), f4_uniform((s.words[0, i] << u8(16)) & u8(0xFFFFFFFF))
        u_internet, u_devices = f4_uniform(s.words[1, i]), f4_uniform((s.words[1, i] << u8(16)) & u8(0xFFFFFFFF))
        pace = propensity[i]
        water[i] = living.next_service(water[i], u_water, living.gain_chance(pace, p.ease_water, p), p.service_loss)
        toilet[i] = living.next_service(toilet[i], u_toilet, living.gain_chance(pace, p.ease_toilet, p), p.service_loss)
        internet[i] = living.next_service(internet[i], u_internet, living.gain_chance(pace, p.ease_internet, p), p.service_loss)
        devices[i] = living.next_service(devices[i], u_devices, living.gain_chance(pace, p.ease_devices, p), p.service_loss)
        u_build, u_wear = f4_uniform(s.words[2, i]), f4_uniform(s.words[3, i])
        parts = i4(solid[i])
        if parts < 3:
            own_means = living.can_build(savings[i], w.price_level, p)
            if own_means | (u_build < living.gain_chance(pace, p.ease_dwelling, p)):
                parts += 1
                savings[i] -= coping.rounded(p.solid_part_cost * w.price_level) if own_means else 0
                area[i] = max(area[i], f4(8.0) * f4(people[i]) if own_means else area[i])
            if ((hit[i] & STORM) != 0) & (u_wear < p.storm_breaks_dwelling):
                parts = max(parts - 1, 0)
        if u_wear > f4(1.0) - p.dwelling_wear:
            parts = max(parts - 1, 0)
        solid[i] = parts
