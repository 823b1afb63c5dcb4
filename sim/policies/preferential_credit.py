"""Preferential credit: production loans of the Bank for Social Policies through savings-and-loan groups."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.kit import maths
from sim.law.book import Book
from sim.policies.applicants import Applicants
from sim.policies.effects import Effect, Lend
from sim.policies.lever import Lever, in_prices_of, whole
from sim.policies.luck import Use

PRICES_OF = 2024  # the year of the loan size in the YAML
PROGRAMMES = ("newly_escaped", "near_poor", "poor")  # in the order of Standing: who is on no list borrows as newly escaped
TERMS = ("rate", "ceiling", "term_months")
MILLION = 1000  # thousand dong


class PreferentialCredit(Lever):
    """A loan at the terms of the household's standing; whether it earns anything is for the household's luck and skill."""

    pays_above_ceiling = False

    def conditions(self, h: Applicants) -> Iterator[tuple[str, np.ndarray]]:
        """Of a standing that has a loan programme, able to work, free of bank debt, in a group that pays; before 2013 the bank had no
        programme for the near-poor, before September 2015 none for the newly escaped."""
        yield "poor, near-poor or newly escaped", h.listed | h.newly_escaped
        yield "someone able to work", h.labourless == 0
        yield "no loan outstanding", h.loan == 0
        yield "loan group pays its debts", self._group_pays(h)
        yield "loan programme for its standing", np.array([self._lends(programme, h) for programme in PROGRAMMES])[h.standing]

    def unit_cost(self, h: Applicants) -> np.ndarray:
        """The loan the household asks for, whole millions up to its programme's ceiling."""
        asked = h.parameter("loan_asked") * maths.exp(h.parameter("loan_asked_spread") * h.draw_normal(Use.COST))
        asked = whole(asked * in_prices_of(h.moment.now, PRICES_OF), MILLION)
        return np.clip(asked, int(h.figure("smallest_loan")), self._terms(h, "ceiling").astype(np.int64))

    def effects(self, h: Applicants, served: np.ndarray) -> Iterator[Effect]:
        """The loan is paid out and goes to work."""
        who = h[served]
        months = np.minimum(self._terms(who, "term_months"), h.figure("usual_term"))
        yield Lend(who.support, self._terms(who, "rate"), np.floor(months / 3))

    def _terms(self, h: Applicants, what: str) -> np.ndarray:
        """Rate, ceiling or term of each household's programme now, float64.

        A household whose standing changed before its loan arrived, to one that has no programme yet, keeps the poor's terms.
        """
        programmes = [programme if self._lends(programme, h) else "poor" for programme in PROGRAMMES]
        return np.array([Book.load().value(f"bank.{programme}.{what}", h.moment.now) for programme in programmes])[h.standing]

    def _lends(self, programme: str, h: Applicants) -> bool:
        """Whether the bank has the programme yet."""
        return all(Book.load()[f"bank.{programme}.{what}"].since <= h.moment.now.first_day for what in TERMS)

    def _group_pays(self, h: Applicants) -> np.ndarray:
        """Not more of the village group's loans is overdue than the bank puts up with (joint liability)."""
        everybody = h.households
        if not everybody.overdue.any() or not h.moment.couplings:
            return h.overdue == 0
        group = everybody.cell.astype(np.int64) * (int(everybody.village.max()) + 1) + everybody.village
        overdue = np.bincount(group, weights=everybody.overdue)
        bearable = h.figure("bearable_overdue") * np.bincount(group, weights=everybody.loan)
        return (overdue <= bearable)[group[h.numbers]]
