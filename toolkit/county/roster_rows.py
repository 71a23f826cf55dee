"""The bytes of a roster → rows of cells, as people save them: CSV of any usual encoding and separator, or a workbook.

What the cells mean does not belong here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from toolkit.form.layout import MARK
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import Text, text
from toolkit.ground.limits import limits
from toolkit.intake.sources.sheets import Workbook, is_workbook

_SEPARATORS = ("\t", ",", ";", "，", "|")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SURE = 3
"""Signs outside ASCII that a line of another encoding does not make by chance when it is read as UTF-8."""


class RosterRow(NamedTuple):
    """The cells of a row, blanks at their ends cut off, and its number as the file's reader sees it, from 1."""

    number: int
    cells: tuple[str, ...]


class Sheet(NamedTuple):
    """One sheet of a roster; a text file is one without a name. Rows without anything in them are left out."""

    name: str
    rows: tuple[RosterRow, ...]


def sheets(content: bytes, source: str) -> Iterator[Sheet]:
    """The sheets that a user sees.

    Raises:
        WrongUse: the encoding, a quote or the number of rows will not do; it is a filing.
        Unreadable: it is a workbook that cannot be read.
    """
    if is_workbook(content):
        book = Workbook(content, source)
        if MARK in book.names:
            raise WrongUse(text("{file}: a filing, not a roster; a roster has a unit in each row", file=source))
        for name in book.visible():
            numbered = enumerate(([_typed(cell) for cell in row] for row in book.rows(name)), start=1)
            yield Sheet(name, _kept(numbered, source))
        return
    yield Sheet("", _kept(_parsed(_decoded(content, source), source), source))


def _typed(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _kept(numbered: Iterator[tuple[int, list[str]]], source: str) -> tuple[RosterRow, ...]:
    rows = (RosterRow(n, cells) for n, row in numbered if any(cells := tuple(cell.strip() for cell in row)))
    most = limits().rows
    kept = tuple(islice(rows, most + 1))
    if len(kept) > most:
        raise WrongUse(
            text(
                "{file}: more than {most} rows; a roster has one for each unit, take the others away",
                file=source,
                most=most,
            )
        )
    return kept


def _parsed(said: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text with the number of the line they begin in."""
    reader = csv.reader(io.StringIO(said, newline=""), delimiter=_separator(said), strict=True)
    before = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise WrongUse(_unclosed(source, before + 1)) from error
        if row is None:
            return
        if any("\n" in cell and reader.dialect.delimiter in cell for cell in row):
            raise WrongUse(_unclosed(source, before + 1))
        yield before + 1, row
        before = reader.line_num


def _unclosed(source: str, line: int) -> Text:
    return text(
        '{file}, line {line}: a quote (") is opened and not closed, or stands in the midst of a cell; take it away',
        file=source,
        line=line,
    )


def _separator(said: str) -> str:
    """What parts the cells: of the usual signs the one that most of the first lines have."""
    lines = said.split("\n", 20)[:20]
    return max(_SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), -_SEPARATORS.index(sign)))


def _decoded(content: bytes, source: str) -> str:
    """The text of a roster. One that has lines of two encodings is refused: names would come out as other names."""
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise WrongUse(_no_encoding(source)) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    lines = content.split(b"\n")
    if (mixed := _mixed(lines)) is not None:
        raise WrongUse(
            text(
                "{file}, line {line}: in another encoding than the other lines; save the whole roster as CSV UTF-8",
                file=source,
                line=mixed,
            )
        )
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise WrongUse(_no_encoding(source)) from error


def _no_encoding(source: str) -> Text:
    return text("{file}: the roster is neither UTF-8 nor GB18030; save it as CSV UTF-8", file=source)


def _mixed(lines: Sequence[bytes]) -> int | None:
    """The line, from 1, that is of another encoding than most; None where all may be of one that is not UTF-8."""
    sure = [n for n, line in enumerate(lines, start=1) if _surely_utf_8(line)]
    if not sure:
        return None
    others = [n for n, line in enumerate(lines, start=1) if not _is(line, "utf-8")]
    return (others if len(sure) >= len(others) else sure)[0]


def _surely_utf_8(line: bytes) -> bool:
    return _is(line, "utf-8") and sum(not sign.isascii() for sign in line.decode()) >= _SURE


def _is(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
