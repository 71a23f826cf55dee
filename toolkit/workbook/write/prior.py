"""Last year's figures in a workbook: carried into the entries they determine, and in grey beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from xlsxwriter.worksheet import Worksheet

from toolkit.form import equation
from toolkit.form.counterparts import pairs
from toolkit.form.edition import named
from toolkit.form.layout import Box, Layout, Sheet, address
from toolkit.form.layout_prior import beside, carried, following
from toolkit.form.parts import Edition, Instance, Number, Ref
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing
from toolkit.workbook.write import formulas
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.tables import place

_GAP, _WIDEST, _EXPECTED = 2.0, 11.0, 21.0
"""Widths in characters: the blank column, a column of last year's, one of what is expected."""


@dataclass(frozen=True, slots=True)
class Before:
    """Last year's figures by their refs in this year's form, and the entries that were carried, each from what."""

    year: int
    numbers: Mapping[Ref, Number]
    carried: Mapping[Ref, Ref]


def before(edition: Edition, filing: Filing, prior: Filing) -> tuple[Filing, Before]:
    """A filing with what is carried filled in where nothing stands, and what is to stand beside it."""
    known = _numbers(edition, prior)
    entries = filing.entries
    taken = {
        ref: was
        for ref, was in carried(edition).items()
        if was in known and entries.get(ref, Entry(None)).value is None
    }
    filled = {**entries, **{ref: Entry(known[was]) for ref, was in taken.items()}}
    return replace(filing, entries=filled), Before(prior.year, known, taken)


def _numbers(edition: Edition, prior: Filing) -> dict[Ref, Number]:
    """What last year's figures were, those only that mean the same in this year's form; a blank is none."""
    was = named(prior.edition)
    same = {ref: new for ref, (new, how) in pairs(was, edition).items() if how == "same"}
    found: dict[Ref, Number] = {}
    for ref, new in same.items():
        total = was.figures[ref].kind == "total"
        typed = prior.entries.get(ref, Entry(None)).value
        number = figures.value(was, prior.entries, ref) if total or typed is not None else None
        blank = total and all(prior.entries.get(part, Entry(None)).value is None for part in was.figures[ref].parts)
        if number is not None and not blank and new in edition.figures:
            found[new] = number
    return found


def prompts(edition: Edition, last: Before) -> dict[Ref, str]:
    """What the spreadsheet says of a carried entry when it is clicked."""
    said = edition.wording.prior.carried
    return {
        ref: said.replace("{year}", str(last.year)).replace("{label}", edition.figures[was].row.name)
        for ref, was in last.carried.items()
    }


def draw(
    page: Worksheet, styles: Styles, made: Layout, sheet: Sheet, filing: Filing, last: Before, added: str = ""
) -> None:
    """Put last year's figures beside a sheet, and what they lead one to expect; `added` says whose sum they are."""
    block, words = beside(made, sheet), made.edition.wording.prior
    start = block.head.column
    page.set_column(sheet.width, sheet.width, _GAP)
    page.set_column(start, start + sheet.width - sheet.stub - 1, _WIDEST)
    for box in block.expected.values():
        page.set_column(box.column, box.column, _EXPECTED)
    place(page, block.head, styles("prior-head"), words.head.replace("{year}", str(last.year)) + added)
    over = {box.column for box in block.expected.values()}
    for box in block.heads:
        said = words.expected.replace("{label}", box.text) if box.column in over else box.text
        place(page, box, styles("prior-head"), said)
    for ref, box in block.figures.items():
        place(page, box, styles("prior", made.edition.figures[ref].value), last.numbers.get(ref))
    stated = following(made.edition)
    for ref, box in block.expected.items():
        look = styles("expected", made.edition.figures[ref].value)
        formula, value = _follows(made, block.figures, filing, last, stated[ref])
        place(page, box, look, value, formula)


def _follows(
    made: Layout, grey: Mapping[Ref, Box], filing: Filing, last: Before, instance: Instance
) -> tuple[str, Number | None]:
    """The formula of what last year's figures lead to, and its value; nothing where one of them is not known."""
    operands: list[tuple[int, str]] = []
    result: Number = 0
    for factor, ref, of_prior in instance.right:
        if of_prior and (ref not in last.numbers or ref not in grey):
            return "", None
        cell = made.places[ref].cell if ref and not of_prior else ""
        if of_prior:
            cell = address(grey[ref].row, grey[ref].column)
            number = last.numbers[ref]
        else:
            number = formulas.stored(filing, made.edition.figures[ref].parts) if ref else 1
        operands.append((factor, f"SUM({cell})" if cell else ""))
        result = result + factor * number
    return "=" + equation.formula(operands), result
