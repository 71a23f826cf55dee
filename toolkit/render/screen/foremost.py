"""Which changes a screen shows first where there are many: those of the important figures, and the largest."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from toolkit.form.edition import editions
from toolkit.form.parts import Ref
from toolkit.model.changes import Change

FEW, LARGEST = 24, 10
"""Changes that are all shown; of more, how many besides those of the important figures."""


def foremost(rows: Sequence[Change]) -> tuple[Change, ...]:
    """The changes shown of many, in the order of the form: an edition's file says which figures are important; of
    the others those entries that changed most.
    """
    if len(rows) <= FEW:
        return tuple(rows)
    important = {ref for edition in editions() for ref in edition.wording.county.key_figures}
    totals = {ref for edition in editions() for ref, figure in edition.figures.items() if figure.kind == "total"}
    moved = [each for each in rows if each.ref not in totals and each.change]
    moved.sort(key=lambda each: -abs(Decimal(each.change or 0)))
    shown: set[Ref] = {each.ref for each in moved[:LARGEST]} | important
    return tuple(each for each in rows if each.ref in shown)
