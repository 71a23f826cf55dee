"""The doubtful cells of a workbook looked up in the file itself: blanks that are error values or formulas without a
value, and totals that differ from their lines: formulas not recalculated, wrong ones, or numbers typed over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.form.blocks import blocks
from toolkit.form.layout import located
from toolkit.form.parts import Edition, Level, Number, Ref
from toolkit.ground.language import Text, listed, text
from toolkit.intake.judge import Verdict, judged, written
from toolkit.intake.sources import formulas
from toolkit.intake.sources.sheets import Workbook
from toolkit.model import figures
from toolkit.model.filing import Entry, Finding
from toolkit.model.findings import asked

_MOST_APART, _MOST_SHOWN, _MOST_BLOCKS = 2, 3, 10
"""So many wrong formulas of a sheet are told one by one; of more so many as examples, and so many blocks of cells."""


@dataclass(slots=True)
class _Totals:
    """The totals of a sheet that are formulas: those not recalculated, and what is wrong with others."""

    stale: dict[Ref, Entry] = field(default_factory=dict)
    wrong: dict[Ref, Text] = field(default_factory=dict)
    strange: dict[Ref, Text] = field(default_factory=dict)


def looked_up(book: Workbook, edition: Edition, entries: Mapping[Ref, Entry]) -> tuple[dict[Ref, Entry], list[Finding]]:
    """Entries with every doubtful cell as it really stands, and what is said of totals that are formulas.

    An error value stands as its text, a formula without a value as its own text; a total that is a formula stands as
    the sum of its lines, whatever was stored for it: a note for each sheet where it only was not recalculated, an
    error for each formula that adds something else.
    """
    known = dict(entries)
    computed = figures.totals(edition, entries)
    findings: list[Finding] = []
    for sheet, cells in _doubtful(entries, computed).items():
        totals = _Totals()
        standing = _standing(book, edition, sheet, cells, entries)
        for ref in sorted(standing, key=lambda each: _is_total(edition, each)):  # a total follows what its lines are
            formula, error = standing[ref]
            summed = formula if _is_total(edition, ref) else None
            if summed and _lines_unread(edition, entries, ref):
                if entries[ref].value is None:
                    del known[ref]  # nothing is shown, and what it would be nobody knows
            elif summed and not (error and _all_numbers(known, edition.figures[ref].parts)):
                _sort(totals, ref, judged(book.rows(sheet), edition, entries, ref, summed), entries[ref], ref in cells)
            elif error:
                known[ref] = Entry(error, entries[ref].origin)
            elif ref in cells:
                known[ref] = Entry(written(formula), entries[ref].origin)
        for ref in (*totals.stale, *totals.wrong):
            due = computed.get(ref, _known_sum(known, edition.figures[ref].parts))
            known[ref] = Entry(due, entries[ref].origin)
        findings += _said(edition, sheet, totals, entries, known)
    return known, findings


def _sort(totals: _Totals, ref: Ref, verdict: Verdict, entry: Entry, doubtful: bool) -> None:
    """Put a total that is a formula where it belongs; one whose value is right and that cannot be followed is fine."""
    if verdict.wrong is not None:
        totals.wrong[ref] = verdict.wrong
    elif doubtful and (verdict.followed or entry.value is None):
        totals.stale[ref] = entry
    elif doubtful:
        totals.strange[ref] = text("the formula {formula} is no plain sum", formula=verdict.formula)


def _doubtful(entries: Mapping[Ref, Entry], computed: Mapping[Ref, Number]) -> dict[str, dict[Ref, Entry]]:
    """Cells, by sheet, whose value may not be what it seems."""
    doubtful: dict[str, dict[Ref, Entry]] = {}
    for ref, entry in entries.items():
        if entry.value is not None and entry.value == computed.get(ref, entry.value):
            continue
        if entry.origin.sheet is not None and entry.origin.cell is not None:
            doubtful.setdefault(entry.origin.sheet, {})[ref] = entry
    return doubtful


def _standing(
    book: Workbook, edition: Edition, sheet: str, cells: Mapping[Ref, Entry], entries: Mapping[Ref, Entry]
) -> dict[Ref, formulas.Standing]:
    """What really stands in the cells that are no plain values, and in every total, since the sheet is read anyway.

    Blank entries alone seldom need a look at each cell.
    """
    here = {
        ref: entry
        for ref, entry in entries.items()
        if entry.origin.sheet == sheet and entry.origin.cell and (ref in cells or _is_total(edition, ref))
    }
    always = any(_is_total(edition, ref) for ref in cells)
    places = {ref: located(entry.origin.cell or "") for ref, entry in here.items()}
    found = book.standing(sheet, set(places.values()), always=always)
    return {ref: found[place] for ref, place in places.items() if place in found}


def _is_total(edition: Edition, ref: Ref) -> bool:
    return ref in edition.figures and edition.figures[ref].kind == "total"


def _lines_unread(edition: Edition, entries: Mapping[Ref, Entry], ref: Ref) -> bool:
    """Whether not all lines of a total were read, so that neither what it is nor whether its formula is right is known:
    it stands as it is shown.
    """
    return any(part not in entries for part in edition.figures[ref].parts)


def _all_numbers(entries: Mapping[Ref, Entry], parts: tuple[Ref, ...]) -> bool:
    """Whether no part is text or an error value, so that an error in their total is its own."""
    return not any(isinstance(entries[ref].value, str) for ref in parts if ref in entries)


def _known_sum(entries: Mapping[Ref, Entry], parts: tuple[Ref, ...]) -> Number:
    values = (entries[ref].value for ref in parts if ref in entries)
    return sum((value for value in values if isinstance(value, int | Decimal)), 0)


def _said(
    edition: Edition, sheet: str, totals: _Totals, entries: Mapping[Ref, Entry], known: Mapping[Ref, Entry]
) -> list[Finding]:
    found = [*_notes(edition, sheet, totals.stale, known)] if totals.stale else []
    if len(totals.wrong) > _MOST_APART:
        found += _all_wrong(edition, sheet, totals.wrong, entries)
        totals = _Totals(strange=totals.strange)
    for ref, said in (*totals.wrong.items(), *totals.strange.items()):
        label, cell = edition.figures[ref].label, entries[ref].origin.cell
        message = text("{sheet} ({cell}): {label}: {said}", sheet=sheet, cell=cell, label=label, said=said)
        remedy = text("put the sum of its lines back: {formula}", formula=_due(edition, entries, ref))
        level: Level = "error" if ref in totals.wrong else "verify"
        here = {ref: entries[ref]}
        found += asked(edition, "formula", message, remedy, here, level=level)
    return found


def _all_wrong(
    edition: Edition, sheet: str, wrong: Mapping[Ref, Text], entries: Mapping[Ref, Entry]
) -> tuple[Finding, ...]:
    """Many formulas of a sheet that add something else, one finding: they come from one cause, as a column pushed in
    by a program that leaves formulas as they are.
    """
    here = {ref: entries[ref] for ref in wrong}
    shown = [text("{cell} {label}: {said}", cell=entries[ref].origin.cell, label=edition.figures[ref].label, said=said)
             for ref, said in wrong.items()]  # fmt: skip
    message = text(
        "{sheet}: the formulas of {count} totals do not add up their lines: {listed}",
        sheet=sheet, count=len(wrong), listed=listed(shown, _MOST_SHOWN, sentences=True),
    )  # fmt: skip
    first = next(iter(wrong))
    remedy = text(
        "put the sums of their lines back, the first being {formula} in {cell}; or move the figures into a new "
        "workbook with `xls upgrade`",
        formula=_due(edition, entries, first), cell=entries[first].origin.cell,
    )  # fmt: skip
    return asked(edition, "formula", message, remedy, here, level="error")


def _due(edition: Edition, entries: Mapping[Ref, Entry], ref: Ref) -> str:
    """The formula that a total should have, over the cells where its lines stand; cut where these lie scattered."""
    cells = [entries[part].origin.cell or "" for part in edition.figures[ref].parts if part in entries]
    named = [each.name for each in blocks(located(each) for each in cells)]
    more = ["…"] if len(named) > _MOST_BLOCKS else []
    return f"=SUM({','.join([*named[:_MOST_BLOCKS], *more])})"


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
