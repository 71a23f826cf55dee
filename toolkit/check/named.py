"""The rules that no equation can say, by the name an edition file calls them by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from toolkit import figures, numbers
from toolkit.check.case import Case
from toolkit.edition import edition
from toolkit.findings import finding
from toolkit.language import Text, listed, text
from toolkit.model import Entry, Finding, Number, Ref, Rule, Unassessed

Check = Callable[[Case, Rule], Iterator[Finding | Unassessed]]

_ERROR_VALUE = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|\?)|Err:\d+")
_NOTHING = re.compile(r"[\s。.；;]*(?:无|没有|暂无|无此情况|/|-|—)?[\s。.；;]*")
_FEE = re.compile(r"处理费|收费|收取.{0,8}费")


def _said_by_the_reader(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    """Nothing: only who reads the source can see it, and its findings come with the reading."""
    yield from ()


def _edition(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    due = edition(case.filing.year)
    if due.id != case.edition.id:
        said = text(
            "report year {year} stands in the form of {notice}; in force for it is that of {due}",
            year=case.filing.year, notice=case.edition.notice, due=due.notice,
        )  # fmt: skip
        yield finding(rule, said, text("fill in the workbook made with `xls new {year}`", year=case.filing.year))


def _headings(case: Case) -> dict[Ref, tuple[Ref, ...]]:
    """A heading's own figures by ref, each with the lines it stands in for."""
    lines: dict[Ref, list[Ref]] = {}
    for ref in case.edition.figures:
        if ref not in case.entries and (above := figures.heading(ref)) in case.entries:
            lines.setdefault(above, []).append(ref)
    return {above: tuple(refs) for above, refs in lines.items()}


