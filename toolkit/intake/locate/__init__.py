"""Figures found by their labels, in any grid of cells and in lines of text, whoever made it.

Nothing is invented, nothing taken from the wrong line or column: what cannot be placed, or is doubtful, is refused
and said. Where a figure must stand in a workbook of ours is the business of `layout` and `read`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.form.parts import Edition
from toolkit.intake.locate import grid, marked_text, pages, running_text, sections
from toolkit.intake.locate.choose import Located, Piece, combine
from toolkit.intake.locate.labels import words
from toolkit.intake.locate.recognise import recognise, several
from toolkit.intake.sources import Grid
from toolkit.intake.sources.text import without_running_heads

__all__ = ["Located", "document", "grids", "lines", "recognise", "several"]


def grids(edition: Edition, grids: Iterable[Grid]) -> Located:
    """The figures and texts in sheets or tables."""
    known = words(edition)
    return combine(edition, [grid.read(known, each) for each in grids])


def lines(edition: Edition, lines: Sequence[str]) -> Located:
    """The figures and texts in lines of text."""
    known = words(edition)
    parts = sections.split(known, without_running_heads(lines))
    texts = Piece(texts=parts.texts)
    streamed = [running_text.read(known, parts.tables)]
    rows, rest = marked_text.parted(parts.tables)
    if rows.rows:  # with marked cells; those that merged ones cover may have been left out, and then it is no grid
        gridded = [running_text.read(known, rest), marked_text.by_line(grid.read(known, rows))]
        if sum(len(each.rows) for each in gridded) >= len(streamed[0].rows):
            return replace(combine(edition, [*gridded, texts]), opening=parts.opening, odd_titles=parts.odd)
    return replace(combine(edition, [*streamed, texts]), opening=parts.opening, odd_titles=parts.odd)


def document(edition: Edition, grids: Iterable[Grid], lines: Sequence[str]) -> Located:
    """The figures in the tables of a document, and the texts in the lines outside them."""
    known = words(edition)
    whole = pages.joined(known, grids)
    parts = sections.split(known, lines)
    found = combine(edition, [*(grid.read(known, each) for each in whole), Piece(texts=parts.texts)])
    return replace(found, opening=parts.opening, odd_titles=parts.odd)
