"""Filings as one long table, a figure a row, for other programs; the same columns in every format. CSV is made so that
a spreadsheet shows what was typed and runs none of it; the byte-order mark and the file are the caller's.
"""

from __future__ import annotations

import csv as comma_separated
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.form.edition import named
from toolkit.form.parts import Edition, Line, Number, Ref, Value
from toolkit.ground.patterns import pattern
from toolkit.model.filing import Reading
from toolkit.render import found
from toolkit.render.data import documents

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet takes for a formula."""

_NUMBER = pattern(r"[-+]?\d+(\.\d+)?", re.ASCII)


class Row(NamedTuple):
    """One figure. `row` and `column` are labels of the form; `value` is a number, or None; what was typed in place of
    one stands in `typed`. `kind` is entry or total; the labels `label_zh` and `label_en` name the figure in full, with
    the headings it stands under. `status` is what became of the filing, where somebody asked.
    """

    unit: str
    code: str | None
    level: str | None
    year: int
    edition: str
    ref: str
    table: str
    row: str
    column: str
    value: Number | None
    typed: str | None
    source: str
    kind: str
    label_zh: str
    label_en: str
    status: str

    @property
    def shown(self) -> Number | str | None:
        """What stands in the cell: the number, or what was typed in its place."""
        return self.value if self.typed is None else self.typed


HEAD = Row._fields


class _Labels:
    """The labels of an edition's figures, each put together once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._made: dict[Ref, tuple[str, str, str, str, str, str]] = {}
        self._lines = {
            table.id: ({each.id: each for each in table.rows}, {each.id: each for each in table.columns})
            for table in edition.tables
        }

    def of(self, ref: Ref) -> tuple[str, str, str, str, str, str]:
        """(table, row, column, kind, full label, full label in English) of a figure."""
        if ref not in self._made:
            self._made[ref] = self._of(ref)
        return self._made[ref]

    def _of(self, ref: Ref) -> tuple[str, str, str, str, str, str]:
        table, row, column = ref.split("/")
        rows, columns = self._lines[table]
        figure = self._edition.figures.get(ref)
        kind = figure.kind if figure is not None else "total"  # a heading's own figure is the sum of its lines
        full = [", ".join(filter(None, (_path(rows, row, en), _path(columns, column, en)))) for en in (False, True)]
        return table, rows[row].label, columns[column].label, kind, full[0].replace(", ", "，"), full[1]


def _path(lines: Mapping[str, Line], wanted: str, en: bool) -> str:
    """The label of a line under those of its headings."""
    parts = wanted.split(".")
    over = (lines.get(".".join(parts[:n])) for n in range(1, len(parts) + 1))
    return " › ".join(said for line in over if line is not None and (said := line.en if en else line.label))


def rows(readings: Iterable[Reading], statuses: Sequence[str] = ()) -> Iterator[Row]:
    """Every figure that was found, filing by filing in the order of the form. `statuses` are what became of each
    filing.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    known: dict[str, _Labels] = {}
    for n, reading in enumerate(readings):
        whole = reading.filing
        edition = named(whole.edition)
        if whole.edition not in known:
            known[whole.edition] = _Labels(edition)
        labels = known[whole.edition]
        for ref in found(whole, edition):
            table, row, column, kind, zh, en = labels.of(ref)
            value = whole.entries[ref].value
            yield Row(
                whole.unit.name, whole.unit.code, whole.unit.level, whole.year, whole.edition, ref, table, row, column,
                None if isinstance(value, str) else value, value if isinstance(value, str) else None,
                whole.source, kind, zh, en, statuses[n] if statuses else "",
            )  # fmt: skip


def csv(readings: Iterable[Reading], statuses: Sequence[str] = ()) -> str:
    """The long table as CSV with a head line; a text that looks like a formula has a ' before it."""
    return "".join(csv_lines(readings, statuses))


def csv_lines(readings: Iterable[Reading], statuses: Sequence[str] = ()) -> Iterator[str]:
    """The same, line by line."""
    written = io.StringIO()
    writer = comma_separated.writer(written)
    writer.writerow(HEAD)
    for row in rows(readings, statuses):
        yield written.getvalue()
        written.seek(0)
        written.truncate()
        writer.writerow([safe(_plain(each)) for each in row._replace(value=row.shown)])  # type: ignore[arg-type]
    yield written.getvalue()


def jsonl(readings: Iterable[Reading], statuses: Sequence[str] = ()) -> str:
    """The long table as JSON, an object a line; every number is a number of JSON."""
    return "".join(json_lines(readings, statuses))


def json_lines(readings: Iterable[Reading], statuses: Sequence[str] = ()) -> Iterator[str]:
    """The same, line by line."""
    for row in rows(readings, statuses):
        yield documents.line(row._asdict() | {"value": _json(row.shown)}) + "\n"


def _json(value: Value) -> int | float | str | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _plain(value: Value) -> int | str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value


def safe(value: int | str | None) -> int | str | None:
    """A cell that a spreadsheet doesn't run; a number, also a negative one that stands as a text, is left as it is."""
    if isinstance(value, str) and value.startswith(_RUN) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value
