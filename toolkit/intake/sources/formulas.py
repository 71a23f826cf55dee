"""What really stands in a doubtful cell: a formula, an error value, nothing. Looked up in the file itself.

python-calamine gives neither formulas nor error values. Only the few cells a reader doubts are asked for, so this may
be slow; it reads the sheet's own XML (.xlsx, .ods) or records (.xls), not through a second model of the workbook.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

from toolkit.intake.sources import biff

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_ERROR = re.compile(rb"""\bt=["']e["']|type=["']error["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ODS_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODS_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ODS_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

_XLS_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_XLS_FORMULA, _XLS_BOOLERR = 0x0006, 0x0205


class Standing(NamedTuple):
    """What stands in a cell: its formula (a mere True where the text of it is not to be had), its error value."""

    formula: str | bool | None = None
    error: str | None = None


DAMAGED = (
    ValueError, LookupError, StopIteration, SyntaxError, OSError, EOFError, NotImplementedError,
    struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
"""What looking into a damaged file can raise: a part that is cut off, not XML, not there, packed in an unknown way."""

Asked = Set[tuple[int, int]]
Found = dict[tuple[int, int], Standing]


def standing(
    content: bytes, sheet: int, asked: Asked, *, formulas: int | None = None
) -> dict[tuple[int, int], Standing]:
    """What stands in some cells of the sheet of a number (from 0); a cell without formula and error is left out.

    `formulas`: where the sheet has no error value and no more formulas than this many, nothing is looked up. None:
    always look.

    Raises:
        DAMAGED: the file is.
    """
    if not asked:
        return {}
    if not content.startswith(b"PK"):
        return {cell: found for cell, found in _xls(content, sheet) if cell in asked}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "content.xml" in archive.namelist():
            return _ods(archive.read("content.xml"), sheet, asked)
        xml = archive.read(part(archive, sheet))
    if formulas is not None and not _ERROR.search(xml) and sum(1 for _ in _FORMULA.finditer(xml)) <= formulas:
        return {}
    return _xlsx(xml, asked)


def _parsed(xml: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def part(archive: zipfile.ZipFile, sheet: int) -> str:
    """The name of the part of the sheet of a number (from 0) in an .xlsx package."""
    book = _parsed(archive.read("xl/workbook.xml"))
    sheets = list(book.iter("{*}sheet"))
    wanted = sheets[sheet].get(_RELATION) or next(
        value for key, value in sheets[sheet].attrib.items() if key.endswith("}id")
    )
    for relation in _parsed(archive.read("xl/_rels/workbook.xml.rels")):
        if relation.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", relation.get("Target"))).lstrip("/")
    raise KeyError(wanted)


def _xlsx(xml: bytes, asked: Asked) -> dict[tuple[int, int], Standing]:
    found = {}
    for cell in _parsed(xml).iter("{*}c"):
        at = place(cell.get("r", ""))
        if at in asked:
            formula = cell.find("{*}f")
            error = (cell.findtext("{*}v") or "#?") if cell.get("t") == "e" else None
            if formula is not None or error:
                found[at] = Standing(formula.text or True if formula is not None else None, error)
    return found


def place(address: str) -> tuple[int, int]:
    """The row and column of an address, counted from 0."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :] or 0) - 1, column - 1


def _ods(xml: bytes, sheet: int, asked: Asked) -> dict[tuple[int, int], Standing]:
    found = {}
    row = 0
    for line in [*_parsed(xml).iter(_ODS_TABLE + "table")][sheet].iter(_ODS_TABLE + "table-row"):
        column = 0
        for cell in line:
            formula = cell.get(_ODS_TABLE + "formula")
            error = "".join(cell.itertext()) if cell.get(_ODS_CALC + "value-type") == "error" else None
            if (row, column) in asked and (formula or error):
                found[row, column] = Standing(formula, error)
            column += int(cell.get(_ODS_TABLE + "number-columns-repeated", 1))
        row += int(line.get(_ODS_TABLE + "number-rows-repeated", 1))
    return found


def _xls(content: bytes, sheet: int) -> Iterator[tuple[tuple[int, int], Standing]]:
    """Formulas and error values of a sheet of a BIFF8 workbook, from its FORMULA and BOOLERR records ([MS-XLS] 2.4)."""
    stream = biff.stream(content)
    for kind, body in biff.records(stream, biff.sheets(stream)[sheet]):
        if kind not in (_XLS_FORMULA, _XLS_BOOLERR) or len(body) < 8:
            continue
        row, column = struct.unpack_from("<HH", body)
        if kind == _XLS_FORMULA:
            failed = body[6] == 2 and body[12:14] == b"\xff\xff"
            yield (row, column), Standing(True, _XLS_ERRORS.get(body[8], "#?") if failed else None)
        elif body[7]:
            yield (row, column), Standing(None, _XLS_ERRORS.get(body[6], "#?"))


def identity(content: bytes, prefix: str) -> Mapping[str, str]:
    """What the custom properties or the defined names of a workbook say under a prefix (.xlsx, .ods).

    Raises:
        DAMAGED: the file is.
    """
    if not content.startswith(b"PK"):
        return {}
    said: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in ("xl/workbook.xml", "content.xml", "docProps/custom.xml", "meta.xml"):
            if part in archive.namelist():
                for name, value in _properties(_parsed(archive.read(part))):
                    if name.startswith(prefix + "_") and value:
                        said[name[len(prefix) + 1 :]] = value
    return said


def _properties(root: Any) -> Iterator[tuple[str, str]]:
    for each in root.iter("{*}definedName", "{*}property"):
        yield each.get("name", ""), "".join(each.itertext()).strip().strip('="').replace('""', '"')
    for each in root.iter("{*}user-defined"):
        yield each.get("{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}name", ""), "".join(each.itertext())
    for each in root.iter(_ODS_TABLE + "named-expression"):
        yield each.get(_ODS_TABLE + "name", ""), each.get(_ODS_TABLE + "expression", "").removeprefix("of:").strip('="')
