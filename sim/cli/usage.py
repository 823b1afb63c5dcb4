"""What is wrong with a command line, in the language that was asked for."""

from __future__ import annotations

from typing import Any

from sim.kit.complaints import nearest

WORDS = {
    "vi": {
        "usage": "Lệnh viết chưa đúng: {what}. Xem: thoatngheo {command}--help",
        "NoSuchOption": "không có tùy chọn {name}{meant}",
        "NoSuchCommand": "không có lệnh {name}{meant}",
        "MissingParameter": "thiếu {name}",
        "BadParameter": "giá trị của {name} không dùng được{allowed}",
        "meant": ", có phải ý là {name}",
        "choices": " (được dùng: {choices})",
        "range": " (số nguyên từ {low} đến {high})",
        "least": " (số nguyên từ {low})",
        "number": " (phải là số)",
    },
    "en": {
        "usage": "The command is not right: {what}. See: thoatngheo {command}--help",
        "NoSuchOption": "there is no option {name}{meant}",
        "NoSuchCommand": "there is no command {name}{meant}",
        "MissingParameter": "{name} is missing",
        "BadParameter": "{name} cannot be that{allowed}",
        "meant": ", did you mean {name}",
        "choices": " (it can be: {choices})",
        "range": " (a whole number from {low} to {high})",
        "least": " (a whole number from {low})",
        "number": " (it must be a number)",
    },
}


def usage_text(error: Any, lang: str, commands: tuple[str, ...]) -> str:
    """One sentence on an error that the command-line library found."""
    words, kind = WORDS[lang], type(error).__name__
    context = getattr(error, "ctx", None)
    command = f"{context.info_name} " if context is not None and context.parent is not None else ""
    name, others = _name(error), list(getattr(error, "possibilities", None) or ())
    if "No such command" in str(error.message):
        kind, others = "NoSuchCommand", list(commands)
    meant = nearest(name, others) if others else ""
    facts = {"name": name, "meant": words["meant"].format(name=meant) if meant else "", "allowed": _allowed(error, words)}
    what = words[kind].format(**facts) if kind in words else error.format_message().rstrip(".")
    return words["usage"].format(what=what, command=command)


def _name(error: Any) -> str:
    """The option, argument or command that the error is about."""
    parameter = getattr(error, "param", None)
    if getattr(error, "option_name", None):
        return str(error.option_name)
    if parameter is not None:
        options = [option for option in parameter.opts if option.startswith("--")]
        return options[0] if options else str(parameter.name).upper()
    return str(error.message).partition("'")[2].partition("'")[0]


def _allowed(error: Any, words: dict[str, str]) -> str:
    """What the parameter takes."""
    kind = getattr(getattr(error, "param", None), "type", None)
    choices = getattr(kind, "choices", None)
    if choices:
        return words["choices"].format(choices=", ".join(str(getattr(choice, "value", choice)) for choice in choices))
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None:
        return words["range" if high is not None else "least"].format(low=low, high=high)
    return words["number"] if getattr(kind, "name", "") in ("integer", "float") else ""
