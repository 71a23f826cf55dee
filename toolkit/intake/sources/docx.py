"""A Word document (.docx): its tables as grids, and its paragraphs outside them as lines."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text
from toolkit.ground.limits import limits
from toolkit.ground.markup import parsed
from toolkit.intake.sources import Document, Laid
from toolkit.intake.sources.laying import all_laid_out

_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
"""Of what is said twice, once for older programs, the Fallback is passed over."""

_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def is_document(content: bytes) -> bool:
    """Whether bytes are a package with a Word document in it."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _PART in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def read(content: bytes) -> Document:
    """The tables and lines of a document.

    Raises:
        Unreadable: it is damaged, encrypted, or unpacks to more than any report is.
    """
    damaged = text("a damaged Word document; open it in Word or WPS and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_PART) as part:
            most = limits().document_mb
            xml = part.read((most << 20) + 1)
        if len(xml) > most << 20:
            raise Unreadable(
                text("it unpacks to more than {size} MB; save the report alone as a new document", size=most)
            )
        root: Any = parsed(xml.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()))
    except (
        zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError, RuntimeError, SyntaxError,
    ) as error:  # fmt: skip
        raise Unreadable(damaged) from error
    body = root.find(f"{_W}body")
    if body is None:
        raise Unreadable(damaged)
    for old in list(body.iter(f"{_COMPATIBLE}Fallback")):
        old.getparent().remove(old)
    found = tables(body)
    grids = all_laid_out(_rows(table) for table in found)
    framed = frozenset(found)
    said = [
        line
        for each in body.iter(f"{_W}p")
        if next(each.iterancestors(f"{_W}tbl"), None) not in framed
        for line in _words(each).split("\n")
    ]
    return Document(grids, tuple(line for line in said if line.strip()), sum(1 for _ in body.iter("{*}blip")))


def tables(body: Any) -> tuple[Any, ...]:
    """The tables of a document's body in the order their grids have; a frame around tables is none."""
    every = (each for each in body.iter(f"{_W}tbl") if not _old(each))
    return tuple(each for each in every if next(each.iterdescendants(f"{_W}tbl"), None) is None)


def _old(element: Any) -> bool:
    """Whether an element is what older programs see in place of another."""
    return next(element.iterancestors(f"{_COMPATIBLE}Fallback"), None) is not None


def rows(table: Any) -> list[list[tuple[int, int, Any]]]:
    """The cells of every row of a table as (column, columns it spans, element); a merged one is the topmost."""
    found: list[list[tuple[int, int, Any]]] = []
    for line in table.iter(f"{_W}tr"):
        here: list[tuple[int, int, Any]] = []
        for column, span, cell, merge in _cells(line):
            above = next((each for at, _, each in found[-1] if at == column), cell) if found else cell
            here.append((column, span, above if merge == "continue" else cell))
        found.append(here)
    return found


def _rows(table: Any) -> Iterator[list[Laid]]:
    """The cells of every row, those that go on with the one above given to that one."""
    lines = [list(_cells(row)) for row in table.iter(f"{_W}tr")]
    merged = [{column: merge for column, _, _, merge in reversed(line)} for line in lines]
    for at, line in enumerate(lines):
        row = []
        for column, span, cell, merge in line:
            if merge == "continue" and at and merged[at - 1].get(column):
                continue
            down = 1
            while merge and at + down < len(lines) and merged[at + down].get(column) == "continue":
                down += 1
            row.append(Laid("" if cell is None else _inside(cell), span, down))
        yield row


def _cells(row: Any) -> Iterator[tuple[int, int, Any, str]]:
    """Every cell with its column, how many it spans, and whether it begins or goes on with a merged one."""
    column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    if column:
        yield 0, column, None, ""
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        yield column, span, cell, "" if merge is None else str(merge.get(f"{_W}val") or "continue")
        column += span


def _number(element: Any, otherwise: int) -> int:
    said = "" if element is None else str(element.get(f"{_W}val") or "")
    return int(said) if said.isdigit() and len(said) < 4 else otherwise


def _inside(cell: Any) -> str:
    return "\n".join(line for each in cell.iter(f"{_W}p") if (line := _words(each).strip()))


def _words(paragraph: Any) -> str:
    """The words of a paragraph; deleted ones of tracked changes and those of a text box in it are not there."""
    said = []
    for each in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if next(each.iterancestors(f"{_W}p"), None) is not paragraph:
            continue
        if each.tag == f"{_W}t":
            said.append(each.text or "")
        elif each.getparent().tag == f"{_W}r":
            said.append("\t" if each.tag == f"{_W}tab" else "\n")
    return "".join(said)
