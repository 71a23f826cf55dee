"""What a workbook says it is: unit, level, year, edition; on its cover, its hidden sheet, in its properties."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from itertools import pairwise

from toolkit.form.keys import ZEROS_FIELD
from toolkit.form.layout import MARK, MARK_KEYS, PREAMBLE, SIGNATURE, UNREAD, Layout
from toolkit.form.parts import Edition
from toolkit.form.words import Marking
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text
from toolkit.ground.patterns import pattern
from toolkit.intake.sources.sheets import Workbook
from toolkit.intake.sources.text import identity as identity_of_lines
from toolkit.model.answers import MARKED_FROM, MARKS, of_list
from toolkit.model.filing import Explanation, Finding, Identity, Unit
from toolkit.model.findings import asked

DAMAGED_CODE = "damaged-code"
"""What a cover says in place of a code that was kept as a number."""

_EXACT = 1e15
"""From here on a spreadsheet has lost the last digits of a whole number."""

_CORE, _MOST_OF_CORE = "docProps/core.xml", 65536
_TIMES = pattern(r"<dcterms:(created|modified)[^>]*>\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")


def claims_of(book: Workbook) -> Mapping[str, str]:
    """What the workbook says it is: on its hidden sheet, else in its properties or defined names."""
    if MARK in book.names:
        said = {str(row[0]): str(row[1]) for row in book.rows(MARK) if len(row) > 1}
        if said.get("edition"):
            return {key: said.get(key, "") for key in MARK_KEYS}
    return book.properties(MARK)


def unread_of(book: Workbook) -> frozenset[str]:
    """The figures that the workbook's report had and that were not read out of it when it was made."""
    if MARK not in book.names:
        return frozenset()
    return frozenset(ref for row in book.rows(MARK) if len(row) > 1 and row[0] == UNREAD for ref in str(row[1]).split())


def around(book: Workbook) -> tuple[str, str]:
    """What stood before the first section of the report that the workbook was made of, and who signed it."""
    if MARK not in book.names:
        return "", ""
    said = {str(row[0]): str(row[1]) for row in book.rows(MARK) if len(row) > 1}
    return said.get(PREAMBLE, ""), said.get(SIGNATURE, "")


def identity_of(book: Workbook, claims: Mapping[str, str]) -> Identity:
    """For whom the workbook was made, and of which file it is a marked copy."""
    made_for = Unit(claims.get("unit", ""), claims.get("code") or None, claims.get("level") or None)
    marked = ""
    if MARKS in book.names:
        marked = next((str(row[1]) for row in book.rows(MARKS) if len(row) > 1 and row[0] == MARKED_FROM), "")
    return Identity(made_for if made_for.name or made_for.code else None, marked)


def saved(content: bytes) -> str:
    """When a workbook was saved last by its own account, a sortable time; empty where it does not say, or says what
    every workbook of ours says before anybody has saved it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            said = package.read(_CORE)[:_MOST_OF_CORE].decode("utf-8", "replace")
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError):
        return ""
    stated = dict(_TIMES.findall(said))
    modified = stated.get("modified", "")
    return "" if modified == stated.get("created") else modified


def _as_typed(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def cover_of(book: Workbook, made: Layout) -> dict[str, str]:
    """What the cover says, by field; the level by its id."""
    words = made.edition.wording
    if words.cover_sheet not in book.names:
        return {}
    labels = {field.label: field.id for field in words.cover_fields}
    said: dict[str, str] = {}
    for row in book.rows(words.cover_sheet):
        for label, value in pairwise(row):
            field = labels.get(str(label).strip())
            if field is not None and value != "":
                said[field] = _as_typed(value)
                if field == "code" and isinstance(value, float) and abs(value) >= _EXACT:
                    said[DAMAGED_CODE] = said.pop("code")
    levels = {level.label: level.id for level in made.edition.levels}
    if "level" in said:
        said["level"] = levels.get(said["level"], "")
    return said


def blanks_are_zero(cover: Mapping[str, str], made: Layout) -> bool:
    """Whether a cover says that what was left blank is 0."""
    asked = next((field for field in made.edition.wording.cover_fields if field.id == ZEROS_FIELD), None)
    return asked is not None and cover.get(ZEROS_FIELD) in asked.choices[:1]


def year_of(
    book: Workbook, stated: Edition, cover: Mapping[str, str], claims: Mapping[str, str], given: int | None
) -> int:
    """The report year: the cover's, else what the workbook claims, what is given, or what its lines say.

    Raises:
        Unreadable: nobody says it.
    """
    for said in (cover.get("year"), claims.get("year")):
        if said and said.isdecimal() and len(said) == 4:
            return int(said)
    lines = [
        str(cell)
        for name in book.visible()
        if name not in lists(book, stated.wording.marking)
        for row in book.rows(name)
        for cell in row
        if isinstance(cell, str) and cell
    ]
    found = given or identity_of_lines(lines)[0]
    if found is None:
        raise Unreadable(
            text(
                "{file}: it does not say its report year; read it with `xls import {file} --year YEAR -o NEW.xlsx`",
                file=book.source,
            )
        )
    return found


def contradictions(
    stated: Edition, cover: Mapping[str, str], claims: Mapping[str, str], year: int
) -> Iterable[Finding]:
    """Where the cover, the workbook's claims and its tables do not agree."""
    remedy = text("ask the unit which is right and correct the cover")
    for key, what in (
        ("unit", text("unit")),
        ("code", text("code")),
        ("level", text("level")),
        ("year", text("report year")),
    ):
        said, made_for = cover.get(key, ""), claims.get(key, "")
        if said and made_for and said != made_for:
            yield from asked(
                stated,
                "cover",
                text(
                    "the cover says {what} {said}, the workbook was made for {made_for}",
                    what=what,
                    said=said,
                    made_for=made_for,
                ),
                remedy,
            )
    if not (cover.get("unit") or claims.get("unit")):
        unnamed = text("the cover names no unit")
        yield from asked(stated, "cover", unnamed, text("enter the unit's full name on the cover"))
    if DAMAGED_CODE in cover:
        lost = text(
            "the code on the cover was kept as a number and lost its last digits ({code}); it is not used",
            code=cover[DAMAGED_CODE],
        )
        yield from asked(stated, "cover", lost, text("make the cell text and enter the code again, all 18 characters"))
    claimed = claims.get("edition")
    if claimed and claimed != stated.id:
        yield from asked(
            stated,
            "edition",
            text(
                "the workbook was made as edition {claimed} and holds the tables of edition {holds}",
                claimed=claimed,
                holds=stated.id,
            ),
            text("fill in the workbook handed out for {year}", year=year),
        )


def lists(book: Workbook, words: Marking) -> Mapping[str, tuple[Explanation, ...]]:
    """The sheets that are lists of findings of ours, whatever they are called by now, each with what was written there.

    A sheet of that name that somebody made for himself is none.
    """
    if MARKS not in book.names and not any(words.sheet in name for name in book.visible()):
        return {}
    found = {name: _list_on(book, name) for name in book.visible()}
    return {name: said for name, said in found.items() if said is not None}


def _list_on(book: Workbook, name: str) -> tuple[Explanation, ...] | None:
    try:
        return of_list(book.rows(name))
    except Unreadable:  # it is none of ours; where the form's tables may stand on it, whoever looks for them says so
        return None
