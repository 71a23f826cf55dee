"""The empty entry cells of a workbook for a terminal: by table and row, each with its cell and label."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group
from rich.text import Text

from toolkit.form.parts import Ref
from toolkit.form.sentences import line_name
from toolkit.ground.language import listed, text
from toolkit.model.filing import Entry
from toolkit.render.screen.terminal import beside, gap, lines, title
from toolkit.workbook.fill_blanks import Blanks


def blanks(found: Blanks, source: str, width: int) -> Group:
    """What is empty in a workbook, at most `width` cells wide."""
    return Group(*_blanks(found, source, width))


def _blanks(found: Blanks, source: str, width: int) -> Iterator[Text]:
    head = text("{file}: {count} entry cells are empty", file=source, count=len(found.cells))
    if not found.cells:
        head = text("{file}: no entry cell is empty", file=source)
    yield from lines(head, width, style="bold")
    for section in found.edition.sections:
        here = [ref for ref in found.cells if found.edition.table(ref.split("/")[0]).sheet == section.sheet]
        if not here:
            continue
        yield gap()
        head = text("{table}: {count} cells", table=f"{section.sheet}  {title(section)}", count=len(here))
        yield from lines(head, width, style="bold")
        if section.sheet in found.whole:
            said = text("Nothing is filled in in this table: all of it would be 0.")
            yield from lines(said, width, indent=2, style="bold yellow")
        yield from _rows(found, here, width)
    yield from _remarks(found, width)


def _rows(found: Blanks, refs: list[Ref], width: int) -> Iterator[Text]:
    rows: dict[str, list[str]] = {}
    for ref in refs:
        table = found.edition.table(ref.split("/")[0])
        figure = found.edition.figures[ref]
        named = line_name(figure.row, {line.id: line for line in table.rows})
        column = line_name(figure.column, {line.id: line for line in table.columns})
        row = " ".join(part for part in (table.head, named) if part) or table.sheet
        rows.setdefault(row, []).append(f"{column} {_where(found, ref, found.cells[ref])}")
    for row, cells in rows.items():
        yield from beside(row, listed(cells, len(cells)), width, indent=2)


def _where(found: Blanks, ref: Ref, entry: Entry) -> str:
    """The address of a cell, with its sheet where that is not the one the form has it on."""
    own = found.edition.table(ref.split("/")[0]).sheet
    return entry.origin.cell or "" if entry.origin.sheet == own else f"{entry.origin.sheet}!{entry.origin.cell}"


def _remarks(found: Blanks, width: int) -> Iterator[Text]:
    said: list[object] = [each.message for each in found.doubts]
    if found.left:
        cells = listed([_where(found, ref, entry) for ref, entry in found.left.items()])
        said.append(text("Left as they are, a formula or a merged cell: {cells}", cells=cells))
    if found.absent:
        said.append(text("The workbook has no cell for {count} entries of the form.", count=found.absent))
    if said:
        yield gap()
    for each in said:
        yield from lines(each, width, style="yellow")
