"""What a workbook says it is: unit, level, year, edition; on its cover, its hidden sheet, in its properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from toolkit.form.layout import MARK, MARK_KEYS, Layout
from toolkit.form.parts import Edition
from toolkit.form.words import Marking
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text
from toolkit.intake.sources.sheets import Workbook
from toolkit.intake.sources.text import identity as identity_of_lines
from toolkit.model.explanations import MARKS, of_list
from toolkit.model.filing import Explanation, Finding
from toolkit.model.findings import asked


def claims_of(book: Workbook) -> Mapping[str, str]:
    """What the workbook says it is: on its hidden sheet, else in its properties or defined names."""
    if MARK in book.names:
        said = {str(row[0]): str(row[1]) for row in book.rows(MARK) if len(row) > 1}
        if said.get("edition"):
            return {key: said.get(key, "") for key in MARK_KEYS}
    return book.properties(MARK)


def cover_of(book: Workbook, made: Layout) -> dict[str, str]:
    """What the cover says, by field; the level by its id."""
    words = made.edition.wording
    if words.cover_sheet not in book.names:
        return {}
    labels = {field.label: field.id for field in words.cover_fields}
    said: dict[str, str] = {}
    for row in book.rows(words.cover_sheet):
        for label, value in pairwise(row):
            if str(label).strip() in labels and value != "":
                said[labels[str(label).strip()]] = (
                    str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
                )
    levels = {level.label: level.id for level in made.edition.levels}
    if "level" in said:
        said["level"] = levels.get(said["level"], "")
    return said


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
            text("fill in the workbook made with `xls new {year}`", year=year),
        )


def lists(book: Workbook, words: Marking) -> Mapping[str, tuple[Explanation, ...]]:
    """The sheets that are lists of findings of ours, whatever they are called by now, each with what was written there.

    A sheet of that name that somebody made for himself is none.
    """
    if MARKS not in book.names and not any(words.sheet in name for name in book.visible()):
        return {}
    found = {name: of_list(book.rows(name)) for name in book.visible()}
    return {name: said for name, said in found.items() if said is not None}
