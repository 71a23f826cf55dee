"""The smallest sets of cells whose change makes every equation hold: one and two exactly, three within a bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.form.parts import Number, Ref
from toolkit.rules.suspects_system import Equated

Changes = Mapping[Ref, Number]
"""By cell the value it would take."""
Fits = Callable[[Ref, Number], bool]

_MOST_STEPS = 4000
"""How many cells are tried before the search for three is given up; two never come near it."""


@dataclass(slots=True)
class _Search:
    """What a search looks at. `steps` counts, so that a hopeless one ends."""

    equations: Sequence[Equated]
    values: Mapping[Ref, Number]
    fits: Fits
    where: Mapping[Ref, Sequence[tuple[int, int]]]
    steps: int = field(default=0)


def parts(equations: Sequence[Equated], values: Mapping[Ref, Number]) -> list[list[Equated]]:
    """The equations that fail with all those they share cells with, by what hangs together."""
    by_cell: dict[Ref, list[int]] = {}
    for n, each in enumerate(equations):
        for ref in each.terms:
            by_cell.setdefault(ref, []).append(n)
    seen: set[int] = set()
    found: list[list[Equated]] = []
    for n, each in enumerate(equations):
        if n in seen or each.holds(values):
            continue
        part, front = {n}, [n]
        while front:
            near = {m for ref in equations[front.pop()].terms for m in by_cell[ref]} - part
            part |= near
            front.extend(near)
        seen |= part
        found.append([equations[m] for m in sorted(part)])
    return found


def smallest(equations: Sequence[Equated], values: Mapping[Ref, Number], fits: Fits, most: int) -> list[Changes]:
    """Every set of as few cells as will do, at most `most`, none where there is no such set."""
    where: dict[Ref, list[tuple[int, int]]] = {}
    for n, each in enumerate(equations):
        for ref, factor in each.terms.items():
            where.setdefault(ref, []).append((n, factor))
    failing = {n: off for n, each in enumerate(equations) if (off := each.off(values))}
    search = _Search(equations, values, fits, where)
    for size in range(1, most + 1):
        found = {frozenset(each.items()): each for each in _sets(search, failing, {}, size)}
        if found:
            return list(found.values())
    return []


def _sets(search: _Search, failing: Mapping[int, Number], changed: Changes, left: int) -> Iterator[Changes]:
    """The sets of `left` more cells after some were changed; each cell mends an equation that fails."""
    if not failing:
        return
    if left == 1:
        for ref, new in _alone(search, failing):
            if ref not in changed:
                yield {**changed, ref: new}
        return
    narrow = min(failing, key=lambda n: len(search.equations[n].terms))
    for ref in search.equations[narrow].terms:
        if ref in changed:
            continue
        for new, after in _moves(search, failing, ref):
            search.steps += 1
            if search.steps > _MOST_STEPS:
                return
            yield from _sets(search, after, {**changed, ref: new}, left - 1)


def _moves(search: _Search, failing: Mapping[int, Number], ref: Ref) -> Iterator[tuple[Number, dict[int, Number]]]:
    """The values a cell may take so that one of its failing equations holds, and what fails then."""
    deltas = {
        delta for n, factor in search.where[ref] if n in failing and (delta := _delta(failing[n], factor)) is not None
    }
    for delta in sorted(deltas):
        new = search.values[ref] + delta
        if search.fits(ref, new):
            after = dict(failing)
            for n, factor in search.where[ref]:
                off = after.pop(n, 0) + factor * delta
                if off:
                    after[n] = off
            yield new, after


def _alone(search: _Search, failing: Mapping[int, Number]) -> Iterator[tuple[Ref, Number]]:
    """The cells that mend everything by themselves."""
    narrow = min(failing, key=lambda n: len(search.equations[n].terms))
    for ref, factor in search.equations[narrow].terms.items():
        places = search.where[ref]
        if len(places) != len(failing):
            continue
        delta = _delta(failing[narrow], factor)
        if delta is None or not all(n in failing and failing[n] + by * delta == 0 for n, by in places):
            continue
        new = search.values[ref] + delta
        if search.fits(ref, new):
            yield ref, new


def _delta(off: Number, factor: int) -> Number | None:
    """By how much a cell must change so that an equation holds; None where that is no whole step."""
    return None if off % factor else -off // factor if isinstance(off, int) else -off / factor
