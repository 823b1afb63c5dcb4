"""``thoatngheo new FILE``: a commented scenario to start from, or an empty review list."""

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
_LIST_WRITTEN = {
    "vi": "Đã ghi {file}. Mỗi hộ một dòng, không cần họ tên; rồi ghi vào kịch bản: population: {{roster: {name}}}",
    "en": "Wrote {file}. A household a row, no names needed; then in the scenario: population: {{roster: {name}}}",
}


def new(
    file: Annotated[Path, typer.Argument(help="Tệp sẽ ghi / File to write.", show_default=False)],
    lang: LanguageOption = Language.VI,
    force: Annotated[bool, typer.Option("--force", help="Ghi đè tệp đã có / Overwrite a file.")] = False,
    roster: Annotated[bool, typer.Option("--roster", help="Danh sách rà soát trống (.csv, .xlsx) / An empty review list.")] = False,
) -> None:
    """Ghi một tệp kịch bản mẫu có chú giải, hoặc danh sách rà soát trống / Write a commented scenario template, or an empty review list."""
    with telling(lang):
        if roster:
            _write(file, roster_template(file, lang), force, (".csv", ".xlsx"), "not_a_sheet")
        else:
            _write(file, template(lang).encode(), force, (".yaml", ".yml"), "not_yaml_name")
    typer.echo((_LIST_WRITTEN if roster else _WRITTEN)[lang].format(file=file, name=file.name))


def template(lang: str) -> str:
    """The text of the template."""
    from sim import scenario

    return (Path(scenario.__path__[0]) / "templates" / f"new.{lang}.yaml").read_text(encoding="utf-8")


def roster_template(file: Path, lang: str) -> bytes:
    """The content of an empty list, of the kind that the file's name says."""
    from sim.population.roster_template import template_of

    return template_of(file.suffix.lower(), lang)


def _write(file: Path, content: bytes, force: bool, suffixes: tuple[str, ...], odd_name: str) -> None:
    if file.suffix.lower() not in suffixes:
        raise InputError([Complaint(odd_name, str(file))])
    if file.exists() and not (force and file.is_file()):
        raise InputError([Complaint("file_exists", str(file))])
    if not file.parent.is_dir():
        raise InputError([Complaint("no_folder", str(file), facts={"folder": file.parent})])
    try:
        file.write_bytes(content)
    except OSError as error:
        raise InputError([Complaint("cannot_write", str(file))]) from error
