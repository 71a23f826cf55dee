"""How well figures fit what is usual: the lines a total sums by their shares, every other figure by last year's.

What a share is comes from last year and from the other columns of the same table. All is told as the logarithm of how
likely figures are, so that two repairs can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, log1p
from typing import NamedTuple

from toolkit.form.parts import Edition, Number, Ref, Rule, Value
from toolkit.rules.case import Case

_TRUST = 60.0
"""As many counts the shares of last year and of the other columns are worth at most: units change."""
_BELIEVED = 0.6
"""How much of what this says is believed: units are less alike than counts drawn at random."""
_UNSEEN = 0.4
"""As many a line is worth of which nothing is known."""
_APART = 0.06
"""How often a figure has nothing to do with last year's."""
_SHAPE = 4.0
"""How closely figures keep to last year's: their spread is some 50 % of them."""
_CARRIED, _CARRIED_SHAPE = 0.08, 1.0
"""What part of its requests a column carries over, and how closely columns keep to that: hardly."""
_NOTHING = 0.25
"""How often it carries nothing over, however much it has."""
_MOST = 10**12
"""More than anybody counts."""


class _Column(NamedTuple):
    """What is known of a column before it is looked at, by line and in all, and what its lines are in all."""

    shares: Mapping[Ref, float]
    every: float
    whole: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What a case's figures are compared with. `columns` are kept by the first of their lines, `blanks` by table, once
    they were asked for.
    """

    case: Case
    values: Mapping[Ref, Number]
    columns: dict[Ref, _Column]
    blanks: dict[str, float]

    def better(self, changes: Mapping[Ref, Number]) -> float:
        """How much likelier figures are after a repair than as they stand."""
        found, seen = 0.0, set[Ref]()
        groups, carried = _groups(self.case.edition), _carried_over(self.case.edition)
        for ref, new in changes.items():
            lines = groups.get(ref) or carried.get(ref)
            if ref not in groups and ref not in carried:
                found += self._single(ref, new) - self._single(ref, self.values[ref])
            if lines is not None and lines[0] not in seen:
                seen.add(lines[0])
                found += self._of_column(lines, changes)
        return _BELIEVED * found

    def _of_column(self, lines: Sequence[Ref], changes: Mapping[Ref, Number]) -> float:
        """How much likelier a column's lines are after a repair, and what it carries over beside them."""
        column = self._column(lines)
        was, found = column.whole, 0.0
        now = was
        for ref in (each for each in changes if each in column.shares):
            new, old, share = size(changes[ref]), size(self.values.get(ref, 0)), column.shares[ref]
            now += new - old
            found += _part(new, share) - _part(old, share)
        found += _whole(now, column.every) - _whole(was, column.every)
        for ref in _carried_beside(self.case.edition).get(lines[0], ()):
            if ref in self.values:
                before = self.case.before(ref)
                known = None if before is None else size(before)
                found += _remainder(size(changes.get(ref, self.values[ref])), now, known)
                found -= _remainder(size(self.values[ref]), was, known)
        return found

    def blank(self, ref: Ref) -> float:
        """How many of a table's figures that count for nothing are blank: where all are, a blank says little."""
        table = ref.split("/")[0]
        if table not in self.blanks:
            here = [each.value for at, each in self.case.entries.items() if at.startswith(f"{table}/")]
            blank = sum(map(is_blank, here))
            self.blanks[table] = blank / (blank + sum(each == 0 for each in here)) if blank else 1.0
        return self.blanks[table]

    def _single(self, ref: Ref, number: Number) -> float:
        figure = self.case.edition.figures.get(ref)
        if figure is None or figure.kind != "entry":
            return 0.0
        count, before = size(number), self.case.before(ref)
        anything = 1 / ((count + 1) * 12)
        if before is None:
            return log(anything)
        near = _counted(count, 0.95 * size(before) + 0.2, _SHAPE)
        return _sum(log(1 - _APART) + near, log(_APART * anything))

    def _column(self, lines: Sequence[Ref]) -> _Column:
        """What is known of a column."""
        found = self.columns.get(lines[0])
        if found is None:
            shares = dict(zip(lines, self._shares(lines), strict=True))
            whole = sum(size(self.values.get(ref, 0)) for ref in lines)
            found = self.columns[lines[0]] = _Column(shares, sum(shares.values()), whole)
        return found

    def _shares(self, lines: Sequence[Ref]) -> tuple[float, ...]:
        """By line what it counts for before anything is known of this column."""
        figures = self.case.edition.figures
        table = self.case.edition.table(figures[lines[0]].table)
        columns = [each.id for each in table.columns if each.kind == "entry" and each is not figures[lines[0]].column]
        seen: list[float] = []
        for ref in lines:
            row = figures[ref].row.id
            beside = sum(size(self.values.get(f"{table.id}/{row}/{each}", 0)) for each in columns)
            seen.append(beside + 2 * size(self.case.before(ref) or 0))
        known = min(_TRUST / sum(seen), 1.0) if sum(seen) else 0.0
        return tuple(known * each + _UNSEEN for each in seen)


