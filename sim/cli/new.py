"""``thoatngheo new FILE``: a commented scenario to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.failing import telling
from sim.cli.language import Language, LanguageOption
from sim.kit.complaints import Complaint, InputError

_WRITTEN = {
    "vi": "Đã ghi {file}. Sửa các con số, rồi: thoatngheo check {file}",
    "en": "Wrote {file}. Put your figures in, then: thoatngheo check {file} --lang en",
}


def new(
    file: Annotated[Path, typer.Argument(help="Tệp sẽ ghi / File to write.", show_default=False)],
    lang: LanguageOption = Language.VI,
    force: Annotated[bool, typer.Option("--force", help="Ghi đè tệp đã có / Overwrite a file.")] = False,
) -> None:
    """Ghi một tệp kịch bản mẫu có chú giải / Write a commented scenario template."""
    with telling(lang):
        _write(file, template(lang), force)
    typer.echo(_WRITTEN[lang].format(file=file))


def template(lang: str) -> str:
    """The text of the template."""
    from sim import scenario

    return (Path(scenario.__path__[0]) / "templates" / f"new.{lang}.yaml").read_text(encoding="utf-8")


def _write(file: Path, text: str, force: bool) -> None:
    if file.suffix not in (".yaml", ".yml"):
        raise InputError([Complaint("not_yaml_name", str(file))])
    if file.exists() and not (force and file.is_file()):
        raise InputError([Complaint("file_exists", str(file))])
    if not file.parent.is_dir():
        raise InputError([Complaint("no_folder", str(file), facts={"folder": file.parent})])
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError([Complaint("cannot_write", str(file))]) from error
