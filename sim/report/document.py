"""A report as blocks, shown on a terminal or written as markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any

FIRST_WIDTH = 14  # columns of a terminal that the words of a table keep at least
NO_BREAK = "\N{NO-BREAK SPACE}"
HEADER_WIDTH = 11  # columns of a terminal in which the title of a column of numbers is broken


@dataclass(frozen=True)
class Heading:
    """A title; ``level`` 1 is the report's own."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``strong`` is the one sentence a reader must not miss, ``small`` a caption."""

    text: str
    strong: bool = False
    small: bool = False


@dataclass(frozen=True)
class Points:
    """A list of short paragraphs; numbered where others refer to them."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: the first column is words, the others numbers already written."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Points | Grid


@dataclass(frozen=True)
class Document:
    """Blocks in the order of reading."""

    blocks: tuple[Block, ...]

    def markdown(self) -> str:
        """The document as plain markdown."""
        return "\n\n".join(_markdown(block) for block in self.blocks) + "\n"

    def _repr_html_(self) -> str:
        from sim.report.html import html_of

        return html_of(self)

    def show(self, console: Any) -> None:
        """Print the document on a rich console; it fits 80 columns."""
        for block in self.blocks:
            _show(block, console)


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}"
    if isinstance(block, Paragraph):
        return f"**{block.text}**" if block.strong else block.text
    if isinstance(block, Points):
        return "\n".join(f"{mark} {item}" for mark, item in _marked(block))
    rule = ["---", *["---:"] * (len(block.header) - 1)]
    return "\n".join(_row(cells) for cells in (block.header, rule, *block.rows))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _marked(block: Points) -> Iterable[tuple[str, str]]:
    return ((f"{number}." if block.numbered else "-", item) for number, item in enumerate(block.items, start=1))


def _show(block: Block, console: Any) -> None:
    """One block on a rich console; text is never read as markup."""
    from rich import box
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    if isinstance(block, Heading):
        if block.level > 1:
            console.print()
        console.print(Text(block.text, style="bold underline" if block.level == 1 else "bold"))
    elif isinstance(block, Paragraph):
        console.print(Text(block.text, style="bold" if block.strong else "dim" if block.small else ""))
    elif isinstance(block, Points):
        table = Table.grid(padding=(0, 1))
        for mark, item in _marked(block):
            table.add_row(Text(mark), Text(item))
        console.print(Padding(table, (0, 0, 0, 1)))
    else:
        console.print(_table(block, Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False)))


def _table(grid: Grid, table: Any) -> Any:
    """The grid as a rich table: numbers break nowhere but before the bracket of a band, and the words beside them keep some room."""
    from rich.text import Text

    for number, title in enumerate(grid.header):
        if number:
            table.add_column(Text(fill(title, HEADER_WIDTH, break_long_words=False)), justify="right", overflow="fold")
        else:
            longest = max(len(cell) for cell in (title, *[row[0] for row in grid.rows]))
            table.add_column(Text(title), min_width=min(longest, FIRST_WIDTH))
    for first, *others in grid.rows:
        table.add_row(Text(first), *[Text(cell.replace(" ", NO_BREAK).replace(f"{NO_BREAK}(", " (")) for cell in others])
    return table
