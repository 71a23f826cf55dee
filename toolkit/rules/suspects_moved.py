"""Two cells that are one mistake: figures that stand in the wrong column or row, found and weighed as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from math import log

from toolkit.form.parts import Edition, Number, Ref
from toolkit.ground.language import text
from toolkit.rules.case import Case
from toolkit.rules.suspects_evidence import WRONG, Evidence, Stated, of_cell
from toolkit.rules.suspects_search import Changes, Fits
from toolkit.rules.suspects_system import Equated
from toolkit.rules.suspects_usual import Usual, size

_MOST = 20
"""How many repairs of three cells are looked at closely."""


def as_one(case: Case, values: Mapping[Ref, Number], changes: Changes) -> Evidence | None:
    """What speaks for two cells being one mistake: a figure in the wrong column or row."""
    (a, b), figures = changes, case.edition.figures
    if a not in figures or b not in figures or figures[a].table != figures[b].table:
        return None
    moved = changes[a] - values[a]
    row, column = figures[a].row is figures[b].row, figures[a].column is figures[b].column
    if not (row or column) or moved + changes[b] - values[b]:
        return None
    beside = b in _beside(case.edition)[a]
    count = max(moved, -moved)
    emptied = values[a if moved > 0 else b] == 0
    whole = 0 in (changes[a], changes[b]), emptied
    said = (
        text("{count} stand in the wrong column", count=count)
        if row
        else text("{count} stand in the wrong row", count=count)
    )
    share = (0.5 if beside else 0.02) * ((8.0 if emptied else 0.0) + (8.0 if count == 1 else 1.0 / size(count)))
    return Evidence(WRONG + log(share / 100), said, True, all(whole) and count > 1, count)


def astray(case: Case, part: Sequence[Equated], values: Mapping[Ref, Number], fits: Fits) -> list[Changes]:
    """What stands in the row beside its own, in the same column: two cells where one would do, but one mistake."""
    failing = [each for each in part if not each.holds(values)]
    narrow = min(failing, key=lambda each: len(each.terms))
    found: list[Changes] = []
    for a, factor in narrow.terms.items():
        for b in _beside(case.edition).get(a, ()):
            apart = factor - narrow.terms.get(b, 0)
            if b not in values or same_row(case, a, b) or not apart or narrow.off(values) % apart:
                continue
            moved = -narrow.off(values) // apart
            changes = {a: values[a] + moved, b: values[b] - moved}
            if changes not in found and all(fits(*each) for each in changes.items()):
                after = {**values, **changes}
                found += [changes] if all(each.holds(after) for each in part) else []
    return found


def across(fitting: Usual, stated: Stated, one: Equated, other: Equated, fits: Fits) -> list[Changes]:
    """What stands in the wrong one of two columns that fail, and where their differences do not cancel, a second slip
    in one of them: the likeliest such repairs.
    """
    values = fitting.values
    if one.off(values) + other.off(values) == 0:
        return [each for each, _ in _moves(fitting, one, other, fits)]
    found: list[tuple[Changes, float]] = []
    for here, there in ((one, other), (other, one)):
        rest = here.off(values) + there.off(values)
        slips = [
            ({ref: new}, of_cell(fitting, stated, ref, new).weight + fitting.better({ref: new}))
            for ref, factor in here.terms.items()
            if not rest % factor and fits(ref, new := values[ref] - rest // factor)
        ]
        found += [
            ({**moved, **slip}, weight + more)
            for moved, weight in _moves(fitting, here, there, fits)
            for slip, more in slips
            if moved.keys().isdisjoint(slip)
        ]
    return [each for each, _ in nlargest(_MOST, found, key=lambda each: each[1])]


def _moves(fitting: Usual, here: Equated, there: Equated, fits: Fits) -> Iterator[tuple[Changes, float]]:
    """What may be moved between two columns so that the second one holds, and how likely each is."""
    case, values = fitting.case, fitting.values
    figures = case.edition.figures
    row = {figures[ref].row.id: ref for ref in here.terms if ref in figures}
    for b, factor in there.terms.items():
        a = row.get(figures[b].row.id) if b in figures else None
        if a is None or there.off(values) % factor:
            continue
        count = there.off(values) // factor
        changes = {a: values[a] + count, b: values[b] - count}
        if all(fits(*each) for each in changes.items()) and (together := as_one(case, values, changes)):
            yield changes, together.weight + fitting.better(changes)


def same_row(case: Case, a: Ref, b: Ref) -> bool:
    """Whether two cells stand in one row."""
    figures = case.edition.figures
    return a in figures and b in figures and figures[a].row is figures[b].row


@lru_cache(maxsize=16)
def _beside(edition: Edition) -> Mapping[Ref, frozenset[Ref]]:
    """By figure those of its kind that stand beside it in its row or its column."""
    lines: dict[tuple[str, str, str], list[Ref]] = {}
    for ref, figure in edition.figures.items():
        lines.setdefault((figure.table, figure.row.id, figure.kind), []).append(ref)
        lines.setdefault((figure.table, f"/{figure.column.id}", figure.kind), []).append(ref)
    found: dict[Ref, set[Ref]] = {ref: set() for ref in edition.figures}
    for each in lines.values():
        for a, b in pairwise(each):
            found[a].add(b)
            found[b].add(a)
    return {ref: frozenset(each) for ref, each in found.items()}
