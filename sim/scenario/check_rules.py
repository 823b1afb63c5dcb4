"""Whether the rules that a scenario gives its money can be kept: matching, ceilings, revolving support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.kit.complaints import Complaint
from sim.kit.reading import KeyPath
from sim.scenario.build_money import THOUSAND, matched
from sim.scenario.draft import Draft
from sim.scenario.known import Known

MOST_INSTALMENTS = 40


def check_matching(draft: Draft, known: Known) -> Iterator[Complaint]:
    """An envelope has an amount, or money to match; what it goes beside is there, of another source, and a share above zero."""
    if not draft.whole("money"):
        return
    forms = list(draft.items("money").values())
    for index, envelope in draft.items("money").items():
        if envelope.amount is None and envelope.matches is None:
            yield draft.merged.complaint("missing_key", ("money", index, "amount"))
        for rule in ("matches", "only_with"):
            match, at = getattr(envelope, rule), ("money", index, rule)
            if match is not None:
                yield from _check_match(draft, at, match, envelope.source, [one for one in matched(envelope, match, forms) if one.amount])


def _check_match(draft: Draft, at: KeyPath, match: Any, source: str, beside: list[Any]) -> Iterator[Complaint]:
    if match.source == source:
        yield draft.merged.complaint("matches_itself", (*at, "source"))
    elif not beside:
        yield draft.merged.complaint("nothing_to_match", (*at, "source"), source=match.source)
    if match.share.value == 0:
        yield draft.merged.complaint("must_be_above_zero", (*at, "share"))


def check_terms(draft: Draft, known: Known) -> Iterator[Complaint]:
    """A ceiling is money, a lever whose support revolves is one that can, and is repaid in some instalments."""
    for mix, levers in draft.items("mixes").items():
        for lever, allocation in levers.items():
            at = ("mixes", mix, lever)
            if allocation.ceiling is not None and allocation.ceiling.value < THOUSAND:
                yield draft.merged.complaint("must_be_above_zero", (*at, "ceiling"))
            if allocation.revolving is None or lever not in known.levers:
                continue
            if not known.levers[lever].may_revolve:
                able = sorted(name for name, facts in known.levers.items() if facts.may_revolve)
                yield draft.merged.complaint("does_not_revolve", (*at, "revolving"), lever=lever, able=able)
            if not 1 <= allocation.revolving.instalments <= MOST_INSTALMENTS:
                yield draft.merged.complaint("out_of_range", (*at, "revolving", "instalments"), least=1, most=MOST_INSTALMENTS)
