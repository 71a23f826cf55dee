"""Short documents one after the other on one sheet of paper: page, fonts and whatever they share is made once, and
every one is, byte for byte, what `docx` makes of it alone.
"""

from __future__ import annotations

from typing import Any

from toolkit.ground import packing
from toolkit.publish import docx

_OWN = ("word/document.xml", "docProps/core.xml")
"""The parts in which one document differs from the next."""


class Paper:
    """A document that is written, saved, wiped and written again."""

    def __init__(self) -> None:
        """Prepare the page of the standard."""
        from docx import Document

        self._document: Any = Document()
        docx.styled(self._document)
        docx.paged(self._document)
        self._styles = {each.name: each.style_id for each in self._document.styles}
        self._kept: tuple[packing.Stored, ...] = ()

    def wiped(self) -> Any:
        """The document, with nothing on it."""
        body = self._document.element.body
        for child in [*body][:-1]:  # the last is the page
            body.remove(child)
        return self._document

    def paragraph(self, said: str = "", style: str = "") -> Any:
        """A paragraph in a style, which python-docx would look for among all of them every time."""
        paragraph = self._document.add_paragraph(said)
        if style:
            paragraph._p.style = self._styles[style]
        return paragraph

    def body(self, said: str) -> None:
        """A paragraph of plain words."""
        docx.worded(self.paragraph(style="Body Text"), said)

    def saved(self, title: str, unit: str, year: int) -> bytes:
        """The document as it is now, as a file without a clock."""
        if not self._kept:
            whole = docx.saved(self._document, title, unit, year)
            self._kept = packing.taken_apart(whole)
            return whole
        docx.dated(self._document, title, unit, year)
        own = {str(part.partname)[1:]: part for part in self._document.part.package.iter_parts()}
        return packing.packed(
            packing.saying(part, own[part.entry.filename].blob) if part.entry.filename in _OWN else part
            for part in self._kept
        )
