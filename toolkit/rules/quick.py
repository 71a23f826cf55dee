"""The rules that a filing plainly keeps, told in one pass over its figures: nearly all of them, of nearly every filing.

What an edition asks is put together once. Nothing is said here: a rule that is not plainly kept, or that nobody can
tell, is looked at by the rule's own room, which finds the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from toolkit.form import equation
from toolkit.form.parts import Edition, Instance, Number, Ref, Value
from toolkit.model import numbers
from toolkit.model.filing import Entry
from toolkit.rules.case import Case

_NUMBERS = frozenset({int, Decimal})
_Pick = Callable[[Sequence[Number]], tuple[Number, ...]]


class _Total(NamedTuple):
    """A total to be held against its lines: its rule, its place among the figures, and what picks the lines."""

    rule: str
    at: int
    lines: _Pick


class _Sides(NamedTuple):
    """An equation at one place: its rule and sides, whose terms are (factor, place among the figures, -1 for 1)."""

    rule: str
    left: tuple[tuple[int, int], ...]
    op: str
    right: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an edition asks of its figures, by their places in the order of the form.

    `pick` picks all of them, `sums` the entries of each total, `counted` those that are counts. `checks` are the rules
    that call for a named check, by its name.
    """

    refs: tuple[Ref, ...]
    pick: Callable[[Mapping[Ref, Entry]], tuple[Entry, ...]]
    sums: tuple[tuple[int, _Pick], ...]
    totals: tuple[_Total, ...]
    sides: tuple[_Sides, ...]
    equations: frozenset[str]
    counted: _Pick
    signed: frozenset[int]
    money: frozenset[int]
    checks: tuple[tuple[str, str], ...]


def kept(case: Case) -> frozenset[str]:
    """The rules, by id, that are broken nowhere, and of which everybody can tell."""
    asked = _asked(case.edition)
    entries = case.filing.entries
    if len(entries) != len(asked.refs) or not entries.keys() >= case.edition.figures.keys():
        return frozenset()
    here = asked.pick(entries)
    values = [entry.value for entry in here]
    plain = _plain_checks(asked, case, here, values)
    counted = _counted(values)
    if counted is None:
        return plain
    return plain | (asked.equations - frozenset(_broken(asked, values, counted)))


@lru_cache(maxsize=16)
def _asked(edition: Edition) -> _Asked:
    at = {ref: n for n, ref in enumerate(edition.figures)}
    figures = tuple(edition.figures.values())
    plain = [each for each in edition.instances if not _of_last_year(each)]
    others = {each.rule.id for each in edition.instances if _of_last_year(each)}
    return _Asked(
        tuple(at),
        itemgetter(*at),
        tuple((n, _pick([at[part] for part in each.parts])) for n, each in enumerate(figures) if each.kind == "total"),
        tuple(
            _Total(each.rule.id, at[each.left[0][1]], _pick([at[ref] for _, ref, _ in each.right]))
            for each in plain
            if each.rule.sums
        ),
        tuple(
            _Sides(each.rule.id, _side(each.left, at), each.op, _side(each.right, at))
            for each in plain
            if not each.rule.sums
        ),
        frozenset(each.rule.id for each in plain) - others,
        _pick([n for n, each in enumerate(figures) if each.value == "count"]),
        frozenset(n for n, each in enumerate(figures) if each.value == "signed"),
        frozenset(n for n, each in enumerate(figures) if each.value == "money"),
        tuple((rule.check, rule.id) for rule in edition.rules if rule.check),
    )


def _of_last_year(instance: Instance) -> bool:
    return any(prior for _, _, prior in (*instance.left, *instance.right))


def _side(terms: Sequence[tuple[int, Ref, bool]], at: dict[Ref, int]) -> tuple[tuple[int, int], ...]:
    return tuple((factor, at[ref] if ref else -1) for factor, ref, _ in terms)


def _pick(places: Sequence[int]) -> _Pick:
    """What picks the figures of some places; itemgetter gives no tuple for one, and nothing for none."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple(values[at] for at in places)


def _counted(values: Sequence[Value]) -> Sequence[Number] | None:
    """What every entry counts for by itself, None where one is text: a blank, or a sign for "none", is 0."""
    if _NUMBERS.issuperset(map(type, values)):
        return values  # type: ignore[return-value]
    counted: list[Number] = []
    for value in values:
        if value is None or (isinstance(value, str) and numbers.none_sign(value)):
            counted.append(0)
        elif isinstance(value, str):
            return None
        else:
            counted.append(value)
    return counted


def _broken(asked: _Asked, values: Sequence[Value], counted: Sequence[Number]) -> Iterator[str]:
    """The rules of equations that are broken; a blank total, or one that is a sign, is the finding of another rule."""
    for rule, at, lines in asked.totals:
        if counted[at] != sum(lines(counted)) and isinstance(values[at], int | Decimal):
            yield rule
    counts = [*counted, 1]  # what a term without a figure stands for is found by -1
    for at, parts in asked.sums:
        counts[at] = sum(parts(counted))
    for rule, left, op, right in asked.sides:
        if not equation.holds(
            sum(factor * counts[at] for factor, at in left), op, sum(factor * counts[at] for factor, at in right)
        ):
            yield rule


def _plain_checks(asked: _Asked, case: Case, here: Sequence[Entry], values: Sequence[Value]) -> frozenset[str]:
    """The rules of named checks on single cells that have nothing to look at, all figures being there."""
    kinds = set(map(type, values))
    left: set[str] = {"missing", "layout"}
    if str not in kinds:
        left |= {"text", "error-value", "none-sign"}
    if type(None) not in kinds:
        left |= {"blank", "total-blank"}
    if all(entry.remark is None for entry in here):
        left.add("remark")
    if not case.empty:
        left.add("empty")
    if kinds <= _NUMBERS and _in_domain(asked, values):  # type: ignore[arg-type]
        left.add("domain")
    return frozenset(rule for check, rule in asked.checks if check in left)


def _in_domain(asked: _Asked, values: Sequence[Number]) -> bool:
    """Whether counts are whole numbers and none but a signed figure is negative."""
    counts = asked.counted(values)
    return (
        set(map(type, counts)) <= {int}
        and min(counts, default=0) >= 0
        and all(type(values[at]) is int for at in asked.signed)
        and all(values[at] >= 0 for at in asked.money)
    )
