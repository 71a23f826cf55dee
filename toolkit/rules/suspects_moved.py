"""Two cells that are one mistake: figures that stand in the wrong column or row, found and weighed as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import combinations, pairwise
from math import log

from toolkit.form.parts import Edition, Number, Ref
from toolkit.ground.language import text
from toolkit.rules.case import Case
from toolkit.rules.suspects_evidence import LONG, WRONG, Evidence, Stated, of_cell
from toolkit.rules.suspects_search import Changes, Fits
from toolkit.rules.suspects_system import Equated
from toolkit.rules.suspects_usual import Usual, size

_MOST = 20
"""How many repairs of three cells are looked at closely."""
_FEW = 30
"""Up to how many of a figure are tried as those that belong beside it, where a second figure went astray as well."""
_EXPLAINED = -11.0
"""From what weight on a single move needs no second one."""
_OF_TOTALS = 0.5
"""How often a total is put in the wrong line beside an entry: it is added up where it stands, not sorted into lines."""
_EXCHANGED = 5.0
"""How many of a hundred wrong cells hold the figure of a cell beside them, which holds theirs."""
_TYPED_OVER = 3.0
"""How many of a hundred have part of their digits in the next cell, and as many have its digits, too."""


def as_one(case: Case, values: Mapping[Ref, Number], changes: Changes) -> Evidence | None:
    """What speaks for two cells being one mistake: a figure in the wrong column or row, two that have changed places,
    one typed over two cells, two typed into one; the likeliest of these.
    """
    (a, b), figures = changes, case.edition.figures
    if a not in figures or b not in figures or figures[a].table != figures[b].table:
        return None
    row, column = figures[a].row is figures[b].row, figures[a].column is figures[b].column
    if not (row or column):
        return None
    ways = [_moved(case, values, changes, row=row), *_changed_places(case, values, changes)]
    ways += [_typed_over(case, values, changes, each, other) for each, other in ((a, b), (b, a))]
    return max((each for each in ways if each is not None), key=lambda each: each.weight, default=None)


def _moved(case: Case, values: Mapping[Ref, Number], changes: Changes, *, row: bool) -> Evidence | None:
    """A figure, or a part of it, in the wrong column or row."""
    a, b = changes
    moved = changes[a] - values[a]
    if not moved or moved + changes[b] - values[b]:
        return None
    count = max(moved, -moved)
    emptied = values[a if moved > 0 else b] == 0
    whole = 0 in (changes[a], changes[b]), emptied
    said = (
        text("{count} stand in the wrong column", count=count)
        if row
        else text("{count} stand in the wrong row", count=count)
    )
    near = 0.5 if b in _beside(case.edition)[a] else 0.02
    near *= _OF_TOTALS if case.edition.figures[a].kind == "total" else 1.0
    share = near * ((8.0 if emptied else 0.0) + (8.0 if count == 1 else 1.0 / size(count)))
    return Evidence(WRONG + log(share / 100), said, True, all(whole) and count > 1, count)


def _changed_places(case: Case, values: Mapping[Ref, Number], changes: Changes) -> Iterator[Evidence]:
    """Two figures beside each other of which each stands in the other's cell."""
    a, b = changes
    if changes[a] == values[b] and changes[b] == values[a] and b in _beside(case.edition)[a]:
        apart = max(values[a] - values[b], values[b] - values[a])
        if 0 not in (values[a], values[b]):
            said = text("the two figures have changed places")
            yield Evidence(WRONG + log(_EXCHANGED / 2 / 100), said, True, apart > 1, apart)


def _typed_over(case: Case, values: Mapping[Ref, Number], changes: Changes, a: Ref, b: Ref) -> Evidence | None:
    """A figure typed over a cell and the next one, or two figures typed into the first of two cells."""
    if b not in _next(case.edition)[a] or (changes[a], changes[b]) not in typed_over(values, a, b):
        return None
    moved = max(changes[a] - values[a], values[a] - changes[a])
    if changes[b] == 0:
        said, ways = text("one figure stands in two cells"), len(str(changes[a])) - 1
    else:
        said, ways = text("two figures stand in one cell"), 1
    return Evidence(WRONG + log(_TYPED_OVER / 2 / ways / 100), said, True, True, moved)


def typed_over(values: Mapping[Ref, Number], a: Ref, b: Ref) -> list[tuple[Number, Number]]:
    """What a cell and the next one would be if the digits of one figure were split between them, or those of two
    figures stood in the first and nothing in the second.
    """
    here, there = values[a], values[b]
    if not (isinstance(here, int) and isinstance(there, int) and 0 < here < LONG and 0 <= there < LONG):
        return []
    if there:
        return [(int(f"{here}{there}"), 0)]
    digits = str(here)
    return [(int(digits[:n]), int(digits[n:])) for n in range(1, len(digits)) if digits[n] != "0"]


