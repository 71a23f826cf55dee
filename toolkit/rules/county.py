"""The rule of a county workbook: every figure is the sum over its units and what the county adjusted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.form.parts import Number, Ref, Rule
from toolkit.ground.language import listed, text
from toolkit.model.filing import Adjustment, Tally
from toolkit.model.findings import finding
from toolkit.rules.case import Case, Result


def county(case: Case, rule: Rule) -> Iterator[Result]:
    """Figures that are not the sum, rows of units that were changed, adjustments that say no figure or no reason."""
    if case.tally is None:
        return
    words = case.edition.wording.county
    for each in case.tally.contributions:
        if not each.sealed:
            said = text("{sheet}: the figures of {unit} are no longer those that were merged",
                        sheet=words.sources, unit=each.unit.name)  # fmt: skip
            yield finding(rule, said, text("merge anew from {file}, or adjust on the sheet {sheet}",
                                           file=each.source, sheet=words.adjustments))  # fmt: skip
    yield from _adjustments(case, rule, case.tally)
    for at, ref in enumerate(case.edition.entries):
        units, adjusted = _sums(case.tally, at, ref)
        stated = case.value(ref)
        if stated is not None and stated != units + adjusted:
            said = text("{label}: {stated}, the units {units} and adjustments {adjusted} add up to {sum}",
                        label=case.edition.figures[ref].label, stated=stated, units=units, adjusted=f"{adjusted:+}",
                        sum=units + adjusted)  # fmt: skip
            remedy = text("correct it in the filing of the unit and merge anew, or adjust on the sheet {sheet}",
                          sheet=words.adjustments)  # fmt: skip
            yield case.found(rule, [ref], said, remedy, sides=(stated, units + adjusted))


def complete(case: Case, rule: Rule) -> Iterator[Result]:
    """Units of the roster, or without one units and files that came, that are not in the sum and of which the county
    does not say why.
    """
    expected = case.tally.expected if case.tally else ()
    lacking = [each for each in expected if not each.merged and not each.reason]
    if not lacking:
        return
    units, count = listed([each.unit.name for each in lacking], 8), len(lacking)
    if lacking[0].due:
        said = text("{count} units on the roster are not in the sum: {units}", count=count, units=units)
    else:
        said = text("{count} units or files that came are not in the sum: {units}", count=count, units=units)
    remedy = text("merge anew with what they deliver, or write on the sheet {sheet} why they are left out",
                  sheet=case.edition.wording.county.ledger)  # fmt: skip
    yield finding(rule, said, remedy)


def _sums(tally: Tally, at: int, ref: Ref) -> tuple[Number, Number]:
    """What the units and what the adjustments of a figure add up to."""
    units: Number = 0
    for each in tally.contributions:
        units = units + (each.figures[at] or 0)
    adjusted: Number = 0
    for one in tally.adjustments:
        if one.ref == ref and isinstance(one.amount, int | Decimal):
            adjusted = adjusted + one.amount
    return units, adjusted


def _adjustments(case: Case, rule: Rule, tally: Tally) -> Iterator[Result]:
    """Adjustments that lack something, in one finding."""
    sheet = case.edition.wording.county.adjustments
    if wrong := [each.cell for each in tally.adjustments if not _stated(each)]:
        said = text("{sheet} ({cells}): an adjustment lacks its figure, its amount or its reason",
                    sheet=sheet, cells=listed(wrong, 8))  # fmt: skip
        yield finding(rule, said, text("choose the figure from the list, enter a number and why, or clear the row"))


def _stated(each: Adjustment) -> bool:
    return bool(each.ref and each.reason and isinstance(each.amount, int | Decimal))
