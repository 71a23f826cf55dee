"""What really stands in a doubtful cell: a formula, an error value, nothing. Looked up in the file itself.

python-calamine gives neither formulas nor error values. Only the few cells a reader doubts are asked for, so this may
be slow; it reads the sheet's own XML (.xlsx, .ods) or records (.xls), not through a second model of the workbook.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

from toolkit.form.layout import address
from toolkit.ground.markup import parsed
from toolkit.ground.patterns import pattern
from toolkit.intake.sources import biff
from toolkit.intake.sources.xlsx import Parts, walked

_VALUELESS = pattern(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = pattern(rb"""\bt=["']e["']|type=["']error["']""")
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
    content: bytes, sheet: tuple[int, str], asked: Asked, *, always: bool = True
) -> dict[tuple[int, int], Standing]:
    """What stands in some cells of the sheet of a number (from 0) and name; one without formula and error is left out.

    Unless `always`, nothing is looked up in a sheet without an error value and without a formula that has no value.

    Raises:
        DAMAGED: the file is.
    """
    if not asked:
        return {}
    if not content.startswith(b"PK"):
        return {cell: found for cell, found in _xls(content, sheet[0]) if cell in asked}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "content.xml" in archive.namelist():
            return _ods(archive.read("content.xml"), sheet[0], asked)
        xml = Parts(archive).sheet(sheet[1])
    if not always and not _ERROR.search(xml) and not _VALUELESS.search(xml):
        return {}
    return _xlsx(xml, asked)


def _xlsx(xml: bytes, asked: Asked) -> dict[tuple[int, int], Standing]:
    found, shared = {}, {}
    for row, column, cell in walked(parsed(xml)):
        formula = cell.find("{*}f")
        if formula is not None and formula.get("t") == "shared" and formula.text:
            shared[formula.get("si")] = (formula.text, address(row, column))
        if (row, column) in asked:
            error = (cell.findtext("{*}v") or "#?") if cell.get("t") == "e" else None
            if formula is not None or error:
                said = _said(formula, shared, address(row, column)) if formula is not None else None
                found[row, column] = Standing(said, error)
    return found


def _said(formula: Any, shared: Mapping[str, tuple[str, str]], cell: str) -> str | bool:
    """A formula as it stands in its cell: one that cells share is written down once, for the first of them."""
    if formula.text or formula.get("si") not in shared:
        return str(formula.text) if formula.text else True
    from openpyxl.formula.translate import Translator  # few workbooks have such a cell

    text, first = shared[formula.get("si")]
    return str(Translator(f"={text}", first).translate_formula(cell)).removeprefix("=")


def _ods(xml: bytes, sheet: int, asked: Asked) -> dict[tuple[int, int], Standing]:
    found = {}
    row = 0
    for line in [*parsed(xml).iter(_ODS_TABLE + "table")][sheet].iter(_ODS_TABLE + "table-row"):
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
        parts = Parts(archive)
        for part in (parts.book, "content.xml", "docProps/custom.xml", "meta.xml"):
            if part in parts:
                for name, value in _properties(parsed(parts.read(part))):
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
