"""What a run will take, said before it is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.words import Words

if TYPE_CHECKING:
    from sim.studies.size import Size

MEGABYTE = 1_000_000
_WORDS = {
    "full": {
        "vi": "Cỡ: {households} × {replications} lần chạy = {rows} dòng, bộ nhớ khoảng {memory} MB.",
        "en": "Size: {households} × {replications} runs = {rows} rows, about {memory} MB of memory.",
    },
    "sample": {
        "vi": "Cỡ: mẫu {households} (mỗi hộ thay {one_for} hộ thật) × {replications} lần chạy = {rows} dòng, bộ nhớ khoảng {memory} MB.",
        "en": "Size: a sample of {households} (one for {one_for}) × {replications} runs = {rows} rows, about {memory} MB of memory.",
    },
}  # fmt: skip


def say_size(size: Size, lang: str) -> str:
    """A sentence with rows and memory."""
    words = Words(lang)
    return _WORDS["sample" if size.one_for > 1 else "full"][lang].format(
        households=words.households(size.households),
        replications=words.number(size.replications),
        one_for=words.number(size.one_for),
        rows=words.number(size.rows),
        memory=words.number(round(size.memory / MEGABYTE, -1)),
    )
