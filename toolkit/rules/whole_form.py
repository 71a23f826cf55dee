"""The rules on the form as a whole: the right edition, every table there and filled in, laid out as it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.form.edition import in_force, national
from toolkit.form.parts import Ref, Rule
from toolkit.ground.language import listed, text
from toolkit.model import figures
from toolkit.model.findings import finding
from toolkit.rules.case import Case, Result


def edition_in_force(case: Case, rule: Rule) -> Iterator[Result]:
    """A report year in a form that was not in force for it."""
    if not in_force(case.edition, case.filing.year):
        due = national(case.filing.year, case.edition)
        said = text(
            "report year {year} stands in the form of {notice}; in force for it is that of {due}",
            year=case.filing.year, notice=case.edition.notice, due=due.notice,
        )  # fmt: skip
        yield finding(rule, said, text("fill in the workbook handed out for {year}", year=case.filing.year))


def _headings(case: Case) -> dict[Ref, tuple[Ref, ...]]:
    """A heading's own figures by ref, each with the lines it stands in for."""
    lines: dict[Ref, list[Ref]] = {}
    for ref in case.edition.figures:
        if ref not in case.entries and (above := figures.heading(ref)) in case.entries:
            lines.setdefault(above, []).append(ref)
    return {above: tuple(refs) for above, refs in lines.items()}


def layout(case: Case, rule: Rule) -> Iterator[Result]:
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


def missing(case: Case, rule: Rule) -> Iterator[Result]:
    """Figures the source does not have at all, one finding a table."""
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


def empty(case: Case, rule: Rule) -> Iterator[Result]:
    """Printed tables in which nothing is filled in."""
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
