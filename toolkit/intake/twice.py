"""A table that stands on two sheets of a workbook: the one that was read and another, maybe hidden. Which of them is
meant is for the unit to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from toolkit.form.layout import Layout
from toolkit.form.parts import Edition, Ref, Value
from toolkit.ground.language import listed, text
from toolkit.intake.sources.sheets import Workbook
from toolkit.model import numbers
from toolkit.model.answers import MARKS
from toolkit.model.filing import Entry, Finding
from toolkit.model.findings import asked

_MOST = 0.5
"""A sheet with this share of a table's figures holds the table."""


def twice(book: Workbook, made: Layout, entries: Mapping[Ref, Entry], own: Collection[str]) -> Iterator[Finding]:
    """A finding for every sheet that holds a table again: an error, unless it holds the same figures."""
    taken = {entry.origin.sheet for entry in entries.values()}
    ours = {*own, MARKS, *_of_county(made.edition)}
    for name in book.names:
        if name in taken or name in ours or name not in book.cells:
            continue
        found = _figures(book, made, name)
        for sheet in made.sheets:
            refs = [ref for ref, place in made.places.items() if place.sheet == sheet.name]
            again = {ref: found[ref] for ref in refs if ref in found and ref in entries}
            if len(again) > len(refs) * _MOST:
                yield from _said(made.edition, book, name, again, entries)


def _of_county(edition: Edition) -> set[str]:
    """The names of a county workbook's own sheets, and other words of it, which no sheet has."""
    return {each for each in edition.wording.county if isinstance(each, str)}


def _figures(book: Workbook, made: Layout, name: str) -> Mapping[Ref, Value]:
    """The figures on a sheet: where the layout has them, else by their labels."""
    rows = book.rows(name)
    for sheet in made.sheets:
        try:
            if all(rows[row][column] == said for row, column, said in made.labels[sheet.name]):
                return dict(_by_address(made, sheet.name, rows))
        except IndexError:
            continue
    from toolkit.intake import locate  # few workbooks have a sheet that is not ours

    return {ref: entry.value for ref, entry in locate.grids(made.edition, (book.grid(name),)).entries.items()}


def _by_address(made: Layout, sheet: str, rows: tuple[tuple[object, ...], ...]) -> Iterable[tuple[Ref, Value]]:
    for ref, place in made.places.items():
        if place.sheet == sheet:
            row = rows[place.row] if place.row < len(rows) else ()
            typed = row[place.column] if place.column < len(row) else ""
            yield ref, numbers.read(typed, made.edition.figures[ref].value)[0]


def _said(
    edition: Edition, book: Workbook, name: str, again: Mapping[Ref, Value], entries: Mapping[Ref, Entry]
) -> tuple[Finding, ...]:
    """What is said of a table that stands twice; totals are left out, which the entries make."""
    first = next(iter(again))
    read = entries[first].origin.sheet
    table = edition.table(first.split("/")[0])
    hidden = [each for each in (read, name) if each is not None and each not in book.visible()]
    shown = text("; hidden: {sheets}", sheets=listed(hidden)) if hidden else ""
    parted = {ref: value for ref, value in again.items()
              if edition.figures[ref].kind == "entry" and entries[ref].value != value}  # fmt: skip
    if not parted:
        said = text(
            "the table stands on two sheets, {read} and {other}, with the same figures{hidden}",
            read=read, other=name, hidden=shown,
        )  # fmt: skip
        here = {first: entries[first]}
        return asked(edition, "twice", said, text("delete the sheet that is not needed"), here, level="note")
    shares = [
        text(
            "{label} {one} and {two}",
            label=edition.figures[ref].label,
            one=_number(entries[ref].value),
            two=_number(value),
        )
        for ref, value in parted.items()
    ]
    said = text(
        "the table stands on two sheets, {read} and {other}, with different figures{hidden}; {read} was read: {shares}",
        read=read, other=name, hidden=shown, shares=listed(shares, 3),
    )  # fmt: skip
    remedy = text("keep the sheet that is right under the name {sheet} and delete the other", sheet=table.sheet)
    return asked(edition, "twice", said, remedy, {ref: entries[ref] for ref in parted})


def _number(value: Value) -> object:
    if value is None:
        return text("blank")
    return f"{value:f}" if isinstance(value, Decimal) else value
