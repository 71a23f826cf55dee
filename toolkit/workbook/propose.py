"""A proposal: a copy of a workbook in which what is certainly suspected is entered as it probably should be, marked and
listed. The workbook itself is never touched, and nothing is entered where more than one repair could be the right one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.form.layout import located
from toolkit.form.parts import Number
from toolkit.intake.sources.sheets import Workbook
from toolkit.model.filing import Checked
from toolkit.model.suspects import Repair
from toolkit.workbook.inplace.cells import At, written
from toolkit.workbook.mark import mark


class Proposal(NamedTuple):
    """The copy, what was entered in it, and the repairs that were not, since a formula stands in their cell."""

    content: bytes
    entered: tuple[Repair, ...]
    left: tuple[Repair, ...]


def propose(content: bytes, source: str, checked: Checked) -> Proposal:
    """The proposal for a workbook (.xlsx, .xlsm) and what a check said of it.

    Raises:
        NotWritten: it is of a kind that cannot be edited in place, signed or shared.
    """
    book = Workbook(content, source)
    wanted = tuple(dict.fromkeys(_certain(checked)))
    left = tuple(each for each in wanted if not _can_be_entered(book, each))
    entered = tuple(each for each in wanted if each not in left)
    cells: dict[str, dict[At, Number]] = {}
    for each in entered:
        cells.setdefault(str(each.sheet), {})[located(str(each.cell))] = each.likely
    made = written(content, source, cells, recalculate=True) if cells else content
    return Proposal(mark(made, source, checked), entered, left)


def _certain(checked: Checked) -> Iterator[Repair]:
    """What the evidence leaves as the only repair of a cause."""
    for each in checked.findings:
        if each.suspect is not None and each.suspect.certain and len(each.suspect.repairs) == 1:
            yield from each.suspect.repairs[0]


def _can_be_entered(book: Workbook, repair: Repair) -> bool:
    """Whether a repair has a cell of the workbook's, and no formula stands in it."""
    if not repair.sheet or not repair.cell or repair.sheet not in book.names:
        return False
    found = book.standing(repair.sheet, {located(repair.cell)})
    return not any(each.formula is not None for each in found.values())