def usual(case: Case, values: Mapping[Ref, Number]) -> Usual:
    """What a case's figures are compared with."""
    return Usual(case, values, {}, {})


@lru_cache(maxsize=16)
def _groups(edition: Edition) -> Mapping[Ref, tuple[Ref, ...]]:
    """By entry the lines of its column that are summed with it."""
    found: dict[Ref, tuple[Ref, ...]] = {}
    for figure in edition.figures.values():
        if figure.row.kind == "total" and figure.column.kind == "entry":
            found.update(dict.fromkeys(figure.parts, figure.parts))
    return found


def group(edition: Edition, ref: Ref) -> tuple[Ref, ...]:
    """The entries of an entry's column that are summed with it, none where it is not summed."""
    return _groups(edition).get(ref, ())


@lru_cache(maxsize=16)
def _carried_over(edition: Edition) -> Mapping[Ref, tuple[Ref, ...]]:
    """By entry that is carried from one year into the next the lines of its column that a total sums."""
    found: dict[Ref, tuple[Ref, ...]] = {}
    for table in edition.tables:
        chained = {line for rule in table.rules for line in _chained(rule)}
        for figure in edition.figures.values():
            if figure.table == table.id and figure.row.kind == "total" and figure.column.kind == "entry":
                found |= {f"{table.id}/{line}/{figure.column.id}": figure.parts for line in chained}
    return {ref: lines for ref, lines in found.items() if edition.figures[ref].kind == "entry"}


def _chained(rule: Rule) -> tuple[str, ...]:
    """The lines of a rule that asks of one that it is another one of last year."""
    if rule.equation is None or rule.each != "column" or rule.equation.op != "=":
        return ()
    left, right = rule.equation.left, rule.equation.right
    if len(left) != 1 or len(right) != 1 or left[0].prior or not right[0].prior:
        return ()
    return left[0].line, right[0].line


@lru_cache(maxsize=16)
def _carried_beside(edition: Edition) -> Mapping[Ref, tuple[Ref, ...]]:
    """By the first line of a column what the column carries over."""
    found: dict[Ref, tuple[Ref, ...]] = {}
    for ref, lines in _carried_over(edition).items():
        found[lines[0]] = (*found.get(lines[0], ()), ref)
    return found


@lru_cache(maxsize=100_000)
def _remainder(count: float, whole: float, before: float | None) -> float:
    """How likely a column carries so much over: a small part of what it has, and not unlike last year."""
    mean = _CARRIED * whole + 0.3
    near = _counted(count, mean if before is None else (mean + 0.95 * before + 0.2) / 2, _CARRIED_SHAPE)
    likely = _sum(log(1 - _APART - _NOTHING) + near, log(_APART / ((count + 1) * 12)))
    return likely if count else _sum(likely, log(_NOTHING))


def _counted(count: float, mean: float, shape: float) -> float:
    """How likely a count is that is so much at the mean, and spread the less the higher `shape` is."""
    near = lgamma(count + shape) - lgamma(shape) - lgamma(count + 1)
    return near + shape * log(shape / (shape + mean)) + count * log(mean / (shape + mean))


def is_blank(value: Value) -> bool:
    """Whether nothing stands in a cell, or a sign for it."""
    return value is None or isinstance(value, str)


def size(number: Number) -> float:
    """A figure as a count, whatever its sign, and no further than anybody counts."""
    return float(min(max(number, -number), _MOST))


def _part(count: float, share: float) -> float:
    return lgamma(count + share) - lgamma(share) - lgamma(count + 1)


def _whole(count: float, every: float) -> float:
    return lgamma(count + 1) + lgamma(every) - lgamma(count + every)


def _sum(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers of which the logarithms are known."""
    more, less = max(one, other), min(one, other)
    return more + log1p(exp(less - more))
