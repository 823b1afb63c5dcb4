"""Dwelling and services at the start: lacking where the household's propensity and luck pass a threshold.

Each service loads on one latent propensity. A place's level moves all thresholds together; it is solved so that among
the listed the share with many deprivations is the share of the poor among them.
"""

from __future__ import annotations

import numpy as np

from sim.agents.purposes import Purpose
from sim.kit import maths
from sim.kit.columns import Table
from sim.law.parameters import ByRow
from sim.population.luck import numbers
from sim.population.tables import table
from sim.standards.standard import Standard

# Columns in the order of the latent numbers, with the level at which the law's indicator speaks.
SERVICES = ("solid_parts", "floor_area_m2", "clean_water", "hygienic_toilet", "internet", "devices")
NOTHING_LACKING = dict(zip(SERVICES, (3, 10_000.0, 1, 1, 1, 1), strict=True))


def propensity_of(score: np.ndarray, noise: np.ndarray, p: ByRow) -> np.ndarray:
    """Propensity to lack: standard normal, correlated with the standardised lasting ``score`` as the parameter says."""
    correlation = p["deprivation_correlation"].astype(np.float64)
    return -correlation * score + maths.sqrt(1.0 - correlation * correlation) * noise


def latent_lacks(h: Table, seed: int, p: ByRow) -> np.ndarray:
    """How much each household tends to lack each of ``SERVICES``: standard normal, (services, rows) float32."""
    load = p["deprivation_load"].astype(np.float32)
    own = np.sqrt(np.float32(1.0) - load * load)
    first = numbers(seed, h.origin, h.replication, int(Purpose.SERVICES_START), normal=True)
    second = numbers(seed, h.origin, h.replication, int(Purpose.SERVICES_MORE), normal=True)[:2]
    return load * h.propensity + own * np.concatenate([first, second])


def _area_at(h: Table, latent: np.ndarray) -> np.ndarray:
    """Floor area in square metres at a latent lack of space."""
    entry = table("services")["floor_area_m2"]
    size = np.maximum(h.members_at_home, 1) / float(entry["reference_size"])
    log_area = float(maths.log(entry["median"])) + entry["size_power"] * maths.log(size) - entry["spread"] * latent
    return maths.exp(log_area)


def _lack_thresholds() -> tuple[float, ...]:
    """Latent thresholds above which a household lacks: three parts, two, one, then water, toilet, internet, devices."""
    entry = table("services")
    shares = [entry["solid_parts"][name] for name in ("below_3", "below_2", "below_1")]
    shares += [entry[name]["lacking"] for name in SERVICES[2:]]
    return tuple(float(maths.normal_quantile(1.0 - share)) for share in shares)


def furnish(h: Table, latent: np.ndarray, level: np.ndarray) -> None:
    """Write dwelling and services from the latent numbers (services, rows), raised by ``level`` (rows)."""
    t = _lack_thresholds()
    raised = latent + level.astype(np.float32)
    h.solid_parts[...] = 3 - (raised[0] > t[0]).astype(np.uint8) - (raised[0] > t[1]) - (raised[0] > t[2])
    h.floor_area_m2[...] = _area_at(h, raised[1])
    for row, name, threshold in zip(raised[2:], SERVICES[2:], t[3:], strict=True):
        h[name][...] = (row <= threshold).astype(np.uint8)


def critical_levels(h: Table, latent: np.ndarray, standard: Standard) -> np.ndarray:
    """The level beyond which each household lacks each service by the law's indicator: (services, rows), +inf where none asks."""
    t = _lack_thresholds()
    entry = table("services")["floor_area_m2"]
    keys = standard.indicators
    least = next((item.thresholds["least_area_m2_per_head"] for item in standard.items if item.indicator.key == "housing_area"), 0.0)
    full = np.maximum(_area_at(h, np.zeros(len(h))), 1.0)
    crowded = maths.log(full / np.maximum(least * h.members_at_home, 0.1)) / entry["spread"] - latent[1]
    levels = np.stack([t[1] - latent[0], crowded, *[threshold - row for row, threshold in zip(latent[2:], t[3:], strict=True)]])
    asked = ("housing_quality", "housing_area", "water_source", "toilet", "telecom", "information_devices")
    levels[[key not in keys for key in asked]] = np.inf
    return levels


def level_for_many(levels: np.ndarray, lacked: np.ndarray, many: int) -> np.ndarray:
    """The level at which each household comes to lack ``many`` things, given those it ``lacked`` of its members' doing."""
    ordered = np.sort(levels, axis=0)
    need = many - lacked
    at = np.clip(need - 1, 0, len(ordered) - 1)
    level = np.take_along_axis(ordered, at[None, :], axis=0)[0]
    return np.where(need <= 0, -np.inf, np.where(need > len(ordered), np.inf, level))


def _own_margins(h: Table, rows: np.ndarray, seed: int, p: ByRow) -> tuple[Table, np.ndarray]:
    """The rows as a table, and how far each is from lacking each of ``SERVICES`` by its own latent numbers: (services, rows)."""
    some = h.take(rows)
    latent, t = latent_lacks(some, seed, p.rows(rows)), _lack_thresholds()
    return some, np.stack([t[1] - latent[0], 2.0 - latent[1], *[at - row for row, at in zip(latent[2:], t[3:], strict=True)]])


INDICATORS = ("housing_quality", "housing_area", "water_source", "toilet", "telecom", "information_devices")


def _set_service(h: Table, rows: np.ndarray, service: int, has: bool, least_area: float) -> None:
    """Give or take one service so that the law's indicator says so."""
    name = SERVICES[service]
    if name == "solid_parts":
        h.solid_parts[rows] = 2 if has else 1
    elif name == "floor_area_m2":
        people = np.maximum(h.members_at_home[rows], 1)
        h.floor_area_m2[rows] = people * np.float32(least_area) * np.float32(1.1 if has else 0.9)
    else:
        h[name][rows] = 1 if has else 0


def _step_services(h: Table, rows: np.ndarray, standard: Standard, seed: int, p: ByRow, has: bool) -> None:
    """Give (``has``) or take marginal services until each row lacks fewer than the standard's many, or that many."""
    if not len(rows):
        return
    some, margin = _own_margins(h, rows, seed, p)
    least = next((item.thresholds["least_area_m2_per_head"] for item in standard.items if item.indicator.key == "housing_area"), 8.0)
    order = np.argsort(np.rint((-margin if has else margin) * 1e6).astype(np.int64), axis=0, kind="stable")
    many = standard.cutoffs["many"].value
    for step in range(len(SERVICES)):
        mask = standard.deprivations(some)
        points = standard.points_of(mask)
        for service, indicator in enumerate(INDICATORS):
            if indicator in standard.indicators:
                lacks = standard.lacks(mask, indicator)
                open_rows = (order[step] == service) & (lacks if has else ~lacks) & ((points >= many) if has else (points < many))
                _set_service(some, np.flatnonzero(open_rows), service, has, least)
    for name in SERVICES:
        h[name][rows] = some[name]


def lose_services(h: Table, rows: np.ndarray, standard: Standard, seed: int, p: ByRow) -> None:
    """Take from each row the services it is nearest to lacking, until it lacks as many things as make a household poor."""
    _step_services(h, rows, standard, seed, p, has=False)


def gain_services(h: Table, rows: np.ndarray, standard: Standard, seed: int, p: ByRow) -> None:
    """Give each row the services it is nearest to having, until it lacks fewer things than make a household poor."""
    _step_services(h, rows, standard, seed, p, has=True)
