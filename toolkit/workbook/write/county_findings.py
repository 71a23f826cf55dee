"""The sheet 核对 of a county workbook: every unit's problems, worst first; pale under a cause what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.parts import LEVELS, Edition
from toolkit.ground.language import text
from toolkit.model.filing import Finding
from toolkit.model.ledger import SETTLED, Merged
from toolkit.model.problems import Problem, problems
from toolkit.model.suspects import own
from toolkit.workbook.write.county_page import county_page, high, is_long, print_rows, write_heads
from toolkit.workbook.write.styles import Styles

_WIDTHS = (24, 8, 60, 44, 30, 30)
_HEAD = 2
_NOT_LISTED = SETTLED - {"merged"}


class _Line(NamedTuple):
    """A row of the sheet; `under` a cause it has no level of its own, so that a cause is counted once."""

    unit: str
    level: str
    said: str
    remedy: str
    explained: str
    file: str
    under: bool = False


def findings_sheet(book: Workbook, styles: Styles, edition: Edition, merged: Merged) -> None:
    """Add the sheet."""
    words = edition.wording.county
    page = county_page(book, styles, words.findings, words.findings_note, _WIDTHS, streamed=is_long(merged))
    write_heads(page, styles, _HEAD, words.findings_heads)
    last = _HEAD
    lines = (line for told in _told(merged) for line in _lines(edition, *told))
    for last, line in enumerate(lines, start=_HEAD + 1):
        _line(page, styles, last, line)
    page.autofilter(_HEAD, 0, last, len(_WIDTHS) - 1)
    page.freeze_panes(_HEAD + 1, 1)
    print_rows(page, _HEAD, max(last, _HEAD + 1), len(_WIDTHS))


def _told(merged: Merged) -> Iterator[tuple[str, str, Problem]]:
    """Every problem with its unit and file: of the sum itself, then of the units, the file with the worst first; of a
    file that another stands for there is nothing to do any more. One file's are in memory at a time.
    """
    rows = merged.ledger.rows
    order = [(_worst(merged.findings), merged.filing.unit.name if merged.filing else "", "", -1)] + [
        (_worst(row.findings), row.unit.name if row.unit else "", row.source, at)
        for at, row in enumerate(rows)
        if row.status not in _NOT_LISTED
    ]
    for _, unit, source, at in sorted(each for each in order if each[0] < len(LEVELS)):
        told = problems(rows[at].findings if at >= 0 else merged.findings)
        yield from ((unit, source, each) for each in sorted(told, key=lambda each: LEVELS.index(each.level)))


def _worst(findings: Sequence[Finding]) -> int:
    """The rank of the worst finding, one too many where there is none."""
    return min((LEVELS.index(each.level) for each in findings), default=len(LEVELS))


def _lines(edition: Edition, unit: str, source: str, told: Problem) -> Iterator[_Line]:
    """The rows of a problem."""
    level, file = edition.wording.marking.levels[told.level], PurePath(source).name
    first = told.findings[0]
    if not told.symptoms:
        yield _Line(unit, level, str(told.message), str(told.remedy or ""), first.explained or "", file)
        return
    yield _Line(unit, level, str(told.message), str(text("the rows below have this one cause")), "", file)
    for each in told.symptoms:
        remedy = "" if each.level == "error" else str(own(each.remedy))
        yield _Line(unit, "", str(each.message), remedy, each.explained or "", file, under=True)


def _line(page: Worksheet, styles: Styles, at: int, line: _Line) -> None:
    look, said = styles("follows" if line.under else "result"), line[:-1]
    page.set_row(at, max(high(word, width) for word, width in zip(said[2:5], _WIDTHS[2:5], strict=True)))
    for column, word in enumerate(said):
        page.write_string(at, column, word, look)
