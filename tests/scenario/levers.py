"""Levers as scenario files see them, so that these tests stand without the levers' own files."""

from __future__ import annotations

from datetime import date

from sim.scenario.known import LeverFacts

LEVERS = {
    "livelihood_models": LeverFacts(("recurrent",), options={"coaching": {"default": True}}, may_revolve=True),
    "vocational_training": LeverFacts(("recurrent",)),
    "preferential_credit": LeverFacts(("credit",), ("bank", "provincial", "district")),
    "housing": LeverFacts(("investment", "recurrent")),
    "health_insurance": LeverFacts(("recurrent",), since=(date(2010, 5, 1), "health_insurance.base_salary")),
}
