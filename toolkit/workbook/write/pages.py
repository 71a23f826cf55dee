"""The sheets that are not of the printed form: cover, texts, how to fill, and the hidden one that says what it is."""

from __future__ import annotations

import math
from collections.abc import Mapping

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.keys import ZEROS_FIELD
from toolkit.form.layout import (
    COVER_FIRST_ROW,
    COVER_LABEL,
    COVER_TITLE_ROW,
    MARK,
    TEXTS_BLOCK_ROWS,
    TEXTS_FIRST_ROW,
    Box,
    Layout,
    address,
)
from toolkit.form.words import Choice
from toolkit.model.filing import Filing
from toolkit.workbook.widths import wide
from toolkit.workbook.write.check_rows import summary_at
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.tables import PROTECTION, place

_TEXT_WIDTH, _TEXT_HEIGHT, _GUIDE_WIDTH = 70.0, 320.0, 70.0
_FIRST_YEAR, _LAST_YEAR = 2019, 2099


def cover(book: Workbook, styles: Styles, made: Layout, filing: Filing, summary: str, sum_of: str = "") -> None:
    """Add the cover: what the form is, the fields that say whose it is, and what the workbook says of itself; of a sum
    also what it is made of.
    """
    edition, words = made.edition, made.edition.wording
    page = book.add_worksheet(words.cover_sheet)
    page.set_column(0, 0, 6)
    page.set_column(COVER_LABEL, COVER_LABEL, 22)
    page.set_column(COVER_LABEL + 1, COVER_LABEL + 1, 42)
    page.set_row(0, 60)
    page.set_row(COVER_TITLE_ROW, 60)
    place(page, Box(COVER_TITLE_ROW, COVER_LABEL, 1, 2, "title"), styles("cover-title"), edition.title)
    place(page, Box(COVER_TITLE_ROW + 1, COVER_LABEL, 1, 2, "note"), styles("note"), edition.notice)
    for n, field in enumerate(words.cover_fields):
        row = COVER_FIRST_ROW + n
        page.set_row(row, 30)
        place(page, Box(row, COVER_LABEL, 1, 1, "head"), styles("head"), field.label)
        _field(page, styles, made, field, filing)
    last = COVER_FIRST_ROW + len(words.cover_fields)
    page.set_row(last, 30)
    at = summary_at(made)
    place(page, Box(last, COVER_LABEL, 1, 1, "head"), styles("head"), words.selfcheck.cover)
    shown = f"='{at.sheet}'!{address(at.row, at.column, fixed=True)}"
    place(page, Box(last, COVER_LABEL + 1, 1, 1, "note"), styles("result"), summary, shown)
    last += 1
    if sum_of:
        page.set_row(last, 64)
        place(page, Box(last, COVER_LABEL, 1, 1, "head"), styles("head"), words.county.cover)
        place(page, Box(last, COVER_LABEL + 1, 1, 1, "note"), styles("result"), sum_of)
        last += 1
    page.set_row(last, 36)
    place(page, Box(last, COVER_LABEL, 1, 2, "note"), styles("note"), words.cover_note)
    _set_up(page)


def _field(page: Worksheet, styles: Styles, made: Layout, field: Choice, filing: Filing) -> None:
    at = made.fields[field.id]
    levels = {level.id: level.label for level in made.edition.levels}
    filled = {"unit": filing.unit.name, "code": filing.unit.code, "level": levels.get(filing.unit.level or "")}
    filled |= {**filing.cover, **({field.id: field.choices[0]} if _says_zero(field, filing) else {})}
    options: dict[str, object] = {"validate": "any"}
    if field.prompt:
        options |= {"input_title": field.label, "input_message": field.prompt}
    if field.id == "level":
        options |= {"validate": "list", "source": list(levels.values()), "error_message": field.prompt}
    if field.choices:
        options |= {"validate": "list", "source": list(field.choices), "error_message": field.prompt}
    if field.id == "year":
        options |= {
            "validate": "integer",
            "criteria": "between",
            "minimum": _FIRST_YEAR,
            "maximum": _LAST_YEAR,
            "error_message": field.prompt,
        }
    box = Box(at.row, at.column, 1, 1, "figure")
    if field.id == "year":
        place(page, box, styles("field-year"), filing.year)
    else:
        place(page, box, styles("field"), filled.get(field.id) or None)
    if len(options) > 1:
        page.data_validation(at.row, at.column, at.row, at.column, options)


def _says_zero(field: Choice, filing: Filing) -> bool:
    return field.id == ZEROS_FIELD and filing.blanks_are_zero


def texts(book: Workbook, styles: Styles, made: Layout, filing: Filing) -> None:
    """Add the sheet of the text sections: a title and a roomy wrapped cell each."""
    words = made.edition.wording
    page = book.add_worksheet(words.texts_sheet)
    page.set_column(0, 0, _TEXT_WIDTH)
    place(page, Box(0, 0, 1, 1, "note"), styles("note"), words.texts_note)
    for section in made.edition.texts:
        at = made.texts[section.id]
        page.set_row(at.row - 1, 26)
        place(page, Box(at.row - 1, 0, 1, 1, "head"), styles("section"), section.title)
        for row in range(at.row, at.row + TEXTS_BLOCK_ROWS):
            page.set_row(row, _TEXT_HEIGHT / TEXTS_BLOCK_ROWS)
        place(page, Box(at.row, 0, TEXTS_BLOCK_ROWS, 1, "figure"), styles("text"), filing.texts.get(section.id) or None)
        if section.prompt:
            title = section.title[:32]
            page.data_validation(
                at.row, 0, at.row, 0, {"validate": "any", "input_title": title, "input_message": section.prompt}
            )
    page.freeze_panes(TEXTS_FIRST_ROW - 1, 0)
    _set_up(page)


def guide(book: Workbook, styles: Styles, made: Layout, own: tuple[str, ...] = ()) -> None:
    """Add the sheet that says how to fill the form, or, of a county workbook, how to read it (`own` lines)."""
    words = made.edition.wording
    page = book.add_worksheet(words.guide_sheet)
    page.set_column(0, 0, _GUIDE_WIDTH)
    page.set_row(0, 36)
    place(page, Box(0, 0, 1, 1, "title"), styles("title"), words.guide_title)
    for row, line in enumerate(own or words.guide_lines, start=1):
        page.set_row(row, 8 + 16 * math.ceil(wide(line) / _GUIDE_WIDTH))
        place(page, Box(row, 0, 1, 1, "note"), styles("guide"), line)
    _set_up(page)


def _set_up(page: Worksheet) -> None:
    page.protect("", PROTECTION)
    page.set_paper(9)
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&A")
    page.hide_gridlines(2)


_LONGEST_IN_FORMULA = 100
"""The most characters of a name in a formula, which takes 255, a quote doubled."""


def mark(book: Workbook, identity: Mapping[str, str], kept: Mapping[str, str]) -> None:
    """Say what the workbook is in three places, since programs lose one or the other: sheet, properties, names.

    `kept` is what a report had that no sheet has a place for, by what it is called there.
    """
    page = book.add_worksheet(MARK)
    for row, (key, value) in enumerate(identity.items()):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
        if value:
            book.set_custom_property(f"{MARK}_{key}", value[:120], "text")
        quoted = value[:_LONGEST_IN_FORMULA].replace('"', '""')
        book.define_name(f"{MARK}_{key}", f'="{quoted}"')
    said = ((key, value) for key, value in kept.items() if value)
    for row, (key, value) in enumerate(said, start=len(identity)):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    page.protect()
    page.very_hidden()
