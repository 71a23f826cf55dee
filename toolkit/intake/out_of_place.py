"""What is said of tables that do not stand where the form has them: which rows or columns stand between or are missing,
how much was read by the labels, and what was seen and not taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.form.layout import Layout, address, located
from toolkit.form.parts import Edition, Ref
from toolkit.ground.language import Text, listed, text
from toolkit.model.filing import Entry, Finding
from toolkit.model.findings import asked

if TYPE_CHECKING:
    from toolkit.intake.locate import Located

MOST_APART = 3
"""So many refusals with one reason are told one by one; more of them are told as one."""


def told(made: Layout, moved: Sequence[str], seen: Located) -> Iterator[Finding]:
    """What is to be said of finding the `moved` tables of a workbook by their labels."""
    edition = made.edition
    yield from _read(made, moved, seen.entries)
    for said in seen.remarks:
        yield from asked(edition, "moved", said, text("compare the figures read (`xls show`) with the workbook"))
    yield from _refused(edition, seen.refused)
    for said in seen.unplaced:
        remedy = text("if these figures belong to a line of the form, enter them there")
        yield from asked(edition, "unplaced", said, remedy)


def _read(made: Layout, moved: Sequence[str], entries: Mapping[Ref, Entry]) -> Iterator[Finding]:
    """The sheets whose rows or columns moved, each with where; then at once the tables of which that cannot be told."""
    edition = made.edition
    found = {ref.split("/")[0] for ref in entries}
    others: list[str] = []
    by_sheet: dict[str, list[str]] = defaultdict(list)
    for table in (each for each in moved if each in found):
        by_sheet[edition.table(table).sheet].append(table)
    for sheet, tables in by_sheet.items():
        here = {ref: entries[ref] for ref in edition.figures if ref in entries and ref.split("/")[0] in tables}
        steps = _steps(made, here) if {entry.origin.sheet for entry in here.values()} == {sheet} else []
        if not steps:
            others += [f"{sheet} {edition.table(table).head}".strip() for table in tables]
            continue
        said = text(
            "{sheet} does not stand where the form has it ({steps}); {count} of its {whole} figures were read by their "
            "labels",
            sheet=sheet, steps=listed(steps, sentences=True), count=len(here),
            whole=sum(place.sheet == sheet for place in made.places.values()),
        )  # fmt: skip
        remedy = text(
            "delete what was inserted and put back what is missing, or move the figures into a new workbook with "
            "`xls upgrade`"
        )
        yield from asked(edition, "moved", said, remedy)
    if others:
        said = text(
            "rows, columns or sheets are not where the form has them; {tables} were read by their labels",
            tables=listed(others),
        )
        yield from asked(edition, "moved", said, text("compare the figures read (`xls show`) with the workbook"))


def _steps(made: Layout, entries: Mapping[Ref, Entry]) -> list[Text]:
    """Which columns and rows stand between those of a sheet, or are missing; none where they are in disorder."""
    said: list[Text] = []
    for axis in (1, 0):
        stand: dict[int, set[int]] = defaultdict(set)
        for ref in (each for each in entries if each in made.places):
            place = made.places[ref]
            stand[(place.row, place.column)[axis]].add(located(entries[ref].origin.cell or "")[axis])
        if any(len(each) != 1 for each in stand.values()):
            return []
        off = 0
        for due, (at,) in sorted(stand.items()):
            if step := at - due - off:
                said.append(_step(axis, at, step))
            off = at - due
    return said


def _step(axis: int, at: int, step: int) -> Text:
    count = abs(step)
    if axis:
        column = address(0, at).rstrip("1")
        if step > 0:
            return text("columns inserted before {column}: {count}", column=column, count=count)
        return text("columns missing before {column}: {count}", column=column, count=count)
    if step > 0:
        return text("rows inserted before {row}: {count}", row=at + 1, count=count)
    return text("rows missing before {row}: {count}", row=at + 1, count=count)


def _refused(edition: Edition, refused: Sequence[Text]) -> Iterator[Finding]:
    """The lines that were seen and not taken; many of a sheet for one reason are told as one."""
    alike: dict[tuple[str, ...], list[Text]] = defaultdict(list)
    for said in refused:
        alike[_reason(said)].append(said)
    for reason, here in alike.items():
        if len(here) > MOST_APART:
            yield from asked(edition, "moved", *_as_one(reason, here), level="verify")
            continue
        for said in here:
            remedy = text("put the row back as the form has it, or move the figures into a new workbook")
            yield from asked(edition, "moved", said, remedy, level="verify")


def _reason(said: Text) -> tuple[str, ...]:
    """The sheet, the reason, and the column it is in, for which a line was not taken; else the sentence itself."""
    values = dict(said.values)
    place, why = values.get("place"), values.get("why")
    if "label" not in values or not isinstance(why, Text) or not isinstance(place, Text):
        return (said.template, str(said))
    stray, sheet = dict(why.values).get("cell"), dict(place.values).get("sheet")
    cell = str(dict(stray.values).get("cell", "")) if isinstance(stray, Text) else ""
    if sheet is None or (why.values and not cell):
        return (said.template, str(said))
    return (str(sheet), why.template, cell.rstrip("0123456789"))


def _as_one(reason: tuple[str, ...], here: Sequence[Text]) -> tuple[Text, Text]:
    """What is said of many lines that were not taken for one reason, and what is to be done."""
    sheet, _, column = reason
    lines = [str(dict(each.values)["label"]) for each in here]
    labels = listed(lines, len(lines), sentences=True)  # what is not taken is named, however many lines it is
    if column:
        message = text(
            "{sheet}: figures stand in column {column}, under no head of the table; {count} lines are not taken: "
            "{labels}",
            sheet=sheet, column=column, count=len(here), labels=labels,
        )  # fmt: skip
        return message, text("delete that column, or move the figures into a new workbook")
    why = dict(here[0].values)["why"]
    message = text(
        "{sheet}: {count} lines are not taken ({why}): {labels}",
        sheet=sheet, count=len(here), why=why, labels=labels,
    )  # fmt: skip
    return message, text("put the rows back as the form has them, or move the figures into a new workbook")
