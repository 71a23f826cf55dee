"""An .xlsx package with some cells of its sheets changed; every other part stays byte for byte as it was.
Which cells and why is not known here.
"""

from __future__ import annotations

import io
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from toolkit.form.layout import address
from toolkit.ground.errors import NotWritten
from toolkit.ground.language import text
from toolkit.intake.sources import formulas

At = tuple[int, int]
"""A cell of a sheet by row and column, counted from 0."""


class _Seen(NamedTuple):
    """The rows or cells of a sheet that have an element, in their order: the places of it, and the elements."""

    places: list[int]
    elements: list[Any]


def written(content: bytes, source: str, numbers: Mapping[int, Mapping[At, int]]) -> bytes:
    """The package with whole numbers in some cells, given by sheet (counted from 0) and cell, that keep their style.

    Raises:
        NotWritten: it is no package of that kind (.xls, .xlsb, .ods), or is signed.
    """
    refuse_what_cannot_be_edited(content, source)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        parts = {formulas.part(old, sheet): values for sheet, values in numbers.items() if values}
        new.comment = old.comment
        for each in old.infolist():
            xml = old.read(each)
            new.writestr(each, _edited(xml, parts[each.filename]) if each.filename in parts else xml)
    return buffer.getvalue()


def refuse_what_cannot_be_edited(content: bytes, source: str) -> None:
    """Refuse a package whose parts cannot be changed in place.

    Raises:
        NotWritten: it is none of that kind (.xls, .xlsb, .ods), or is signed.
    """
    names: list[str] = []
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    if "xl/workbook.xml" not in names:
        raise NotWritten(
            text(
                "{file}: only .xlsx and .xlsm are filled in place; save it as .xlsx in Excel, WPS or LibreOffice first",
                file=source,
            )
        )
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise NotWritten(
            text("{file}: signed, and a change would void the signature; take the signature off first", file=source)
        )


def _edited(xml: bytes, values: Mapping[At, int]) -> bytes:
    """The part of a sheet with values in some of its cells."""
    root = parsed(xml)
    space = space_of(root)
    for at, cell in cells(root, values).items():
        _set(cell, space, values[at])
    return serialized(root)


def parsed(xml: bytes) -> Any:
    """A part of a package as a tree; nothing outside of it is fetched."""
    from lxml import etree

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def serialized(root: Any) -> bytes:
    """A tree as the part it was read from is written."""
    from lxml import etree

    tree = root.getroottree()
    encoding = tree.docinfo.encoding or "UTF-8"
    said = {"xml_declaration": True, "encoding": encoding, "standalone": tree.docinfo.standalone}
    return bytes(etree.tostring(tree, **said))


def space_of(root: Any) -> str:
    """The namespace of a part's own elements, in braces; empty where it has none."""
    return root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""


def cells(root: Any, wanted: Iterable[At]) -> dict[At, Any]:
    """The elements of some cells of a sheet; those that are missing are put in where they belong."""
    space, asked = space_of(root), set(wanted)
    rows = _seen(root.find(f"{space}sheetData"), f"{space}row", lambda row, at: int(row.get("r", at + 2)) - 1)
    found: dict[At, Any] = {}
    for number in sorted({row for row, _ in asked}):
        row = _row(root, space, rows, number)
        seen = _seen(row, f"{space}c", lambda cell, at: formulas.place(cell.get("r"))[1] if cell.get("r") else at + 1)
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
        (top, left), (bottom, right) = (formulas.place(corner or corners[1]) for corner in corners.groups())
        if not (top <= at[0] <= bottom and left <= at[1] <= right):
            first, last = (min(top, at[0]), min(left, at[1])), (max(bottom, at[0]), max(right, at[1]))
            said.set("ref", f"{address(*first)}:{address(*last)}")


def _set(cell: Any, space: str, value: int) -> None:
    """Let a cell that showed nothing hold a number; its style and what else hangs on it stay."""
    for tag in ("v", "is", "f"):
        for old in cell.findall(f"{space}{tag}"):
            cell.remove(old)
    cell.attrib.pop("t", None)
    shown = cell.makeelement(f"{space}v", {})
    shown.text = str(value)
    cell.insert(0, shown)
