"""Faults of form, as the validator finds them, turned into complaints that name the nearest valid word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from sim.kit.complaints import Complaint, Nearest
from sim.kit.reading import KeyPath
from sim.scenario.merging import Merged

_MAPPING = {"vi": "các dòng `khóa: giá trị`", "en": "a mapping (`key: value`)"}
_LIST = {"vi": "một danh sách (`- ...` hoặc `[...]`)", "en": "a list (`- ...` or `[...]`)"}
_TEXT = {"vi": "một chữ", "en": "a word"}
_SHAPES = {"list_type": _LIST, "string_type": _TEXT, "literal_error": _TEXT}


def validate(form: Any, given: Any, at: KeyPath, merged: Merged) -> tuple[Any, list[Complaint]]:
    """The value of ``form`` at ``at``, or None and the complaints."""
    try:
        return TypeAdapter(form).validate_python(given), []
    except ValidationError as error:
        return None, [_complain(fault, form, at, merged) for fault in error.errors(include_url=False)]


def validate_items(form: Any, given: Any, at: KeyPath, merged: Merged) -> tuple[dict[Any, Any], list[Complaint]]:
    """The sound items of a list or mapping of ``form`` by position or name, and complaints about the others."""
    items: Iterable[tuple[Any, Any]]
    if given is None:
        return {}, [merged.complaint("empty_value", at)]
    if get_origin(form) is dict and isinstance(given, dict):
        items = given.items()
    elif get_origin(form) is list and isinstance(given, list):
        items = enumerate(given)
    else:
        return {}, [merged.complaint("wrong_shape", at, wanted=_LIST if get_origin(form) is list else _MAPPING)]
    sound, complaints = {}, []
    for place, item in items:
        value, faults = validate(get_args(form)[-1], item, (*at, place), merged)
        complaints += faults
        if not faults:
            sound[place] = value
    return sound, complaints


def unknown_key(at: KeyPath, allowed: Iterable[str], merged: Merged) -> Complaint:
    """Complaint about a key that no part of the program knows."""
    allowed, key = sorted(allowed), str(at[-1])
    if re.fullmatch(r"[0-9. %]+[^:]*", key):
        return merged.complaint("split_number", at)
    return merged.complaint("unknown_key", at, allowed=allowed, nearest=Nearest(key, allowed))


def not_one_of(at: KeyPath, allowed: Iterable[str], merged: Merged) -> Complaint:
    """Complaint about a word that is not on its list."""
    allowed = sorted(allowed)
    return merged.complaint("not_one_of", at, allowed=allowed, nearest=Nearest(merged.value(at), allowed))


def _complain(fault: Mapping[str, Any], form: Any, at: KeyPath, merged: Merged) -> Complaint:
    here, kind = (*at, *fault["loc"]), fault["type"]
    if kind == "complaint":
        facts = {"example": "", **fault["ctx"]["facts"]}
        return merged.complaint(fault["ctx"]["code"], here, **facts)
    if kind == "extra_forbidden":
        return unknown_key(here, _keys(_form_at(form, fault["loc"][:-1])), merged)
    if kind == "missing":
        return merged.complaint("missing_key", here)
    if fault["input"] is None:
        return merged.complaint("empty_value", here)
    if kind == "literal_error" and isinstance(fault["input"], str):
        return not_one_of(here, get_args(_form_at(form, fault["loc"])), merged)
    return merged.complaint("wrong_shape", here, wanted=_SHAPES.get(kind, _MAPPING))


def _keys(form: Any) -> list[str]:
    return [field.alias or name for name, field in form.model_fields.items()] if _is_form(form) else []


def _form_at(form: Any, loc: Iterable[str | int]) -> Any:
    """The form that stands at a place inside a form."""
    form = _core(form)
    for step in loc:
        if _is_form(form):
            fields = {field.alias or name: field for name, field in form.model_fields.items()}
            form = _core(fields[str(step)].annotation)
        else:
            form = _core(get_args(form)[-1])
    return form


def _is_form(form: Any) -> bool:
    return isinstance(form, type) and issubclass(form, BaseModel)


def _core(form: Any) -> Any:
    """A form without ``Annotated`` and ``None``."""
    while get_origin(form) in (Annotated, Union, UnionType):
        form = next(part for part in get_args(form) if part is not type(None))
    return form
