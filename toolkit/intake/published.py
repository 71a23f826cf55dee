"""A published report → the filing: a web page, a Word document, a PDF, a text. Which of them it is says `intake`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from toolkit.form.edition import edition, editions, named
from toolkit.form.parts import Edition
from toolkit.ground.errors import NoForm, Unreadable
from toolkit.ground.language import text
from toolkit.intake import locate
from toolkit.intake.sources import Document, docx, html, pdf, traditional
from toolkit.intake.sources import text as text_of
from toolkit.intake.titles import titled
from toolkit.model.filing import Filing, Finding, Reading, Unit
from toolkit.model.findings import asked

Kind = Literal["docx", "html", "pdf", "text"]

_Read = TypeVar("_Read")

FEWEST = 15
"""A report that does not tell its edition has at least so many figures: those of table four."""


def published(kind: Kind, content: bytes, source: str, year: int | None = None, unit: str | None = None) -> Reading:
    """The filing in a document of a kind. `year` and `unit` help where it is silent.

    Raises:
        Unreadable: it holds no filing, or two, or none that can be read; says why and what to do.
    """
    if kind == "text":
        lines = _read(source, text_of.read, content)
        if traditional.spoken(lines):
            return _simplified(_of_lines(tuple(map(traditional.simplified, lines)), source, year, unit))
        return _of_lines(lines, source, year, unit)
    reader = {"docx": docx.read, "html": html.read, "pdf": pdf.read}[kind]
    seen = _read(source, reader, content)
    if traditional.spoken(itertools.chain(seen.lines, _words(seen))):
        return _simplified(_of_document(_in_simplified(seen), source, year, unit))
    return _of_document(seen, source, year, unit)


def _words(seen: Document) -> list[str]:
    return [cell for grid in seen.grids for row in grid.rows for cell in row if isinstance(cell, str)]


def _in_simplified(seen: Document) -> Document:
    def made(cell: object) -> object:
        return traditional.simplified(cell) if isinstance(cell, str) else cell

    grids = tuple(grid._replace(rows=tuple(tuple(map(made, row)) for row in grid.rows)) for grid in seen.grids)
    return seen._replace(grids=grids, lines=tuple(map(traditional.simplified, seen.lines)))


def _simplified(reading: Reading) -> Reading:
    """A reading with the word that it was made out of traditional characters."""
    said = text("the report is in traditional characters; it is read in simplified ones")
    remedy = text("compare the unit's name and the texts with the report")
    noted = asked(named(reading.filing.edition), "moved", said, remedy)
    return replace(reading, findings=(*noted, *reading.findings))


def _read(source: str, reader: Callable[[bytes], _Read], content: bytes) -> _Read:
    """What a reader gives, its refusal with the name of the file before it."""
    try:
        return reader(content)
    except Unreadable as error:
        raise Unreadable(text("{file}: {why}", file=source, why=error.sentence)) from error


def _of_document(seen: Document, source: str, year: int | None, unit: str | None) -> Reading:
    """The filing in a document with tables; one whose tables are lines of text is read as those."""
    cells = _words(seen)
    reported = year or text_of.identity(seen.lines)[0]
    stated = locate.recognise(cells, editions(), reported)
    if stated is None:
        if locate.several(cells, editions()):
            raise _two_reports(source)
        if alone := _common(lambda each: locate.document(each, seen.grids, seen.lines), seen.lines, source, year, unit):
            return alone
        if not seen.pictures or locate.recognise(seen.lines, editions(), reported):
            return _of_lines(seen.lines, source, year, unit)
        raise NoForm(
            text(
                "{file}: its tables are pictures, and nothing is read into a picture; "
                "type the figures into a workbook of `xls new`",
                file=source,
            )
        )
    return _found(stated, locate.document(stated, seen.grids, seen.lines), seen.lines, source, year, unit)


def _of_lines(lines: Sequence[str], source: str, year: int | None, unit: str | None) -> Reading:
    stated = locate.recognise(lines, editions(), year or text_of.identity(lines)[0])
    if stated is None:
        if locate.several(lines, editions()):
            raise _two_reports(source)
        if alone := _common(lambda each: locate.lines(each, lines), lines, source, year, unit):
            return alone
        raise NoForm(
            text(
                "{file}: no table of the form is in it, or only a picture; fill in a workbook of `xls new`", file=source
            )
        )
    return _found(stated, locate.lines(stated, lines), lines, source, year, unit)


def _common(
    locating: Callable[[Edition], locate.Located], lines: Sequence[str], source: str, year: int | None, unit: str | None
) -> Reading | None:
    """The filing in a document that holds only tables which all editions share: its edition is that of its year."""
    reported = year or text_of.identity(lines)[0]
    if reported is None or reported < min(each.first for each in editions()):
        return None
    stated = edition(reported)
    found = locating(stated)
    if len(found.entries) < FEWEST:
        return None
    return _found(stated, found, lines, source, year, unit)


def _two_reports(source: str) -> Unreadable:
    return Unreadable(text("{file}: it holds the tables of two reports; save each in a file of its own", file=source))


def _found(
    stated: Edition, found: locate.Located, lines: Sequence[str], source: str, year: int | None, unit: str | None
) -> Reading:
    """The filing with what was found, for the year and unit the lines or the call name.

    Raises:
        Unreadable: the lines of the form stand there twice, for two reports; nothing says for which year.
    """
    if found.doubled and (found.differing or len(text_of.titled(lines)) > 1):
        raise _two_reports(source)
    said_year, said_unit = text_of.identity(lines)
    if not text_of.titled(lines):  # the title of another report than ours
        own_year, own_unit = titled(stated, lines)
        said_year, said_unit = own_year or said_year, own_unit or said_unit
    reported = year or said_year
    if reported is None:
        raise Unreadable(text("{file}: it does not say its report year; give it with --year", file=source))
    findings: list[Finding] = []
    for said in found.remarks:
        findings.extend(asked(stated, "moved", said, text("compare the figures read with the report")))
    for said in found.odd_titles:
        findings.extend(asked(stated, "titles", said, text("give the section the title that the form has")))
    for said in found.refused:
        findings.extend(
            asked(stated, "moved", said, text("read the figures off the report and enter them"), level="verify")
        )
    for said in found.unplaced:
        findings.extend(
            asked(
                stated,
                "unplaced",
                said,
                text("if these figures belong to a line of the form, enter them there"),
            )
        )
    filing = Filing(
        stated.id, reported, Unit(unit or said_unit or ""), found.entries, found.texts, source,
        preamble=text_of.preamble(lines[: found.opening]), signature=text_of.signed(lines),
    )  # fmt: skip
    found_of = sum(ref in stated.figures for ref in filing.entries)
    return Reading(filing, tuple(findings), found_of, len(stated.figures))
