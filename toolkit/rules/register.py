"""The rules that no equation can say, by the name an edition file calls them by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from toolkit.form.parts import Line, Number, Ref, Rule
from toolkit.ground.language import text
from toolkit.model.filing import Unassessed
from toolkit.rules import cells, county, texts, texts_breakdown, texts_figures, texts_report, whole_form, years, yuan
from toolkit.rules.case import Case, Result

Look = Callable[[Case, Rule], Iterator[Result]]


def _said_by_the_reader(case: Case, rule: Rule) -> Iterator[Result]:
    """Nothing: only who reads the source can see it, and its findings come with the reading."""
    yield from ()


def _rows(case: Case, rule: Rule) -> Iterator[Line]:
    """The rows of a rule's table that have figures."""
    return (row for row in case.edition.table(rule.table).rows if row.kind != "heading")


class _Summed(NamedTuple):
    """Figures of a line added up: the sum, as it is said, and their refs."""

    sum: Number
    said: str
    refs: tuple[Ref, ...]


def _summed(case: Case, rule: Rule, row: Line, option: str) -> _Summed | None:
    """The figures in a row that a rule names by an option; None where one is missing or is no number."""
    refs = tuple(f"{rule.table}/{row.id}/{column}" for column in rule.names[option])
    values = [case.value(ref) for ref in refs]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values):
        return None
    return _Summed(sum(numbers, 0), " + ".join(f"{value:f}" if isinstance(value, Decimal) else str(value)
                                               for value in numbers), refs)  # fmt: skip


def _of_many(case: Case, rule: Rule) -> Iterator[Result]:
    """What is seen only where many filings lie side by side, and found there."""
    yield from ()


def _decided_without_items(case: Case, rule: Rule) -> Iterator[Result]:
    for row in _rows(case, rule):
        items, decided = (_summed(case, rule, row, option) for option in ("items", "decisions"))
        if items is None or decided is None:
            yield Unassessed(rule.id, text("a figure is missing or is no number"))
        elif decided.sum > 0 and items.sum == 0:
            said = text("{row}: {decisions} decisions, but {items} = 0 items",
                        row=row.name, decisions=decided.sum, items=items.said)  # fmt: skip
            remedy = text("check the figures; if they are right, say why they differ")
            yield case.found(rule, [*items.refs, *decided.refs], said, remedy)


def _amount_and_projects(case: Case, rule: Rule) -> Iterator[Result]:
    for row in _rows(case, rule):
        projects, amount = (_summed(case, rule, row, option) for option in ("projects", "amount"))
        if projects is None or amount is None:
            yield Unassessed(rule.id, text("a figure is missing or is no number"))
        elif (projects.sum > 0) != (amount.sum > 0):
            said = text("{row}: {projects} projects, amount {amount} 万元; one of the two is 0",
                        row=row.name, projects=projects.sum, amount=amount.sum)  # fmt: skip
            remedy = text("check the figures; if they are right, say why they differ")
            yield case.found(rule, [*projects.refs, *amount.refs], said, remedy)


LOOKS: Mapping[str, Look] = {
    "edition": whole_form.edition_in_force,
    "missing": whole_form.missing,
    "empty": whole_form.empty,
    "layout": whole_form.layout,
    "moved": _said_by_the_reader,
    "unplaced": _said_by_the_reader,
    "titles": _said_by_the_reader,
    "cover": _said_by_the_reader,
    "stale": _said_by_the_reader,
    "formula": _said_by_the_reader,
    "twice": _said_by_the_reader,
    "text": cells.typed_text,
    "error-value": cells.error_value,
    "domain": cells.domain,
    "none-sign": cells.none_sign,
    "blank": cells.blank,
    "remark": cells.remark,
    "total-blank": cells.total_blank,
    "section-present": texts.section_present,
    "problems-stated": texts.problems_stated,
    "fee-stated": texts.fee_stated,
    "notice-current": texts.notice_current,
    "period-stated": texts.period_stated,
    "text-length": texts.text_length,
    "text-figures": texts_figures.figures,
    "year-stated": texts_report.year_stated,
    "text-topics": texts_report.topics,
    "law-repealed": texts_report.repealed,
    "template-left": texts_report.left_over,
    "another-unit": texts_report.another_unit,
    "private": texts_report.private,
    "decisions-as-items": texts_report.decisions_as_items,
    "text-breakdown": texts_breakdown.breakdown,
    "county": county.county,
    "complete": county.complete,
    "alike": _of_many,
    "proportion": years.proportion,
    "copied-figures": years.copied_figures,
    "copied-texts": years.copied_texts,
    "decided-without-items": _decided_without_items,
    "in-yuan": yuan.in_yuan,
    "amount-and-projects": _amount_and_projects,
}
