"""The first block of the sheet on which a workbook checks itself: what is wrong and nothing else, the worst first.

Each rule's row says in a hidden column the how-manieth it is of those that do not hold; a line looks one of them up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from toolkit.form.layout import Box, Layout, Place
from toolkit.form.parts import Value
from toolkit.form.words import SelfCheck
from toolkit.workbook.write.check_row import COUNT, FIRST, LISTED, LISTED_FIRST, MORE_ROW, Row
from toolkit.workbook.write.shown import Formula
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.tables import place

RANK, TARGET, FOUND = 14, 15, 16
"""Hidden columns: the how-manieth a row is of those that are wrong, where a click on it leads, the first wrong cell."""

_RANK, _TARGET = "O", "P"
_PLACE, _ASKED, _CLAIMED, _DUE, _DIFFERENCE, _STATE, _LINK, _LEVEL = range(1, 9)
_HEIGHT = 32


def unstarted(made: Layout, rows: Sequence[Row]) -> Formula:
    """The condition that nobody has begun to fill the form in: each of its tables is empty."""
    empty = [row for row in rows if made.edition.check(row.rule) == "empty"]
    said = ",".join(f"{COUNT}{row.number}>0" for row in empty)
    return Formula(f"AND({said})" if empty else "FALSE", int(bool(empty) and all(row.count.value for row in empty)))


def ranked(page: Worksheet, words: SelfCheck, rows: Sequence[Row], begun: bool) -> tuple[Row, ...]:
    """Write beside every row its rank and where it leads; gives the rows that are wrong in the order of their ranks."""
    last = rows[-1].number
    levels = (words.error, words.verify, words.noted)
    wrong = [row for level in levels for row in rows if row.level == level and row.count.value]
    whole = [f'COUNTIFS(${COUNT}${FIRST}:${COUNT}${last},">0",$I${FIRST}:$I${last},"{level}")+' for level in levels]
    for row in rows:
        n = row.number
        own = f'COUNTIFS(${COUNT}${FIRST}:{COUNT}{n},">0",$I${FIRST}:I{n},"{row.level}")'
        before = "".join(whole[: levels.index(row.level)])
        rank = wrong.index(row) + 1 if row in wrong else 0
        page.write_formula(n - 1, RANK, f"=IF({COUNT}{n}>0,{before}{own},0)", None, rank)
    return tuple(wrong) if begun else ()


def target(link: Place) -> str:
    """Where a link to a cell leads, as HYPERLINK takes it."""
    quoted = link.sheet.replace("'", "''")
    return f"#'{quoted}'!{link.cell}"


def listed(
    page: Worksheet, styles: Styles, words: SelfCheck, rows: Sequence[Row], wrong: Sequence[Row], empty: str
) -> None:
    """The lines of the block; `empty` is the condition of a form not begun, of which nothing is listed."""
    last = rows[-1].number
    for k in range(1, LISTED + 1):
        at = LISTED_FIRST + k - 2
        row = wrong[k - 1] if k <= len(wrong) else None
        found = f"IFERROR(MATCH({k},${_RANK}${FIRST}:${_RANK}${last},0),0)"
        page.set_row(at, _HEIGHT)
        page.write_formula(at, 9, f"=IF({empty},0,{found})", None, row.number - FIRST + 1 if row else 0)
        _line(page, styles, words, (at, k, last), row)
    total = f'COUNTIF(${_RANK}${FIRST}:${_RANK}${last},">0")'
    left = len(wrong) - LISTED
    said = f'=IF({empty},"",IF({total}>{LISTED},"{words.more[0]}"&({total}-{LISTED})&"{words.more[1]}",""))'
    more = f"{words.more[0]}{left}{words.more[1]}" if left > 0 else ""
    place(page, Box(MORE_ROW, 0, 1, 1, "note"), styles("unit"), more, said)
    _edges(page, styles, words)


def _edges(page: Worksheet, styles: Styles, words: SelfCheck) -> None:
    """Borders round the lines in use; of two conditions for a cell LibreOffice takes one, so a state's has its own."""
    first, last = LISTED_FIRST, LISTED_FIRST + LISTED - 1
    there = {"type": "formula", "criteria": f"=${COUNT}{first}>0", "format": styles.bare("edge")}
    page.conditional_format(first - 1, 0, last - 1, 5, {**there, "multi_range": f"A{first}:F{last} H{first}:I{last}"})
    for word, look in ((words.broken, "wrong-edge"), (words.unread, "doubtful-edge"), (words.unfilled, "edge")):
        state = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": styles.bare(look)}
        page.conditional_format(first - 1, _STATE, last - 1, _STATE, state)


def _leads(row: Row) -> str:
    return (str(row.first.value) if row.first else "") or f"{row.link.sheet}!{row.link.cell}"


def _line(page: Worksheet, styles: Styles, words: SelfCheck, where: tuple[int, int, int], row: Row | None) -> None:
    """A line of the block: at which row it stands, the how-manieth it is, and the last row it looks up."""
    at, k, last = where
    stored = dict(_stored(words, k, row)) if row else {}
    for column, said in _looked_up(words, k, at + 1, last):
        look = "listed-words" if column in (_PLACE, _ASKED) else "listed-link" if column == _LINK else "listed"
        value = stored.get(column)
        box = Box(at, column, 1, 1, "figure")
        place(page, box, styles(look), "" if value is None else value, f'=IF(${COUNT}{at + 1}=0,"",{said})')


def _looked_up(words: SelfCheck, k: int, number: int, last: int) -> Iterator[tuple[int, str]]:
    """What each column of a line looks up; a row that only counts has nothing that it should be, and says so."""

    def cell(letter: str) -> str:
        return f"INDEX({letter}${FIRST}:{letter}${last},${COUNT}{number})"

    yield 0, str(k)
    for column, letter in ((_PLACE, "B"), (_ASKED, "C"), (_STATE, "G"), (_LEVEL, "I")):
        yield column, cell(letter)
    yield _CLAIMED, f'IF({cell("E")}="",{cell("D")}&" {words.places}",{cell("D")})'
    for column, letter in ((_DUE, "E"), (_DIFFERENCE, "F")):
        yield column, f'IF({cell(letter)}="","",{cell(letter)})'
    yield _LINK, f"HYPERLINK({cell(_TARGET)},{cell('H')})"


def _stored(words: SelfCheck, k: int, row: Row) -> Iterator[tuple[int, Value]]:
    """What those formulas give."""
    yield from (
        (0, k),
        (_PLACE, row.place),
        (_ASKED, row.said.value if row.said else row.asked),
        (_STATE, row.state.value),
        (_LEVEL, row.level),
    )
    if row.right is None:
        yield _CLAIMED, f"{row.left.value} {words.places}"
    else:
        yield _CLAIMED, row.left.value
        yield _DUE, row.right.value
        yield _DIFFERENCE, row.left.value - row.right.value  # type: ignore[operator]
    yield _LINK, _leads(row)
