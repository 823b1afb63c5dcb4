"""The compiled quarter: one entry that reads as the list of its stages.

Rows are worked in blocks of at most 512 that never cross a replication, since parameters differ between them.
Threads may share the rows if every commune lies in one thread's range, for stages add to commune counters.
"""

from __future__ import annotations

import numpy as np

from sim.agents.members import SLOTS
from sim.agents.purposes import Purpose
from sim.dynamics import household_stages as household
from sim.dynamics import member_stages as member
from sim.dynamics.frames import BLOCK, Scratch, communes_frame, households_frame, records
from sim.kit.columns import Table
from sim.kit.compiling import entry, rule
from sim.kit.draws import split_seed

u8 = np.uint64
f4 = np.float32

EARNING, EVENTS, LIVING = int(Purpose.EARNING), int(Purpose.HOUSEHOLD_EVENTS), int(Purpose.LIVING)
MEMBER = member.MEMBER_PURPOSE


@rule
def moment_of(quarter, purpose):
    """The counter word that names when and for what a draw is made."""
    return u8((quarter << 16) | purpose)


@rule
def new_scratch():
    """Scratch space of one block."""
    size = BLOCK
    return Scratch(
        np.empty((4, size), np.uint64), np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32),
        np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32),
        np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32),
    )


@rule
def block_end(h, lo, hi):
    """Where the block that starts at ``lo`` ends: at most BLOCK rows on, and within one replication."""
    end = min(lo + BLOCK, hi)
    while h.replication[end - 1] != h.replication[lo]:
        end -= 1
    return end


@rule
def take_stock(h, c, w, s, p, lo, n):
    """Tallies over members, then the lasting income that they support."""
    member.clear_tallies(h, s, lo, n)
    for slot in range(SLOTS):
        member.tally_people(h, s, slot, lo, n)
        member.tally_labour(h, slot, lo, n)


@entry
def live(lo, hi, quarter_number, k0, k1, first, h, c, rates, world):
    """One quarter of the households in rows lo to hi.

    ``first`` is the first replication of the run; ``rates`` and ``world`` hold a record for each replication.
    """
    s = new_scratch()
    while lo < hi:
        end = block_end(h, lo, hi)
        n = end - lo
        p, w = rates[h.replication[lo] - first], world[h.replication[lo] - first]
        member.draw_words(h, s.words, k0, k1, moment_of(quarter_number, EVENTS), lo, n)
        household.open_quarter(h, c, s, p, lo, n)
        household.keep_herd(h, c, w, s, p, lo, n)
        for slot in range(SLOTS):
            member.draw_words(h, s.words, k0, k1, moment_of(quarter_number, MEMBER + slot), lo, n)
            member.live_members(h, c, w, s, p, slot, lo, n)
        take_stock(h, c, w, s, p, lo, n)
        member.draw_words(h, s.words, k0, k1, moment_of(quarter_number, EARNING), lo, n)
        household.move_persistent(h, s, p, lo, n)
        household.make_factor(h.ability[lo:end], h.persistent_shock[lo:end], s.words[1], s.factor, p, w.nominal, n)
        household.produce(h.land[lo:end], h.capital[lo:end], s.labour, s.produced, p, n)
        household.earn_at_home(h, c, w, s, p, k0, k1, lo, n)
        household.earn_elsewhere(h, w, s, p, lo, n)
        household.plan_spending(h, w, s, p, lo, n)
        household.serve_loans(h, s, p, lo, n)
        household.save_or_cope(h, w, s, p, lo, n)
        member.draw_words(h, s.words, k0, k1, moment_of(quarter_number, LIVING), lo, n)
        household.change_living(h, w, s, p, lo, n)
        household.close_quarter(h, quarter_number % 4, lo, n)
        take_lasting(h, c, w, s, p, lo, n)
        lo = end


@rule
def take_lasting(h, c, w, s, p, lo, n):
    """Lasting income from labour and pay as they stand, nobody ill."""
    s.labour[:n] = f4(0.0)
    s.wage[:n] = f4(0.0)
    for slot in range(SLOTS):
        member.sum_labour(h, s, p, slot, lo, n)
    household.sum_means(h, s, p, lo, n)
    household.produce(h.land[lo : lo + n], s.means, s.labour, s.produced, p, n)
    household.make_lasting_factor(h.ability[lo : lo + n], h.persistent_shock[lo : lo + n], s.factor, w.nominal, n)
    household.look_ahead(h, c, w, s, p, lo, n)


@entry
def take_stock_of_all(lo, hi, first, h, c, rates, world):
    """Tallies and lasting income of rows lo to hi as they stand: after synthesis, family events and deliveries."""
    s = new_scratch()
    while lo < hi:
        end = block_end(h, lo, hi)
        n = end - lo
        p, w = rates[h.replication[lo] - first], world[h.replication[lo] - first]
        take_stock(h, c, w, s, p, lo, n)
        take_lasting(h, c, w, s, p, lo, n)
        lo = end


def refresh(households: Table, communes: Table, rates: np.ndarray, world: np.ndarray) -> None:
    """Write all tallies, ``labourless`` and ``lasting_income`` from the present state of every row."""
    if len(households):
        first = int(households.replication[0])
        h, c = households_frame(households), communes_frame(communes)
        take_stock_of_all(0, len(households), first, h, c, records(rates), records(world))


def live_quarter(
    households: Table, communes: Table, rates: np.ndarray, world: np.ndarray, quarter_number: int, seed: int, rows: tuple[int, int]
) -> None:
    """One quarter of the rows ``rows[0]`` to ``rows[1]``; whole communes only. Releases the interpreter lock."""
    k0, k1 = split_seed(seed)
    first = int(households.replication[0])
    h, c = households_frame(households), communes_frame(communes)
    live(rows[0], rows[1], quarter_number, u8(k0), u8(k1), first, h, c, records(rates), records(world))