def astray(case: Case, part: Sequence[Equated], values: Mapping[Ref, Number], fits: Fits) -> list[Changes]:
    """What stands in the row beside its own or was typed over it, in the same column: two cells where one would do, but
    one mistake.
    """
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
        for b in _next(case.edition).get(a, ()):
            if b in narrow.terms and not same_row(case, a, b):
                for one, other in typed_over(values, a, b):
                    if all(each.holds({**values, a: one, b: other}) for each in part):
                        found.append({a: one, b: other})
    return found


def across(fitting: Usual, stated: Stated, one: Equated, other: Equated, fits: Fits) -> list[Changes]:
    """What stands in the wrong one of two columns that fail, and where their differences do not cancel, a second slip
    in one of them: the likeliest such repairs.
    """
    values = fitting.values
    split = list(_split(fitting, one, other))
    if one.off(values) + other.off(values) == 0:
        moves = list(_moves(fitting, one, other, fits))
        twice = [] if any(weight > _EXPLAINED for _, weight in moves) else _two_moves(fitting, one, other, fits)
        return [*split, *(each for each, _ in moves), *twice]
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
    return [*split, *(each for each, _ in nlargest(_MOST, found, key=lambda each: each[1]))]


def _two_moves(fitting: Usual, one: Equated, other: Equated, fits: Fits) -> list[Changes]:
    """What may have been where two figures stand in the wrong one of two columns: the likeliest such repairs."""
    case, values = fitting.case, fitting.values
    figures = case.edition.figures
    row = {figures[ref].row.id: ref for ref in other.terms if ref in figures}
    beside = [(ref, row[figures[ref].row.id], factor) for ref, factor in one.terms.items()
              if ref in figures and figures[ref].row.id in row]  # fmt: skip
    found: list[tuple[Changes, float]] = []
    for (a, b, factor), (c, d, by) in combinations(beside, 2):
        for count in _counts(values, a, b):
            rest = -one.off(values) - factor * count
            if rest % by or rest // by not in _counts(values, c, d):
                continue
            first, second = _to(values, a, b, count), _to(values, c, d, rest // by)
            if all(fits(*each) for each in (*first.items(), *second.items())):
                ways = [as_one(case, values, each) for each in (first, second)]
                weight = sum(each.weight for each in ways if each is not None)
                found.append(({**first, **second}, weight + fitting.better({**first, **second})))
    return [each for each, _ in nlargest(_MOST, found, key=lambda each: each[1])]


def _counts(values: Mapping[Ref, Number], a: Ref, b: Ref) -> set[Number]:
    """How much a cell may lack that stands in the one beside it: one, all of it, or each has the other's figure."""
    here, there = values[a], values[b]
    every = {1, -1, there - here}
    if not here:
        every |= set(range(1, int(min(there, _FEW)) + 1)) | {there}
    if not there:
        every |= set(range(-int(min(here, _FEW)), 0)) | {-here}
    return every - {0}


def _to(values: Mapping[Ref, Number], a: Ref, b: Ref, count: Number) -> Changes:
    """What two cells are when some of one belong to the other."""
    return {a: values[a] + count, b: values[b] - count}


def _split(fitting: Usual, one: Equated, other: Equated) -> Iterator[Changes]:
    """The figures that may have been typed over two columns, or the two typed into one of them, so that both hold."""
    values = fitting.values
    following = _next(fitting.case.edition)
    for a, b in ((each, then) for each in (*one.terms, *other.terms) for then in following.get(each, ())):
        if (a in one.terms and b in other.terms) or (a in other.terms and b in one.terms):
            for first, second in typed_over(values, a, b):
                after = {**values, a: first, b: second}
                if one.holds(after) and other.holds(after):
                    yield {a: first, b: second}


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
        if not count:
            continue
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
    found: dict[Ref, set[Ref]] = {ref: set() for ref in edition.figures}
    for a, following in _next(edition).items():
        for b in following:
            found[a].add(b)
            found[b].add(a)
    return {ref: frozenset(each) for ref, each in found.items()}


@lru_cache(maxsize=16)
def _next(edition: Edition) -> Mapping[Ref, tuple[Ref, ...]]:
    """By figure the next ones of its kind in its row and down its column."""
    lines: dict[tuple[str, str, str], list[Ref]] = {}
    for ref, figure in edition.figures.items():
        lines.setdefault((figure.table, figure.row.id, figure.kind), []).append(ref)
        lines.setdefault((figure.table, f"/{figure.column.id}", figure.kind), []).append(ref)
    found: dict[Ref, list[Ref]] = {ref: [] for ref in edition.figures}
    for each in lines.values():
        for a, b in pairwise(each):
            found[a].append(b)
    return {ref: tuple(each) for ref, each in found.items()}
