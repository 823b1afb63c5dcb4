"""What a run will take, said before it is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from sim.report.words import Words

if TYPE_CHECKING:
    from sim.studies.size import Size

MEGABYTE, GIGABYTE = 1_000_000, 1_000_000_000
MINUTE = 60
_TAKES = {
    "vi": ", bộ nhớ khoảng {memory} MB, đĩa {disk} MB, {time}",
    "en": ", about {memory} MB of memory, {disk} MB of disk, {time}",
}
REFUSED = 2
_TIMES = {
    "seconds": {"vi": "khoảng {} giây", "en": "about {} seconds"},
    "minutes": {"vi": "khoảng {} phút", "en": "about {} minutes"},
}
_TOO_LARGE = {
    "vi": "Máy này không đủ bộ nhớ: cần khoảng {memory} GB, còn trống {free} GB. "
    "Hãy lấy mẫu, thêm vào kịch bản:\n\nsample: {{one_for: {one_for}}}",
    "en": "This machine has too little memory: about {memory} GB needed, {free} GB free. "
    "Take a sample, adding to the scenario:\n\nsample: {{one_for: {one_for}}}",
}
_COUPLED = {
    "vi": "Hoặc để các địa bàn chạy lần lượt: thêm `settled: true` vào `divide` của mỗi khoản tiền chung cho nhiều địa bàn.",
    "en": "Or let places be run one after the other: add `settled: true` to `divide` of each sum of money that places share.",
}
_WORDS = {
    "full": {
        "vi": "Cỡ: {households} × {replications} lần chạy = {rows} dòng{takes}.",
        "en": "Size: {households} × {replications} runs = {rows} rows{takes}.",
    },
    "sample": {
        "vi": "Cỡ: mẫu {households} (mỗi hộ thay {one_for} hộ thật) × {replications} lần chạy = {rows} dòng{takes}.",
        "en": "Size: a sample of {households} (one for {one_for}) × {replications} runs = {rows} rows{takes}.",
    },
}  # fmt: skip


def say_size(size: Size, lang: str) -> str:
    """A sentence with rows, memory, disk and time."""
    words = Words(lang)
    takes = _TAKES[lang].format(
        memory=words.number(round(size.memory / MEGABYTE, -1)),
        disk=words.number(max(round(size.disk / MEGABYTE), 1)),
        time=_time(size.seconds, lang, words),
    )
    return _WORDS["sample" if size.one_for > 1 else "full"][lang].format(
        takes=takes,
        households=words.households(size.households),
        replications=words.number(size.replications),
        one_for=words.number(size.one_for),
        rows=words.number(size.rows),
    )


def refuse_too_large(size: Size, lang: str) -> None:
    """End the command with exit code 2 if the machine cannot hold the run, with the sample that it could."""
    from sim.studies.size import free_memory, sample_that_fits

    free = free_memory()
    if free is None or (one_for := sample_that_fits(size, free)) is None:
        return
    words = Words(lang)
    amounts = {"memory": words.number(size.memory / GIGABYTE, 1), "free": words.number(free / GIGABYTE, 1), "one_for": one_for}
    typer.echo(_TOO_LARGE[lang].format(**amounts), err=True)
    if size.coupled:
        typer.echo(_COUPLED[lang], err=True)
    raise typer.Exit(REFUSED)


def _time(seconds: float, lang: str, words: Words) -> str:
    """Roughly how long, to two digits at most."""
    if seconds < MINUTE:
        return _TIMES["seconds"][lang].format(words.number(max(round(seconds / 5) * 5, 5)))
    return _TIMES["minutes"][lang].format(words.number(round(seconds / MINUTE)))
