"""Rules in words: an equation by the labels of the form, a named check by the sentence of its name."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.form import equation
from toolkit.form.parts import Edition, Instance, Line, Rule, Table, Term
from toolkit.ground.language import Text, chosen, listed, text

SENTENCES: Mapping[str, Text] = {
    "decided-without-items": text("where there are decisions, there are items they were made on"),
    "amount-and-projects": text("an amount stands where there are projects, and only there"),
    "edition": text("the form is the one in force for the report year"),
    "missing": text("every figure of the form is there"),
    "empty": text("no table is left empty"),
    "layout": text("every line of this form is there, not the line of an earlier form in its place"),
    "moved": text("figures stand where the workbook has them; otherwise they are read by their labels"),
    "unplaced": text("there are no rows or columns that the form does not have"),
    "cover": text("unit and year on the cover are those the workbook was made for"),
    "text": text("what stands in a figure's cell is a number"),
    "error-value": text("no formula gives an error value"),
    "domain": text("counts are whole numbers from 0 up, changes whole numbers, amounts 0 or more"),
    "none-sign": text("nothing to report is written 0, not “/”, “-” or “无”"),
    "blank": text("no entry cell is blank in a table that is filled in"),
    "remark": text("a figure is typed as a plain number, without unit or remark"),
    "total-blank": text("a total is not blank over figures"),
    "stale": text("a total shows the sum of its lines; one that was not recalculated is computed anew"),
    "section-present": text("every section of text is written"),
    "problems-stated": text("the section on problems does not just say that there are none"),
    "fee-stated": text("the last section says what information processing fees were collected"),
    "notice-current": text("the texts cite no notice that was superseded"),
    "period-stated": text("the period the texts state is the report year"),
    "county": text("a county's figure is the sum of its units and of its own adjustments, each with its reason"),
    "text-length": text("the overview has at most {most} characters"),
    "text-figures": text("numbers in the texts are those of the tables"),
    "text-breakdown": text("parts named in the texts add up to their whole"),
    "year-stated": text("no sentence with figures speaks of another year, unless it compares"),
    "text-topics": text("section one speaks of {words}"),
    "law-repealed": text("no law is cited that was repealed: {words}"),
    "template-left": text("nothing of a template is left in the texts: {words}"),
    "another-unit": text("no other unit is named where the own one should stand"),
    "private": text("no identity number and no mobile number stands in the texts"),
    "decisions-as-items": text("decisions are not the number of items, in three rows or more"),
    "copied-figures": text("the figures are not all of them last year's, where {least} or more are not 0"),
    "copied-texts": text(
        "no section of {floor} characters or more is {percent} % last year's text, years and numbers apart"
    ),
    "proportion": text(
        "no figure of {floor} or more is {factor} times last year's, nor was it {factor} times this year's"
    ),
}
"""What each named check asks, by its name."""


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
    named = listed([each.split("|")[0] for each in rule.words])
    return str(Text(SENTENCES[rule.check].template, (*rule.options.items(), ("words", named))))


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
