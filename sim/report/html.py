"""A report as HTML, for notebooks: nothing in it but its own words, tables plain enough for any page."""

from __future__ import annotations

from html import escape

from sim.report.document import Block, Document, Grid, Heading, Paragraph, Points


def html_of(document: Document) -> str:
    """The document as a fragment of HTML."""
    return "<div>\n" + "\n".join(_block(block) for block in document.blocks) + "\n</div>"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Paragraph):
        text = escape(block.text)
        return f"<p><strong>{text}</strong></p>" if block.strong else f"<p><small>{text}</small></p>" if block.small else f"<p>{text}</p>"
    if isinstance(block, Points):
        kind = "ol" if block.numbered else "ul"
        return f"<{kind}>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + f"</{kind}>"
    return _grid(block)


def _grid(grid: Grid) -> str:
    head = "".join(f"<th>{escape(title)}</th>" for title in grid.header)
    rows = "".join(f"<tr>{_cells(row)}</tr>" for row in grid.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(row: tuple[str, ...]) -> str:
    first, *others = row
    return _cell(first, "left") + "".join(_cell(cell, "right") for cell in others)


def _cell(text: str, side: str) -> str:
    return f'<td style="text-align:{side}">{escape(text)}</td>'
