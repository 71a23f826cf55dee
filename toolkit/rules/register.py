"""The rules that no equation can say, by the name an edition file calls them by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from toolkit.form.parts import Rule
from toolkit.ground.language import text
from toolkit.model.filing import Unassessed
from toolkit.rules import cells, county, texts, texts_breakdown, texts_figures, texts_report, whole_form, years
from toolkit.rules.case import Case, Result

Check = Callable[[Case, Rule], Iterator[Result]]


def _said_by_the_reader(case: Case, rule: Rule) -> Iterator[Result]:
    """Nothing: only who reads the source can see it, and its findings come with the reading."""
    yield from ()


def _decided_without_items(case: Case, rule: Rule) -> Iterator[Result]:
    for row in case.edition.table(rule.table).rows:
        before, change, decided = (
            f"{rule.table}/{row.id}/{column}" for column in ("items_before", "items_change", "decisions")
        )
        values = [case.value(ref) for ref in (before, change, decided)]
        if None in values:
            yield Unassessed(rule.id, text("a figure is missing or is no number"))
            continue
        items, decisions = (values[0] or 0) + (values[1] or 0), values[2] or 0
        if decisions > 0 and items == 0:
            said = text(
                "{row}: {decisions} decisions, but {before} + {change} = 0 items",
                row=row.name,
                decisions=decisions,
                before=values[0],
                change=values[1],
            )
            yield case.found(
                rule, [before, change, decided], said, text("check the figures; if they are right, say why they differ")
            )


def _amount_and_projects(case: Case, rule: Rule) -> Iterator[Result]:
    for row in case.edition.table(rule.table).rows:
        refs = [f"{rule.table}/{row.id}/{column}" for column in ("projects", "amount")]
        projects, amount = (case.value(ref) for ref in refs)
        if projects is None or amount is None:
            yield Unassessed(rule.id, text("a figure is missing or is no number"))
        elif (projects > 0) != (amount > 0):
            said = text(
                "{row}: {projects} projects, amount {amount} 万元; one of the two is 0",
                row=row.name,
                projects=projects,
                amount=amount,
            )
            yield case.found(rule, refs, said, text("check the figures; if they are right, say why they differ"))


CHECKS: Mapping[str, Check] = {
    "edition": whole_form.edition_in_force,
    "missing": whole_form.missing,
    "empty": whole_form.empty,
    "layout": whole_form.layout,
    "moved": _said_by_the_reader,
    "unplaced": _said_by_the_reader,
    "cover": _said_by_the_reader,
    "stale": _said_by_the_reader,
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
    "proportion": years.proportion,
    "copied-figures": years.copied_figures,
    "copied-texts": years.copied_texts,
    "decided-without-items": _decided_without_items,
    "amount-and-projects": _amount_and_projects,
}
