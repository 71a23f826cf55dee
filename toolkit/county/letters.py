"""A merge → what each unit still has to do, as short letters. How a letter looks on paper does not belong here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from toolkit.form.parts import Edition
from toolkit.ground.language import Text, listed, speaking, text
from toolkit.model.filing import Finding, Unit
from toolkit.model.ledger import Ledger, Merged, Row
from toolkit.publish import docx
from toolkit.publish.content import clean

Kind = Literal["missing", "returned", "to-explain"]

NAMES: dict[Kind, Text] = {
    "missing": text("reminder"),
    "returned": text("sent back"),
    "to-explain": text("please explain"),
}
"""What each kind of letter is called, in its title and in the name of its file."""

_TITLES: dict[Kind, Text] = {
    "missing": text("Reminder to deliver the figures of the yearly report of {year} on open government information"),
    "returned": text("Figures of the yearly report of {year} on open government information sent back to be corrected"),
    "to-explain": text("Figures of the yearly report of {year} on open government information to be explained"),
}
_ENDS: dict[Kind, Text] = {
    "missing": text("Please fill in the workbook, check it and deliver it soon. If you have delivered it already, "
                    "please let us know under which name, and deliver it once more."),
    "returned": text("Please correct this in the workbook and deliver it anew."),
    "to-explain": text("Please write the reason in the column for it on the list of findings, or in the texts of the "
                       "report; where a figure is wrong, correct it and deliver the workbook anew."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be done: what is wrong, what to do about it and by whose authority; the last two may be absent."""

    what: Text
    remedy: Text | None = None
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one unit has still to do. `begins` and `ends` stand before and after the items."""

    kind: Kind
    unit: Unit
    year: int
    title: Text
    begins: Text
    items: tuple[Item, ...]
    ends: Text


def letters(merged: Merged) -> tuple[Letter, ...]:
    """A letter for every unit with something to do, in the order of the ledger, the missing ones last.

    A file that belongs to no unit is nobody's to correct: it is in the ledger only.
    """
    ledger = merged.ledger
    found = [letter for unit, rows in _by_unit(ledger).items() if (letter := _of_rows(unit, rows, ledger.year))]
    for member in ledger.missing:
        begins = text("up to now nothing has come from you for the report year {year}.", year=ledger.year)
        found.append(_letter("missing", member.unit, ledger.year, begins, ()))
    return tuple(found)


def _by_unit(ledger: Ledger) -> dict[Unit, list[Row]]:
    """The inputs of every unit that can be written to."""
    by_unit: dict[Unit, list[Row]] = {}
    for row in ledger.rows:
        if row.unit is not None and row.unit.name and row.status != "not-on-roster":
            by_unit.setdefault(row.unit, []).append(row)
    return by_unit


def _of_rows(unit: Unit, rows: Sequence[Row], year: int) -> Letter | None:
    """The letter for what a unit delivered, None where there is nothing to do."""
    returned = [row for row in rows if row.status != "merged" or _of_level(row, "error")]
    asked = [row for row in rows if row not in returned and _of_level(row, "verify")]
    if returned:
        begins = text("what you delivered for the report year {year} could not be added up as it is:", year=year)
        items = [*_twice(rows), *(item for row in returned for item in (*_wrong(row), *_doubtful(row)))]
        return _letter("returned", unit, year, begins, tuple(dict.fromkeys(items)))
    if asked:
        begins = text("some figures that you delivered for the report year {year} need a word from you:", year=year)
        return _letter("to-explain", unit, year, begins, tuple(item for row in asked for item in _doubtful(row)))
    return None


def _letter(kind: Kind, unit: Unit, year: int, begins: Text, items: tuple[Item, ...]) -> Letter:
    title = Text(_TITLES[kind].template, (("year", year),))
    return Letter(kind, unit, year, title, begins, items, _ENDS[kind])


def _wrong(row: Row) -> Iterator[Item]:
    """Why a file was not merged: its errors one by one, else the reason of the ledger."""
    errors = _of_level(row, "error")
    if row.status in ("merged", "rejected") and (errors or row.unusable):
        if row.unusable:
            yield Item(row.unusable)
        yield from map(_item, errors)
        return
    file = PurePath(row.source).name
    if row.status == "unreadable":
        yield Item(_of_file(row.reason, row.source, file), text("deliver the filled-in workbook itself (.xlsx)"))
    elif row.status != "duplicate":
        yield Item(text("{file}: {what}", file=file, what=row.reason))


def _of_file(said: Text, source: str, file: str) -> Text:
    """A sentence with the name of a file in place of where it lies at the county."""
    return Text(said.template, tuple((name, file if value == source else value) for name, value in said.values))


def _twice(rows: Iterable[Row]) -> Iterator[Item]:
    files = [PurePath(row.source).name for row in rows if row.status == "duplicate"]
    if files:
        yield Item(text("{count} workbooks came from you ({files})", count=len(files), files=listed(files)),
                   text("say which one counts, and deliver that one alone"))  # fmt: skip


def _doubtful(row: Row) -> Iterator[Item]:
    if row.status in ("merged", "rejected"):
        yield from map(_item, _of_level(row, "verify"))


def _of_level(row: Row, level: str) -> list[Finding]:
    return [each for each in row.findings if each.level == level and not each.explained]


def _item(found: Finding) -> Item:
    return Item(found.message, found.remedy, found.cite)


def written(edition: Edition, letter: Letter, sender: str) -> bytes:
    """The letter from a sender, with room for the date, in the language of the form; the same bytes every time."""
    from docx import Document

    document = Document()
    docx.styled(document)
    docx.paged(document)
    with speaking("zh"):
        title = clean(str(letter.title))
        document.add_paragraph(title, "Title")
        document.add_paragraph(clean(str(text("{unit}:", unit=letter.unit.name))), "Body Text")
        document.paragraphs[-1].paragraph_format.first_line_indent = 0
        docx.body(document, clean(str(letter.begins)))
        for number, item in enumerate(letter.items, start=1):
            docx.body(document, clean(f"{number}. {_said(item)}"))
        docx.body(document, clean(str(letter.ends)))
        date = edition.report.date.format(year=letter.year, next=letter.year + 1, unit="")
        docx.signed(document, clean(sender), date)
    return docx.saved(document, title, clean(sender), letter.year)


def _said(item: Item) -> str:
    parts = [str(item.what)]
    if item.remedy:
        parts.append(str(text("to do: {remedy}", remedy=item.remedy)))
    if item.cite:
        parts.append(str(text("Authority: {authority}", authority=item.cite)))
    return str(text("{parts}.", parts=str(text("; ")).join(parts)))
