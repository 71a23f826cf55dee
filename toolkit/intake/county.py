"""What a county workbook says its figures are made of: its units and what the county adjusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.form.layout import address
from toolkit.form.layout_county import (
    ADJUSTED,
    ADJUSTMENTS,
    ADJUSTMENTS_KEY,
    CAME,
    FIRST_COLUMN,
    IN_SUM,
    KEY,
    KEY_ROW,
    LACKING,
    LEDGER,
    LEDGER_CODE,
    LEDGER_FILE,
    LEDGER_KEY,
    LEDGER_NAME,
    LEDGER_REASON,
    SEAL_COLUMN,
    TOTAL,
    figure_names,
)
from toolkit.form.parts import Edition, Value
from toolkit.intake.sources.sheets import Workbook
from toolkit.model import numbers
from toolkit.model.figures import seal
from toolkit.model.filing import Adjustment, Contribution, Expected, Tally, Unit

_Rows = Sequence[Sequence[object]]


def tallied(book: Workbook, edition: Edition) -> Tally | None:
    """What the sheets of a county workbook say; None where the workbook has none."""
    words = edition.wording.county
    if words.sources not in book.names:
        return None
    rows = book.rows(words.sources)
    if len(rows) <= KEY_ROW or not rows[KEY_ROW] or rows[KEY_ROW][0] != KEY:
        return None
    changed = book.rows(words.adjustments) if words.adjustments in book.names else ()
    ledger = book.rows(words.ledger) if words.ledger in book.names else ()
    return Tally(tuple(_units(rows, edition)), tuple(_adjustments(changed, edition)), tuple(_expected(ledger)))


def _expected(rows: _Rows) -> Iterator[Expected]:
    """The units on the sheet 台账 that are to be in the sum, and what the county wrote beside those that are not."""
    head = next((n for n, row in enumerate(rows) if len(row) > LEDGER_KEY and row[LEDGER_KEY] == LEDGER), len(rows))
    for row in rows[head + 1 :]:
        key = str(row[LEDGER_KEY]) if len(row) > LEDGER_KEY else ""
        became = key.removeprefix(CAME)
        if became in (IN_SUM, *LACKING):
            unit = Unit(str(row[LEDGER_NAME] or row[LEDGER_FILE]), _code(row[LEDGER_CODE]))
            yield Expected(unit, key == IN_SUM, str(row[LEDGER_REASON]).strip(), became, due=became == key)


def _units(rows: _Rows, edition: Edition) -> Iterator[Contribution]:
    refs = [str(cell) for cell in rows[KEY_ROW][FIRST_COLUMN:]]
    at = {ref: FIRST_COLUMN + n for n, ref in enumerate(refs)}
    levels = {level.label: level.id for level in edition.levels}
    for row in rows[KEY_ROW + 1 :]:
        if (
            len(row) <= SEAL_COLUMN
            or row[SEAL_COLUMN] in (ADJUSTED, TOTAL)
            or not any(str(cell).strip() for cell in row)
        ):
            continue
        unit = Unit(str(row[0]), _code(row[1]), levels.get(str(row[2])))
        found = [_cell(edition, ref, row[at[ref]] if ref in at and at[ref] < len(row) else "")
                 for ref in edition.entries]  # fmt: skip
        figures = tuple(each if isinstance(each, int | Decimal) else None for each in found)
        typed = any(isinstance(each, str) for each in found)
        sealed = not typed and row[SEAL_COLUMN] == seal(unit, figures)
        yield Contribution(unit, str(row[3]), figures, False, sealed)


def _code(cell: object) -> str | None:
    return (str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)) or None


def _adjustments(rows: _Rows, edition: Edition) -> Iterator[Adjustment]:
    head = next((n for n, row in enumerate(rows) if len(row) > ADJUSTMENTS_KEY
                 and row[ADJUSTMENTS_KEY] == ADJUSTMENTS), None)  # fmt: skip
    if head is None:
        return
    refs = {name: ref for ref, name in figure_names(edition).items()}
    for n, row in enumerate(rows[head + 1 :], start=head + 1):
        name, reason = str(row[0]).strip(), str(row[2]).strip()
        ref = refs.get(name, "")
        amount = _cell(edition, ref, row[1])
        if name or reason or amount is not None:
            yield Adjustment(ref, amount, reason, address(n, 0))


def _cell(edition: Edition, ref: str, cell: object) -> Value:
    if cell is None or cell == "":
        return None
    if not isinstance(cell, int | float) or isinstance(cell, bool):
        return str(cell)
    exact = numbers.stored(cell)
    if not exact.is_finite():
        return str(cell)
    if ref in edition.figures and edition.figures[ref].value == "money":
        return exact
    return int(exact) if exact == exact.to_integral_value() else exact
