"""What else a suspect explains: findings of rules that are no equations and that its repair would end, too.

A sentence that says 34 against a cell of 43, a figure out of all proportion: each has the cause of the sums that fail.
A figure that is negative and breaks no equation is a cause of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace

from toolkit.form.parts import Ref
from toolkit.ground.language import text
from toolkit.model.filing import Entry, Finding, Unassessed
from toolkit.model.suspects import Repair, Suspect, told_with
from toolkit.rules.case import Case
from toolkit.rules.suspects_system import system, totals

Assess = Callable[[Case, str], Iterable[Finding | Unassessed]]
"""What a rule, by its id, says of a case."""


def joined(case: Case, told: Sequence[Finding], assess: Assess) -> list[Finding]:
    """The same findings in the same order; those that the only repair of a cause would end belong to it."""
    found = list(told)
    for suspect in dict.fromkeys(each.suspect for each in told if each.suspect is not None and each.suspect.certain):
        changed = {each.ref: each.likely for each in suspect.repairs[0]}
        entries = {**case.entries, **{ref: Entry(number) for ref, number in changed.items()}}
        repaired = replace(case, filing=replace(case.filing, entries=entries))
        touched = _touched(case, changed)
        after: dict[str, frozenset[Ref]] = {}
        for n, each in enumerate(found):
            cells = frozenset(cell.ref for cell in each.cells)
            if each.suspect is not None or each.level == "note" or cells.isdisjoint(touched):
                continue
            if each.rule not in after:
                after[each.rule] = _left(assess(repaired, each.rule))
            if cells.isdisjoint(after[each.rule]):
                found[n] = _of(suspect, each)
    return found


def turned(case: Case, told: Sequence[Finding], rules: Set[str]) -> list[Finding]:
    """The same findings in the same order, each with what a figure is whose sign alone is wrong, or with the cause that
    changes it. `rules` are those that say so of single figures.
    """
    found, followed = list(told), system(case, totals(case))
    for n, each in enumerate(told):
        if each.suspect is not None or each.rule not in rules or len(each.cells) != 1:
            continue
        cell = each.cells[0]
        figure = case.edition.figures.get(cell.ref)
        parts = figure.parts if figure else ()
        of = next((each.suspect for each in found if each.suspect and _first(each.suspect, {cell.ref, *parts})), None)
        if of is not None:
            found[n] = _of(of, each)
        elif (value := followed.values.get(cell.ref)) is not None and value < 0 and cell.ref not in totals(case):
            after = {**followed.values, cell.ref: -value}
            if all(other.holds(after) for other in followed.equations if cell.ref in other.terms):
                repair = Repair(cell.ref, cell.label, value, -value, text("the sign is wrong"), cell.sheet, cell.cell)
                suspect = Suspect(0, ((repair,),), False, 0)
                found[n] = replace(
                    each, suspect=suspect, remedy=told_with(each.remedy, each.level, suspect, first=True)
                )
    return found


def _first(suspect: Suspect, refs: Set[Ref]) -> bool:
    """Whether the likeliest repair of a cause changes one of some figures."""
    return any(repair.ref in refs for repair in suspect.repairs[0])


def _touched(case: Case, changed: Iterable[Ref]) -> frozenset[Ref]:
    """Some cells, and the totals they count in."""
    cells = set(changed)
    return frozenset(
        cells | {ref for ref, figure in case.edition.figures.items() if not cells.isdisjoint(figure.parts)}
    )


def _left(results: Iterable[Finding | Unassessed]) -> frozenset[Ref]:
    """The cells that a rule still says something about."""
    return frozenset(cell.ref for each in results if isinstance(each, Finding) for cell in each.cells)


def _of(suspect: Suspect, each: Finding) -> Finding:
    return replace(each, suspect=suspect, remedy=told_with(each.remedy, each.level, suspect, first=False))
