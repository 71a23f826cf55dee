"""A workbook → a filing, and what was said of the reading. By address where the labels stand where the layout says;
by labels, through `locate`, where they do not. A total that was not recalculated is told from one typed over here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit.form.edition import edition, editions, named
from toolkit.form.keys import COVER_FIELDS, ZEROS_FIELD
from toolkit.form.layout import MARK, Layout, layout
from toolkit.form.layout_prior import begins
from toolkit.form.parts import Edition, Ref, ValueKind
from toolkit.ground.errors import NoEdition, NoForm, Unreadable
from toolkit.ground.language import text
from toolkit.intake.county import tallied
from toolkit.intake.doubts import looked_up
from toolkit.intake.identity import (
    DAMAGED_CODE,
    around,
    blanks_are_zero,
    claims_of,
    contradictions,
    cover_of,
    identity_of,
    lists,
    unread_of,
    year_of,
)
from toolkit.intake.out_of_place import told
from toolkit.intake.sources import Grid
from toolkit.intake.sources.sheets import Workbook
from toolkit.intake.sources.text import identity as identity_of_lines
from toolkit.intake.twice import twice
from toolkit.model import figures, numbers
from toolkit.model.filing import Entry, Filing, Finding, Origin, Reading, Unit

_Rows = Sequence[Sequence[object]]


class _Slot(NamedTuple):
    """A figure's cell with all that reading it needs, made once for a layout."""

    ref: Ref
    row: int
    column: int
    kind: ValueKind
    origin: Origin


def read(
    content: bytes, source: str, year: int | None = None, unit: str | None = None, *, as_typed: bool = False
) -> Reading:
    """The filing in a workbook of ours, or in any workbook whose tables are those of the form.

    `year` and `unit` are taken where the workbook itself does not say. A blank is a 0 where the cover says that all of
    them are, unless `as_typed`.

    Raises:
        Unreadable: it is no workbook, has none of the form's tables, or does not say its year.
        NoEdition: it names a year before the first edition.
    """
    book = Workbook(content, source)
    claims = claims_of(book)
    stated = _edition(book, claims, year)
    entries, texts, findings = _found(book, layout(stated))
    cover = cover_of(book, layout(stated))
    said = {key: cover.get(key) or claims.get(key) or None for key in ("unit", "code", "level")}
    whose = Unit(said["unit"] or unit or "", said["code"], said["level"])
    beside = {key: word for key, word in cover.items() if key not in (*COVER_FIELDS, DAMAGED_CODE) and word}
    if zero := blanks_are_zero(cover, layout(stated)):
        del beside[ZEROS_FIELD]
        entries = entries if as_typed else figures.zeroed(stated, entries)
    ordered = {ref: entries[ref] for ref in (*stated.figures, *entries) if ref in entries}
    reported = year_of(book, stated, cover, claims, year)
    filing = Filing(stated.id, reported, whose, ordered, texts, source, beside, *around(book), blanks_are_zero=zero)
    findings += contradictions(stated, cover, claims, filing.year)
    count, written = sum(ref in entries for ref in stated.figures), lists(book, stated.wording.marking)
    return Reading(filing, tuple(findings), count, len(stated.figures), sum(written.values(), ()),
                   tallied(book, stated), identity_of(book, claims))  # fmt: skip


def _found(book: Workbook, made: Layout) -> tuple[dict[Ref, Entry], dict[str, str], list[Finding]]:
    """The figures and texts of a workbook, and what is to be said of finding them.

    Raises:
        Unreadable: there is no figure of the form in it.
    """
    entries, moved = _by_address(book, made)
    texts, findings = _texts(book, made), []
    if moved:
        from toolkit.intake import locate  # most workbooks stand as the layout says

        located = locate.grids(made.edition, _foreign(book, made, moved))
        entries |= {ref: entry for ref, entry in located.entries.items() if ref.split("/")[0] in moved}
        texts = texts or dict(located.texts)
        findings = list(told(made, moved, located))
    absent = unread_of(book)
    if absent:
        entries = {ref: entry for ref, entry in entries.items() if entry.value is not None or ref not in absent}
    if not entries:
        what = text("{file}: no table of the form is in it; ask for the workbook made with `xls new`", file=book.source)
        raise NoForm(what)
    known, doubted = looked_up(book, made.edition, entries)
    findings += twice(book, made, known, _own(book, made))
    return known, texts, findings + doubted


