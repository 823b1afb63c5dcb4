"""The core step in this engine's style: rules compiled as stages over blocks, keyed draws, polynomial maths, exact choice."""

from __future__ import annotations

import numpy as np

from bench.core import task
from sim.kit.compiling import entry, rule, stage
from sim.kit.draws import philox, split_seed
from sim.kit.maths import f4_exp, f4_log, f4_normal, f4_uniform

f4, i4, u4, u8 = np.float32, np.int32, np.uint32, np.uint64

BLOCK = 2048
EARNING, FIRST_SERVICES, LAST_SERVICES = 1, 2, 3  # purposes of draws
PERSISTENCE, NOISE, PASSING = f4(task.PERSISTENCE), f4(task.NOISE), f4(task.PASSING)
ELASTICITY, GARDEN, USUAL = f4(task.ELASTICITY), f4(task.GARDEN), f4(task.USUAL)
WORN, SAVED, NEEDS = f4(1.0 - task.WEAR), f4(3.0 * task.SAVED), f4(task.NEEDS)
SHOCK, KEPT = f4(task.SHOCK), f4(task.KEPT)
LINE, LACKING, GRANT = f4(task.LINE), i4(task.LACKING), f4(task.GRANT)
UPPER, LOWER = u8(16), u8(0xFFFF)
# A hazard is met where a 16-bit number lies below its threshold.
LOSS = i4(round(task.LOSS * 65536))
GAIN = np.array([round(gain * 65536) for gain in task.GAIN], dtype=np.int32)
HALF = task.SERVICES // 2


@rule
def income_of(ability, z, assets, noise):
    """Income of the quarter by ability, persistent and passing shock, and assets."""
    passing = PASSING * noise - f4(0.5) * PASSING * PASSING
    return f4_exp(ability + z + passing + ELASTICITY * f4_log((assets + GARDEN) / USUAL))


@rule
def next_assets(assets, income, u):
    """Assets wear, grow by a part of income above needs, and may be struck."""
    after = assets * WORN + SAVED * max(income - NEEDS, f4(0.0))
    struck = after * KEPT
    return struck if u < SHOCK else after


@rule
def next_service(mask, which, u, gain):
    """The mask of services with one of them kept, lost or gained; ``u`` and ``gain`` in parts of 65,536."""
    hazard = LOSS if (mask >> which) & 1 == 1 else gain
    return i4(mask ^ ((1 if u < hazard else 0) << which))


@stage
def draw(words, origin, moment, k0, k1, n):
    """Four words for each household of the block."""
    w0, w1, w2, w3 = words[0], words[1], words[2], words[3]
    for i in range(n):
        a, b, c, d = philox(u8(origin[i]), u8(0), u8(0), moment, k0, k1)
        w0[i], w1[i], w2[i], w3[i] = a, b, c, d


@stage
def earn(ability, z, assets, income, year, words, n):
    """Income and assets of the block."""
    w0, w1, w2 = words[0], words[1], words[2]
    for i in range(n):
        z[i] = PERSISTENCE * z[i] + NOISE * f4_normal(w0[i])
        income[i] = income_of(ability[i], z[i], assets[i], f4_normal(w1[i]))
        assets[i] = next_assets(assets[i], income[i], f4_uniform(w2[i]))
        year[i] += income[i]


@stage
def change_services(services, words, first, n):
    """Six services of the block: two of them to each of three words."""
    w0, w1, w2 = words[0], words[1], words[2]
    g0, g1, g2, g3, g4, g5 = GAIN[first], GAIN[first + 1], GAIN[first + 2], GAIN[first + 3], GAIN[first + 4], GAIN[first + 5]
    for i in range(n):
        mask = services[i]
        mask = next_service(mask, first, i4(w0[i] & LOWER), g0)
        mask = next_service(mask, first + 1, i4(w0[i] >> UPPER), g1)
        mask = next_service(mask, first + 2, i4(w1[i] & LOWER), g2)
        mask = next_service(mask, first + 3, i4(w1[i] >> UPPER), g3)
        mask = next_service(mask, first + 4, i4(w2[i] & LOWER), g4)
        services[i] = next_service(mask, first + 5, i4(w2[i] >> UPPER), g5)


@rule
def lacking_of(mask):
    """How many services are lacking."""
    count = i4(0)
    for k in range(task.SERVICES):
        count += 1 - ((mask >> k) & 1)
    return count


@entry
def review(services, year, poor):
    """Who is poor: low income over the year and many services lacking."""
    for i in range(len(year)):
        poor[i] = 1 if (year[i] * f4(0.25) < LINE) & (lacking_of(services[i]) >= LACKING) else 0


@entry
def quarter(lo, hi, number, k0, k1, origin, ability, z, assets, services, income, year):
    """One quarter of rows lo to hi."""
    words = np.empty((4, BLOCK), np.uint32)
    while lo < hi:
        end = min(lo + BLOCK, hi)
        rows, n, moment = slice(lo, end), end - lo, number << 16
        draw(words, origin[rows], u8(moment | EARNING), k0, k1, n)
        earn(ability[rows], z[rows], assets[rows], income[rows], year[rows], words, n)
        draw(words, origin[rows], u8(moment | FIRST_SERVICES), k0, k1, n)
        change_services(services[rows], words, 0, n)
        draw(words, origin[rows], u8(moment | LAST_SERVICES), k0, k1, n)
        change_services(services[rows], words, HALF, n)
        lo = end


class Model:
    """All households as columns; services as bits."""

    def __init__(self, households: int, seed: int):
        begin = task.start(households)
        self.key = tuple(u8(word) for word in split_seed(seed))
        self.ability, self.z, self.assets = (begin[name].copy() for name in ("ability", "z", "assets"))
        self.services = (begin["services"].astype(np.int32) << np.arange(task.SERVICES)[:, None]).sum(axis=0, dtype=np.int32)
        self.origin = np.arange(households, dtype=np.uint32)
        self.income, self.year = np.zeros(households, dtype=f4), np.zeros(households, dtype=f4)
        self.poor, self.grants = np.zeros(households, dtype=np.uint8), np.zeros(households, dtype=np.int32)
        self.quarter = 0

    def step(self) -> None:
        """One quarter of everybody."""
        columns = (self.origin, self.ability, self.z, self.assets, self.services, self.income, self.year)
        quarter(0, len(self.z), self.quarter, *self.key, *columns)
        self.quarter += 1
        if self.quarter % task.QUARTERS == 0:
            review(self.services, self.year, self.poor)
            self.transfer()
            self.year[:] = 0.0

    def transfer(self) -> None:
        """Grants to the poorest of the poor: a sort of whole-number keys, cut where the budget ends.

        A key is need, then row. No two are equal, so every way of sorting gives the same order.
        """
        poor = np.flatnonzero(self.poor).astype(np.uint64)
        need = self.year.view(np.uint32)[poor].astype(np.uint64)  # positive floats sort as their bits
        served = np.sort((need << u8(32)) | poor)[: len(self.z) * task.BUDGET // 100] & u8(0xFFFFFFFF)
        self.assets[served] += GRANT
        self.grants[served] += 1

    def final(self) -> dict[str, np.ndarray]:
        """What the summary asks for."""
        return task.final_of_bits(self)
