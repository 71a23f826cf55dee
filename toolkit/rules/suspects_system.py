"""A filing's equations cell by cell: a total is a cell like others where it was typed, its lines where it follows them.

Nothing here knows a form: terms, sums and kinds come from the edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.form import equation
from toolkit.form.parts import Each, Line, Number, Ref, Rule, Table, Term
from toolkit.form.tables import leaves
from toolkit.model import figures
from toolkit.rules.case import Case


class Equated(NamedTuple):
    """An equation at one place, as `sum of factor x cell + constant op 0`; `sums` that it is a total's own."""

    terms: Mapping[Ref, int]
    constant: Number
    op: str
    rule: Rule

    def off(self, values: Mapping[Ref, Number]) -> Number:
        """By how much the left side is more than the right."""
        result = self.constant
        for ref, factor in self.terms.items():
            result = result + factor * values[ref]
        return result

    def holds(self, values: Mapping[Ref, Number]) -> bool:
        """Whether it holds."""
        return equation.holds(self.off(values), self.op, 0)


@dataclass(frozen=True, slots=True)
class System:
    """What must hold between the cells of a filing: equations and bounds, and what stands in every cell."""

    values: Mapping[Ref, Number]
    equations: tuple[Equated, ...]
    bounds: tuple[Equated, ...]


def system(case: Case, follow: frozenset[Ref]) -> System:
    """The equations of a filing that can be looked at; the totals in `follow` count as the sum of their lines."""
    values = _values(case)
    every = [made for table in case.edition.tables for made in _of_table(case, table, values, follow)]
    equations = tuple(each for each in every if each.op == "=")
    return System(values, equations, tuple(each for each in every if each.op != "="))


def totals(case: Case) -> frozenset[Ref]:
    """Every total of the form."""
    return frozenset(ref for ref, figure in case.edition.figures.items() if figure.kind == "total")


def absent(case: Case) -> frozenset[Ref]:
    """The totals in whose place there is no number, so that their lines speak for them."""
    entries = case.entries
    return frozenset(ref for ref in totals(case) if ref not in entries or not _is_number(entries[ref].value))


def _is_number(value: object) -> bool:
    return value is not None and not isinstance(value, str)


def _values(case: Case) -> dict[Ref, Number]:
    known = {ref: figures.counted(case.entries, ref) for ref in case.entries}
    return {ref: value for ref, value in known.items() if value is not None}


def _of_table(case: Case, table: Table, values: Mapping[Ref, Number], follow: frozenset[Ref]) -> Iterator[Equated]:
    if table.sheet in case.empty:
        return
    level = case.filing.unit.level
    for rule in table.rules:
        if rule.equation is None or (rule.levels and level not in rule.levels):
            continue
        for at in table.columns if rule.each == "column" else table.rows:
            if at.kind != "heading":
                made = _equated(case, table, rule, at, values, follow)
                if made is not None and made.terms:
                    yield made


def _equated(
    case: Case, table: Table, rule: Rule, at: Line, values: Mapping[Ref, Number], follow: frozenset[Ref]
) -> Equated | None:
    terms: dict[Ref, int] = {}
    constant: Number = 0
    for sign, term in _signed(table, rule):
        ref = _ref(table, rule.each, at, term.line)
        if not term.line or term.prior:
            number = case.before(ref) if term.line else 1
            if number is None:
                return None
            constant = constant + sign * term.factor * number
            continue
        cells = _cells(case, ref, values, follow)
        if cells is None:
            return None
        for cell in cells:
            terms[cell] = terms.get(cell, 0) + sign * term.factor
    assert rule.equation is not None
    return Equated({ref: factor for ref, factor in terms.items() if factor}, constant, rule.equation.op, rule)


def _signed(table: Table, rule: Rule) -> Iterator[tuple[int, Term]]:
    """The terms of a rule with the side they stand on; a heading in a sum stands for its lines."""
    assert rule.equation is not None
    lines = {line.id: line for line in (table.rows if rule.each == "column" else table.columns)}
    yield from ((1, term) for term in rule.equation.left)
    if not rule.sums:
        yield from ((-1, term) for term in rule.equation.right)
        return
    total = lines[rule.equation.left[0].line]
    yield from ((-1, Term(1, leaf.id)) for leaf in leaves(tuple(lines.values()), total))


def _ref(table: Table, each: Each, at: Line, line: str) -> Ref:
    return f"{table.id}/{line}/{at.id}" if each == "column" else f"{table.id}/{at.id}/{line}"


def _cells(case: Case, ref: Ref, values: Mapping[Ref, Number], follow: frozenset[Ref]) -> Iterable[Ref] | None:
    """The cells a figure is made of; a heading's own figure stands in for lines the source lacks. None: not known."""
    parts = case.edition.figures[ref].parts if ref in follow else (ref,)
    found: dict[Ref, None] = {}
    for part in parts:
        cell = part if part in case.entries else figures.heading(part)
        if cell not in values:
            return None
        found[cell] = None
    return found
