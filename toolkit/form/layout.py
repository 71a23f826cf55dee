"""Where each figure, label and text stands on which sheet: the only room that knows addresses.

A layout follows from the edition alone. Rows and columns are counted from 0; an address is the spreadsheet's, `D7`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from toolkit.form.parts import Edition, Line, Ref, Table

NUMBER = 1
"""The layout number every workbook carries; raise it when a change here moves a cell."""

MARK = "xls"
"""Names the hidden sheet, and begins the custom properties and defined names, that say what a workbook is."""

MARK_KEYS = ("edition", "year", "unit", "code", "level", "layout")

UNREAD = "unread"
"""The line of the hidden sheet with the figures that a report had and that were not read out of it."""
PREAMBLE, SIGNATURE = "preamble", "signature"
"""Its lines with what stood in the report before the first section, and who signed it."""

TITLE_ROW, UNIT_ROW, NOTE_ROW, FIRST_ROW = 0, 1, 2, 3
COVER_TITLE_ROW, COVER_FIRST_ROW, COVER_LABEL, COVER_FIELD = 1, 3, 1, 2
TEXTS_FIRST_ROW, TEXTS_BLOCK_ROWS = 2, 2

Role = Literal["title", "head", "label", "figure", "unit", "year", "note"]


class Place(NamedTuple):
    """A cell of a sheet."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """Its address, `D7`."""
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell or a merged block of cells with what is printed in it; `ref` for the box of a figure."""

    row: int
    column: int
    rows: int
    columns: int
    role: Role
    text: str = ""
    ref: Ref = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of tables: its boxes from the top, the rows of its heads, and how many columns its stub takes."""

    name: str
    title: str
    boxes: tuple[Box, ...]
    width: int
    height: int
    stub: int
    frozen: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """An edition laid out. `labels` has, by sheet, every (row, column, text) a workbook of ours must show."""

    edition: Edition
    sheets: tuple[Sheet, ...]
    places: Mapping[Ref, Place]
    labels: Mapping[str, tuple[tuple[int, int, str], ...]]
    fields: Mapping[str, Place]
    texts: Mapping[str, Place]

    def sheet(self, name: str) -> Sheet:
        """The sheet of a name.

        Raises:
            KeyError: the layout has no such sheet.
        """
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


@cache
def _letters(column: int) -> str:
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def address(row: int, column: int, *, fixed: bool = False) -> str:
    """The spreadsheet's name for a cell; `$D$7` where fixed."""
    return f"${_letters(column)}${row + 1}" if fixed else f"{_letters(column)}{row + 1}"


@lru_cache(maxsize=4096)
def located(address: str) -> tuple[int, int]:
    """The row and column of an address, counted from 0."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :] or 0) - 1, column - 1


def name(ref: Ref) -> str:
    """The defined name of a figure's cell: a ref with its slashes doubled into what spreadsheets allow in a name."""
    return ref.replace("/", "__")


@lru_cache(maxsize=64)
def layout(edition: Edition) -> Layout:
    """The layout of an edition."""
    sheets = tuple(_sheet(edition, section.sheet, section.title) for section in edition.sections if section.sheet)
    places = {box.ref: Place(sheet.name, box.row, box.column) for sheet in sheets for box in sheet.boxes if box.ref}
    labels = {
        sheet.name: tuple(
            (box.row, box.column, box.text) for box in sheet.boxes if box.role in ("head", "label") and box.text
        )
        for sheet in sheets
    }
    words = edition.wording
    fields = {
        field.id: Place(words.cover_sheet, COVER_FIRST_ROW + n, COVER_FIELD)
        for n, field in enumerate(words.cover_fields)
    }
    texts = {
        section.id: Place(words.texts_sheet, TEXTS_FIRST_ROW + (1 + TEXTS_BLOCK_ROWS) * n + 1, 0)
        for n, section in enumerate(edition.texts)
    }
    ordered = {ref: places[ref] for ref in edition.figures}
    return Layout(edition, sheets, ordered, labels, fields, texts)


def _sheet(edition: Edition, name: str, title: str) -> Sheet:
    tables = [table for table in edition.tables if table.sheet == name]
    stub = max(_stub_width(table) for table in tables)
    width = stub + max(len(_leaves(table.columns)) for table in tables)
    boxes: list[Box] = [
        Box(TITLE_ROW, 0, 1, width, "title", title),
        Box(UNIT_ROW, 0, 1, width - max(1, width // 3), "unit"),
        Box(UNIT_ROW, width - max(1, width // 3), 1, max(1, width // 3), "year"),
        Box(NOTE_ROW, 0, 1, width, "note", edition.wording.sheet_note),
    ]
    top = FIRST_ROW
    for table in tables:
        drawn = tuple(_table(table, top, stub, width))
        boxes += drawn
        top = max(box.row + box.rows for box in drawn)
    single = len(tables) == 1
    first = min(box.row for box in boxes if box.role == "figure") if single else FIRST_ROW
    return Sheet(name, title, tuple(boxes), width, top, stub, (first, stub if single else 0))


def _stub_width(table: Table) -> int:
    if not any(row.label for row in table.rows):
        return 0
    return max(_depth(row) for row in table.rows) + 1


def _depth(line: Line) -> int:
    return line.id.count(".")


def _leaves(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.kind != "heading")


def _table(table: Table, top: int, stub: int, width: int) -> Iterable[Box]:
    if table.head:
        yield Box(top, 0, 1, width, "head", table.head)
        top += 1
    over = 1 if table.over else 0
    deep = over + max(_depth(column) for column in table.columns) + 1
    spans = _spans(table, stub, width)
    if stub:
        yield Box(top, 0, deep, stub, "head", table.stub)
    if over:
        yield Box(top, stub, 1, width - stub, "head", table.over)
    yield from _heads(table, top + over, deep - over, spans)
    yield from _rows(table, top + deep, stub, spans)


def _spans(table: Table, stub: int, width: int) -> dict[str, tuple[int, int]]:
    """Where each figure column starts and how many sheet columns it takes; the last one takes what is left over."""
    leaves = _leaves(table.columns)
    spans = {line.id: (stub + n, 1) for n, line in enumerate(leaves)}
    last, (start, _) = leaves[-1].id, spans[leaves[-1].id]
    spans[last] = (start, width - start)
    return spans


def _heads(table: Table, top: int, deep: int, spans: Mapping[str, tuple[int, int]]) -> Iterable[Box]:
    for column in table.columns:
        level = _depth(column)
        if column.kind == "heading":
            under = [spans[each] for each in spans if each.startswith(column.id + ".")]
            start = min(span[0] for span in under)
            yield Box(top + level, start, 1, max(sum(span) for span in under) - start, "head", column.label)
        else:
            start, columns = spans[column.id]
            yield Box(top + level, start, deep - level, columns, "head", column.label)


def _rows(table: Table, top: int, stub: int, spans: Mapping[str, tuple[int, int]]) -> Iterable[Box]:
    figure_rows = _leaves(table.rows)
    at = {row.id: top + n for n, row in enumerate(figure_rows)}
    for row in table.rows:
        if row.kind == "heading":
            under = [at[each] for each in at if each.startswith(row.id + ".")]
            yield Box(min(under), _depth(row), max(under) - min(under) + 1, 1, "label", row.label)
            continue
        if stub:
            yield Box(at[row.id], _depth(row), 1, stub - _depth(row), "label", row.label)
        for column in _leaves(table.columns):
            start, columns = spans[column.id]
            yield Box(at[row.id], start, 1, columns, "figure", ref=f"{table.id}/{row.id}/{column.id}")
