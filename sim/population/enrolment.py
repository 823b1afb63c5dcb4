"""A review list laid over the start: its households take the places of drawn ones of the same standing.

What the list tells is written. What it does not tell is drawn given what it does: a household's means, income and memory of the
lists are those of a drawn household of its standing, its family that of a drawn household of the same commune with as nearly the
stated size, labour, children, head and lacks as there is one. Ability is then solved so that income stays what it was, or what the
list says, and the lasting error of the score so that the score does.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents import members as m
from sim.agents.codebook import NEVER, Standing
from sim.kit import maths
from sim.kit.calendar import Quarter
from sim.kit.columns import Table
from sim.population.cards import settle_cards
from sim.population.dwelling import gain_services, lose_services
from sim.population.likeness import Told, donors_of
from sim.population.marks import MARKS, marked
from sim.population.roster_file import Roster
from sim.population.tables import table

ROUNDS = 4
MOST_SUPPORT, LEAST_EARNED = 0.8, 0.05  # of income, for households that can work
SERVICES = {"water_source": "clean_water", "toilet": "hygienic_toilet", "telecom": "internet", "information_devices": "devices"}


def enrol(society: Any, roster: Roster, begin: Quarter) -> None:
    """Lay the list over a start whose counts are already the list's own (``reviewed``); rows keep their places in the table."""
    h = society.households
    rows, entry = _seats(h, roster, len(society.communes))
    list_of = Told(roster, entry)
    score, income = society.score(begin)[rows], h.lasting_income[rows].astype(np.float64)
    _write_identity(h, rows, list_of)
    _give_families(society, rows, list_of)
    _write_means(h, rows, list_of, begin)
    _write_members(society, rows, list_of)
    _write_services(society, rows, list_of)
    _agree_with_standing(society, rows)
    _write_services(society, rows, list_of)
    _keep_poor(society, rows)
    _keep_income(society, rows, list_of.over("income", income))
    _keep_score(society, rows, list_of, score, begin)
    society.take_stock()
    society.stated = rows
    h.deprivations[...] = society.standard.deprivations(h)


