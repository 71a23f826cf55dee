"""An .xlsx package with some cells of its sheets changed; every other part stays byte for byte as it was.
Which cells and why is not known here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from toolkit.form.layout import address, located
from toolkit.form.parts import Number
from toolkit.ground.markup import space_of
from toolkit.workbook.inplace.package import changed
from toolkit.workbook.inplace.sheets import sheets

At = tuple[int, int]
"""A cell of a sheet by row and column, counted from 0."""


class _Seen(NamedTuple):
    """The rows or cells of a sheet that have an element, in their order: the places of it, and the elements."""

    places: list[int]
    elements: list[Any]


def written(
    content: bytes, source: str, numbers: Mapping[str, Mapping[At, Number]], *, recalculate: bool = False
) -> bytes:
    """The package with numbers in some cells, given by sheet and cell, that keep their style; `recalculate`: whoever
    opens it is to calculate its formulas anew.

    Raises:
        NotWritten: it is no package of that kind (.xls, .xlsb, .ods), or is signed or damaged.
    """
    with changed(content, source) as package:
        parts = sheets(package)
        for sheet, values in numbers.items():
            if values:
                root = package.tree(parts[sheet])
                for at, cell in cells(root, values).items():
                    _set(cell, space_of(root), values[at])
                package.put(parts[sheet], root)
        if recalculate:
            package.put(package.book, _to_be_calculated(package.tree(package.book)))
        return package.packed()


def _to_be_calculated(book: Any) -> Any:
    """The part that says so; where nothing of calculating is said, nothing keeps a program from it."""
    said = book.find(f"{space_of(book)}calcPr")
    if said is not None:
        said.set("fullCalcOnLoad", "1")
    return book


def cells(root: Any, wanted: Iterable[At]) -> dict[At, Any]:
    """The elements of some cells of a sheet; those that are missing are put in where they belong."""
    space, asked = space_of(root), set(wanted)
    rows = _seen(root.find(f"{space}sheetData"), f"{space}row", lambda row, at: int(row.get("r", at + 2)) - 1)
    found: dict[At, Any] = {}
    for number in sorted({row for row, _ in asked}):
        row = _row(root, space, rows, number)
        seen = _seen(row, f"{space}c", lambda cell, at: located(cell.get("r"))[1] if cell.get("r") else at + 1)
        for column in sorted(column for at, column in asked if at == number):
            found[number, column] = _cell(root, space, row, seen, (number, column))
    return found


def _seen(parent: Any, tag: str, place: Any) -> _Seen:
    """The rows of a sheet or the cells of a row with their places; one that does not say its own follows the last."""
    seen, at = _Seen([], []), -1
    for each in parent.iterchildren(tag):
        at = place(each, at)
        seen.places.append(at)
        seen.elements.append(each)
    return seen


def _row(root: Any, space: str, rows: _Seen, number: int) -> Any:
    n = bisect_left(rows.places, number)
    if n < len(rows.places) and rows.places[n] == number:
        return rows.elements[n]
    row = root.makeelement(f"{space}row", {"r": str(number + 1)})
    _insert(root.find(f"{space}sheetData"), rows, n, number, row)
    return row


def _cell(root: Any, space: str, row: Any, cells: _Seen, at: At) -> Any:
    """The element of a cell; one that is missing gets the style that its row or column gives to what is typed there."""
    n = bisect_left(cells.places, at[1])
    if n < len(cells.places) and cells.places[n] == at[1]:
        return cells.elements[n]
    style = row.get("s") if row.get("customFormat") in ("1", "true") else _of_column(root, space, at[1])
    cell = root.makeelement(f"{space}c", {"r": address(*at)} | ({"s": style} if style else {}))
    _insert(row, cells, n, at[1], cell)
    _widen(root, space, row, at)
    return cell


def _of_column(root: Any, space: str, column: int) -> str | None:
    for each in root.iterfind(f"{space}cols/{space}col"):
        if int(each.get("min")) <= column + 1 <= int(each.get("max")):
            return str(each.get("style")) if each.get("style") else None
    return None


def _insert(parent: Any, seen: _Seen, n: int, place: int, element: Any) -> None:
    if n < len(seen.elements):
        seen.elements[n].addprevious(element)
    elif seen.elements:
        seen.elements[-1].addnext(element)
    else:
        parent.insert(0, element)
    seen.places.insert(n, place)
    seen.elements.insert(n, element)


def _widen(root: Any, space: str, row: Any, at: At) -> None:
    """Make the sheet's and the row's own account of their cells reach to a new one: readers believe them."""
    spans = re.fullmatch(r"(\d+):(\d+)", row.get("spans", ""))
    if spans:
        row.set("spans", f"{min(int(spans[1]), at[1] + 1)}:{max(int(spans[2]), at[1] + 1)}")
    said = root.find(f"{space}dimension")
    corners = re.fullmatch(r"([A-Z]+\d+)(?::([A-Z]+\d+))?", said.get("ref", "")) if said is not None else None
    if corners:
        (top, left), (bottom, right) = (located(corner or corners[1]) for corner in corners.groups())
        if not (top <= at[0] <= bottom and left <= at[1] <= right):
            first, last = (min(top, at[0]), min(left, at[1])), (max(bottom, at[0]), max(right, at[1]))
            said.set("ref", f"{address(*first)}:{address(*last)}")


def _set(cell: Any, space: str, value: Number) -> None:
    """Let a cell that showed nothing hold a number; its style and what else hangs on it stay."""
    for tag in ("v", "is", "f"):
        for old in cell.findall(f"{space}{tag}"):
            cell.remove(old)
    cell.attrib.pop("t", None)
    shown = cell.makeelement(f"{space}v", {})
    shown.text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    cell.insert(0, shown)
