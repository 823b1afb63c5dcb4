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
        "BadParameter": "giá trị của {name} không dùng được ({detail})",
        "TooMany": "thừa {name}",
        "meant": ", có phải ý là {name}",
    },
    "en": {
        "usage": "The command is not right: {what}. See: thoatngheo {command}--help",
        "NoSuchOption": "there is no option {name}{meant}",
        "NoSuchCommand": "there is no command {name}{meant}",
        "MissingParameter": "{name} is missing",
        "BadParameter": "{name} cannot be that ({detail})",
        "TooMany": "{name} is too much",
        "meant": ", did you mean {name}",
    },
}
# What the libraries of the command line say of a value, in plain words.
DETAILS = {
    "Input should be greater than or equal to": {"vi": "phải từ", "en": "it must be at least"},
    "Input should be less than or equal to": {"vi": "nhiều nhất là", "en": "it may be at most"},
    "is not one of": {"vi": "không thuộc", "en": "is not one of"},
    "is not in the range": {"vi": "không nằm trong khoảng", "en": "is not in the range"},
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
    if "unexpected extra argument" in str(error.message):
        kind, name = "TooMany", str(error.message).rpartition("(")[2].rstrip(")")
    facts = {"name": name, "meant": words["meant"].format(name=meant) if meant else "", "detail": _detail(str(error.message), lang)}
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


def _detail(message: str, lang: str) -> str:
    """What is wrong with a value, in short."""
    short = message.removeprefix("Value error, ").rstrip(".")
    if "integer" in short:
        return {"vi": "phải là số nguyên", "en": "it must be a whole number"}[lang]
    for said, plain in DETAILS.items():
        short = short.replace(said, plain[lang])
    return short
