"""The entry cells of a workbook that are empty, and the workbook with 0 in them. What a blank means is not decided
here: the unit says that it is a zero, and only then is one written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.form.edition import named
from toolkit.form.layout import located
from toolkit.form.parts import Edition, Ref
from toolkit.intake.sources.sheets import Workbook
from toolkit.intake.workbook import read
from toolkit.model.filing import Entry, Filing, Finding, Reading
from toolkit.workbook.inplace.cells import At, written
from toolkit.workbook.inplace.package import can_be_edited
from toolkit.workbook.write import write

_OF_PLACES = frozenset({"moved", "unplaced"})
"""The checks by which a reader says that it had to search."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """The empty entry cells of a workbook in the order of the form, and what a user should know before they are filled.

    `whole` are the printed tables, by sheet of the form, of which every entry is empty; `left` are cells that show
    nothing and are no blanks: a formula is in them, or they lie under a merged cell. `absent` counts the entries that
    the workbook has no cell for; `doubts` are the findings of a reading that had to search for its cells. `in_place`:
    the workbook itself can be filled; of another kind (.xls, .ods) a new one with the `filing` is.
    """

    filing: Filing
    in_place: bool
    edition: Edition
    cells: Mapping[Ref, Entry]
    whole: frozenset[str]
    left: Mapping[Ref, Entry]
    absent: int
    doubts: tuple[Finding, ...]


def blanks(content: bytes, source: str) -> Blanks:
    """The empty entry cells of a workbook.

    Raises:
        Unreadable: it is no workbook of the form, or does not say its year.
        NotWritten: it is signed, or of a kind that cannot be filled in place and holds more than figures and texts.
    """
    reading = read(content, source, as_typed=True)
    in_place = can_be_edited(content)
    if in_place or _more_than_a_filing(reading):
        written(content, source, {})
    edition, entries = named(reading.filing.edition), reading.filing.entries
    empty = {ref: entries[ref] for ref in edition.entries if ref in entries and entries[ref].value is None}
    left = _no_blanks(content, source, empty)
    there: dict[str, bool] = {}
    for ref in edition.entries:
        if ref in entries:
            sheet = edition.table(edition.figures[ref].table).sheet
            there[sheet] = there.get(sheet, False) or ref not in empty
    return Blanks(
        reading.filing,
        in_place,
        edition,
        {ref: entry for ref, entry in empty.items() if ref not in left},
        frozenset(sheet for sheet, filled in there.items() if not filled),
        left,
        sum(ref not in entries for ref in edition.entries),
        tuple(each for each in reading.findings if edition.check(each.rule) in _OF_PLACES),
    )


def _more_than_a_filing(reading: Reading) -> bool:
    """Whether a workbook has what a new one would not: a unit's answers on a list of findings, a county's sheets."""
    return bool(reading.explanations or reading.tally)


def _no_blanks(content: bytes, source: str, empty: Mapping[Ref, Entry]) -> dict[Ref, Entry]:
    """Those of some cells that show nothing although a formula is in them, or because a merged cell lies over them."""
    book = Workbook(content, source)
    left: dict[Ref, Entry] = {}
    for sheet, cells in _by_sheet(empty).items():
        standing = book.standing(sheet, set(cells))
        merged = book.grid(sheet).merged
        for at, ref in cells.items():
            if at in standing or any(_under(at, block) for block in merged):
                left[ref] = empty[ref]
    return left


def _by_sheet(entries: Mapping[Ref, Entry]) -> dict[str, dict[At, Ref]]:
    sheets: dict[str, dict[At, Ref]] = {}
    for ref, entry in entries.items():
        assert entry.origin.sheet is not None, "a workbook's figure has a sheet"
        assert entry.origin.cell is not None, "a workbook's figure has a cell"
        sheets.setdefault(entry.origin.sheet, {})[located(entry.origin.cell)] = ref
    return sheets


def _under(at: At, block: tuple[int, int, int, int]) -> bool:
    top, left, bottom, right = block
    return top <= at[0] <= bottom and left <= at[1] <= right and at != (top, left)


def zeroed(content: bytes, source: str, found: Blanks) -> bytes:
    """The workbook with 0 in its empty entry cells and every other thing as it was; of a kind that cannot be filled in
    place a new one (.xlsx) with the same figures and texts.

    Raises:
        NotWritten: it is signed.
    """
    if not found.in_place:
        entries = {**found.filing.entries, **{ref: entry._replace(value=0) for ref, entry in found.cells.items()}}
        return write(found.edition, dataclasses.replace(found.filing, entries=entries))
    cells = {sheet: dict.fromkeys(here, 0) for sheet, here in _by_sheet(found.cells).items()}
    return written(content, source, cells)
