"""Findings → the Word document that a unit published, with comments where they belong; its content is not touched.

A figure's comment stands at its cell, a sentence's at its paragraph, any other at the title.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.form.edition import named
from toolkit.form.layout import located
from toolkit.form.words import Marking
from toolkit.ground.errors import NotWritten, XlsError
from toolkit.ground.language import speaking, text
from toolkit.ground.patterns import pattern
from toolkit.ground.signs import visible
from toolkit.intake.sources import docx as source_of
from toolkit.model.filing import Cell, Checked
from toolkit.model.problems import Problem, problems
from toolkit.model.suspects import Repair
from toolkit.publish.docx import packed

AUTHOR = "xls"
"""Who our comments are by; those of an earlier check are known by it and taken away first."""

FEWEST = 4
"""Words of fewer signs stand anywhere and tell no place."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE = pattern(r"表格([0-9]+)")


def commented(content: bytes, source: str, checked: Checked) -> bytes:
    """The document (.docx) with a comment for every problem of its check, one a cause.

    Raises:
        NotWritten: it is protected against changes, or no document that can be edited.
    """
    from docx import Document

    words = named(checked.reading.filing.edition).wording.marking
    try:
        document = Document(io.BytesIO(content))
        _uncomment(document)
        tables = source_of.tables(document.element.body)
        with speaking("zh"):  # the document speaks the language of the form
            for told in problems(checked.findings):
                for paragraph in dict.fromkeys(_places(document, tables, told)):
                    _comment(document, paragraph, _said(told, words))
        _style(document)
        return packed(document)
    except XlsError:
        raise
    except Exception as error:  # in a stranger's document anything may be missing, doubled or of another kind
        raise NotWritten(text("{file}: it cannot be edited; save it anew in Word", file=source)) from error


def _style(document: Any) -> None:
    """Define the styles that python-docx gives to comments and to their marks, where the document has none."""
    from docx.enum.style import WD_STYLE_TYPE

    defined = {each.style_id for each in document.styles}
    for style, name, kind in (
        ("CommentReference", "annotation reference", WD_STYLE_TYPE.CHARACTER),
        ("CommentText", "annotation text", WD_STYLE_TYPE.PARAGRAPH),
    ):
        if style not in defined:
            made = document.styles.add_style(name, kind, builtin=True)
            made.element.set(f"{_W}styleId", style)


def _said(told: Problem, words: Marking) -> str:
    """A problem in a comment: of a cause what follows from it, too."""
    lines = [f"{words.levels[told.level]}：{told.message}", *(f"· {each.message}" for each in told.symptoms)]
    return visible("\n".join((*lines, *((str(told.remedy),) if told.remedy else ()))))


def _places(document: Any, tables: tuple[Any, ...], told: Problem) -> Iterator[Any]:
    """The paragraphs a problem is about: where it comes from, else of the cells of its figures the first one, of a
    sentence its own.
    """
    found = told.findings[0]
    cells: tuple[Cell | Repair, ...] = (*told.culprits, *found.cells)
    for cell in cells:
        if (paragraph := _of_cell(tables, cell)) is not None:
            yield paragraph
            return
    paragraphs = [each for each in document.element.body.iter(f"{_W}p") if _plain(_words(each))]
    values: Mapping[str, object] = dict(found.message.values)
    for name in ("quoted", "typed", "printed", "section"):
        wanted = _plain(str(values.get(name, "")).strip("…"))
        if (
            len(wanted) >= FEWEST
            and (here := next((each for each in paragraphs if wanted in _plain(_words(each))), None)) is not None
        ):
            yield here
            return
    yield from paragraphs[:1]


def _of_cell(tables: tuple[Any, ...], cell: Cell | Repair) -> Any:
    """The first paragraph of the table cell in which a figure stands; None where it stands in none."""
    if not cell.sheet or not cell.cell:
        return None
    row, column = located(cell.cell)
    for number in map(int, _TABLE.findall(cell.sheet)):  # a table that goes on in another one is counted on
        if number > len(tables):
            return None
        rows = source_of.rows(tables[number - 1])
        if row < len(rows):
            found = next((each for at, span, each in rows[row] if at <= column < at + span), None)
            return None if found is None else next(found.iter(f"{_W}p"), None)
        row -= len(rows)
    return None


def _words(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))


def _plain(said: str) -> str:
    return re.sub(r"[\s，,]", "", said)


def _comment(document: Any, element: Any, said: str) -> None:
    """A comment over a paragraph; an empty one is given a run without words to hold it."""
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    runs = [Run(each, Paragraph(element, document)) for each in element.findall(f"{_W}r")]
    if not runs:
        runs = [Paragraph(element, document).add_run()]
    made = document.add_comment([runs[0], runs[-1]], text=said, author=AUTHOR, initials=AUTHOR)
    made._comment_elm.attrib.pop(f"{_W}date", None)  # the same check gives the same bytes


def _uncomment(document: Any) -> None:
    """Take away the comments of an earlier check."""
    ours = {str(each.comment_id): each for each in document.comments if each.author == AUTHOR}
    for each in ours.values():
        each._comment_elm.getparent().remove(each._comment_elm)
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(document.element.body.iter(f"{_W}{tag}")):
            if mark.get(f"{_W}id") in ours:
                run = mark.getparent()
                run.remove(mark)
                if tag == "commentReference" and not run.findall(f"{_W}t"):
                    run.getparent().remove(run)
