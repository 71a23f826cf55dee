"""Any document that holds a filing → the filing: a workbook, our JSON, a published report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from toolkit import files, locate
from toolkit.edition import edition, editions, named
from toolkit.errors import Unreadable
from toolkit.findings import finding
from toolkit.form import Edition, Ref
from toolkit.language import text
from toolkit.model import Entry, Filing, Finding, Origin, Reading, Unit, Value
from toolkit.read import read
from toolkit.sources import Document, docx, html, pdf, sheets
from toolkit.sources import text as lines_of

_Read = TypeVar("_Read")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "WordDocument".encode("utf-16-le")
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<)", re.IGNORECASE)


def intake(path: Path, year: int | None = None, unit: str | None = None) -> Reading:
    """The filing in a document, whatever it is; the kind is told by content. `year` and `unit` help where it is silent.

    Raises:
        Unreadable: it holds no filing, or none that can be read; says why and what to do.
    """
    return of_bytes(files.content(path), str(path), year, unit)


def of_bytes(content: bytes, source: str, year: int | None = None, unit: str | None = None) -> Reading:
    """The filing in the bytes of a document; see `intake`."""
    if not content.strip():
        raise Unreadable(text("{file}: the file is empty; ask for it again", file=source))
    head = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{") and not head.startswith(b"{\\rtf"):
        return _of_json(content, source)
    suffix = Path(source).suffix.lower()
    if docx.is_document(content) or suffix == ".docx":
        return _of_document(_read(source, docx.read, content), source, year, unit)
    if suffix == ".doc" or (content.startswith(_OLE) and _WORD in content):
        raise Unreadable(text("{file}: an old Word document; save it as .docx", file=source))
    if sheets.is_workbook(content) or suffix in files.WORKBOOKS:
        return read(content, source, year, unit)
    if suffix == ".pdf" or content.startswith(b"%PDF"):
        return _of_document(_read(source, pdf.read, content), source, year, unit)
    if suffix in (".html", ".htm", ".shtml") or _PAGE.match(content[:1024]):
        return _of_document(_read(source, html.read, content), source, year, unit)
    if b"\0" in content[:512] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            text(
                "{file}: this kind of document is not read; save its text as .txt, or its tables as .xlsx",
                file=source,
            )
        )
    return _of_lines(_read(source, lines_of.read, content), source, year, unit)


def _read(source: str, reader: Callable[[bytes], _Read], content: bytes) -> _Read:
    """What a reader gives, its refusal with the name of the file before it."""
    try:
        return reader(content)
    except Unreadable as error:
        raise Unreadable(text("{file}: {why}", file=source, why=error.sentence)) from error


def _of_document(seen: Document, source: str, year: int | None, unit: str | None) -> Reading:
    """The filing in a document with tables; one whose tables are lines of text is read as those."""
    cells = [cell for grid in seen.grids for row in grid.rows for cell in row if isinstance(cell, str)]
    stated = locate.recognise(cells, editions())
    if stated is None:
        if locate.several(cells, editions()):
            raise _two_reports(source)
        if not seen.pictures or locate.recognise(seen.lines, editions()):
            return _of_lines(seen.lines, source, year, unit)
        raise Unreadable(
            text(
                "{file}: its tables are pictures, and nothing is read into a picture; "
                "type the figures into a workbook of `xls new`",
                file=source,
            )
        )
    return _found(stated, locate.document(stated, seen.grids, seen.lines), seen.lines, source, year, unit)


def _of_lines(lines: Sequence[str], source: str, year: int | None, unit: str | None) -> Reading:
    stated = locate.recognise(lines, editions())
    if stated is None:
        if locate.several(lines, editions()):
            raise _two_reports(source)
        raise Unreadable(
            text(
                "{file}: no table of the form is in it, or only a picture; fill in a workbook of `xls new`", file=source
            )
        )
    return _found(stated, locate.lines(stated, lines), lines, source, year, unit)


def _two_reports(source: str) -> Unreadable:
    return Unreadable(text("{file}: it holds the tables of two reports; save each in a file of its own", file=source))


def _found(
    stated: Edition, found: locate.Located, lines: Sequence[str], source: str, year: int | None, unit: str | None
) -> Reading:
    """The filing with what was found, for the year and unit the lines or the call name.

    Raises:
        Unreadable: the lines of the form stand there twice, for two reports; nothing says for which year.
    """
    if found.doubled and (found.differing or len(lines_of.titled(lines)) > 1):
        raise _two_reports(source)
    said_year, said_unit = lines_of.identity(lines)
    reported = year or said_year
    if reported is None:
        raise Unreadable(text("{file}: it does not say its report year; give it with --year", file=source))
    findings: list[Finding] = []
    for said in found.remarks:
        findings.append(finding(stated.rule("form-moved"), said, text("compare the figures read with the report")))
    for said in found.refused:
        findings.append(
            finding(
                stated.rule("form-moved"), said, text("read the figures off the report and enter them"), level="verify"
            )
        )
    for said in found.unplaced:
        findings.append(
            finding(
                stated.rule("form-unplaced"),
                said,
                text("if these figures belong to a line of the form, enter them there"),
            )
        )
    filing = Filing(stated.id, reported, Unit(unit or said_unit or ""), found.entries, found.texts, source)
    return _reading(stated, filing, findings)


def _reading(stated: Edition, filing: Filing, findings: list[Finding]) -> Reading:
    found = sum(ref in stated.figures for ref in filing.entries)
    return Reading(filing, tuple(findings), found, len(stated.figures))


def _of_json(content: bytes, source: str) -> Reading:
    try:
        said = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
        stated = named(str(said["edition"])) if said.get("edition") else edition(said["year"])
        unit = said.get("unit") or {}
        entries = {ref: Entry(_value(stated, ref, value), Origin()) for ref, value in said["values"].items()}
        whose = Unit(str(unit.get("name") or ""), unit.get("code"), unit.get("level"))
        texts = {str(key): str(value) for key, value in (said.get("texts") or {}).items() if value}
        filing = Filing(stated.id, int(said["year"]), whose, _ordered(stated, entries), texts, source)
    except (ValueError, KeyError, TypeError, AttributeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(
            text(
                "{file}: JSON, but no filing ({reason}); its shape is docs/schema/filing.json",
                file=source,
                reason=_reason(error),
            )
        ) from error
    return _reading(stated, filing, [])


def _reason(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__


def _ordered(stated: Edition, entries: Mapping[Ref, Entry]) -> dict[Ref, Entry]:
    return {ref: entries[ref] for ref in (*stated.figures, *entries) if ref in entries}


def _value(stated: Edition, ref: Ref, value: Any) -> Value:
    """A JSON value as a figure's: money as Decimal, other strings as typed.

    Raises:
        ValueError: the ref is no figure or heading of the edition, or the value is no number, string or null.
    """
    figure = stated.figures.get(ref)
    if figure is None and not _of_a_heading(stated, ref):
        raise ValueError(f"{ref}: no such figure in edition {stated.id}")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return Decimal(value) if value is not None and figure is not None and figure.value == "money" else value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() and (figure is None or figure.value != "money") else value
    if not isinstance(value, str):
        raise ValueError(f"{ref}: neither a number, a string nor null")
    if figure is not None and figure.value == "money":
        try:
            amount = Decimal(value)
        except InvalidOperation:
            return value
        return amount if amount.is_finite() else value
    return value


def _of_a_heading(stated: Edition, ref: Ref) -> bool:
    table, _, place = ref.partition("/")
    row, _, column = place.partition("/")
    found = next((each for each in stated.tables if each.id == table), None)
    return (
        found is not None
        and any(each.id == row for each in found.rows)
        and any(each.id == column and each.kind != "heading" for each in found.columns)
    )
