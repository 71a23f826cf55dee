"""The sheet 台账 of a county workbook: how many units are in the sum, then every unit with its files, in the order of
the roster, and last the files that belong to none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.layout import Box
from toolkit.form.layout_county import CAME, IN_SUM, LEDGER, LEDGER_KEY, LEDGER_REASON
from toolkit.form.parts import Edition
from toolkit.ground.language import Text, listed, text
from toolkit.model.filing import Unit
from toolkit.model.ledger import NAMES, UNSEEN, Ledger, LedgerRow, Member, State, became
from toolkit.workbook.write.county_page import county_page, high, write_heads
from toolkit.workbook.write.shown import Formula
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.tables import place

_WIDTHS = (24, 20, 26, 30, 10, 46, 8, 30)
_SUMMARY = 2
_NAMES: dict[State, Text] = {
    "returned": text("returned"),
    "duplicate": text("delivered twice"),
    "unread": text("not read"),
    "missing": text("missing"),
}
_STATES: tuple[State, ...] = ("merged", "returned", "duplicate", "unread", "missing")


class _Line(NamedTuple):
    """A row of the sheet: a file, or a unit without one. `key` says of the first row of a unit whether it is in."""

    unit: Unit | None
    contact: str
    row: LedgerRow | None
    key: str = ""
    reason: str = ""


def ledger_sheet(book: Workbook, styles: Styles, edition: Edition, ledger: Ledger, *, streamed: bool = False) -> None:
    """Add the sheet; see `county_page`."""
    words = edition.wording.county
    page = county_page(book, styles, words.ledger, words.ledger_note, _WIDTHS, streamed=streamed)
    page.set_column(LEDGER_KEY, LEDGER_KEY, None, None, {"hidden": True})
    head = _head_row(edition, ledger)
    _summary(page, styles, edition, ledger)
    write_heads(page, styles, head, words.ledger_heads)
    page.write_string(head, LEDGER_KEY, LEDGER)
    last = head + 1
    for last, line in enumerate(_lines(ledger), start=head + 1):
        _line(page, styles, last, line, streamed=streamed)
    page.autofilter(head, 0, last, LEDGER_REASON)
    page.freeze_panes(head + 1, 1)
    page.repeat_rows(head)
    page.print_area(0, 0, last, LEDGER_REASON)


def sum_of(ledger: Ledger) -> str:
    """What the figures of a county are made of, in one sentence for its cover."""
    merged = ledger.count("merged")
    if not ledger.expected:
        return str(text("{merged} filings of {inputs} inputs are in the sum", merged=merged, inputs=len(ledger.rows)))
    states = ledger.states()
    of = Counter(states.get(each.unit, "missing") for each in ledger.expected)
    said = text("{merged} of {due} units on the roster are in the sum", merged=of["merged"], due=len(ledger.expected))
    out = [text("{what} {count}", what=name, count=of[state]) for state, name in _NAMES.items() if of[state]]
    excused = len(ledger.lacking) - len(ledger.unexcused)
    if excused:
        out.append(text("of these explained {count}", count=excused))
    return str(text("{said}; not in it: {units}", said=said, units=listed(out, 8)) if out else said)


def lacking(edition: Edition, ledger: Ledger) -> tuple[Formula, int]:
    """How many units are neither in the sum nor excused, as the sheet stands, and the first row of units."""
    first = _head_row(edition, ledger) + 2
    last = first + max(sum(1 for _ in _lines(ledger)), 1) - 1
    sheet = edition.wording.county.ledger
    keys, reasons = (f"'{sheet}'!${letter}${first}:${letter}${last}" for letter in "IH")
    said = f'SUMPRODUCT(({keys}<>"")*({keys}<>"{IN_SUM}")*(LEN(TRIM({reasons}))=0))'
    why = dict(ledger.reasons)
    left_out = sum(not why.get(row.named) for row in ledger.left_out)
    return Formula(said, len(ledger.unexcused) + left_out), first - 1


def _head_row(edition: Edition, ledger: Ledger) -> int:
    return _SUMMARY + len(_levels(edition, ledger)) + 3


def _levels(edition: Edition, ledger: Ledger) -> list[tuple[str, list[Member]]]:
    """The units that are expected, by level in the order of the form; none where there is no roster."""
    labels = [(level.id, level.label) for level in edition.levels]
    groups = [(label, [each for each in ledger.expected if each.unit.level == id_]) for id_, label in labels]
    rest = [each for each in ledger.expected if each.unit.level not in dict(labels)]
    return [(label, units) for label, units in (*groups, ("", rest)) if units]


def _summary(page: Worksheet, styles: Styles, edition: Edition, ledger: Ledger) -> None:
    """How many units are expected and what became of them, by level; without a roster how many files."""
    words = edition.wording.county
    write_heads(page, styles, _SUMMARY, words.ledger_summary)
    levels, states = _levels(edition, ledger), ledger.states()
    for at, (label, units) in enumerate((*levels, (words.total, list(ledger.expected))), start=_SUMMARY + 1):
        counts = Counter(states.get(each.unit, "missing") for each in units)
        page.write_string(at, 0, label, styles("result"))
        due = len(units) if ledger.expected else None
        for column, count in enumerate((due, *_counts(ledger, counts)), start=1):
            place(page, Box(at, column, 1, 1, "figure"), styles("cell"), count)


def _counts(ledger: Ledger, counts: Counter[State]) -> Iterator[int | None]:
    if ledger.expected:
        yield from (counts[state] for state in _STATES)
        return
    of = Counter(row.status for row in ledger.rows)
    yield from (of["merged"], of["rejected"] + of["other-year"], of["duplicate"])
    yield from (sum(of[each] for each in UNSEEN), None)


def _lines(ledger: Ledger) -> Iterator[_Line]:
    """The rows of the sheet, those of the roster first."""
    by_unit: dict[Unit | None, list[LedgerRow]] = {}
    for row in sorted(ledger.rows, key=lambda row: (row.status != "merged", row.source)):
        by_unit.setdefault(row.unit, []).append(row)
    reasons, states = dict(ledger.reasons), ledger.states()
    for member in ledger.expected:
        rows: Sequence[LedgerRow | None] = by_unit.pop(member.unit, []) or [None]
        state = states.get(member.unit, "missing")
        key = IN_SUM if state == "merged" else state
        for n, one in enumerate(rows):
            first = n == 0
            reason = reasons.get(member.unit.name, "") if first and state != "merged" else ""
            yield _Line(member.unit, member.contact, one, key if first else "", reason)
    left_out = {row.source for row in ledger.left_out}
    for row in (row for several in by_unit.values() for row in several):
        if row.source in left_out:
            state = states[row.unit] if row.unit else became([row.status])
            yield _Line(row.unit, "", row, CAME + state, reasons.get(row.named, ""))
        else:
            yield _Line(row.unit, "", row)


def _line(page: Worksheet, styles: Styles, at: int, line: _Line, *, streamed: bool) -> None:
    unit, row = line.unit, line.row
    said = str(row.reason) if row else ""
    state = str(NAMES[row.status] if row else text("missing"))
    words = (unit.name if unit else "", (unit.code or "") if unit else "", line.contact, None, state, said)
    for column, word in enumerate(words):
        if word is not None:
            page.write_string(at, column, word, styles("cell" if column == 4 else "result"))
    if row is None:
        page.write_blank(at, 3, None, styles("result"))
    else:
        link(page, styles, at, 3, row.source, streamed=streamed)
    blanks = row.blanks if row and row.status not in UNSEEN else None
    place(page, Box(at, 6, 1, 1, "figure"), styles("cell"), blanks)
    open_ = line.key not in ("", IN_SUM)
    page.write_string(at, LEDGER_REASON, line.reason, styles("changed" if open_ else "result"))
    page.write_string(at, LEDGER_KEY, line.key)
    page.set_row(at, max(high(said, _WIDTHS[5]), high(words[0] or "", _WIDTHS[0]), high(line.contact, _WIDTHS[2])))


def link(page: Worksheet, styles: Styles, row: int, column: int, source: str, *, streamed: bool = False) -> None:
    """A file by its name, with a link to where it lay; one whose path no link can hold as its name alone. In a sheet
    that is streamed the link is a formula: of others a sheet takes 65,530, and each is kept in memory.
    """
    path, name = PurePath(source).as_posix(), PurePath(source.rpartition(" › ")[2]).name
    if "#" in path or " › " in path or len(path) > 200:
        page.write_string(row, column, name[:255], styles("result"))
        return
    if streamed:
        said = f'HYPERLINK("{_quoted(path)}","{_quoted(name[:255])}")'
        wrote = page.write_formula(row, column, f"={said}", styles("link"), name[:255])
        assert wrote == 0, f"XlsxWriter refused a link to {source!r} ({wrote})"
        return
    wrote = page.write_url(row, column, f"external:{path}", styles("link"), name[:255])
    assert wrote == 0, f"XlsxWriter refused a link to {source!r} ({wrote})"


def _quoted(said: str) -> str:
    """What stands between the quotation marks of a formula."""
    return said.replace('"', '""')
