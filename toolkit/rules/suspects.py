"""Which cell is wrong: findings that one cause explains are one group, with the repairs that would end all of them.

It is called where an equation fails, and loaded only then. Findings are told, never added or taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from math import exp
from typing import NamedTuple

from toolkit.form.parts import Number, Ref, label
from toolkit.model.filing import Finding
from toolkit.model.suspects import Repair, Suspect, told_with
from toolkit.rules.case import Case
from toolkit.rules.suspects_columns import swapped_columns
from toolkit.rules.suspects_evidence import Evidence, Stated, of_cell, said_of
from toolkit.rules.suspects_moved import across, as_one, astray
from toolkit.rules.suspects_search import Changes, parts, smallest
from toolkit.rules.suspects_system import Equated, System, absent, system, totals
from toolkit.rules.suspects_two import two_slips
from toolkit.rules.suspects_usual import Usual, usual

SURE = 0.99
"""The share of all likelihood a repair must have to be named alone."""
_MOST = 5
"""How many repairs are named where the evidence does not single one out."""
_EXPLAINED = -11.0
"""From what weight on a repair needs no other explanation."""

Weighed = tuple[Changes, tuple[Evidence, ...], float]
"""A repair, what speaks for each of its cells, and how likely it is, as a logarithm."""


class Cause(NamedTuple):
    """What fails together, and the repairs that would end it with the evidence for each, the likeliest first."""

    failing: tuple[Equated, ...]
    repairs: tuple[Weighed, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """How likely each repair is, all of them together being 1."""
        top = self.repairs[0][2]
        weights = [exp(weight - top) for *_, weight in self.repairs]
        return tuple(each / sum(weights) for each in weights)


def suspected(case: Case, findings: Sequence[Finding], stated: Stated) -> list[Finding]:
    """The same findings in the same order; those that a cell would explain know their group and its suspects.

    `stated` is what the texts say of figures.
    """
    told = list(findings)
    group = 0
    for cause in causes(case, stated):
        if all(each.rule.level != "error" for each in cause.failing) and not named_alone(cause):
            continue  # what is only to be verified may well be right as it stands
        cells = {ref for changes, *_ in cause.repairs for ref in changes}
        here = [n for n, each in enumerate(told) if each.suspect is None and _about(case, each, cause, cells)]
        if not here:
            continue
        group += 1
        suspect = _suspect(case, cause, group)
        for n in here:
            remedy = told_with(told[n].remedy, told[n].level, suspect, first=n == here[0])
            told[n] = replace(told[n], suspect=suspect, remedy=remedy)
    return told


def causes(case: Case, stated: Stated) -> list[Cause]:
    """What is wrong with a filing's figures, each with its possible repairs; nothing where every equation holds."""
    typed = system(case, absent(case))
    wrong = [each for each in typed.equations if not each.holds(typed.values)]
    found: list[Cause] = []
    for table in dict.fromkeys(each.rule.table for each in wrong):
        sums = any(each.rule.sums for each in wrong if each.rule.table == table)
        if sums:
            found += _of_columns(case, typed, table, list(_of_typed(case, typed, table, stated)))
        else:
            followed = system(case, totals(case))
            found += _of_columns(case, followed, table, _following(case, followed, table, stated))
    return found


def _of_columns(case: Case, made: System, table: str, found: list[Cause]) -> list[Cause]:
    """Causes told as one where two whole columns that changed places explain them better."""
    fitting = usual(case, made.values)
    ours = [each for each in made.equations if each.rule.table == table]
    wrong = [each for each in ours if not each.holds(made.values)]
    for changes, evidence in swapped_columns(case, table, ours, made.values):
        mended = [each for each in wrong if not changes.keys().isdisjoint(each.terms)]
        of = [each for each in found if any(one in mended for one in each.failing)]
        weight = evidence.weight + fitting.better(changes)
        if _keeps(made, changes) and weight >= sum(each.repairs[0][2] for each in of):
            left = [each for each in found if each not in of]
            found = [*left, Cause(tuple(mended), ((changes, (evidence,) * len(changes), weight),))]
    return found


def _of_typed(case: Case, typed: System, table: str, stated: Stated) -> Iterator[Cause]:
    """A table some of whose totals are not their lines' sum, so that totals are cells like others."""
    ours = [each for each in typed.equations if each.rule.table == table]
    allowed = partial(_fits, case)
    for part in parts(ours, typed.values):
        repairs = smallest(part, typed.values, allowed, 2)
        if not repairs:
            repairs = smallest(part, typed.values, allowed, 3)
        yield from _cause(case, typed, part, repairs, stated)


