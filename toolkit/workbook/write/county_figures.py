"""Two sheets of a county workbook that lay figures side by side: 逐格对账 and 主要指标."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from toolkit.form.layout import Box
from toolkit.form.parts import Edition, Number, Ref
from toolkit.ground.language import listed, text
from toolkit.model.filing import Contribution
from toolkit.model.ledger import Difference, Merged
from toolkit.workbook.write.county_page import county_page, high, is_long, write_heads
from toolkit.workbook.write.styles import READ, Styles
from toolkit.workbook.write.tables import place

_MOST_NAMED = 12
_HEAD, _FIRST = 2, 3


def against_sheet(book: Workbook, styles: Styles, edition: Edition, differences: Sequence[Difference]) -> None:
    """Add 逐格对账: every figure that was reported otherwise than the units add up to, and who reports there."""
    words = edition.wording.county
    widths = (56, 14, 14, 12, 60)
    page = county_page(book, styles, words.against, words.against_note, widths)
    write_heads(page, styles, _HEAD, words.against_heads)
    for at, each in enumerate(differences, start=_FIRST):
        figure = edition.figures[each.ref]
        name = f"{edition.table(figure.table).sheet} {each.label}"
        reporting = sorted(each.units, key=lambda unit: abs(float(unit[1])), reverse=True)
        said = [text("{unit} {value}", unit=unit.name, value=value) for unit, value in reporting]
        who = str(listed(said, _MOST_NAMED))
        page.write_string(at, 0, name, styles("result"))
        place(page, Box(at, 1, 1, 1, "figure"), styles("cell", figure.value + READ), each.reported)
        place(page, Box(at, 2, 1, 1, "figure"), styles("cell", figure.value + READ), each.merged)
        if not isinstance(each.reported, str):
            difference = (each.reported or 0) - each.merged
            place(
                page,
                Box(at, 3, 1, 1, "figure"),
                styles("cell", figure.value + READ),
                difference,
                f"=B{at + 1}-C{at + 1}",
            )
        page.write_string(at, 4, who, styles("result"))
        page.set_row(at, max(high(who, widths[4]), high(name, widths[0])))
    if not differences:
        agree = text("the reported figures are the sums of the units, all of them")
        page.write_string(_FIRST, 0, str(agree), styles("result"))
    page.freeze_panes(_FIRST, 1)
    page.repeat_rows(_HEAD)


def key_figures_sheet(book: Workbook, styles: Styles, edition: Edition, merged: Merged) -> None:
    """Add 主要指标: the figures that the form's file calls the important ones, by unit, and their sum."""
    words = edition.wording.county
    widths = (30, *(14,) * len(words.key_figures))
    page = county_page(book, styles, words.key, words.key_note, widths, streamed=is_long(merged))
    page.set_portrait()
    names = [_name(edition, ref) for ref in words.key_figures]
    write_heads(page, styles, _HEAD, ("", *names))
    page.set_row(_HEAD, 48)
    sums = dict.fromkeys(words.key_figures, Decimal(0))
    for at, each in enumerate(merged.contributions, start=_FIRST):
        page.write_string(at, 0, each.unit.name, styles("result"))
        for column, ref in enumerate(words.key_figures, start=1):
            look = styles("cell", edition.figures[ref].value + READ)
            value = figure_of(edition, each, ref)
            sums[ref] += value
            place(page, Box(at, column, 1, 1, "figure"), look, value)
    last = _FIRST + len(merged.contributions)
    page.write_string(last, 0, words.total, styles("heading"))
    for column, ref in enumerate(words.key_figures, start=1):
        letter = chr(ord("A") + column)
        formula = f"=SUM({letter}{_FIRST + 1}:{letter}{last})"
        look = styles("total", edition.figures[ref].value + READ)
        total = sums[ref]
        place(page, Box(last, column, 1, 1, "figure"), look, int(total) if total == int(total) else total, formula)
    page.freeze_panes(_FIRST, 1)
    page.repeat_rows(_HEAD)


def _name(edition: Edition, ref: Ref) -> str:
    return edition.figures[ref].label


def figure_of(edition: Edition, each: Contribution, ref: Ref) -> Number:
    """A figure of a unit, a total as the sum of its entries."""
    total: Number = 0
    for part in edition.figures[ref].parts:
        total = total + (each.figures[edition.entry_at[part]] or 0)
    return total
