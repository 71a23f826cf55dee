"""The ledger of a merge for a terminal: what is in the sum, what is not and why, what to do next, in this order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text as Line

from toolkit.form.edition import editions, named
from toolkit.form.words import County
from toolkit.ground import files
from toolkit.ground.language import Text, listed, text
from toolkit.ground.typed import typed
from toolkit.model.ledger import NAMES, SETTLED, STATUSES, Difference, Ledger, LedgerRow, Merged, passed_over
from toolkit.model.problems import problems
from toolkit.render import grouped, plain
from toolkit.render.screen.columns import Column, table
from toolkit.render.screen.terminal import beside, gap, lines, numbered

_ROOM, _ROOM_OF_SETTLED, _MOST_OF_A_ROW, _MOST_NAMES, _MOST_DIFFERENCES = 28, 6, 3, 12, 4
"""Lines of inputs that are not in the sum, and of those that another stands for; lines of one, names of units, and
figures reported otherwise that a screen has room for.
"""


def screen(
    merged: Merged, output: str, width: int, differences: Sequence[Difference] | None = None, letters: str = ""
) -> RenderableType:
    """The ledger at most `width` cells wide; `differences` are those from a filing that the sum is held against,
    `letters` is the folder of the letters, if they were written.
    """
    return Group(*_parts(merged, output, width, differences, letters))


def _parts(
    merged: Merged, output: str, width: int, differences: Sequence[Difference] | None, letters: str
) -> Iterator[RenderableType]:
    ledger = merged.ledger
    yield from lines(_sum(ledger), width, style="bold")
    yield from _remarked(merged, width)
    yield from _outside(merged, width)
    if differences is not None:
        yield gap()
        yield from _differences(differences, width)
    yield gap()
    for said in _of_the_sum(merged):
        yield from lines(said, width)
    yield from numbered(tuple(_next(merged, output, letters)), width)


def _sum(ledger: Ledger) -> Text:
    """What stands in the sum, in one line."""
    merged = ledger.count("merged")
    if not ledger.year:
        return text("nothing could be merged: of {inputs} inputs none could be read", inputs=len(ledger.rows))
    if not ledger.expected:
        return text("{year}: {merged} filings are in the sum, of {inputs} inputs",
                    year=ledger.year, merged=merged, inputs=len(ledger.rows))  # fmt: skip
    due, lacking = len(ledger.expected), len(ledger.lacking)
    return text("{year}: of {due} units on the roster {merged} are in the sum, {lacking} are not; inputs: {inputs}",
                year=ledger.year, due=due, merged=due - lacking, lacking=lacking, inputs=len(ledger.rows))  # fmt: skip


def _remarked(merged: Merged, width: int) -> Iterator[Line]:
    """Filings in the sum of which something is to be said; and what takes no part because another stands for it."""
    rows = merged.ledger.rows
    plain = str(NAMES["merged"])
    said = [(row, reason) for row in rows if row.status == "merged" and str(reason := row.reason) != plain]
    if said:
        who = [text("{unit} ({what})", unit=_name(row), what=reason) for row, reason in said]
        yield from lines(text("In the sum, to be noted: {units}", units=listed(who, 6)), width, indent=2)
    settled = [[row for row in rows if row.status == status] for status in ("superseded", "sum")]
    column = _column([row for each in settled for row in each])
    for each in settled:
        yield from _rows(merged, each, _ROOM_OF_SETTLED, width, column)


def _outside(merged: Merged, width: int) -> Iterator[Line]:
    """What is not in the sum, the units that are expected first."""
    ledger = merged.ledger
    rows = [row for row in ledger.rows if row.status not in SETTLED]
    rows.sort(key=lambda row: (STATUSES.index(row.status), row.source))
    if not rows and not ledger.missing and not ledger.litter:
        return
    yield gap()
    yield from lines(text("Not in the sum:"), width, style="bold")
    yield from _rows(merged, rows, _ROOM, width, _column(rows))
    if ledger.missing:
        names = listed([member.unit.name for member in ledger.missing], _MOST_NAMES)
        yield from beside(text("missing"), names, width, indent=2, column=_column(rows))
    if ledger.litter:
        yield from lines(passed_over(ledger.litter), width, indent=2, style="dim")


def _rows(merged: Merged, rows: Sequence[LedgerRow], room: int, width: int, column: int) -> Iterator[Line]:
    """As many rows as there is room for, in lines, and how many more there are; reasons stand from `column` on."""
    for at, row in enumerate(rows):
        made = list(_cut(beside(NAMES[row.status], _said(row), width, indent=2, column=column), width))
        room -= len(made)
        if room < 0:
            yield from lines(_more(merged, len(rows) - at), width, indent=2)
            return
        yield from made


def _more(merged: Merged, count: int) -> Text:
    if merged.filing is None:  # nothing is written, so there is no sheet either
        return text("and {count} more; --format json has all of them", count=count)
    return text("and {count} more, all of them on the sheet {sheet}", count=count, sheet=_sheets(merged.ledger).ledger)


def _column(rows: Sequence[LedgerRow]) -> int:
    return 4 + max((cell_len(str(NAMES[row.status])) for row in rows), default=0)


_DOTS = 2
"""Cells that `…` takes in a Chinese font."""


def _cut(made: Iterable[Line], width: int) -> Iterator[Line]:
    """No more lines than a row of the ledger may take; the rest of it, of which `…` tells, stands on the sheet."""
    kept = list(made)
    for line in kept[_MOST_OF_A_ROW - 1 : _MOST_OF_A_ROW] if len(kept) > _MOST_OF_A_ROW else ():
        line.truncate(width - _DOTS, overflow="crop")
        line.append("…")
    yield from kept[:_MOST_OF_A_ROW]


def _of_the_sum(merged: Merged) -> Iterator[Text]:
    """What is to be said of the county's own figures."""
    told = problems(merged.findings)
    errors, verify = (sum(each.level == level for each in told) for level in ("error", "verify"))
    if errors:
        yield text("the sum itself: errors {errors}, to verify {verify}", errors=errors, verify=verify)
    if merged.unchained:
        yield text("the county's own figures of last year are compared when every unit is merged")