def _following(case: Case, followed: System, table: str, stated: Stated) -> list[Cause]:
    """A table whose totals are the sums of their lines: one cell takes its totals along, so only other rules fail."""
    ours = [each for each in followed.equations if each.rule.table == table and _apart(each, followed, case)]
    found: list[Cause] = []
    for part in parts(ours, followed.values):
        allowed = partial(_fits, case)
        repairs = smallest(part, followed.values, allowed, 2)
        repairs += [each for each in astray(case, part, followed.values, allowed) if each not in repairs]
        repairs += [each for each in _turned(case, part, followed.values) if each not in repairs]
        made = list(_cause(case, followed, part, repairs, stated))
        if made and (made[0].repairs[0][2] < _EXPLAINED or len(made[0].repairs) < _MOST):
            two = [each for each in two_slips(usual(case, followed.values), part, allowed) if each not in repairs]
            made = [_reserved(each, two) for each in _cause(case, followed, part, [*repairs, *two], stated)]
        found += made
    return _misplaced(case, followed, found, stated)


def _reserved(cause: Cause, two: Sequence[Changes]) -> Cause:
    """A cause with the likeliest of some pairs among those named: who finds no one cell wrong is told of two."""
    repairs = list(cause.repairs)
    first = next((n for n, each in enumerate(repairs) if each[0] in two), 0)
    if first >= _MOST:
        repairs.insert(_MOST - 1, repairs.pop(first))
    return Cause(cause.failing, tuple(repairs))


def _turned(case: Case, part: Sequence[Equated], values: Mapping[Ref, Number]) -> list[Changes]:
    """The repairs by one more cell where figures are negative that cannot be: these are wrong in any case."""
    cells = {ref for each in part for ref in each.terms}
    turned = {ref: -values[ref] for ref in cells if values[ref] < 0 and not _fits(case, ref, values[ref])}
    if not turned:
        return []
    positive = {**values, **turned}
    more = smallest(part, positive, partial(_fits, case), 1)
    return [turned] if all(each.holds(positive) for each in part) else [{**turned, **each} for each in more]


def _apart(each: Equated, followed: System, case: Case) -> bool:
    """Whether an equation is not that of a total column or row, which follows from those of its lines."""
    whole = [other for other in followed.equations if other.rule is each.rule and len(other.terms) < len(each.terms)]
    return not whole or not any(other.terms.keys() <= each.terms.keys() for other in whole)


def _cause(
    case: Case, made: System, part: Sequence[Equated], repairs: Sequence[Changes], stated: Stated
) -> Iterator[Cause]:
    failing = tuple(each for each in part if not each.holds(made.values))
    possible = [each for each in repairs if _keeps(made, each)]
    fitting = usual(case, made.values)
    weighed = [_weighed(fitting, each, stated) for each in possible]
    weighed.sort(key=lambda each: -each[2])
    if weighed:
        yield Cause(failing, tuple(weighed))


def _weighed(fitting: Usual, changes: Changes, stated: Stated) -> Weighed:
    """A repair with its evidence and weight: each cell a mistake of its own, or both one where that is likelier."""
    values = fitting.values
    apart = {ref: of_cell(fitting, stated, ref, new) for ref, new in changes.items()}
    joint = _joint(fitting, changes) if 1 < len(changes) < 5 else {}
    evidence, weight = apart, sum(each.weight for each in apart.values())
    for pairs in _pairings(tuple(joint)):
        single = {ref: each for ref, each in apart.items() if not any(ref in pair for pair in pairs)}
        both = {ref: joint[pair] for pair in pairs for ref in pair}
        whole = sum(each.weight for each in single.values()) + sum(joint[pair].weight for pair in pairs)
        whole += sum(said_of(stated, ref, values[ref], changes[ref]) for ref in both)
        if whole > weight:
            evidence, weight = {ref: both.get(ref, apart[ref]) for ref in apart}, whole
    return changes, tuple(evidence.values()), weight + fitting.better(changes)


Pair = tuple[Ref, Ref]


def _joint(fitting: Usual, changes: Changes) -> dict[Pair, Evidence]:
    """By two cells of a repair what speaks for their being one mistake."""
    every = {(a, b): as_one(fitting.case, fitting.values, {a: changes[a], b: changes[b]})
             for a, b in combinations(changes, 2)}  # fmt: skip
    return {pair: each for pair, each in every.items() if each is not None}


def _pairings(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, ...]]:
    """One pair, or two that share no cell."""
    yield from ((each,) for each in pairs)
    yield from (both for both in combinations(pairs, 2) if set(both[0]).isdisjoint(both[1]))


