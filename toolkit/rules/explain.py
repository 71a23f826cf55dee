"""One rule explained: its cells on the form, and figures of a filing that keeps it and of one that breaks it."""

from __future__ import annotations

import difflib
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from toolkit.form.checks import CHECKS
from toolkit.form.edition import edition, editions
from toolkit.form.layout import layout
from toolkit.form.parts import Edition, Instance, Ref, Rule, Term, Value, label
from toolkit.ground import forms
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import Text, listed, text
from toolkit.model.filing import Entry, Filing, Finding, Origin, Reading
from toolkit.rules import check, examples
from toolkit.rules.examples import Example

CELL = "●"
"""Marks a cell of a rule that is no equation; those of an equation have the letter of their term."""

_MOST = 8
_LONGEST = 120


class ExampleRow(NamedTuple):
    """What differs, or is compared, between the two examples; None is an empty cell, a Text is said as it is."""

    sign: str
    label: Text | str
    right: Value | Text
    wrong: Value | Text


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule of an edition explained.

    `marks` are its cells on one `sheet` of the form, each with its sign, `terms` the terms of its equation with theirs.
    `shown` are the cells of the example, `rows` its figures, with `more` left out; `findings` are what a check says of
    the wrong one. Without an example there are none of these.
    """

    edition: Edition
    rule: Rule
    sheet: str
    marks: Mapping[Ref, str]
    terms: tuple[tuple[str, Term], ...]
    shown: frozenset[Ref]
    rows: tuple[ExampleRow, ...]
    more: int
    findings: tuple[Finding, ...]


def explain(wanted: str, year: int | None = None) -> Explained:
    """A rule of the edition of a report year, of the latest edition that has it where None, explained.

    Raises:
        WrongUse: there is no such rule; names those that are called nearly so.
        NoEdition: the year is before the first edition.
    """
    stated, rule = _rule(wanted, (edition(year),) if year is not None else _latest_first())
    pair = examples.pair(stated.id, rule.id)
    terms = _terms(rule)
    marks = _of_equation(stated, rule, terms)
    alone = Explained(stated, rule, _sheet(stated, rule, marks), marks, terms, frozenset(), (), 0, ())
    if pair is None:
        return alone
    right, wrong = (replace(each, filing=_placed(stated, each.filing)) for each in pair)
    reading = Reading(wrong.filing, (), len(wrong.filing.entries), len(stated.figures))
    findings = check(reading, wrong.prior).findings
    if not findings:
        return alone
    differing = _differing(right.filing, wrong.filing)
    shown = [cell.ref for cell in findings[0].cells] or differing
    compared = list(_compared(stated, rule, shown, terms))
    rows = [*_of_figures(stated, compared, right, wrong), *_of_the_rest(stated, rule, right.filing, wrong.filing)]
    marks = marks or _of_cells(stated, rule, shown) or _of_cells(stated, rule, differing)
    return Explained(
        stated, rule, _sheet(stated, rule, marks), marks, terms, frozenset(shown),
        tuple(rows[:_MOST]), max(0, len(rows) - _MOST), findings,
    )  # fmt: skip


def _latest_first() -> tuple[Edition, ...]:
    """Every edition, the one asked for before the others."""
    form = forms.active().form
    known = editions()
    return tuple(sorted(known, key=lambda each: (each.id != form, -known.index(each))))


def _rule(wanted: str, among: Iterable[Edition]) -> tuple[Edition, Rule]:
    searched = tuple(among)
    for stated in searched:
        for rule in stated.rules:
            if rule.id == wanted:
                return stated, rule
    known = dict.fromkeys(rule.id for stated in searched for rule in stated.rules)
    names = listed([stated.id for stated in searched[::-1]])
    near = difflib.get_close_matches(wanted.lower(), known, n=3, cutoff=0.5)
    if near:
        said = text("no rule of edition {edition} is called {rule}; nearly so: {near}",
                    edition=names, rule=wanted, near=listed(near))  # fmt: skip
    else:
        said = text("no rule of edition {edition} is called {rule}; `xls rules {year}` lists them",
                    edition=names, rule=wanted, year=searched[0].first)  # fmt: skip
    raise WrongUse(said)


def _terms(rule: Rule) -> tuple[tuple[str, Term], ...]:
    """The terms of an equation that are figures, each with a letter."""
    if rule.equation is None:
        return ()
    named = [term for term in (*rule.equation.left, *rule.equation.right) if term.line]
    return tuple(zip(string.ascii_uppercase, named, strict=False))


def _of_equation(stated: Edition, rule: Rule, terms: tuple[tuple[str, Term], ...]) -> dict[Ref, str]:
    """The cells of an equation on this year's form, each with the letter of its term."""
    return {
        ref: _letter(rule, ref, False, terms)
        for each in stated.instances
        if each.rule.id == rule.id
        for _, ref, prior in (*each.left, *each.right)
        if ref and not prior
    }


