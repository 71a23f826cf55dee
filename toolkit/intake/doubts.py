"""The doubtful cells of a workbook looked up in the file itself: blanks that are error values or formulas without a
value, and totals that differ from their lines, which are formulas not recalculated or numbers typed over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from toolkit.form.parts import Edition, Number, Ref
from toolkit.ground.language import listed, text
from toolkit.intake.sources import formulas
from toolkit.intake.sources.sheets import Workbook
from toolkit.model import figures
from toolkit.model.filing import Entry, Finding
from toolkit.model.findings import asked

_SPARE = 2
"""Formulas a sheet of ours has besides its totals: unit and year over the table."""


def looked_up(book: Workbook, edition: Edition, entries: Mapping[Ref, Entry]) -> tuple[dict[Ref, Entry], list[Finding]]:
    """Entries with every doubtful cell as it really stands, and a note for each sheet with totals not recalculated.

    An error value stands as its text, a formula without a value as its own text; a total that is a formula stands as
    the sum of its lines, whatever was stored for it.
    """
    known = dict(entries)
    computed = figures.totals(edition, entries)
    stale: dict[str, dict[Ref, Entry]] = {}
    for sheet, cells in _doubtful(entries, computed).items():
        standing = _standing(book, edition, sheet, cells)
        for ref in sorted(standing, key=lambda each: _is_total(edition, each)):  # a total follows what its lines are
            formula, error = standing[ref]
            if _is_total(edition, ref) and formula and not (error and _all_numbers(known, edition.figures[ref].parts)):
                stale.setdefault(sheet, {})[ref] = cells[ref]
            elif error:
                known[ref] = Entry(error, cells[ref].origin)
            else:
                known[ref] = Entry(f"={str(formula).removeprefix('of:').removeprefix('=')}", cells[ref].origin)
    for cells in stale.values():
        for ref, entry in cells.items():
            known[ref] = Entry(computed.get(ref, _known_sum(known, edition.figures[ref].parts)), entry.origin)
    return known, [note for sheet, cells in stale.items() for note in _notes(edition, sheet, cells, known)]


def _doubtful(entries: Mapping[Ref, Entry], computed: Mapping[Ref, Number]) -> dict[str, dict[Ref, Entry]]:
    """Cells, by sheet, whose value may not be what it seems."""
    doubtful: dict[str, dict[Ref, Entry]] = {}
    for ref, entry in entries.items():
        if entry.value is not None and entry.value == computed.get(ref, entry.value):
            continue
        if entry.origin.sheet is not None and entry.origin.cell is not None:
            doubtful.setdefault(entry.origin.sheet, {})[ref] = entry
    return doubtful


def _standing(book: Workbook, edition: Edition, sheet: str, cells: Mapping[Ref, Entry]) -> dict[Ref, formulas.Standing]:
    """What really stands in the cells that are no plain values. Blank entries alone seldom need a look at each cell."""
    totals = [
        ref
        for ref, figure in edition.figures.items()
        if figure.kind == "total" and edition.table(figure.table).sheet == sheet
    ]
    usual = None if any(ref in cells for ref in totals) else len(totals) + _SPARE
    places = {ref: formulas.place(entry.origin.cell or "") for ref, entry in cells.items()}
    found = book.standing(sheet, set(places.values()), usual)
    return {ref: found[place] for ref, place in places.items() if place in found}


def _is_total(edition: Edition, ref: Ref) -> bool:
    return ref in edition.figures and edition.figures[ref].kind == "total"


def _all_numbers(entries: Mapping[Ref, Entry], parts: tuple[Ref, ...]) -> bool:
    """Whether no part is text or an error value, so that an error in their total is its own."""
    return not any(isinstance(entries[ref].value, str) for ref in parts if ref in entries)


def _known_sum(entries: Mapping[Ref, Entry], parts: tuple[Ref, ...]) -> Number:
    values = (entries[ref].value for ref in parts if ref in entries)
    return sum((value for value in values if isinstance(value, int | Decimal)), 0)


def _notes(edition: Edition, sheet: str, cells: Mapping[Ref, Entry], known: Mapping[Ref, Entry]) -> tuple[Finding, ...]:
    shown = [
        text(
            "{cell} shows {shown}, its lines add up to {sum}",
            cell=entry.origin.cell,
            shown=entry.value,
            sum=known[ref].value,
        )
        if entry.value is not None
        else text("{cell} shows nothing, its lines add up to {sum}", cell=entry.origin.cell, sum=known[ref].value)
        for ref, entry in cells.items()
    ]
    said = text(
        "{sheet}: {count} totals are formulas that were not recalculated, or leave out figures stored as text: {cells}",
        sheet=sheet, count=len(cells), cells=listed(shown, 3),
    )  # fmt: skip
    return asked(edition, "stale", said, text("nothing to correct; the sums of the lines are used"), cells)