def _layout(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    """A heading with figures of its own in place of its lines, as an earlier edition printed it."""
    headings = _headings(case)
    rows = dict.fromkeys(tuple(ref.split("/")[:2]) for ref in headings)
    for table_id, row in rows:
        table = case.edition.table(table_id)
        head = next(line.label for line in table.rows if line.id == row)
        lines = [line.label for line in table.rows if line.id.startswith(row + ".")]
        refs = [ref for ref in headings if ref.startswith(f"{table_id}/{row}/")]
        said = text(
            "the layout of an earlier edition is used: {head} is one line with figures; missing are its lines {lines}",
            head=head, lines=listed(lines),
        )  # fmt: skip
        yield case.found(rule, refs, said, text("give the figures of each line under {head}", head=head))


def _missing(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    stood_in = {ref for refs in _headings(case).values() for ref in refs}
    for table in case.edition.tables:
        refs = [ref for ref, figure in case.edition.figures.items() if figure.table == table.id]
        gone = [ref for ref in refs if ref not in case.entries and ref not in stood_in]
        if not gone:
            continue
        name = f"{table.sheet} {table.head}".strip()
        if len(gone) == len(refs):
            said = text(
                "{table}: the table was not found; none of its {count} figures was read", table=name, count=len(refs)
            )
        else:
            labels = [case.edition.figures[ref].label for ref in gone]
            said = text(
                "{table}: {gone} of {count} figures were not found: {labels}",
                table=name,
                gone=len(gone),
                count=len(refs),
                labels=listed(labels, 8),
            )
        yield finding(
            rule, said, text("put the missing lines back, or move the figures into a new workbook"), table=table.id
        )


def _empty(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    for sheet, refs in case.by_sheet().items():
        if sheet in case.empty:
            said = text(
                "{sheet}: not filled in; all {count} cells are blank",
                sheet=sheet,
                count=sum(ref in case.entries for ref in refs),
            )
            yield finding(
                rule,
                said,
                text("fill in the table; where there is nothing to report type 0"),
                table=refs[0].split("/")[0],
            )


def _blank(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    for sheet, refs in case.by_sheet().items():
        blank = [ref for ref in refs if ref in case.entries and case.entries[ref].value is None]
        if blank and sheet not in case.empty:
            labels = listed([case.edition.figures[ref].label for ref in blank], 8)
            said = text("{count} cells are blank: {labels}; a blank counts as nothing", count=len(blank), labels=labels)
            yield case.found(rule, blank, said, text("type 0 where there was nothing, the figure where there was"))


def _text(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    for ref, value in _typed(case):
        if value.startswith("="):
            said = text(
                "{label}: the formula {typed} has no value; it was never calculated",
                label=_label(case, ref),
                typed=value,
            )
            yield case.found(rule, [ref], said, text("open the workbook in Excel, WPS or LibreOffice and save it"))
        elif not numbers.none_sign(value) and not _ERROR_VALUE.fullmatch(value):
            said = text("{label}: “{typed}” is no number", label=_label(case, ref), typed=value)
            yield case.found(rule, [ref], said, text("type a plain number; put remarks into the texts"))


def _error_value(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    for ref, value in _typed(case):
        if _ERROR_VALUE.fullmatch(value):
            said = text("{label}: the formula gives the error {typed}", label=_label(case, ref), typed=value)
            yield case.found(rule, [ref], said, text("replace the formula by the figure"))


def _none_sign(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    signs = {ref: value for ref, value in _typed(case) if numbers.none_sign(value)}
    for sheet in dict.fromkeys(case.edition.table(ref.split("/")[0]).sheet for ref in signs):
        here = [ref for ref in signs if case.edition.table(ref.split("/")[0]).sheet == sheet]
        labels = listed([f"{_label(case, ref)} “{signs[ref]}”" for ref in here], 8)
        said = text(
            "{count} cells have a sign for “none”: {labels}; it counts as nothing", count=len(here), labels=labels
        )
        yield case.found(rule, here, said, text("type 0 where there was nothing"))


def _typed(case: Case) -> Iterator[tuple[Ref, str]]:
    for ref, entry in case.entries.items():
        if isinstance(entry.value, str):
            yield ref, entry.value


def _label(case: Case, ref: Ref) -> str:
    return case.edition.figures[ref].label if ref in case.edition.figures else ref


def _domain(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    for ref, entry in case.entries.items():
        figure = case.edition.figures.get(ref)
        kind = figure.value if figure else "count"
        said = _outside(entry.value, kind) if isinstance(entry.value, int | Decimal) else None
        if said is not None:
            sentence = text("{label}: {value} {said}", label=_label(case, ref), value=entry.value, said=said)
            yield case.found(rule, [ref], sentence, Text(_MUST[kind]))


_MUST = {
    "count": text("type 0 or a positive whole number").template,
    "signed": text("type a whole number, negative for a decrease").template,
    "money": text("type 0 or a positive amount in 万元").template,
}


def _outside(value: Number, kind: str) -> Text | None:
    if kind != "signed" and value < 0:
        return text("is negative")
    if kind != "money" and value != int(value):
        return text("is no whole number")
    return None


def _remark(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    for ref, entry in case.entries.items():
        if entry.remark is not None and not isinstance(entry.value, str):
            said = text("{label}: {said}", label=_label(case, ref), said=entry.remark)
            yield case.found(rule, [ref], said, text("type a plain number without unit or words"))


def _total_blank(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    for ref, figure in case.edition.figures.items():
        if figure.kind != "total" or case.entries.get(ref, Entry(0)).value is not None:
            continue
        if any(case.entries.get(part, Entry(None)).value is not None for part in figure.parts):
            due = figures.total(case.entries, figure.parts)
            said = (
                text("{label} is missing; it should be {sum}", label=figure.label, sum=due)
                if due is not None
                else text("{label} is missing", label=figure.label)
            )
            yield case.found(rule, [ref], said, text("enter the total"))


def _section_present(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    absent = [section.title for section in case.edition.texts if not case.filing.texts.get(section.id, "").strip()]
    if absent:
        said = text("the text of {sections} is missing", sections=listed(absent))
        yield finding(rule, said, text("write the section; where there is nothing to say, say so"))


def _problems_stated(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    said = case.filing.texts.get("problems", "").strip()
    if said and _NOTHING.fullmatch(said):
        title = next(section.title for section in case.edition.texts if section.id == "problems")
        yield finding(
            rule,
            text("{section} says only “{typed}”", section=title, typed=said),
            text("name the main problems and what is done about them"),
        )


def _fee_stated(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    said = case.filing.texts.get("other_matters", "").strip()
    if said and not _FEE.search(said):
        title = next(section.title for section in case.edition.texts if section.id == "other_matters")
        sentence = text("{section} does not speak of 信息处理费", section=title)
        yield finding(rule, sentence, text("say how much was collected in the year, also if it was nothing"))


def _proportion(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
    """Figures grown or shrunk `factor` times, the larger at least `floor`; of a table with totals only those."""
    if case.prior is None:
        yield Unassessed(rule.id, text("no filing of the year before was given"))
        return
    for table in case.edition.tables:
        totals = {line.id for line in table.columns if line.kind == "total"}
        refs = [
            ref
            for ref, each in case.edition.figures.items()
            if each.table == table.id and (not totals or each.column.id in totals)
        ]
        jumps: dict[Ref, str] = {}
        for ref in refs:
            now, before = case.value(ref), case.before(ref)
            if now is not None and before is not None and _out_of_proportion(now, before, rule.options):
                jumps[ref] = f"{case.edition.figures[ref].label} {before} → {now}"
        if jumps:
            said = text("out of all proportion to last year's: {figures}", figures=listed(list(jumps.values()), 8))
            yield case.found(rule, jumps, said, text("check the figures; if they are right, say why they differ"))


def _out_of_proportion(now: Number, before: Number, options: Mapping[str, int]) -> bool:
    small, large = sorted((abs(now), abs(before)))
    return large >= options["floor"] and large >= options["factor"] * small


def _decided_without_items(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
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


def _amount_and_projects(case: Case, rule: Rule) -> Iterator[Finding | Unassessed]:
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
    "edition": _edition,
    "missing": _missing,
    "empty": _empty,
    "layout": _layout,
    "moved": _said_by_the_reader,
    "unplaced": _said_by_the_reader,
    "cover": _said_by_the_reader,
    "stale": _said_by_the_reader,
    "text": _text,
    "error-value": _error_value,
    "domain": _domain,
    "none-sign": _none_sign,
    "blank": _blank,
    "remark": _remark,
    "total-blank": _total_blank,
    "section-present": _section_present,
    "problems-stated": _problems_stated,
    "fee-stated": _fee_stated,
    "proportion": _proportion,
    "decided-without-items": _decided_without_items,
    "amount-and-projects": _amount_and_projects,
}
