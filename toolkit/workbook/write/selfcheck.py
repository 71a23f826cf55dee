"""The sheet on which a workbook checks itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.keys import ZEROS_FIELD
from toolkit.form.layout import Box, Layout, address
from toolkit.model.filing import Filing
from toolkit.workbook.widths import wide
from toolkit.workbook.write.check_row import COUNT, FIRST, LEVEL_AT, SUMMARY_ROW, ZEROS_AT, Row
from toolkit.workbook.write.colours import accepted
from toolkit.workbook.write.shown import SIGNS, SIGNS_COLUMN, Formula
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.tables import PROTECTION, place

_WIDTHS = (5.0, 22.0, 44.0, 8.0, 8.0, 8.0, 8.0, 10.0, 8.0)
_ASKED = 2
_LINE = 15.0
RULE_COLUMN = 13
"""Hidden: the id of the rule, for who looks into the file."""


def summary(made: Layout, rows: Sequence[Row]) -> str:
    """What that line says of a filing: whether it can be handed in, and how much is to be corrected or verified."""
    words = made.edition.wording.selfcheck
    wrong, doubtful = (
        sum(int(row.count.value) for row in rows if row.level == level) for level in (words.error, words.verify)
    )
    also = f"{words.also[0]}{doubtful}{words.also[1]}" if doubtful else ""
    return (f"{words.pending[0]}{wrong}{words.pending[1]}" if wrong else words.ready) + also


def _summary(made: Layout, rows: Sequence[Row]) -> str:
    words, last = made.edition.wording.selfcheck, FIRST + len(rows) - 1
    wrong, doubtful = (
        f'SUMIF(I{FIRST}:I{last},"{level}",{COUNT}{FIRST}:{COUNT}{last})' for level in (words.error, words.verify)
    )
    first = f'IF({wrong}=0,"{words.ready}","{words.pending[0]}"&{wrong}&"{words.pending[1]}")'
    return f'{first}&IF({doubtful}=0,"","{words.also[0]}"&{doubtful}&"{words.also[1]}")'


def selfcheck(book: Workbook, styles: Styles, made: Layout, filing: Filing, rows: Sequence[Row]) -> None:
    """Add the sheet: a line on top, then a row for every rule at every place."""
    words = made.edition.wording.selfcheck
    page = book.add_worksheet(words.sheet)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    page.set_column(len(_WIDTHS), len(_WIDTHS) + 8, None, None, {"hidden": True})
    for at, height in enumerate((30, 24, 32, 22)):
        page.set_row(at, height)
    across = len(_WIDTHS)
    place(page, Box(0, 0, 1, across, "title"), styles("title"), words.title)
    place(
        page, Box(SUMMARY_ROW, 0, 1, across, "note"), styles("summary"), summary(made, rows), "=" + _summary(made, rows)
    )
    place(page, Box(2, 0, 1, across, "note"), styles("note"), words.note)
    for column, head in enumerate(words.heads):
        place(page, Box(3, column, 1, 1, "head"), styles("head"), head)
    for row in rows:
        _row(page, styles, row)
    _beside(page, made, filing)
    _colours(page, styles, made, rows)
    _set_up(page, FIRST + len(rows) - 2)


def _row(page: Worksheet, styles: Styles, row: Row) -> None:
    at, n = row.number - 1, row.number
    lines = max(math.ceil(wide(row.asked) / (_WIDTHS[_ASKED] - 2)), math.ceil(wide(row.place) / (_WIDTHS[1] - 2)))
    page.set_row(at, _LINE * lines + 5)
    place(page, Box(at, 0, 1, 1, "figure"), styles("cell"), n - FIRST + 1)
    place(page, Box(at, 1, 1, 1, "label"), styles("label"), row.place)
    place(page, Box(at, 2, 1, 1, "label"), styles("label"), row.asked)
    right = row.right.value if row.right else 0
    difference = row.left.value - right  # type: ignore[operator]
    _formula(page, styles, at, 3, row.left)
    if row.right:
        _formula(page, styles, at, 4, row.right)
        _formula(page, styles, at, 5, Formula(f'IFERROR(D{n}-E{n},"")', difference))
    else:
        for column in (4, 5):
            place(page, Box(at, column, 1, 1, "figure"), styles("cell"), None)
    _formula(page, styles, at, 6, row.state)
    target = f"internal:'{row.link.sheet}'!{row.link.cell}"
    wrote = page.write_url(at, 7, target, styles("link"), f"{row.link.sheet}!{row.link.cell}")
    assert wrote == 0, f"XlsxWriter refused the link to {target} ({wrote})"
    place(page, Box(at, 8, 1, 1, "label"), styles("cell"), row.level)
    page.write_string(at, RULE_COLUMN, row.rule)
    _formula(page, styles, at, 9, row.count)
    if row.missing:
        _formula(page, styles, at, 10, row.missing)


def _formula(page: Worksheet, styles: Styles, row: int, column: int, formula: Formula) -> None:
    look = styles("cell")
    said = "=" + formula.said
    place(page, Box(row, column, 1, 1, "figure"), look, formula.value, said)


def _beside(page: Worksheet, made: Layout, filing: Filing) -> None:
    """What the formulas look up, in the hidden columns: signs for "none", and the level of the unit."""
    column = ord(SIGNS_COLUMN) - ord("A")
    for row, sign in enumerate(SIGNS):
        page.write_string(row, column, sign)
    labels = {level.id: level.label for level in made.edition.levels}
    known, field = labels.get(filing.unit.level or "", ""), made.fields["level"]
    at = f"'{field.sheet}'!{address(field.row, field.column, fixed=True)}"
    listed = ",".join(f'{at}="{label}"' for label in labels.values())
    page.write_formula(LEVEL_AT.replace("$", ""), f'=IF(OR({listed}),{at},"{known}")', None, known)
    page.write_formula(ZEROS_AT.replace("$", ""), f"={_zeros(made)}", None, int(filing.blanks_are_zero))


def _zeros(made: Layout) -> str:
    """The formula for 1 where the cover says that blanks are 0; of a form that does not ask, 0."""
    asked = next(
        (field for field in made.edition.wording.cover_fields if field.id == ZEROS_FIELD and field.choices), None
    )
    if asked is None:
        return "0"
    field = made.fields[ZEROS_FIELD]
    at = f"'{field.sheet}'!{address(field.row, field.column, fixed=True)}"
    return f'IF(TRIM({at})="{asked.choices[0]}",1,0)'


def _colours(page: Worksheet, styles: Styles, made: Layout, rows: Sequence[Row]) -> None:
    words, last = made.edition.wording.selfcheck, FIRST + len(rows) - 2
    for word, look in ((words.broken, "wrong"), (words.unread, "doubtful"), (words.unfilled, "pale")):
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": styles.bare(look)}
        accepted(page.conditional_format(FIRST - 1, 6, last, 6, options))
    ready = {"type": "text", "criteria": "begins with", "value": words.ready, "format": styles.bare("right")}
    accepted(page.conditional_format(SUMMARY_ROW, 0, SUMMARY_ROW, 0, ready))


def _set_up(page: Worksheet, last: int) -> None:
    page.freeze_panes(FIRST - 1, 0)
    page.protect("", PROTECTION)
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(FIRST - 2)
    page.print_area(0, 0, last, len(_WIDTHS) - 1)
    page.set_footer("&C&A  &P/&N")
    page.hide_gridlines(2)
