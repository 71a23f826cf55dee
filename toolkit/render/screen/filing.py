"""A filing for a terminal, as printed on the form: its head, its six sections, its figures as they stood."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text

from toolkit.form.layout import Sheet, layout
from toolkit.form.parts import Edition, Ref
from toolkit.form.words import Section
from toolkit.ground.language import Text as Said
from toolkit.ground.language import chosen, listed, text
from toolkit.model.filing import Filing, Reading
from toolkit.render import found, number, paragraphs
from toolkit.render.screen.drawing import draw
from toolkit.render.screen.terminal import beside, gap, lines, title

MISSING = "?"
"""What stands in the place of a figure that the source doesn't have; a blank one is drawn as a blank."""


def show(reading: Reading, edition: Edition, width: int) -> Group:
    """A filing drawn at most `width` cells wide."""
    return Group(*_show(reading, edition, width))


def _show(reading: Reading, edition: Edition, width: int) -> Iterator[Text]:
    yield from _head(reading, edition, width)
    drawn = layout(edition)
    for section in edition.sections:
        yield gap()
        yield from lines(title(section), width, style="bold")
        if section.sheet:
            yield from _sheet(reading.filing, edition, drawn.sheet(section.sheet), width)
        else:
            yield from _text(reading.filing, section, width)


def _head(reading: Reading, edition: Edition, width: int) -> Iterator[Text]:
    filing = reading.filing
    yield from lines(edition.title, width, style="bold")
    level = next((each for each in edition.levels if each.id == filing.unit.level), None)
    unknown = text("(not given)")
    counted = text("{found} of {expected}", found=reading.found, expected=reading.expected)
    fields: tuple[tuple[Said, object], ...] = (
        (text("unit"), filing.unit.name or unknown),
        (text("code"), filing.unit.code or unknown),
        (
            text("level"),
            (level.en if level.en and chosen() != "zh" else level.label) if level else filing.unit.level or unknown,
        ),
        (text("report year"), filing.year),
        (text("edition"), text("{edition}, {notice}", edition=edition.id, notice=edition.notice)),
        (text("figures"), counted),
    )
    column = max(cell_len(str(name)) for name, _ in fields) + 2
    for name, said in fields:
        yield from beside(name, said, width, column=column, style="dim")


def _sheet(filing: Filing, edition: Edition, sheet: Sheet, width: int) -> Iterator[Text]:
    missing = {box.ref: "bold red" for box in sheet.boxes if box.ref and box.ref not in filing.entries}

    def figure(ref: Ref) -> str:
        return MISSING if ref in missing else number(filing.entries[ref].value)

    yield from draw(sheet, figure, width, missing)
    if missing:
        yield from lines(
            text("{sign}: not in the source ({count} figures)", sign=MISSING, count=len(missing)), width, style="red"
        )
    for heading, said in _headings(filing, edition, sheet).items():
        given = text("{heading}, given as one line: {figures}", heading=heading, figures=listed(said, len(said)))
        yield from lines(given, width)


def _headings(filing: Filing, edition: Edition, sheet: Sheet) -> dict[str, list[str]]:
    """The figures a report gives for headings, which the form has no cell for, by the label of the heading."""
    said: dict[str, list[str]] = {}
    for ref in found(filing, edition):
        table, row, column = ref.split("/")
        stated = edition.table(table)
        if stated.sheet == sheet.name and ref not in edition.figures:
            labels = {line.id: line.label for line in (*stated.rows, *stated.columns)}
            shown = f"{labels[column]} {number(filing.entries[ref].value)}"
            said.setdefault(labels[row], []).append(shown)
    return said


def _text(filing: Filing, section: Section, width: int) -> Iterator[Text]:
    said = filing.texts.get(section.id)
    if said is None or not said.strip():
        yield from lines(text("(not in the source)") if said is None else text("(empty)"), width, style="red")
        return
    for paragraph in paragraphs(said):
        yield from lines(paragraph, width) if paragraph else [gap()]