def _misplaced(case: Case, made: System, found: list[Cause], stated: Stated) -> list[Cause]:
    """Causes told as one where a figure in the wrong column explains both better."""
    left, fitting = list(found), usual(case, made.values)
    for one, other in combinations(found, 2):
        if one not in left or other not in left or len(one.failing) != 1 or len(other.failing) != 1:
            continue
        (here,), (there,) = one.failing, other.failing
        if here.rule is not there.rule:
            continue
        moved = across(fitting, stated, here, there, partial(_fits, case))
        joined = [_weighed(fitting, each, stated) for each in moved if _mends(made, (here, there), each)]
        best = one.repairs[0][2] + other.repairs[0][2]
        if joined and max(weight for *_, weight in joined) >= best:
            if here.off(made.values) + there.off(made.values):
                joined += [_both(a, b) for a in one.repairs[:_MOST] for b in other.repairs[:_MOST]]
            left[left.index(one)] = Cause((here, there), tuple(sorted(joined, key=lambda each: -each[2])))
            left.remove(other)
    return left


def _both(a: Weighed, b: Weighed) -> Weighed:
    """Two repairs of columns of their own as one."""
    return {**a[0], **b[0]}, (*a[1], *b[1]), a[2] + b[2]


def _mends(made: System, failing: Sequence[Equated], changes: Changes) -> bool:
    """Whether a repair makes what fails hold and breaks nothing."""
    after = {**made.values, **changes}
    touched = [each for each in made.equations if not changes.keys().isdisjoint(each.terms)]
    return _keeps(made, changes) and all(
        each.holds(after) for each in touched if each in failing or each.holds(made.values)
    )


def _fits(case: Case, ref: Ref, new: Number) -> bool:
    """Whether a figure may have a value: counts and money from 0 up, counts whole."""
    figure = case.edition.figures.get(ref)
    kind = figure.value if figure else "count"
    return (kind == "signed" or new >= 0) and (kind == "money" or new == int(new))


def _keeps(made: System, changes: Changes) -> bool:
    """Whether a repair breaks no bound that holds."""
    after = {**made.values, **changes}
    return not any(
        each.holds(made.values) and not each.holds(after)
        for each in made.bounds
        if not changes.keys().isdisjoint(each.terms)
    )


def _about(case: Case, said: Finding, cause: Cause, cells: set[Ref]) -> bool:
    """Whether a finding is one of a rule that fails for a cause: it is the rule's, and counts one of its cells."""
    rules = {each.rule.id for each in cause.failing}
    figures = case.edition.figures
    if said.rule not in rules or said.left is None:
        return False
    counted = {
        ref for cell in said.cells for ref in (cell.ref, *(figures[cell.ref].parts if cell.ref in figures else ()))
    }
    terms = {ref for each in cause.failing for ref in each.terms}
    return not counted.isdisjoint(cells) and not counted.isdisjoint(terms)


def named_alone(cause: Cause) -> bool:
    """Whether the evidence leaves one repair only, whose values more speaks for than the equation that gives them."""
    changes, evidence, _ = cause.repairs[0]
    if len(cause.repairs) > 1 and not (all(each.telling for each in evidence) and cause.shares[0] >= SURE):
        return False
    return all(each.exact for each in evidence) or _crossed(cause, changes, evidence)


def _crossed(cause: Cause, changes: Changes, evidence: Sequence[Evidence]) -> bool:
    """Whether each cell stands where two failing rules of its own meet; what cells share may come from a third cell.

    Rules that fail by 1 may each do so for a reason of its own and meet by chance: a slip has to speak for it, too.
    """
    meant = all(each.telling or each.moved > len(changes) for each in evidence)
    enough = len(cause.failing) >= 2 * len(changes)
    return meant and enough and any(each.rule.level == "error" for each in cause.failing)


def _suspect(case: Case, cause: Cause, group: int) -> Suspect:
    sure = named_alone(cause)
    repairs = [
        tuple(_repair(case, ref, new, evidence) for (ref, new), evidence in zip(changes.items(), said, strict=True))
        for changes, said, _ in cause.repairs[: 1 if sure else _MOST]
    ]
    return Suspect(group, tuple(repairs), sure, len(cause.failing))


def _repair(case: Case, ref: Ref, new: Number, evidence: Evidence) -> Repair:
    entry = case.entries[ref]
    return Repair(ref, label(case.edition, ref), entry.value, new, evidence.why, entry.origin.sheet, entry.origin.cell)
