"""What a search for the best division comes to, said on luck that it has not seen: is any better than today's?"""

from __future__ import annotations

from sim.report.best_words import BestWords
from sim.report.document import Block, Paragraph
from sim.studies.best import BEST, TODAY, BestMix


def verdict(study: BestMix, words: BestWords) -> list[Block]:
    """The answer and what it rests on."""
    if not study.moved:
        values = [_unmoved(study, aim, words) for aim in study.aims]
        said = words.say("best.unmoved", value=values[0]) if len(values) == 1 else words.say("best.unmoved_all", values="; ".join(values))
        return [Paragraph(said, strong=True)]
    return _single(study, words) if len(study.aims) == 1 else _front(study, words)


def _unmoved(study: BestMix, aim: str, words: BestWords) -> str:
    value = words.number(study.rows("tried", aim=aim)[0].mean * words.scale(aim), 1)
    return value if len(study.aims) == 1 else f"{words.aim(study, aim)}: {value}"


def _single(study: BestMix, words: BestWords) -> list[Block]:
    """The one sentence: better than today's, no better, or worse; and what the search had promised."""
    aim = study.aims[0]
    row = study.one("fresh", division=BEST, aim=aim)
    if row is None:
        sign = -1.0 if aim in study.flips else 1.0
        today = study.rows("tried", aim=aim)[0]
        gain = words.number(sign * today.behind * words.scale(aim), 2)
        return [Paragraph(words.say("best.only_search", gain=gain), strong=True)]
    found = "better" if row.gain_low > 0.0 else "worse" if row.gain_high < 0.0 else "no_better"
    said = Paragraph(words.say(f"best.{found}", gain=words.gain(study, row)), strong=True)
    return [said, Paragraph(words.say("best.promised", promised=words.promised(study, row)))]


def _front(study: BestMix, words: BestWords) -> list[Block]:
    """Of several aims: which divisions beat today's, and whether one serves all aims or they pull apart."""
    divisions = list(dict.fromkeys(row.division for row in study.rows("fresh")))
    if not divisions:
        return []
    every = [name for name in divisions if all(row.as_good for row in study.rows("fresh", division=name))]
    if TODAY in every:
        said = [words.say("best.front_today")]
    else:
        said = _beside_today(study, words) or [words.say("best.front_none")]
        said.append(words.say("best.front_one", divisions=_names(every, words)) if every else _apart(study, words))
    still = [_unmoved(study, aim, words) for aim in study.aims if aim not in study.moved]
    said += [words.say("best.unmoved_some", values="; ".join(still))] if still else []
    return [Paragraph(text, strong=number == 0) for number, text in enumerate(said)]


def _beside_today(study: BestMix, words: BestWords) -> list[str]:
    """Divisions that are better than today's in some aim and worse in none, those first that are better in most."""
    by_aims: dict[tuple[str, ...], list[str]] = {}
    for name in study.bests:
        rows = study.rows("fresh", division=name)
        better = tuple(row.aim for row in rows if row.gain_low > 0.0)
        if better and not any(row.gain_high < 0.0 for row in rows):
            by_aims.setdefault(better, []).append(name)
    said = []
    for aims in sorted(by_aims, key=lambda some: (-len(some), some)):
        names = _names(by_aims[aims], words)
        key = "front_better" if aims == study.aims else "front_better_in"
        said.append(words.say(f"best.{key}", divisions=names, aims=words.together([words.aim(study, aim) for aim in aims])))
    return said


def _apart(study: BestMix, words: BestWords) -> str:
    """What is best for each aim, where nothing is best for all."""
    ends = []
    for aim in study.aims:
        rows = study.rows("fresh", aim=aim)
        row = max(rows, key=lambda row: row.gain)
        ends.append(words.say("best.front_end", aim=words.aim(study, aim), division=words.division(row.division), level=words.level(row)))
    return words.say("best.front_apart", ends="; ".join(ends))


def _names(divisions: list[str], words: BestWords) -> str:
    return words.together([words.division(name) for name in divisions])
