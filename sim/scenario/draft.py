"""A scenario as far as its parts could be read, for checks that look at several parts at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, get_origin

from sim.kit.complaints import Complaint
from sim.scenario import forms
from sim.scenario.faults import unknown_key, validate, validate_items
from sim.scenario.merging import Merged


@dataclass
class Draft:
    """``parts`` holds what could be read: a part, or its sound items by position or name; ``broken`` the others' names."""

    merged: Merged
    parts: dict[str, Any] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    complaints: list[Complaint] = field(default_factory=list)

    def __getitem__(self, part: str) -> Any:
        return self.parts.get(part)

    def items(self, part: str) -> Mapping[Any, Any]:
        """Sound items of a list or mapping."""
        return self.parts.get(part) or {}

    def whole(self, *parts: str) -> bool:
        """Whether these parts were read without fault."""
        return not self.broken.intersection(parts)

    @property
    def years(self) -> tuple[int, int, int] | None:
        """First and last year of the plan and the last simulated year, where the file says them."""
        if not self.whole("period", "follow"):
            return None
        first, last = self["period"]
        return first, last, last + int(self["follow"].value)


def draft(merged: Merged) -> Draft:
    """Read every part of a merged file by itself, so that a fault in one hides none in another."""
    found = Draft(merged)
    fields = forms.ScenarioForm.model_fields
    for key in merged.texts:
        if key not in fields:
            found.complaints.append(unknown_key((key,), [*fields, "extends"], merged))
    for key, part in fields.items():
        if key in merged.texts:
            _read_part(found, key, part.annotation)
        elif part.is_required():
            found.complaints.append(merged.complaint("missing_key", (key,)))
            found.broken.add(key)
        else:
            default = part.get_default(call_default_factory=True)
            found.parts[key] = dict(enumerate(default)) if isinstance(default, list) else default
    return found


def _read_part(found: Draft, key: str, form: Any) -> None:
    given, at = found.merged.texts[key], (key,)
    if get_origin(form) not in (list, dict) or key == "parameters":
        read = validate(_with_metadata(key, form), given, at, found.merged)
    else:
        read = validate_items(form, given, at, found.merged)
    found.parts[key], complaints = read
    found.complaints += complaints
    if complaints:
        found.broken.add(key)


def _with_metadata(key: str, form: Any) -> Any:
    """The form of a part with the validators that pydantic keeps apart from it."""
    metadata = forms.ScenarioForm.model_fields[key].metadata
    for extra in metadata:
        form = Annotated[form, extra]
    return form
