"""The compiled quarter: one entry that reads as the list of its stages.

Rows are worked in blocks of at most 2,048 that never cross a replication, since parameters differ between them.
Threads may share the rows if every commune lies in one thread's range, for stages add to commune counters.
"""

from __future__ import annotations

import numpy as np

from sim.agents.members import SLOTS
from sim.agents.purposes import Purpose
from sim.dynamics.cash_stages import plan_spending, save_or_cope, serve_loans
from sim.dynamics.earning_stages import (
    earn_at_home,
    earn_elsewhere,
    look_ahead,
    make_factor,
    make_lasting_factor,
    move_persistent,
    produce,
    sum_means,
)
from sim.dynamics.frames import BLOCK, Scratch, communes_frame, households_frame, records
from sim.dynamics.herd_stages import keep_herd, tell_communes
from sim.dynamics.living_stages import change_living
from sim.dynamics.luck import draw_words, moment_of
from sim.dynamics.member_stages import MEMBER_PURPOSE, live_members, meet_the_quarter, pay_for_illness, sum_labour, work_members
from sim.dynamics.quarter_stages import close_quarter, open_quarter, run_down
from sim.dynamics.tally_stages import clear_counts, count_members, write_tallies
from sim.kit.columns import Table
from sim.kit.compiling import entry, rule, stage
from sim.kit.draws import split_seed

u8 = np.uint64
f4 = np.float32

EARNING, EVENTS, LIVING = int(Purpose.EARNING), int(Purpose.HOUSEHOLD_EVENTS), int(Purpose.LIVING)


@rule
def new_scratch():
    """Scratch space of one block."""
    size = BLOCK
    return Scratch(
        np.empty((4, size), np.uint32), np.zeros((4, size), np.int32),
        np.zeros(size, np.int32), np.zeros(size, np.int32), np.zeros(size, np.int32), np.zeros(size, np.int32), np.zeros(size, np.int32),
        np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32),
        np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32),
        np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32),
        np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.float32),
    )


@rule
def block_end(h, lo, hi):
    """Where the block that starts at ``lo`` ends: at most BLOCK rows on, and within one replication."""
    end = min(lo + BLOCK, hi)
    while h.who.replication[end - 1] != h.who.replication[lo]:
        end -= 1
    return end


@stage
def take_stock(h, w, s, rows, n):
    """Tallies over members."""
    clear_counts(s, n)
    for slot in range(SLOTS):
        count_members(h.people, w, s, slot, rows, n)
    write_tallies(h.people, h.tally, s, rows, n)


@entry
def live(lo, hi, quarter_number, k0, k1, first, h, c, rates, world):
    """One quarter of the households in rows lo to hi.

    ``first`` is the first replication of the run; ``rates`` and ``world`` hold a record for each replication.
    """
    s = new_scratch()
    while lo < hi:
        end = block_end(h, lo, hi)
        rows, n = slice(lo, end), end - lo
        p, w = rates[h.who.replication[lo] - first], world[h.who.replication[lo] - first]
        draw_words(h.who, s.words, k0, k1, moment_of(quarter_number, EVENTS), rows, n)
        open_quarter(h.who, h.tally, h.aid, h.flows, h.record, c, w, s, p, quarter_number % 4, rows, n)
        keep_herd(h.who, h.means, h.money, h.record, w, s, p, rows, n)
        meet_the_quarter(h.who, h.aid, h.record, c, w, s, p, rows, n)
        for slot in range(SLOTS):
            draw_words(h.who, s.words, k0, k1, moment_of(quarter_number, MEMBER_PURPOSE + slot), rows, n)
            live_members(h.people, h.aid, h.record, s, p, slot, rows, n)
            work_members(h.people, h.record, s, p, slot, rows, n)
            pay_for_illness(h.people, w, s, p, slot, rows, n)
        tell_communes(h.who, c, s, rows, n)
        take_stock(h, w, s, rows, n)
        draw_words(h.who, s.words, k0, k1, moment_of(quarter_number, EARNING), rows, n)
        move_persistent(h.means, s, p, rows, n)
        make_factor(h.who.ability[rows], h.means.persistent_shock[rows], s.words[1], s.factor, p, w.nominal, n)
        produce(h.who.land[rows], h.means.capital[rows], s.labour, s.produced, p, n)
        earn_at_home(h.who, h.means, h.aid, h.money, h.flows, c, w, s, p, k0, k1, rows, n)
        earn_elsewhere(h.who, h.tally, h.aid, h.flows, w, s, p, rows, n)
        plan_spending(h.tally, h.money, h.flows, h.record, w, s, p, rows, n)
        serve_loans(h.means, h.money, h.record, s, p, rows, n)
        save_or_cope(h.tally, h.means, h.money, h.flows, h.record, w, s, p, rows, n)
        draw_words(h.who, s.words, k0, k1, moment_of(quarter_number, LIVING), rows, n)
        change_living(h.who, h.tally, h.money, h.dwelling, h.record, w, s, p, rows, n)
        close_quarter(h.tally, h.flows, h.record, quarter_number % 4, rows, n)
        run_down(h.tally, h.aid, rows, n)
        take_lasting(h, c, w, s, p, rows, n)
        lo = end


@stage
def sum_all_labour(people, s, p, rows, n):
    """Labour and pay of all members as they stand, in health."""
    labour, wage = s.steady_labour, s.steady_wage
    for i in range(n):
        labour[i], wage[i] = f4(0.0), f4(0.0)
    for slot in range(SLOTS):
        sum_labour(people, s, p, slot, rows, n)


@stage
def take_lasting(h, c, w, s, p, rows, n):
    """Lasting income from labour and pay in health."""
    sum_means(h.means, w, s, p, rows, n)
    produce(h.who.land[rows], s.means, s.steady_labour, s.produced, p, n)
    make_lasting_factor(h.who.ability[rows], h.means.persistent_shock[rows], s.factor, w.nominal, n)
    look_ahead(h.who, h.tally, h.aid, h.record, c, w, s, p, rows, n)


@entry
def take_stock_of_all(lo, hi, first, h, c, rates, world):
    """Tallies and lasting income of rows lo to hi as they stand: after synthesis, family events and deliveries."""
    s = new_scratch()
    while lo < hi:
        end = block_end(h, lo, hi)
        rows, n = slice(lo, end), end - lo
        p, w = rates[h.who.replication[lo] - first], world[h.who.replication[lo] - first]
        take_stock(h, w, s, rows, n)
        sum_all_labour(h.people, s, p, rows, n)
        take_lasting(h, c, w, s, p, rows, n)
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
