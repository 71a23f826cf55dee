"""Filings as one long table, a figure a row, for other programs. CSV is made so that a spreadsheet shows what was
typed and runs none of it; the byte-order mark and the file are the caller's.
"""

from __future__ import annotations

import csv as comma_separated
import io
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.form.edition import named
from toolkit.model.filing import Reading
from toolkit.render import found
from toolkit.render.data import documents

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet takes for a formula."""

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)


class Row(NamedTuple):
    """One figure. `row` and `column` are labels of the form; `value` is as in our JSON."""

    unit: str
    code: str | None
    level: str | None
    year: int
    edition: str
    ref: str
    table: str
    row: str
    column: str
    value: int | str | None


HEAD = Row._fields


def rows(readings: Iterable[Reading]) -> Iterator[Row]:
    """Every figure that was found, filing by filing in the order of the form.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    for reading in readings:
        whole = reading.filing
        edition = named(whole.edition)
        labels = {
            table.id: ({each.id: each.label for each in table.rows}, {each.id: each.label for each in table.columns})
            for table in edition.tables
        }
        for ref in found(whole, edition):
            table, row, column = ref.split("/")
            yield Row(
                unit=whole.unit.name,
                code=whole.unit.code,
                level=whole.unit.level,
                year=whole.year,
                edition=whole.edition,
                ref=ref,
                table=table,
                row=labels[table][0][row],
                column=labels[table][1][column],
                value=documents.figure(edition, ref, whole.entries[ref].value),
            )


def csv(readings: Iterable[Reading]) -> str:
    """The long table as CSV with a head line; a text that looks like a formula has a ' before it."""
    written = io.StringIO()
    writer = comma_separated.writer(written)
    writer.writerow(HEAD)
    writer.writerows([safe(each) for each in row] for row in rows(readings))
    return written.getvalue()


def jsonl(readings: Iterable[Reading]) -> str:
    """The long table as JSON, an object a line."""
    return "".join(documents.line(row._asdict()) + "\n" for row in rows(readings))


def safe(value: int | str | None) -> int | str | None:
    """A cell that a spreadsheet doesn't run; a number, also a negative one that stands as a text, is left as it is."""
    if isinstance(value, str) and value.startswith(_RUN) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value