def _edition(book: Workbook, claims: Mapping[str, str], year: int | None) -> Edition:
    """The edition of the tables themselves; what the workbook claims, where they do not tell."""
    claimed = None
    if claims.get("edition"):
        try:
            claimed = named(claims["edition"])
        except NoEdition as error:
            raise Unreadable(
                text(
                    "{file}: {what}; update xls, name the folder of its form with --forms, "
                    "or ask for a workbook of a known edition",
                    file=book.source,
                    what=error.sentence,
                )
            ) from error
        if _agrees(book, layout(claimed)):
            return claimed
    from toolkit.intake import locate

    said = [str(cell) for name in book.names for row in book.rows(name) for cell in row if isinstance(cell, str)]
    stamped = claims.get("year", "")
    reported = int(stamped) if stamped.isdecimal() else year or identity_of_lines([each for each in said if each])[0]
    seen = locate.recognise([each for each in said if each], editions(), reported)
    if seen is None and claimed is None:
        raise NoForm(
            text(
                "{file}: no sheet of ours and no table of the form is in it; ask for the workbook made with `xls new`",
                file=book.source,
            )
        )
    return seen or claimed or edition(year or 0)


def _agrees(book: Workbook, made: Layout) -> bool:
    """Whether every sheet stands as the layout says; then nothing needs to be recognised."""
    return all(
        sheet.name in book.names and _labelled(_cells(book, made, sheet.name), made.labels[sheet.name])
        for sheet in made.sheets
    )


def _cells(book: Workbook, made: Layout, name: str) -> _Rows:
    """The cells of a sheet of tables, made as large as the layout wants them."""
    grid = book.grid(name).rows
    sheet = made.sheet(name)
    if len(grid) >= sheet.height and grid and len(grid[0]) >= sheet.width:
        return grid
    rows = (*grid, *((),) * (sheet.height - len(grid)))
    return tuple((*row, *("",) * (sheet.width - len(row))) for row in rows) if grid else ()


def _labelled(rows: _Rows, labels: Iterable[tuple[int, int, str]]) -> bool:
    try:
        return [rows[row][column] for row, column, _ in labels] == [said for _, _, said in labels]
    except IndexError:
        return False


@lru_cache(maxsize=64)
def _slots(edition: Edition) -> Mapping[str, tuple[_Slot, ...]]:
    """The cells of an edition's figures by sheet."""
    made = layout(edition)
    return {
        sheet.name: tuple(
            _Slot(ref, place.row, place.column, made.edition.figures[ref].value, Origin(place.sheet, place.cell))
            for ref, place in made.places.items()
            if place.sheet == sheet.name
        )
        for sheet in made.sheets
    }


def _by_address(book: Workbook, made: Layout) -> tuple[dict[Ref, Entry], tuple[str, ...]]:
    """The figures of every sheet whose labels stand as they should; the tables of the others by id."""
    entries: dict[Ref, Entry] = {}
    moved: list[str] = []
    for sheet in made.sheets:
        rows = _cells(book, made, sheet.name) if sheet.name in book.names else ()
        if not rows or not _labelled(rows, made.labels[sheet.name]):
            moved += [table.id for table in made.edition.tables if table.sheet == sheet.name]
            continue
        for ref, row, column, kind, origin in _slots(made.edition)[sheet.name]:
            typed = rows[row][column]
            if type(typed) is float and kind == "count" and 0 <= typed < 1e15 and (whole := int(typed)) == typed:
                entries[ref] = Entry(whole, origin)
            else:
                value, remark = numbers.read(typed, kind)
                entries[ref] = Entry(value, origin, remark)
    return entries, tuple(moved)


def _foreign(book: Workbook, made: Layout, moved: Sequence[str]) -> tuple[Grid, ...]:
    """The sheets in which tables that were not found by address may stand."""
    own = _own(book, made)
    settled = {table.sheet for table in made.edition.tables if table.id not in moved}
    grids = (book.grid(name) for name in book.visible() if name not in own | settled)
    ends = ((grid, begins(made.edition, grid.rows)) for grid in grids)
    return tuple(grid if end is None else grid.until(end) for grid, end in ends)


def _own(book: Workbook, made: Layout) -> set[str]:
    """The sheets of ours that hold none of the form's tables."""
    words = made.edition.wording
    fixed = {words.cover_sheet, words.guide_sheet, words.texts_sheet, MARK}
    ours = {name for name in book.names if name.strip() in fixed}
    return ours | set(lists(book, words.marking)) | _checking(book, made)


def _checking(book: Workbook, made: Layout) -> set[str]:
    """Our sheet on which the workbook checks itself, whatever it is called now; one of that name that somebody else
    made is not ours.
    """
    tables, title = {each.name for each in made.sheets}, made.edition.wording.selfcheck.title
    return {name for name in book.visible() if name not in tables and book.begins(name, title)}


def _texts(book: Workbook, made: Layout) -> dict[str, str]:
    name = next((each for each in book.names if each.strip() == made.edition.wording.texts_sheet), None)
    if name is None:
        return {}
    rows = book.rows(name)
    texts = {}
    for section in made.edition.texts:
        at = next((n for n, row in enumerate(rows) if row and str(row[0]).strip() == section.title), None)
        if at is not None and at + 1 < len(rows) and (said := str(rows[at + 1][0]).strip()):
            texts[section.id] = said.replace("\r\n", "\n")
    return texts