def _seats(h: Table, roster: Roster, cells: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the table that the list's households take, and the number of each in the list: in every replication the first
    rows of their place and standing."""
    standings, places = len(Standing), len(roster.places)
    kind = h.cell.astype(np.int64) * standings + h.reviewed
    order = np.argsort(kind, kind="stable")
    sizes = np.bincount(kind, minlength=cells * standings)
    starts = np.cumsum(sizes) - sizes
    of_list = roster.place * standings + roster.values["standing"].astype(np.int64)
    entries = np.argsort(of_list, kind="stable")
    wanted = np.bincount(of_list, minlength=places * standings)
    within = np.arange(len(roster)) - np.repeat(np.cumsum(wanted) - wanted, wanted)
    if (np.tile(wanted, cells // places) > sizes).any():
        raise ValueError("the list holds more households of a standing than its place has")
    seats = starts.reshape(-1, places * standings)[:, of_list[entries]] + within
    rows = order[seats]
    return rows.ravel(), np.tile(entries, len(rows))


def _write_identity(h: Table, rows: np.ndarray, told: Told) -> None:
    """Urban, minority, merit, village."""
    for name in ("urban", "minority", "merit"):
        h[name][rows] = told.over(name, h[name][rows]).astype(np.uint8)
    village = told.roster.village[told.entry]
    h.village[rows] = np.where(village >= 0, village, h.village[rows]).astype(h.village.dtype)


def _give_families(society: Any, rows: np.ndarray, told: Told) -> None:
    """Members of a household of the same commune that is as like as possible; the head's sex and year of birth as told."""
    h = society.households
    donor = donors_of(society, rows, told)
    taken, others = h.members[:, donor], h.others[donor]
    born = told.item("head_born")
    age = society.world.begin.year - born
    is_head = (m.get(taken, "head") == 1) & (m.get(taken, "present") == 1)
    known = ~np.isnan(born) & (age >= 16)
    words = m.put(taken, "age", np.where(known, np.clip(age, 16, 110), 0.0).astype(np.int32))
    taken = np.where(is_head & known, words, taken)
    female = told.item("female_head")
    words = m.put(taken, "female", (female == 1.0).astype(np.int32))
    h.members[:, rows] = np.where(is_head & ~np.isnan(female), words, taken).astype(np.int32)
    h.others[rows] = others
    society.take_stock()


def _write_means(h: Table, rows: np.ndarray, told: Told, begin: Quarter) -> None:
    """Land, cattle, loan and clocks."""
    h.land[rows] = told.over("land", h.land[rows]).astype(np.float32)
    h.grown_animals[rows] = told.over("cattle", h.grown_animals[rows]).astype(np.uint8)
    h.loan[rows] = told.over("loan", h.loan[rows]).astype(np.int32)
    off = h.reviewed[rows] == Standing.NOT_LISTED
    for item, column in (("left_poor", "quarters_since_poor"), ("left_lists", "quarters_since_listed")):
        since = np.minimum(np.floor(4.0 * (begin.year - told.item(item))), NEVER)
        mask = off & ~np.isnan(since)
        h[column][rows[mask]] = since[mask].astype(h[column].dtype)
        h.standing[rows[mask]] = Standing.NOT_LISTED


def _write_members(society: Any, rows: np.ndarray, told: Told) -> None:
    """Cards by standing, then what marks say of members."""
    h = society.households
    listed = h.reviewed[rows] != Standing.NOT_LISTED
    chance = np.where(h.reviewed == Standing.POOR, society.by_row["card_reaches_poor"], society.by_row["card_reaches_near_poor"])
    settle_cards(h, rows[listed], chance, society.seed, float(society.world.record["old_from"][0]))
    for indicator in MARKS:
        h.members[:, rows] = marked(h.members[:, rows], indicator, told.item(f"lacks_{indicator}"))
    society.take_stock()


def _agree_with_standing(society: Any, rows: np.ndarray) -> None:
    """The poor lack as much as makes a household poor, the near-poor less: services of which the list is silent give way."""
    h, standard = society.households, society.standard
    _keep_poor(society, rows)
    if "many" in standard.cutoffs:
        gain_services(h, rows[h.reviewed[rows] == Standing.NEAR_POOR], standard, society.seed, society.by_row)


def _keep_poor(society: Any, rows: np.ndarray) -> None:
    """A poor household that lacks too little to be poor, as where no member can bear a mark, lacks a service more."""
    h, standard = society.households, society.standard
    if "many" in standard.cutoffs:
        society.take_stock()
        lose_services(h, rows[h.reviewed[rows] == Standing.POOR], standard, society.seed, society.by_row)


def _write_services(society: Any, rows: np.ndarray, told: Told) -> None:
    """Dwelling and services: as told, else as the marks of lacking say, else as drawn."""
    h = society.households
    parts, solid = h.solid_parts[rows].astype(np.float64), told.has("housing_quality")
    by_mark = np.where(solid == 1.0, np.maximum(parts, 2.0), np.where(solid == 0.0, np.minimum(parts, 1.0), parts))
    h.solid_parts[rows] = told.over("solid_parts", by_mark).astype(np.uint8)
    h.floor_area_m2[rows] = told.over("floor_area", _area_by_mark(society, rows, told)).astype(np.float32)
    for indicator, column in SERVICES.items():
        has, drawn = told.has(indicator), h[column][rows]
        h[column][rows] = np.where(np.isnan(has), drawn, has).astype(np.uint8)


def _area_by_mark(society: Any, rows: np.ndarray, told: Told) -> np.ndarray:
    """Floor area a tenth over or under what the indicator asks, where a mark contradicts what was drawn."""
    h, has = society.households, told.has("housing_area")
    least = next((i.thresholds["least_area_m2_per_head"] for i in society.standard.items if i.indicator.key == "housing_area"), 8.0)
    line = least * np.maximum(h.members_at_home[rows], 1)
    area = h.floor_area_m2[rows].astype(np.float64)
    area = np.where(has == 1.0, np.maximum(area, 1.1 * line), area)
    return np.where(has == 0.0, np.minimum(area, 0.9 * line), area)


def _keep_income(society: Any, rows: np.ndarray, wanted: np.ndarray) -> None:
    """Ability such that lasting income a head is ``wanted``, within ability's limits; kin's support gives way where it is more than
    that, and is what changes where nobody can work."""
    limits = table("support")
    for _ in range(ROUNDS):
        society.take_stock()
        h = society.households
        people = 3.0 * np.maximum(h.members_counted[rows], 1)
        asked, got = people * np.maximum(wanted, 1.0), people * np.maximum(h.lasting_income[rows].astype(np.float64), 1.0)
        support, none = h.outside_support[rows].astype(np.float64), h.labourless[rows] == 1
        kept = np.where(none, support * np.clip(asked / got, 0.2, 5.0), np.minimum(support, MOST_SUPPORT * asked))
        step = maths.log(np.maximum(asked - kept, LEAST_EARNED * asked) / np.maximum(got - support, LEAST_EARNED * got))
        ability = h.ability[rows] + np.where(none, 0.0, step)
        h.ability[rows] = np.clip(ability, limits["lowest_ability"], limits["highest_ability"]).astype(np.float32)
        h.outside_support[rows] = kept.astype(np.float32)
    society.take_stock()


def _keep_score(society: Any, rows: np.ndarray, told: Told, before: np.ndarray, begin: Quarter) -> None:
    """The lasting error such that the score is the list's, else what it was."""
    h = society.households
    points = told.over("score", before) - society.score(begin)[rows]
    h.review_error[rows] = h.review_error[rows] + points / society.standard.score["slope"].value
    h.score[...] = society.score(begin)
