"""The tables of ``best-mix``, from the points tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sim.measures.paired import pair
from sim.studies.aims import Aim
from sim.studies.allocating import CURVE, Tried
from sim.studies.best import BEST, TODAY
from sim.studies.shares import Block, Point

NAN = float("nan")
MOST_OF_FRONT = 6
Row = dict[str, Any]


def best_of(tried: Sequence[Tried]) -> list[Tried]:
    """The best point, or those of the front from one end of the first aim to the other: none of them is beaten in all aims."""
    usable = [one for one in tried if one.why != CURVE]
    if len(usable[0].scores) == 1:
        return [max(usable, key=lambda one: one.scores)]
    unbeaten = {one.scores: one for one in reversed(usable) if not any(_beats(other.scores, one.scores) for other in usable)}
    front = [unbeaten[scores] for scores in sorted(unbeaten, reverse=True)]
    places = np.unique(np.linspace(0, len(front) - 1, MOST_OF_FRONT).round().astype(int))
    return [front[place] for place in places]


def _beats(scores: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return scores != others and all(one >= other for one, other in zip(scores, others, strict=True))


def as_good(best: Tried, other: Tried) -> bool:
    """Whether a point cannot be told from the best, on the luck that both have met: its 90 % interval reaches the best."""
    found = pair(best.values[0], other.values[0], more_is_better=True)
    return not found.mean_low > 0.0


def named(bests: Sequence[Tried]) -> dict[str, Tried]:
    """The best by name, or those of the front by number."""
    return {BEST: bests[0]} if len(bests[0].scores) == 1 else {f"{BEST}_{number}": one for number, one in enumerate(bests, start=1)}


def division_rows(blocks: Sequence[Block], bests: Mapping[str, Tried], tried: Sequence[Tried]) -> Iterator[Row]:
    """Shares today and in each best division, with what is flat about a single best."""
    usable = [one for one in tried if one.why != CURVE]
    single = next(iter(bests.values())) if len(bests) == 1 and len(usable[0].scores) == 1 else None
    flat = [one.point for one in usable if single is not None and as_good(single, one)]
    for name, point in {TODAY: tuple(block.today for block in blocks), **{key: one.point for key, one in bests.items()}}.items():
        for number, block in enumerate(blocks):
            for member, label in enumerate(block.members):
                near = [other[number][member] for other in flat] if name == BEST else []
                ends = {"flat_low": min(near, default=NAN), "flat_high": max(near, default=NAN)}
                share = point[number][member]
                yield {"division": name, **_of(block, label), "share": share, "dong": share * block.dong, **ends}


def _of(block: Block, member: str) -> Row:
    return {"over": block.over, "money": block.label, "money_dong": block.dong, "member": member}


def tried_rows(aims: Sequence[Aim], bests: Sequence[Tried], tried: Sequence[Tried], plain: Mapping[Any, np.ndarray]) -> Iterator[Row]:
    """Every point tried and how far it is behind the best, aim by aim."""
    for number, one in enumerate(tried):
        for place, aim in enumerate(aims):
            values = plain[one.point][place]
            leader = max(bests, key=lambda best: best.scores[place])
            behind = pair(plain[leader.point][place], values, more_is_better=True)
            level = {"mean": aim.sign * float(values.mean()), "behind": behind.mean, "behind_error": behind.error}
            good = as_good(bests[0], one) if len(aims) == 1 else one in bests
            yield {"point": number, "why": one.why, "aim": aim.name, **level, "as_good": good, "runs": len(values)}


def point_rows(blocks: Sequence[Block], tried: Sequence[Tried]) -> Iterator[Row]:
    """The shares of every point tried."""
    for number, one in enumerate(tried):
        for place, block in enumerate(blocks):
            for member, share in zip(block.members, one.point[place], strict=True):
                yield {"point": number, **_of(block, member), "share": share}


def curve_rows(blocks: Sequence[Block], aims: Sequence[Aim], tried: Sequence[Tried], plain: Mapping[Any, np.ndarray]) -> Iterator[Row]:
    """What each lever brings alone, over none of its block's money being spent; rows of poorer measures are of fewer."""
    curves = [one.point for one in tried if one.why == CURVE]
    for number, block in enumerate(blocks):
        mine = [point for point in curves if sum(share > 0 for share in point[number]) <= 1 and _others_today(point, number, blocks)]
        nothing = next((point for point in mine if not any(point[number])), None)
        for point in mine if nothing is not None else []:
            if any(point[number]):
                member = int(np.argmax(point[number]))
                share = point[number][member]
                for place, aim in enumerate(aims):
                    gain = pair(plain[point][place], plain[nothing][place], more_is_better=True)
                    interval = {"gain": gain.mean, "gain_low": gain.mean_low, "gain_high": gain.mean_high}
                    yield {**_of(block, block.members[member]), "share": share, "dong": share * block.dong, "aim": aim.name, **interval}


def _others_today(point: Point, number: int, blocks: Sequence[Block]) -> bool:
    return all(shares == block.today for place, (shares, block) in enumerate(zip(point, blocks, strict=True)) if place != number)


def fresh_rows(aims: Sequence[Aim], fresh: Mapping[str, np.ndarray], promised: Mapping[str, np.ndarray], seed: int) -> Iterator[Row]:
    """Divisions on fresh luck beside today's; ``promised`` are the same on the luck of the search."""
    for name, values in fresh.items():
        for place, aim in enumerate(aims):
            level = pair(aim.sign * values[place], np.zeros(values.shape[1]), more_is_better=True)
            gap = pair(values[place], fresh[TODAY][place], more_is_better=True)
            leader = max((every[place] for every in fresh.values()), key=np.mean)
            good = not pair(leader, values[place], more_is_better=True).mean_low > 0.0
            said = float((promised[name][place] - promised[TODAY][place]).mean()) if name in promised else NAN
            interval = {"mean": level.mean, "error": level.error, "mean_low": level.mean_low, "mean_high": level.mean_high}
            difference = {"gain": gap.mean, "gain_error": gap.error, "gain_low": gap.mean_low, "gain_high": gap.mean_high}
            told = {"as_good": good, "promised": said, "seed": seed, "runs": gap.runs}
            yield {"division": name, "aim": aim.name, **interval, **difference, **told}
