"""What stands at the foot of the charts of a study."""

from __future__ import annotations

from typing import Any


def note(study: Any, words: Any, key: str, **facts: Any) -> str:
    """What the figures are, where they come from, and for how many households each simulated one stands."""
    text = words.say(key, replications=words.number(study.frame.replications), run=study.run_id, **facts)
    if study.frame.one_for > 1:
        text = f"{words.text('chart.sampled', count=words.number(study.frame.one_for))} {text}"
    return text


def backtest_note(study: Any, words: Any) -> str:
    """The same of a back-test, which is about no one plan."""
    made = study.manifest["choices"]
    counts = {name: words.number(made[name]) for name in ("agents", "replications")}
    return str(words.say("backtest.chart.footer", **counts, run=study.run_id))
