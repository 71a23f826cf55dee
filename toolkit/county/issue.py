"""A roster → one blank workbook for each of its units, under a file name that every system takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from toolkit.county.roster import roster
from toolkit.form.edition import edition
from toolkit.form.parts import Edition
from toolkit.ground.files import distinct
from toolkit.model.filing import Filing
from toolkit.workbook.write import blank, write
from toolkit.workbook.write.many import Blanks
from toolkit.years.prior import known


def issue(
    year: int, content: bytes, source: str, last: Callable[[Filing], Filing | None] = lambda filing: None
) -> Iterator[tuple[str, bytes]]:
    """(file name, workbook) for every unit of a roster, in its order. `last` gives last year's filing for one.

    Two units whose names give the same file name get their codes, or a number, behind it.

    Raises:
        WrongUse: the roster has a fault, two units with one name or code among them.
        NoEdition: there is no edition for the year.
    """
    stated = edition(year)
    units = roster(content, source, stated)
    names = distinct((unit.name, unit.code or "") for unit in units)
    blanks = Blanks(stated, year)
    for name, unit in zip(names, units, strict=True):
        filing = blank(stated, year, unit)
        before = last(filing)
        made = blanks.of(unit) if before is None else _with_last_year(stated, filing, before)
        yield f"{name}-{year}.xlsx", made


def _with_last_year(stated: Edition, filing: Filing, before: Filing) -> bytes:
    return write(stated, replace(filing, unit=known(filing.unit, before)), before)
