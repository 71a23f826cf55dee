"""A letter to a unit as a Word document by GB/T 9704, on the page of the report."""

from __future__ import annotations

from toolkit.form import Edition
from toolkit.language import speaking, text
from toolkit.letters import Item, Letter
from toolkit.publish import docx
from toolkit.publish.content import clean


def written(edition: Edition, letter: Letter, sender: str) -> bytes:
    """The letter from a sender, with room for the date, in the language of the form; the same bytes every time."""
    from docx import Document

    document = Document()
    docx.styled(document)
    docx.paged(document)
    with speaking("zh"):
        title = clean(str(letter.title))
        document.add_paragraph(title, "Title")
        document.add_paragraph(clean(str(text("{unit}:", unit=letter.unit.name))), "Body Text")
        document.paragraphs[-1].paragraph_format.first_line_indent = 0
        docx.body(document, clean(str(letter.begins)))
        for number, item in enumerate(letter.items, start=1):
            docx.body(document, clean(f"{number}. {_said(item)}"))
        docx.body(document, clean(str(letter.ends)))
        date = edition.report.date.format(year=letter.year, next=letter.year + 1, unit="")
        docx.signed(document, clean(sender), date)
    return docx.saved(document, title, clean(sender), letter.year)


def _said(item: Item) -> str:
    parts = [str(item.what)]
    if item.remedy:
        parts.append(str(text("to do: {remedy}", remedy=item.remedy)))
    if item.cite:
        parts.append(str(text("Authority: {authority}", authority=item.cite)))
    return str(text("{parts}.", parts=str(text("; ")).join(parts)))