def _next(merged: Merged, output: str, letters: str) -> Iterator[Text]:
    """What the county has to do, the units first."""
    ledger = merged.ledger
    count = ledger.count
    returned = count("rejected") + count("other-year")
    if letters and (returned or ledger.missing):
        yield text("send out what is in {folder}: letters, marked copies, lines for a chat", folder=typed(letters))
    elif returned:
        yield text("send back {count} files; --letters writes the letters, xls check --mark the marked copies",
                   count=returned)  # fmt: skip
    counted = {
        row.unit for row in ledger.rows if row.status == "merged"
    }  # of these a copy lay beside, no other version
    if undecided := sum(row.status == "duplicate" and row.unit not in counted for row in ledger.rows):
        yield text("decide which of {count} files counts, and leave one a unit; or --latest takes the one saved last",
                   count=undecided)  # fmt: skip
    if ledger.missing:
        yield text("ask {count} units for their figures, or write on the sheet {sheet} why they are left out",
                   count=len(ledger.missing), sheet=_sheets(ledger).ledger)  # fmt: skip
    if unseen := count("unreadable") + count("not-read"):
        yield text("look at {count} files that were not read", count=unseen)
    if strangers := count("not-on-roster"):
        yield text("put the units of {count} files on the roster, or take the files away", count=strangers)
    if merged.filing is not None and output != files.STREAM:
        words = _sheets(ledger)
        yield text("xls check {file}, then open its sheets {ledger} and {findings}",
                   file=typed(output), ledger=words.ledger, findings=words.findings)  # fmt: skip


def _sheets(ledger: Ledger) -> County:
    """The names of the county's sheets in the edition of the merge."""
    edition = named(ledger.edition) if ledger.edition else editions()[-1]
    return edition.wording.county


def _name(row: LedgerRow) -> str:
    return row.unit.name if row.unit and row.unit.name else PurePath(row.source).name


def _said(row: LedgerRow) -> str:
    who = f"{row.unit.name}  " if row.unit and row.unit.name else ""
    reason = str(row.reason)
    if reason.startswith(row.source):
        return who + reason
    return who + str(text("{file}: {what}", file=row.source, what=reason))


def _differences(differences: Sequence[Difference], width: int) -> Iterable[RenderableType]:
    if not differences:
        yield from lines(text("the reported figures are the sums of the units, all of them"), width)
        return
    columns = [Column(text("figure"), wraps=True), Column(text("reported"), right=True),
               Column(text("units"), right=True), Column(text("who reports there"), wraps=True)]  # fmt: skip
    rows = [(each.label, grouped(each.reported), grouped(each.merged), _reporting(each))
            for each in differences[:_MOST_DIFFERENCES]]  # fmt: skip
    yield from table(columns, rows, width)
    rest = len(differences) - _MOST_DIFFERENCES
    if rest > 0:
        yield from lines(text("and {count} more figures; all of them on the sheet 逐格对账", count=rest), width)


def _reporting(each: Difference) -> str:
    """The units that report most of a figure, a line for each."""
    most = sorted(each.units, key=lambda unit: abs(float(unit[1])), reverse=True)
    said = [plain(f"{unit.name} {value}") for unit, value in most[:2]]
    rest = len(most) - len(said)
    return "\n".join([*said, *([str(text("and {count} more", count=rest))] if rest else [])]) or "—"
