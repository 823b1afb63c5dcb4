"""The best use of a mix's money, in words and tables: whether it beats today's division, then who would get what."""

from __future__ import annotations

from typing import Any

from sim.report.best_verdict import verdict
from sim.report.best_words import BestWords
from sim.report.document import Block, Document, Grid, Heading, Paragraph
from sim.report.opening import opening
from sim.studies.best import TODAY, BestMix
from sim.studies.shares import LEVERS


def best_mix_text(study: BestMix, lang: str = "vi") -> Document:
    """The whole study in ``lang``."""
    words, frame = BestWords(lang), study.frame
    blocks = opening(study, words, "best", stopped="best.stopped", mix=words.mix(study.mix), replications=words.number(study.searched))
    names = [words.aim(study, aim) for aim in study.aims]
    blocks.append(Paragraph(words.say("best.aim", aim=names[0]) if len(names) == 1 else words.say("best.aims", aims="; ".join(names))))
    if study.futures:
        futures = [words.name(name, "") or words.say("best.usual") for name in study.futures.values()]
        blocks.append(Paragraph(words.say("best.worst", futures=", ".join(futures))))
    if len(study.rows("fresh")):
        facts = {"tried": words.number(_tried(study)), "searched": words.number(study.searched), "runs": words.number(frame.replications)}
        blocks.append(Paragraph(words.say("best.searched", **facts, seed=study.rows("fresh")[0].seed)))
    idle = [words.say(f"best.{over}") for over in study.over if over not in set(study.divisions["over"])]
    blocks += [Paragraph(words.say("best.not_over", over=words.together(idle)), small=True)] if idle else []
    blocks += [*verdict(study, words), *_fresh(study, words)]
    if study.moved:
        blocks += [block for over in _blocks(study) for block in _division(study, over, words)]
        blocks += _flat(study, words) if len(names) == 1 else []
        blocks += [block for aim in study.aims for block in _curves(study, aim, words)]
    return Document(tuple(blocks))


def _tried(study: BestMix) -> int:
    return int(study.tried["point"].nunique())


def _fresh(study: BestMix, words: BestWords) -> list[Block]:
    """Every division on fresh luck."""
    divisions = list(dict.fromkeys(row.division for row in study.rows("fresh")))
    if not divisions:
        return []
    rows = []
    for division in divisions:
        found = [study.one("fresh", division=division, aim=aim) for aim in study.aims]
        cells = [cell for row in found for cell in (words.level(row), "–" if division == TODAY else words.gain(study, row))]
        rows.append((words.capital(words.division(division)), *cells))
    header = [title for aim in study.aims for title in (words.capital(words.aim(study, aim)), words.say("best.beside_today"))]
    note = [Paragraph(words.say("best.front"), small=True)] if len(study.aims) > 1 else []
    return [Heading(words.say("best.fresh")), Grid((words.say("best.division"), *header), tuple(rows)), *note]


def _blocks(study: BestMix) -> list[tuple[str, str, float]]:
    """Over what, which money, and how much, of every block."""
    return list(dict.fromkeys((row.over, row.money, row.money_dong) for row in study.rows("divisions", division=TODAY)))


def _division(study: BestMix, about: tuple[str, str, float], words: BestWords) -> list[Block]:
    """Who gets what of one block: of a single best with what is as good; of a front the shares side by side."""
    over, money, dong = about
    found = {name: study.rows("divisions", division=name, over=over, money=money) for name in (TODAY, *study.bests)}
    found = {name: [row for row in rows if row.money_dong == dong] for name, rows in found.items()}
    heading = Heading(words.say("best.money", kind=words.money_of(study, over, money), amount=words.money(dong)))
    first = words.say("best.where")
    if len(study.aims) > 1:
        titles = [words.capital(words.division(name)) for name in found]
        rows = [
            (words.member(study, line[0].member), *[words.share(row.share) for row in line]) for line in zip(*found.values(), strict=True)
        ]
        return [heading, Grid((first, *titles), tuple(rows))]
    rows = []
    for today, best in zip(*found.values(), strict=True):
        shares = (words.share(today.share), words.share(best.share))
        rows.append(
            (words.member(study, today.member), *shares, words.millions(today.dong), words.millions(best.dong), _range(best, words))
        )
    header = [words.say(f"best.{name}") for name in ("share_today", "share_best", "dong_today", "dong_best", "as_good")]
    return [heading, Grid((first, *header), tuple(rows))]


def _range(row: Any, words: BestWords) -> str:
    low, high = words.number(100.0 * row.flat_low), words.number(100.0 * row.flat_high)
    return words.share(row.flat_high) if low == high else f"{low}–{words.share(row.flat_high)}"


def _flat(study: BestMix, words: BestWords) -> list[Block]:
    usable = study.tried[study.tried["why"] != "curve"]
    counts = {"count": words.number(int(usable["as_good"].sum())), "tried": words.number(len(usable))}
    return [Paragraph(words.say("best.flat", **counts), small=True)]


def _curves(study: BestMix, aim: str, words: BestWords) -> list[Block]:
    """What each lever alone brings with a part of the money, of those that are seen to bring anything."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in study.rows("curves", aim=aim):
        found.setdefault((row.money, row.member), []).append(row)
    if not found:
        return []
    seen = {key: rows for key, rows in found.items() if any(row.gain_low > 0.0 or row.gain_high < 0.0 for row in rows)}
    title = words.say("best.curves") if len(study.aims) == 1 else f"{words.say('best.curves')}: {words.aim(study, aim)}"
    if not seen:
        return [Heading(title), Paragraph(words.say("best.curves_none"))]
    moneys = list(dict.fromkeys(money for money, _ in seen))
    blocks: list[Block] = [Heading(title)]
    for money in moneys:
        blocks += [Paragraph(words.money_of(study, LEVERS, money))] if len(_blocks(study)) > 1 else []
        blocks.append(_curves_of(study, {member: rows for (one, member), rows in seen.items() if one == money}, words))
    return [*blocks, Paragraph(words.say("best.curves_note"), small=True)]


def _curves_of(study: BestMix, found: dict[str, list[Any]], words: BestWords) -> Grid:
    """A line a lever, a column a share of one block's money."""
    shares = [words.share(row.share) for row in next(iter(found.values()))]
    lines = [(words.member(study, member), *[words.gain(study, row) for row in rows]) for member, rows in found.items()]
    return Grid((words.say("best.where"), *shares), tuple(lines))
