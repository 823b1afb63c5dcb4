"""The posterior that a command names: one of the program's, or a file."""

from __future__ import annotations

from pathlib import Path

from sim.kit.complaints import Complaint, InputError, nearest
from sim.law.posterior import PRIORS, SHIPPED, Posterior, read_posterior, shipped


def posterior_named(text: str) -> Posterior | None:
    """The posterior of a name or file; None for ``none``. Raises ``InputError`` where there is none, or the file holds none."""
    if text == PRIORS:
        return None
    path = SHIPPED / f"{text}.yaml" if text in shipped() else Path(text)
    if not path.is_file():
        known = [*shipped(), PRIORS]
        raise InputError([Complaint("no_posterior", text, facts={"known": ", ".join(known), "nearest": nearest(text, known)})])
    try:
        return read_posterior(path)
    except ValueError as fault:
        raise InputError([Complaint("not_a_posterior", text, facts={"fault": str(fault)})]) from None
