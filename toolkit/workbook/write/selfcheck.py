"""The sheet on which a workbook checks itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.keys import ZEROS_FIELD
from toolkit.form.layout import Box, Layout, address
from toolkit.form.words import SelfCheck
from toolkit.model.filing import Filing
from toolkit.workbook.widths import wide
from toolkit.workbook.write import read_as, typed_numbers
from toolkit.workbook.write.check_row import (
    COUNT,
    FIRST,
    HEAD_ROW,
    LEVEL_AT,
    MORE_ROW,
    SUMMARY_ROW,
    ZEROS_AT,
    Row,
)
from toolkit.workbook.write.colours import accepted
from toolkit.workbook.write.selfcheck_list import FOUND, TARGET, listed, ranked, target, unstarted
from toolkit.workbook.write.shown import SIGNS, SIGNS_COLUMN, Formula, standing
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.tables import place

_WIDTHS = (5.0, 24.0, 48.0, 8.0, 8.0, 8.0, 8.0, 11.0, 8.0)
_ASKED = 2
_LINE = 15.0
RULE_COLUMN = 13
"""Hidden: the id of the rule, for who looks into the file."""


def summary(made: Layout, rows: Sequence[Row]) -> str:
    """What that line says of a filing: whether it can be handed in, and how much is to be corrected or verified."""
    words = made.edition.wording.selfcheck
    if unstarted(made, rows).value:
        return words.unstarted
    wrong, *others = (
        sum(int(row.count.value) for row in rows if row.level == level)
        for level in (words.error, words.verify, words.noted)
    )
    also = (
        f"{before}{count}{after}"
        for count, (before, after) in zip(others, (words.also, words.notes), strict=True)
        if count
    )
    return (f"{words.pending[0]}{wrong}{words.pending[1]}" if wrong else words.ready) + "".join(also)


def _summary(made: Layout, rows: Sequence[Row]) -> str:
    words, last = made.edition.wording.selfcheck, rows[-1].number
    wrong, *others = (
        f'SUMIF(I{FIRST}:I{last},"{level}",{COUNT}{FIRST}:{COUNT}{last})'
        for level in (words.error, words.verify, words.noted)
    )
    said = f'IF({wrong}=0,"{words.ready}","{words.pending[0]}"&{wrong}&"{words.pending[1]}")'
    for count, (before, after) in zip(others, (words.also, words.notes), strict=True):
        said += f'&IF({count}=0,"","{before}"&{count}&"{after}")'
    return f'IF({unstarted(made, rows).said},"{words.unstarted}",{said})'


def selfcheck(book: Workbook, styles: Styles, made: Layout, filing: Filing, rows: Sequence[Row]) -> None:
    """Add the sheet: a line on top, what is wrong, then every rule at every place, folded by table."""
    words = made.edition.wording.selfcheck
    page = book.add_worksheet(words.sheet)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    across = len(_WIDTHS)
    stands = standing(made, filing)
    page.set_column(
        across, max(place.column for place in typed_numbers.texts(stands.mirror).values()), None, None, {"hidden": True}
    )
    for at, height in enumerate((30, 24, 32, 22)):
        page.set_row(at, height)
    place(page, Box(0, 0, 1, across, "title"), styles("title"), words.title)
    place(
        page, Box(SUMMARY_ROW, 0, 1, across, "note"), styles("summary"), summary(made, rows), "=" + _summary(made, rows)
    )
    place(page, Box(2, 0, 1, across, "note"), styles("note"), words.note)
    for column, head in enumerate(words.heads):
        place(page, Box(HEAD_ROW, column, 1, 1, "head"), styles("head"), head)
    empty = unstarted(made, rows)
    wrong = ranked(page, words, rows, not empty.value)
    listed(page, styles, words, rows, wrong, empty.said)
    page.set_row(MORE_ROW + 1, 26)
    place(page, Box(MORE_ROW + 1, 0, 1, 1, "note"), styles("section"), words.every)
    _every(page, styles, made, filing, rows)
    _beside(page, made, filing)
    read_as.write(page, stands)
    _colours(page, styles, made, rows)
    _set_up(page, words.locked, rows[-1].number - 1)


def _every(page: Worksheet, styles: Styles, made: Layout, filing: Filing, rows: Sequence[Row]) -> None:
    """All rules, under a head for each sheet they are of; those not asked of the unit's level are folded once more."""
    levels = {rule.id: rule.levels for rule in made.edition.rules}
    groups: list[list[Row]] = []
    for row in rows:
        if not groups or groups[-1][-1].number != row.number - 1:
            groups.append([])
        groups[-1].append(row)
    number = 0
    for group in groups:
        _head(page, styles, made.edition.wording.selfcheck, group, unstarted(made, rows))
        for row in group:
            number += 1
            asked = levels[row.rule]
            elsewhere = bool(asked) and filing.unit.level is not None and filing.unit.level not in asked
            _row(page, styles, row, number, 2 if elsewhere else 1)


