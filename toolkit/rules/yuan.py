"""The rule on amounts typed in 元 where the form asks for 万元: 10,000 times what last year, the text or the unit's
level leads one to expect. What other units say of it is seen only where many filings lie side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from toolkit.form.parts import Edition, Number, Ref, Rule
from toolkit.ground.language import Text, text
from toolkit.model.filing import Cell, Finding, Unassessed
from toolkit.model.numbers import MYRIAD
from toolkit.model.suspects import Repair, Suspect, said
from toolkit.model.units import level_of
from toolkit.rules.case import Case, Result
from toolkit.rules.texts_figures import amounts

_NEAR = Decimal("0.01")
"""By what share an amount in 元 and the text's in 万元 may be apart: the text rounds."""


class Meant(NamedTuple):
    """What an amount is in 万元 if it was typed in 元, and what speaks for that; `exact`: the text says this number."""

    amount: Decimal
    why: Text
    exact: bool = False


def in_yuan(case: Case, rule: Rule) -> Iterator[Result]:
    """Amounts of the rule's table that are rather in 元, each with what it would be in 万元."""
    for ref, found in meant(case).items():
        figure = case.edition.figures[ref]
        if figure.table == rule.table:
            cell = Cell(ref, figure.label, case.entries[ref].value, *case.entries[ref].origin[:2])
            yield suspected(case.found(rule, [ref], found.why, REMEDY), cell, found.amount, certain=found.exact)
    if _level(case) is None and any(case.value(ref) and not case.before(ref) for ref in _amounts(case, rule)):
        yield Unassessed(rule.id, text("the unit's level is not known"))


def suspected(finding: Finding, cell: Cell, amount: Decimal, *, certain: bool) -> Finding:
    """A finding of an amount with what it probably is, not yet of any group."""
    why = text("typed in 元 instead of 万元")
    repair = Repair(cell.ref, cell.label, cell.value, amount, why, cell.sheet, cell.cell)
    suspect = Suspect(0, ((repair,),), certain, 0)
    return replace(finding, suspect=suspect, remedy=text("{suspect}; {remedy}", suspect=said(suspect), remedy=REMEDY))


REMEDY = text("check the figures; if they are right, say why they differ")
"""What is asked besides looking whether the amount is in 元."""


def meant(case: Case) -> Mapping[Ref, Meant]:
    """The amounts of a filing that are rather in 元, as far as its edition asks that."""
    found: dict[Ref, Meant] = {}
    for rule in case.edition.rules:
        if rule.check == "in-yuan":
            for ref in _amounts(case, rule):
                value = case.value(ref)
                if value and ref in case.entries and (one := _meant(case, rule, ref, Decimal(value))) is not None:
                    found[ref] = one
    return found


def _amounts(case: Case, rule: Rule) -> Iterator[Ref]:
    """The entries of a rule's table that are money."""
    for ref, figure in case.edition.figures.items():
        if figure.table == rule.table and figure.value == "money" and figure.kind == "entry":
            yield ref


def _meant(case: Case, rule: Rule, ref: Ref, value: Decimal) -> Meant | None:
    """What an amount is meant to be: by the text, which says it, by last year's, without these by what is usual."""
    amount, label = in_myriads(value), case.edition.figures[ref].label
    spoken = amounts(case.filing, case.edition) if any("元" in each for each in case.filing.texts.values()) else {}
    for told in spoken.get(ref, ()):
        if abs(amount - told) <= _NEAR * abs(Decimal(told)):
            why = text("{label} is {value} 万元; the text says {said} 万元", label=label, value=value, said=told)
            return Meant(amount, why, amount == told)
    before = case.before(ref)
    if before:
        if not like(amount, before, rule.options["factor"]):
            return None
        return Meant(amount, text("{label} is {value} 万元, some 10,000 times last year's {before} 万元", label=label,
                                  value=value, before=before))  # fmt: skip
    level = _level(case)
    most = rule.bounds.get(level or "")
    if most is None or value <= most:
        return None
    named = next(each.label for each in case.edition.levels if each.id == level)
    why = text("{label} is {value} 万元; more than {most} 万元 is unusual for {level}", label=label, value=value,
               level=named, most=most)  # fmt: skip
    return Meant(amount, why)


def in_myriads(value: Decimal) -> Decimal:
    """An amount of 元 in 万元, written without an exponent."""
    amount = value / MYRIAD
    return Decimal(int(amount)) if amount == amount.to_integral_value() else amount.normalize()


def like(amount: Decimal, other: Number, factor: int) -> bool:
    """Whether two amounts are of one size: neither is `factor` times the other."""
    small, large = sorted((abs(amount), abs(Decimal(other))))
    return large < factor * small


def _level(case: Case) -> str | None:
    unit = case.filing.unit
    return unit.level or level_of(unit.name, case.edition)


def asked(edition: Edition) -> tuple[Rule, ...]:
    """The rules of an edition that ask it."""
    return tuple(rule for rule in edition.rules if rule.check == "in-yuan")