def _letter(rule: Rule, ref: Ref, prior: bool, terms: tuple[tuple[str, Term], ...]) -> str:
    _, row, column = ref.split("/")
    line = row if rule.each == "column" else column
    for letter, term in terms:
        if term.prior == prior and (line == term.line or line.startswith(f"{term.line}.")):
            return letter
    return ""


def _of_cells(stated: Edition, rule: Rule, shown: list[Ref]) -> dict[Ref, str]:
    """The cells of a rule that is no equation: those of the example; of a table's own rule the same in every line."""
    if not rule.table:
        return {ref: CELL for ref in shown if ref in stated.figures}
    place = 2 if rule.each == "row" else 1
    lines = {ref.split("/")[place] for ref in shown}
    return {
        ref: CELL
        for ref, figure in stated.figures.items()
        if figure.table == rule.table and ref.split("/")[place] in lines
    }


def _sheet(stated: Edition, rule: Rule, marks: Mapping[Ref, str]) -> str:
    table = rule.table or next((ref.split("/")[0] for ref in marks), "")
    return stated.table(table).sheet if table and marks else ""


def _placed(stated: Edition, made: Filing) -> Filing:
    """A filing with each figure where the workbook has it, so that what is said of it is what is said of a workbook."""
    places = layout(stated).places
    entries = {
        ref: entry._replace(origin=Origin(places[ref].sheet, places[ref].cell)) if ref in places else entry
        for ref, entry in made.entries.items()
    }
    return replace(made, entries=entries)


def _differing(right: Filing, wrong: Filing) -> list[Ref]:
    refs = (*right.entries, *(ref for ref in wrong.entries if ref not in right.entries))
    return [ref for ref in refs if right.entries.get(ref) != wrong.entries.get(ref)]


def _compared(
    stated: Edition, rule: Rule, shown: list[Ref], terms: tuple[tuple[str, Term], ...]
) -> Iterable[tuple[str, Ref, bool]]:
    """The figures to compare: (sign, ref, prior); of an equation all at the place where it is broken."""
    if rule.equation is None:
        for ref in shown:
            yield "", ref, False
            if CHECKS[rule.check].beside_prior:
                yield "", ref, True
        return
    for _, ref, prior in (each for side in _sides(stated, rule, shown) for each in side if each[1]):
        yield _letter(rule, ref, prior, terms), ref, prior


def _sides(stated: Edition, rule: Rule, shown: list[Ref]) -> tuple[tuple[tuple[int, Ref, bool], ...], ...]:
    def at(each: Instance) -> bool:
        return each.rule.id == rule.id and {ref for _, ref, prior in (*each.left, *each.right) if not prior} >= {*shown}

    return next(((each.left, each.right) for each in stated.instances if at(each)), ())


def _of_figures(
    stated: Edition, compared: list[tuple[str, Ref, bool]], right: Example, wrong: Example
) -> Iterable[ExampleRow]:
    """The figures of both examples; of a long sum those that are not 0 in both."""
    for sign, ref, prior in compared:
        values = [(each.prior if prior else each.filing).entries.get(ref) for each in (right, wrong)]
        if len(compared) > _MOST and all(entry is not None and entry.value == 0 for entry in values):
            continue
        origin = next((entry.origin.cell for entry in values if entry and entry.origin.cell), None)
        name: Text | str = label(stated, ref)
        placed = text("{label} ({cell})", label=name, cell=origin) if origin and not prior else name
        yield ExampleRow(sign, text("last year's {name}", name=name) if prior else placed, *map(_typed, values))


def _typed(entry: Entry | None) -> Value | Text:
    """A figure as it was typed, nothing where the cell is empty."""
    if entry is None:
        return text("(not in the source)")
    if entry.value is None:
        return text("(empty)")
    return str(dict(entry.remark.values)["typed"]) if entry.remark else entry.value


def _of_the_rest(stated: Edition, rule: Rule, right: Filing, wrong: Filing) -> Iterable[ExampleRow]:
    """What the examples have besides figures: the level of a unit that a rule asks for, year and texts that differ."""
    if rule.levels:
        level = next(each.label for each in stated.levels if each.id == right.unit.level)
        yield ExampleRow("", text("level"), level, level)
    if right.year != wrong.year:
        yield ExampleRow("", text("report year"), right.year, wrong.year)
    for section in stated.texts:
        said = [each.texts.get(section.id, "").strip() or text("(empty)") for each in (right, wrong)]
        if said[0] != said[1]:
            yield ExampleRow("", section.title, *(_cut(each) for each in said))


def _cut(said: str | Text) -> str | Text:
    """A text as it stands, of a long one the beginning and how long it is."""
    if isinstance(said, Text) or len(said) <= _LONGEST:
        return said
    return text("{beginning}… ({length} characters)", beginning=said[: _LONGEST // 2], length=len(said))
