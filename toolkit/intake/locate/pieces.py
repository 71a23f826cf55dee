"""Lines of text taken apart into words and figures, blank cells among them where the cells of a row are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.ground.language import Text, text
from toolkit.ground.patterns import pattern
from toolkit.intake.locate import labels
from toolkit.intake.locate.labels import Words
from toolkit.intake.locate.marked_text import Marked, Style, marks, shut, style, usual
from toolkit.intake.locate.sheet import figure
from toolkit.intake.sources.text import page_number

_ASIDE = pattern(r"(?<=[0-9])\s*[(（][^()（）]*[)）]")
_UNIT = pattern(r"(?<=[0-9])\s+(?=(?:万元|元|件|条|份|项|次|个|起|宗)(?:[\s|]|$))")
_NUMERAL = pattern(r"(?<![0-9.])([0-9]{1,2})\s*([.．、])\s*(?=[\u4e00-\u9fff])")
_GLUED = pattern(r"(.*[^0-9.,])([0-9][0-9.,]*)")
_LAST_NUMERAL = pattern(r"(?<![0-9.])[0-9]{1,2}\s*$")
_POINT = pattern(r"\s*[.．、]\s*[\u4e00-\u9fff]")


class Word(NamedTuple):
    """A piece of a line between blanks, and whether it is a figure."""

    said: str
    line: int
    figure: bool


def of_lines(words: Words, lines: Sequence[tuple[int, str]]) -> Iterator[Word]:
    """The words of the lines; words in brackets and units stay with their figure, numerals with their label.

    Where the cells of a row are marked, a blank one behind its label is a figure that says nothing.
    """
    kept = [(at, _close(line)) for at, line in _numerals_joined(lines) if not page_number(line)]
    how = style(line for _, line in kept)
    whole = usual((line for _, line in kept), how)
    for at, line in kept:
        marked = marks(line, how)
        blank_row = _blank_row(words, line, how)
        labelled = [cell for cell in shut(line, how) if cell]
        bare = _bare(words, line, how)
        cells = bare or ((*labelled, *[""] * blank_row) if blank_row else marked.cells)
        trusted = marked.trusted(whole) or _whole(words, marked, line, how)
        for n, cell in enumerate(cells):
            if not cell and (bare or n >= len(cells) - blank_row or (n > marked.label and trusted)):
                yield Word("", at, figure=True)
            for piece in re.split(r"[\s|\u3000]+", cell):
                is_figure = figure(piece)
                if is_figure or labels.key(piece):
                    yield Word(piece, at, is_figure)


def _whole(words: Words, marked: Marked, line: str, how: Style) -> bool:
    """Whether a row, whose end can be seen, has just as many cells behind its label as its table has columns."""
    ends = how.closed or (line.strip().startswith("|") and line.strip().endswith("|"))
    match = (
        words.row(marked.cells[marked.label]) if ends and not how.padded and marked.label < len(marked.cells) else None
    )
    return match is not None and match.exact and marked.behind == len(words.table_columns(match.table).figures)


def _bare(words: Words, line: str, how: Style) -> tuple[str, ...]:
    """The cells of a row without a label that has some blank and as many as a table without row labels; else none."""
    if "|" not in line and "\t" not in line:
        return ()
    cells = shut(line, how._replace(padded=False))
    labelled = {lines.table.id for lines in words.rows}
    wanted = {len(lines.figures) for lines in words.columns if lines.table.id not in labelled}
    bare = len(cells) in wanted and any(cells) and all(not cell or figure(cell) for cell in cells)
    return cells if bare else ()


def _blank_row(words: Words, line: str, how: Style) -> int:
    """How many blank cells a row has whose label stands alone among them, as many as its table has columns; else 0."""
    if "|" not in line and "\t" not in line:
        return 0
    said = [cell for cell in shut(line, how) if cell]
    matches = [words.row(cell) for cell in said]
    last = matches[-1] if matches else None
    if last is None or not last.exact or words.heading(last):
        return 0
    if not all(match and words.heading(match) for match in matches[:-1]):
        return 0
    wanted = len(words.table_columns(last.table).figures)
    cells = shut(line, how._replace(padded=False))
    behind = len(cells) - 1 - max(at for at, cell in enumerate(cells) if cell)
    return wanted if behind == wanted or (how.closed and behind > wanted) else 0


def _close(line: str) -> str:
    close = _ASIDE.sub(lambda found: "".join(found[0].split()), line)
    return _NUMERAL.sub(r"\1\2", _UNIT.sub("", close))


def _numerals_joined(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines, a numeral that stands at the end of one and its point at the start of the next put back together."""
    carried = ""
    for n, (at, line) in enumerate(lines):
        said, carried = carried + line, ""
        numeral = _LAST_NUMERAL.search(said)
        if numeral and n + 1 < len(lines) and _POINT.match(lines[n + 1][1]):
            said, carried = said[: numeral.start()], numeral[0].strip()
        yield at, said


def glued(words: Words, lines: Sequence[tuple[int, str]]) -> Iterator[Text]:
    """Labels that run into their figures, 规章000: nobody can tell how many figures that is."""
    for at, line in lines:
        found = _GLUED.fullmatch("".join(line.split()).strip("|"))
        match = words.row(found[1]) if found else None
        if found and match and not _apart(line):
            yield text(
                "line {line}: “{said}”: label and figures run together; they are not taken",
                line=at + 1,
                said=line.strip(),
            )


def _apart(line: str) -> bool:
    """Whether a blank or a bar parts the words of a line from its last figure."""
    return _GLUED.fullmatch(re.split(r"[\s|]+", line.strip("| \t\u3000"))[-1]) is None
