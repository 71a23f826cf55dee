"""Edition and filing → the workbook a clerk fills in, as bytes. The only room that knows XlsxWriter.

A blank workbook is the workbook of a filing with no entries. The same filing gives the same bytes.
"""

from __future__ import annotations

import contextlib
import datetime
import io
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import IO

from xlsxwriter.exceptions import FileCreateError

from toolkit.form.layout import MARK, NUMBER, PREAMBLE, SIGNATURE, UNREAD, layout
from toolkit.form.parts import Edition, Ref
from toolkit.ground.language import Text, listed, speaking, text
from toolkit.ground.shelf import room
from toolkit.model.filing import Filing, Unit
from toolkit.model.ledger import Merged
from toolkit.workbook.write import check_rows, colours, county, formulas, selfcheck
from toolkit.workbook.write import prior as last_year
from toolkit.workbook.write.book import book as opened
from toolkit.workbook.write.book import let_go
from toolkit.workbook.write.county_ledger import sum_of
from toolkit.workbook.write.county_page import is_long
from toolkit.workbook.write.pages import cover, guide, mark
from toolkit.workbook.write.pages import texts as texts_sheet
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.tables import table_sheet

_CREATED = datetime.datetime(2019, 5, 15, tzinfo=datetime.UTC).replace(tzinfo=None)
"""A fixed day, so that two runs give identical bytes: the day the Regulations (国务院令第711号) came into force."""


def blank(edition: Edition, year: int, unit: Unit | None = None) -> Filing:
    """A filing in which nothing is filled in yet."""
    return Filing(edition.id, year, unit or Unit(""), {}, {})


def write(edition: Edition, filing: Filing, prior: Filing | None = None, merged: Merged | None = None) -> bytes:
    """The workbook of a filing (.xlsx); see `write_to`."""
    buffer = io.BytesIO()
    write_to(buffer, edition, filing, prior, merged)
    return buffer.getvalue()


def write_to(
    stream: IO[bytes], edition: Edition, filing: Filing, prior: Filing | None = None, merged: Merged | None = None
) -> None:
    """Write the workbook of a filing to where there is nothing yet.

    Entry cells are unlocked; totals are formulas with their value stored.

    A total that stands in the filing with another value than the sum of its entries is written as it stands, and so is
    one whose entries were not all read, with a comment; the hidden sheet keeps which those are. Figures
    for which the form has no cell (`unplaced`) are left out. Of `prior`, last year's filing, what is carried is
    filled in where the filing has nothing, and the figures stand in grey beside the tables, outside what is printed.
    Of `merged`, the sum that the filing is, the units, the ledger and the findings have sheets of their own.
    """
    made = layout(edition)
    filing, last = last_year.before(edition, filing, prior) if prior else (filing, None)
    notes = last_year.prompts(edition, last) if last else {}
    sums = county.sums(made, merged) if merged else {}
    with contextlib.ExitStack() as until, speaking("zh"):  # a workbook speaks the language of the form
        folder = until.enter_context(_scratch()) if merged and is_long(merged) else ""
        book = opened(stream, folder)
        until.callback(let_go, book)
        book.set_properties({"title": edition.title, "created": _CREATED})
        book.set_calc_mode("auto")
        styles = Styles(book)
        rows = check_rows.rows(made, filing, merged.ledger if merged else None)
        cover(book, styles, made, filing, selfcheck.summary(made, rows), sum_of(merged.ledger) if merged else "")
        for sheet in made.sheets:
            page = table_sheet(book, styles, made, sheet, filing, notes, sums)
            colours.colour(page, styles, made, sheet, rows)
            if last:
                last_year.draw(page, styles, made, sheet, filing, last, _added(edition, merged))
        if made.texts:
            texts_sheet(book, styles, made, filing)
        selfcheck.selfcheck(book, styles, made, filing, rows)
        colours.name_rows(book, made, rows)
        if merged:
            county.sheets(book, styles, made, merged)
        guide(book, styles, made, edition.wording.county.guide if merged else ())
        mark(book, _identity(edition, filing), _kept(edition, filing))
        book.worksheets()[0].activate()
        book.close()


@contextlib.contextmanager
def _scratch() -> Iterator[str]:
    """A folder for what of a workbook is not kept in memory.

    Raises:
        NotWritten: there is no room for it.
    """
    with room(), TemporaryDirectory() as folder:
        try:
            yield folder
        except FileCreateError as error:  # what XlsxWriter makes of it
            raise error.args[0] from error


def unplaced(edition: Edition, filing: Filing) -> tuple[Ref, ...]:
    """The figures of a filing for which the form has no cell: a heading's own, from a report of another layout."""
    return tuple(ref for ref, entry in filing.entries.items() if ref not in edition.figures and entry.value is not None)


def left_out(edition: Edition, filing: Filing) -> tuple[Text, ...]:
    """What is said of the figures for which the form has no cell, a sentence for each heading."""
    by_heading: dict[tuple[str, str], list[str]] = {}
    for ref in unplaced(edition, filing):
        table, row, column = ref.split("/")
        name = next((each.name for each in edition.table(table).columns if each.id == column), column)
        by_heading.setdefault((table, row), []).append(f"{name} {filing.entries[ref].value}")
    return tuple(
        text(
            "“{label}” has figures of its own ({figures}), but no cells in the workbook; enter those of its lines",
            label=next(each.label for each in edition.table(table).rows if each.id == row),
            figures=listed(said, len(said)),
        )
        for (table, row), said in by_heading.items()
    )


def _added(edition: Edition, merged: Merged | None) -> str:
    """How many units' last year it is that stands beside a sum."""
    count = sum(each is not None for each in merged.last) if merged else 0
    return edition.wording.county.units_added.replace("{count}", str(count)) if count else ""


def _identity(edition: Edition, filing: Filing) -> dict[str, str]:
    return {
        "edition": edition.id,
        "year": str(filing.year),
        "unit": filing.unit.name,
        "code": filing.unit.code or "",
        "level": filing.unit.level or "",
        "layout": str(NUMBER),
    }


def _kept(edition: Edition, filing: Filing) -> dict[str, str]:
    """What the filing's report had and the sheets have no place for; it comes back when the workbook is read."""
    return {
        UNREAD: " ".join(formulas.lost(edition, filing)),
        PREAMBLE: filing.preamble,
        SIGNATURE: filing.signature,
    }


__all__ = ["MARK", "blank", "left_out", "unplaced", "write", "write_to"]
