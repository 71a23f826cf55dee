"""Rules in words: an equation by the labels of the form, a named check by the sentence of its name."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.form import equation
from toolkit.form.checks import CHECKS
from toolkit.form.parts import Edition, Instance, Line, Rule, Table, Term
from toolkit.ground.language import Text, chosen, listed, text


def sentence(rule: Rule, edition: Edition) -> str:
    """What a rule asks, where, and of which units, in the active language."""
    asked: object = asked_at(rule, edition)
    if rule.table:
        asked = _placed(rule, edition, asked)
    if rule.levels:
        levels = [_level(edition, each) for each in rule.levels]
        asked = text("{asked} (asked of: {levels})", asked=asked, levels=listed(levels, len(levels)))
    return str(asked)


def asked_of(rule: Rule) -> str:
    """What a named check asks, without where, in the active language."""
    return str(Text(CHECKS[rule.check].asks.template, (*rule.options.items(), *_words(rule))))


def _words(rule: Rule) -> tuple[tuple[str, object], ...]:
    """What a check looks for, each by the first of its ways to be said."""
    return (("words", listed([each.split("|")[0] for each in rule.names.get("words", ())])),)


def asked_at(rule: Rule, edition: Edition) -> str:
    """What a table's rule asks at one place, in the active language."""
    return asked_of(rule) if rule.check else _equation(rule, edition)


def _level(edition: Edition, wanted: str) -> str:
    level = next(each for each in edition.levels if each.id == wanted)
    return level.label if chosen() == "zh" or not level.en else level.en


def _equation(rule: Rule, edition: Edition) -> str:
    assert rule.equation is not None
    return equation.sentence(rule.equation, lambda term: term_name(rule, edition, term))


def term_name(rule: Rule, edition: Edition, term: Term) -> str:
    """A term of a rule's equation by the label of its line."""
    table = edition.table(rule.table)
    lines = {line.id: line for line in (table.rows if rule.each == "column" else table.columns)}
    if term.line not in lines:
        return term.line  # the number 1, or a line only last year's form has
    said = line_name(lines[term.line], lines)
    if lines[term.line].kind == "heading":
        return str(text("all lines of {heading}", heading=said))
    return str(text("last year's {name}", name=said)) if term.prior else said


def line_name(line: Line, lines: Mapping[str, Line]) -> str:
    """The name of a line, its heading's before it where another line has the same label."""
    if sum(each.label == line.label for each in lines.values()) == 1:
        return line.name
    parent = lines.get(line.id.rpartition(".")[0])
    return (parent.name if parent else "") + line.name


def _placed(rule: Rule, edition: Edition, asked: object) -> Text:
    table = edition.table(rule.table)
    place = place_of(table)
    across = table.columns if rule.each == "column" else table.rows
    if len(across) == 1:
        return text("{place}: {asked}", place=place, asked=asked)
    if rule.each == "column":
        return text("{place}, each column: {asked}", place=place, asked=asked)
    return text("{place}, each row: {asked}", place=place, asked=asked)


def place_of(table: Table) -> str:
    """A table as a reader finds it on the form: its sheet and the head over it."""
    return " ".join(part for part in (table.sheet, table.head) if part)


def line_of(instance: Instance, edition: Edition) -> str:
    """The name of the row or column a rule holds at, told apart from another of the same label."""
    table = edition.table(instance.rule.table)
    lines = table.columns if instance.rule.each == "column" else table.rows
    return line_name(instance.at, {line.id: line for line in lines}) if instance.at.label else ""
