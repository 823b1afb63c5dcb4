"""Whether the futures of a scenario file can come about."""

from __future__ import annotations

from collections.abc import Iterator

from sim.kit.complaints import Complaint, Nearest
from sim.law.priors import Prior
from sim.scenario.draft import Draft
from sim.scenario.known import Known
from sim.scenario.scalars import native

USUAL = "usual"  # what the future without any change is called
MOST_LATE = 8
MOST_TIMES = 100.0


def check_futures(draft: Draft, known: Known) -> Iterator[Complaint]:
    """Each changes something, says why, and names parameters, quarters and delays that exist."""
    for name, form in draft.items("futures").items():
        at = ("futures", name)
        if name == USUAL:
            yield draft.merged.complaint("usual_future", at)
        if not (form.reference or form.assumption):
            yield draft.merged.complaint("future_without_source", at)
        changes = (form.parameters, form.times, form.money, form.next_year, form.late, form.shock, form.delivery)
        if not any(changes) and all(value is None for value in vars(form.structure).values()):
            yield draft.merged.complaint("future_changes_nothing", at)
        for key in ("parameters", "times"):
            for parameter, given in getattr(form, key).items():
                if known.parameters and parameter not in known.parameters:
                    yield draft.merged.complaint("unknown_parameter", (*at, key, parameter), nearest=Nearest(parameter, known.parameters))
                else:
                    fault = _fault(native(given), key)
                    if fault:
                        yield draft.merged.complaint("not_a_prior", (*at, key, parameter), fault=fault)
        if not 0 <= form.late <= MOST_LATE:
            yield draft.merged.complaint("out_of_range", (*at, "late"), least=0, most=MOST_LATE)
        for place, quarter in enumerate(form.shock.quarters if form.shock else ()):
            if not 1 <= quarter <= 4:
                yield draft.merged.complaint("out_of_range", (*at, "shock", "quarters", place), least=1, most=4)


def _fault(value: object, key: str) -> str:
    """What is wrong with a parameter's new prior, or with the number that multiplies it; empty if nothing is."""
    if key == "times":
        sound = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= MOST_TIMES
        return "" if sound else f"a number from 0 to {MOST_TIMES:g}"
    try:
        _ = Prior.read(value).median
    except (ValueError, TypeError, KeyError) as error:
        return str(error)
    return ""