def _head(page: Worksheet, styles: Styles, words: SelfCheck, group: Sequence[Row], empty: Formula) -> None:
    """The head of the rules of a sheet, which says how many of them do not hold."""
    at = group[0].number - 2
    first, last = group[0].number, group[-1].number
    said = f'SUMIF(I{first}:I{last},"<>{words.noted}",{COUNT}{first}:{COUNT}{last})'
    wrong = sum(int(row.count.value) for row in group if row.level != words.noted)
    page.set_row(at, 22, None, {"collapsed": True})
    for column in range(len(_WIDTHS)):
        place(page, Box(at, column, 1, 1, "label"), styles("group"), None)
    place(page, Box(at, 1, 1, 1, "label"), styles("group"), group[0].link.sheet)
    shown = f"{words.wrong[0]}{wrong}{words.wrong[1]}" if wrong else words.right
    found = f'IF({said}=0,"{words.right}","{words.wrong[0]}"&{said}&"{words.wrong[1]}")'
    whole = f'=IF({empty.said},"{words.unstarted}",{found})'
    place(page, Box(at, 2, 1, 1, "label"), styles("group"), words.unstarted if empty.value else shown, whole)


def _row(page: Worksheet, styles: Styles, row: Row, number: int, fold: int) -> None:
    at, n = row.number - 1, row.number
    lines = max(math.ceil(wide(row.asked) / (_WIDTHS[_ASKED] - 2)), math.ceil(wide(row.place) / (_WIDTHS[1] - 2)))
    page.set_row(at, _LINE * lines + 5, None, {"level": fold, "hidden": True})
    place(page, Box(at, 0, 1, 1, "figure"), styles("cell"), number)
    place(page, Box(at, 1, 1, 1, "label"), styles("label"), row.place)
    if row.said:
        place(page, Box(at, 2, 1, 1, "label"), styles("label"), row.said.value, f"={row.said.said}")
    else:
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
    _linked(page, styles, row)
    place(page, Box(at, 8, 1, 1, "label"), styles("cell"), row.level)
    page.write_string(at, RULE_COLUMN, row.rule)
    _formula(page, styles, at, 9, row.count)
    if row.missing:
        _formula(page, styles, at, 10, row.missing)


def _linked(page: Worksheet, styles: Styles, row: Row) -> None:
    """The link to a row's cell; of a row about all cells of a table to the first that is wrong."""
    at, usual = row.number - 1, f"{row.link.sheet}!{row.link.cell}"
    if row.first is None:
        page.write_url(at, 7, f"internal:'{row.link.sheet}'!{row.link.cell}", styles("link"), usual)
        page.write_string(at, TARGET, target(row.link))
        return
    shown = str(row.first.value) or usual
    page.write_formula(at, FOUND, f"={row.first.said}", None, row.first.value)
    found, quoted = f"{chr(ord('A') + FOUND)}{row.number}", row.link.sheet.replace("'", "''")
    cell = f'IF({found}="","{usual}",{found})'
    leads = f"\"#'{quoted}'\"&MID({cell},{len(row.link.sheet) + 1},20)"
    page.write_formula(at, TARGET, f"={leads}", None, f"#'{quoted}'{shown[len(row.link.sheet) :]}")
    goal = f"{chr(ord('A') + TARGET)}{row.number}"
    page.write_formula(at, 7, f"=HYPERLINK({goal},{cell})", styles("link"), shown)


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
    words, last = made.edition.wording.selfcheck, rows[-1].number - 1
    for word, look in ((words.broken, "wrong"), (words.unread, "doubtful"), (words.unfilled, "pale")):
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": styles.bare(look)}
        accepted(page.conditional_format(FIRST - 1, 6, last, 6, options))
    for word, look in ((words.ready, "right"), (words.unstarted, "pale")):
        if word:
            begins = {"type": "text", "criteria": "begins with", "value": word, "format": styles.bare(look)}
            accepted(page.conditional_format(SUMMARY_ROW, 0, SUMMARY_ROW, 0, begins))


def _set_up(page: Worksheet, locked: str, last: int) -> None:
    """How the sheet is shown and printed. It is not protected, since what is folded could not be unfolded then; what is
    typed into it is refused all the same.
    """
    refused = {"validate": "custom", "value": "=FALSE", "ignore_blank": False, "error_message": locked or "-"}
    page.data_validation(0, 0, last, len(_WIDTHS) - 1, refused)
    page.outline_settings(True, False, True, False)
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.print_area(0, 0, MORE_ROW, len(_WIDTHS) - 1)  # what is wrong; below it are lines kept free, and what is folded
    page.set_footer("&C&A  &P/&N")
    page.hide_gridlines(2)
