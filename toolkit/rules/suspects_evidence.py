"""What speaks for a cell being wrong and for the value it would take: how people err, last year, the texts, the table.

Every piece of evidence is a number that is added up, the logarithm of how much likelier it makes the repair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

from toolkit.form.parts import Number, Ref
from toolkit.ground.language import Text, text
from toolkit.model.numbers import MYRIAD
from toolkit.rules.case import Case

Stated = Mapping[Ref, Sequence[Number]]
"""What the texts say of a figure."""


class Evidence(NamedTuple):
    """How likely a repair is beside others, and the clause that says why; `telling` that the clause is a mistake people
    make, not only what fits. `exact`: it tells the value, too; that a cell is blank, or far from last year's, does not.
    `moved` is by how much the cell is changed.
    """

    weight: float
    why: Text | None
    telling: bool = False
    exact: bool = False
    moved: Number = 0


_NEAR = {
    "1": "24",
    "2": "135",
    "3": "26",
    "4": "157",
    "5": "2468",
    "6": "359",
    "7": "48",
    "8": "579",
    "9": "68",
    "0": "12",
}
"""The keys beside a key of the number pad."""


def slip(was: Number, new: Number) -> Evidence:
    """How a number may have become another under somebody's hands."""
    typed, due = str(abs(was)), str(abs(new))
    if was == -new and was:
        return Evidence(4.0, text("the sign is wrong"), True, True)
    if was and new and was == new * MYRIAD:
        return Evidence(6.0, text("typed in 元 instead of 万元"), True, True)
    if len(typed) == len(due) > 1 and sorted(typed) == sorted(due):
        apart = [n for n, (a, b) in enumerate(zip(typed, due, strict=True)) if a != b]
        if len(apart) == 2:
            return Evidence(4.5 if apart[1] - apart[0] == 1 else 3.0, text("two digits are swapped"), True, True)
    if len(typed) == len(due) + 1 and new:
        if _doubled(typed, due):
            return Evidence(3.8, text("a digit is doubled"), True, True)
        if _one_more(typed, due):
            return Evidence(3.0, text("a digit is too many"), True, len(due) > 1)
    if len(due) == len(typed) + 1 and was and _one_more(due, typed):
        return Evidence(3.2, text("a digit is missing"), True, len(typed) > 1)
    if len(typed) == len(due) and sum(a != b for a, b in zip(typed, due, strict=True)) == 1 and was and new:
        a, b = next((a, b) for a, b in zip(typed, due, strict=True) if a != b)
        near = b in _NEAR.get(a, "")
        several = len(due) > 1
        return Evidence(
            (2.2 if near else 0.6) if several else (0.8 if near else 0.0),
            text("one digit is another"),
            several,
            len(due) > 2,
        )
    return Evidence(0.0, None)


def _one_more(longer: str, shorter: str) -> bool:
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def _doubled(longer: str, shorter: str) -> bool:
    return any(longer[n] == longer[n - 1] and longer[:n] + longer[n + 1 :] == shorter for n in range(1, len(longer)))


def of_cell(case: Case, stated: Stated, ref: Ref, was: Number, new: Number) -> Evidence:
    """All that speaks for a cell and its value; the strongest piece says why."""
    pieces = [slip(was, new), _empty(case, ref, was), _copied(case, ref, was), _last_year(case, ref, was, new)]
    pieces += [_said(stated, ref, was, new), _usual(case, ref, was, new)]
    strongest = max(pieces, key=lambda each: each.weight if each.why else 0.0)
    why = strongest.why if strongest.weight > 0 else None
    telling, exact = any(each.telling for each in pieces), any(each.exact for each in pieces)
    moved = max(new - was, was - new)
    return Evidence(sum(each.weight for each in pieces), why, telling, exact, moved)


def fits(case: Case, stated: Stated, ref: Ref, was: Number, new: Number) -> float:
    """How much better a value fits last year and the texts than the one that stands there."""
    return _last_year(case, ref, was, new).weight + _said(stated, ref, was, new).weight


def _empty(case: Case, ref: Ref, was: Number) -> Evidence:
    entry = case.entries.get(ref)
    if entry is not None and was == 0 and not isinstance(entry.value, int):
        return Evidence(3.0, text("the cell was left blank"), True)
    figure = case.edition.figures.get(ref)
    if figure is not None and figure.kind == "total" and was == 0:
        return Evidence(4.5, text("the total was left 0"), True, True)
    return Evidence(0.0, None)


def _copied(case: Case, ref: Ref, was: Number) -> Evidence:
    """The number of the row above or below in the same column, or last year's number typed again."""
    figure = case.edition.figures.get(ref)
    if figure is None or was == 0:
        return Evidence(0.0, None)
    rows = case.edition.table(figure.table).rows
    at = rows.index(figure.row)
    around = [
        f"{figure.table}/{row.id}/{figure.column.id}" for row in (*rows[max(0, at - 2) : at], *rows[at + 1 : at + 3])
    ]
    near = [case.entries[each].value for each in around if each in case.entries]
    if was in near:
        small = 0.8 if was < 10 else 2.5
        return Evidence(small, text("the same number stands in the row beside it"), was >= 10)
    return Evidence(0.0, None)


def _last_year(case: Case, ref: Ref, was: Number, new: Number) -> Evidence:
    before = case.before(ref)
    if before is None:
        return Evidence(0.0, None)
    far, near = _apart(was, before), _apart(new, before)
    weight = max(-5.0, min(5.0, 1.8 * (far - near)))
    if weight <= 0:
        return Evidence(weight, None)
    return Evidence(weight, text("last year it was {before}", before=before), weight > 3)


def _apart(a: Number, b: Number) -> float:
    return abs(log((abs(float(a)) + 1) / (abs(float(b)) + 1)))


def _said(stated: Stated, ref: Ref, was: Number, new: Number) -> Evidence:
    said = stated.get(ref, ())
    if new in said and was not in said:
        return Evidence(6.0, text("the text says {said}", said=new), True, True)
    return Evidence(-6.0 if was in said and new not in said else 0.0, None)


def _usual(case: Case, ref: Ref, was: Number, new: Number) -> Evidence:
    """Without last year: cells that were 0 are mostly right, and most figures are small."""
    if case.prior is not None:
        return Evidence(0.0, None)
    size = log((abs(float(was)) + 1) / (abs(float(new)) + 1))
    weight = 0.5 * max(-3.0, min(3.0, size)) - (1.5 if was == 0 else 0.0) - (0.5 if new == 0 else 0.0)
    return Evidence(weight, None)
