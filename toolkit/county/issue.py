"""A roster → one blank workbook for each of its units, under a file name that every system takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from toolkit.county.roster import roster
from toolkit.form.edition import edition, named
from toolkit.ground import engines
from toolkit.ground.files import distinct
from toolkit.model.filing import Filing, Unit
from toolkit.workbook.write import blank, write
from toolkit.workbook.write.many import Blanks
from toolkit.years.prior import known


class _Form(NamedTuple):
    """The form that is handed out: the id of its edition, and the report year."""

    edition: str
    year: int


class _Due(NamedTuple):
    """A workbook that is to be made: whose, and that unit's filing of the year before."""

    unit: Unit
    before: Filing | None


def issue(
    year: int, content: bytes, source: str, last: Callable[[Filing], Filing | None] = lambda filing: None, jobs: int = 0
) -> Iterator[tuple[str, bytes]]:
    """(file name, workbook) for every unit of a roster, in its order. `last` gives last year's filing for one; `jobs`
    is that of `engines`.

    Two units whose names give the same file name get their codes, or a number, behind it.

    Raises:
        WrongUse: the roster has a fault, two units with one name or code among them.
        NoEdition: there is no edition for the year.
    """
    stated = edition(year)
    units = roster(content, source, stated)
    names = distinct((unit.name, unit.code or "") for unit in units)
    due = tuple(_Due(unit, last(blank(stated, year, unit))) for unit in units)
    made = engines.each(_made, _Form(stated.id, year), due, jobs)
    for name, workbook in zip(names, made, strict=True):
        yield f"{name}-{year}.xlsx", workbook


def _made(form: _Form, due: _Due) -> bytes:
    """The blank workbook of a unit; with last year's filing its figures are shown and carried in."""
    if due.before is None:
        return _blanks(form).of(due.unit)
    stated = named(form.edition)
    filing = blank(stated, form.year, due.unit)
    return write(stated, replace(filing, unit=known(filing.unit, due.before)), due.before)


@lru_cache(maxsize=4)
def _blanks(form: _Form) -> Blanks:
    return Blanks(named(form.edition), form.year)
