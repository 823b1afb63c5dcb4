"""A mix with some of its levers, in a world that grows or stands still, every lever keeping the money that the whole mix gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

from sim.policies.appropriation import amounts_of
from sim.policies.discovery import discover
from sim.policies.mix import claims_of
from sim.policies.money import NO_SLOT
from sim.policies.readings import split
from sim.scenario.shape import NO_POLICY, Envelope, Mix
from sim.studies import run as running
from sim.studies.circumstances import envelopes_of
from sim.studies.results import Results
from sim.studies.run import Progress
from sim.studies.starts import Starts

GROWTH = "growth"  # the player that is no lever
# What makes incomes and jobs grow whoever governs; all at zero in the world that stands still.
OF_GROWTH = ("growth", "place_growth_sd", "growth_yearly_sd", "job_growth")


@dataclass(frozen=True)
class Players:
    """The levers of a mix in the program's order, growth last."""

    levers: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All players; player i is ``names[i]``."""
        return (*self.levers, GROWTH)

    def __len__(self) -> int:
        return len(self.levers) + 1

    def among(self, coalition: int) -> tuple[str, ...]:
        """Names of the players of a coalition."""
        return tuple(name for player, name in enumerate(self.names) if coalition >> player & 1)


def players_of(scenario: Any, mix: str) -> Players:
    """The players of a mix."""
    used = scenario.mixes[split(mix)[0]].levers
    return Players(tuple(key for key in discover(scenario.levers_folder) if key in used))


def divided(scenario: Any, mix: str) -> tuple[tuple[Envelope, dict[str, int]], ...]:
    """The envelopes of a mix, each with whole dong by lever as the mix divides it."""
    base = scenario.mixes[split(mix)[0]]
    levers = tuple(lever for key, lever in discover(scenario.levers_folder).items() if key in base.levers)
    envelopes, claims = envelopes_of(scenario, mix), claims_of(base, levers)
    found: list[dict[str, int]] = [{} for _ in envelopes]
    for year in dict.fromkeys(envelope.year for envelope in envelopes):
        for (number, slot), dong in amounts_of(envelopes, claims, year).items():
            if slot != NO_SLOT:
                found[number][levers[slot].key] = dong
    return tuple(zip(envelopes, found, strict=True))


def with_levers(scenario: Any, mix: str, sets: Mapping[str, Sequence[str]]) -> Any:
    """The scenario with a mix of each name that has those levers of ``mix``.

    Each keeps its part of every envelope; the parts of the others stay unspent and go to no lever.
    """
    base, reading = split(mix)
    allocations, parts = scenario.mixes[base].levers, divided(scenario, mix)
    money = tuple(
        replace(envelope, only=(name,), parts={key: dong for key, dong in by_lever.items() if key in levers})
        for name, levers in sets.items()
        for envelope, by_lever in parts
    )
    mixes = {name: Mix(name, {key: allocations[key] for key in levers}) for name, levers in sets.items()}
    return replace(scenario, money=money, mixes={**mixes, NO_POLICY: Mix(NO_POLICY)}, delivery=reading or scenario.delivery)


def standing_still(society: Any) -> Any:
    """A copy of a society at its start in whose world neither incomes nor jobs grow, anywhere and in any year."""
    changed = society.copy()
    changed.parameters = society.parameters.copy()
    for name in OF_GROWTH:
        changed.parameters[name] = 0.0
    changed.world.parameters, changed.uneven = changed.parameters, None
    return changed


class Block:
    """Coalitions of the players of a mix on one block of replications, all from the same starts."""

    def __init__(self, scenario: Any, mix: str, replications: range, seed: int, engine: Any, threads: int | None) -> None:
        self.scenario, self.mix, self.players = scenario, mix, players_of(scenario, mix)
        self._replications, self._seed, self._threads = replications, seed, threads
        self._starts = Starts(Shifted(engine, replications.start))

    def run(self, coalitions: Sequence[int], see: Callable[[int, Results, str], None], progress: Progress, at_once: int) -> None:
        """Run the coalitions, some ``at_once``; ``see(coalition, results, name of the mix)`` takes what is wanted of each."""
        still = [coalition for coalition in coalitions if GROWTH not in self.players.among(coalition)]
        growing = [coalition for coalition in coalitions if coalition not in still]
        done, total = 0, len(coalitions)
        for some, change in ((growing, None), (still, standing_still)):
            for first in range(0, len(some), at_once):
                chunk = some[first : first + at_once]
                self._run(chunk, change, see, partial(_part_of, progress, (done, len(chunk), total)))
                done += len(chunk)

    def _run(self, some: Sequence[int], change: Any, see: Callable[[int, Results, str], None], progress: Progress) -> None:
        sets = {f"with_{coalition}": self._levers(coalition) for coalition in some}
        results = running.run(
            with_levers(self.scenario, self.mix, sets),
            list(sets),
            seed=self._seed,
            replications=len(self._replications),
            threads=self._threads,
            progress=progress,
            engine=self._starts if change is None else self._starts.turned(change),
            beside_no_policy=False,
            processes=True,
        )
        for name, coalition in zip(sets, some, strict=True):
            see(coalition, results, name)

    def _levers(self, coalition: int) -> tuple[str, ...]:
        return tuple(name for name in self.players.among(coalition) if name != GROWTH)


@dataclass(frozen=True)
class Shifted:
    """An engine whose replication r is replication ``first`` + r of another."""

    engine: Any
    first: int

    def start(self, scenario: Any, replications: range, seed: int) -> Any:
        """The start of the other's replications."""
        return self.engine.start(scenario, range(replications.start + self.first, replications.stop + self.first), seed)

    def side_by_side(self, begun: Any, mixes: Sequence[str], at_start: Any) -> Any:
        """As the other does."""
        return self.engine.side_by_side(begun, mixes, at_start)


def _part_of(progress: Progress, part: tuple[int, int, int], done: int, total: int) -> None:
    """Progress of a chunk within all coalitions, in thousandths of a coalition."""
    before, chunk, whole = part
    progress(1000 * before + 1000 * chunk * done // max(total, 1), 1000 * whole)


def blocks(count: int, rows: int, most: int) -> list[range]:
    """All replications in blocks of at most ``most`` simulated households, and at least two, so that a stop keeps something."""
    parts = max(-(-count * rows // most), min(2, count))
    edges = [part * count // parts for part in range(parts + 1)]
    return [range(first, last) for first, last in pairwise(edges)]
