"""A workbook of any kind → its sheets as grids of cell values (python-calamine). The kind is told by content.

Formulas are not seen here, and an error value looks like a blank one: `doubts` looks again where that matters.
"""

from __future__ import annotations

import datetime
import io
import re
import struct
import zipfile
from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from typing import NoReturn

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import Text, text
from toolkit.ground.limits import limits
from toolkit.ground.patterns import pattern
from toolkit.intake.sources import Grid, bounds, dates, formulas, glance
from toolkit.intake.sources.extent import Member, too_far_in_xls
from toolkit.intake.sources.members import Package
from toolkit.intake.sources.xlsx import mended
from toolkit.model.numbers import Dated

_DATES = frozenset({datetime.date, datetime.datetime, datetime.time, datetime.timedelta})
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The most bytes a workbook may unpack to; a filing takes a thousandth of it."""

_OTHERS: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", text("a PDF")),
    (b"\x89PNG", text("a picture")),
    (b"\xff\xd8\xff", text("a picture")),
    (b"GIF8", text("a picture")),
    (b"BM", text("a picture")),
    (b"Rar!", text("an archive")),
    (b"7z\xbc\xaf", text("an archive")),
    (b"{\\rtf", text("a Word document")),
)
_PAGE = pattern(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta)", re.IGNORECASE)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are those of a container workbooks come in (which may still hold something else)."""
    return content.startswith((_ZIP, _OLE))


class Workbook:
    """The sheets of one workbook. `grid` reads a sheet when it is asked for, once."""

    def __init__(self, content: bytes, source: str) -> None:
        """Open a workbook.

        Raises:
            Unreadable: it is none, is empty, damaged or encrypted; says what it is instead and what to do.
        """
        self.content, self.source = content, source
        self._package = _refuse_what_is_none(content, source)
        try:
            self._book = _opened(content, self._package, source)
        except PasswordError as error:
            raise Unreadable(_locked(source)) from error
        except (CalamineError, *formulas.DAMAGED) as error:
            raise Unreadable(bounds.damaged(source)) from error
        except BaseException as error:
            _reraise_unless_panic(error, source)
        self.names: tuple[str, ...] = tuple(self._book.sheet_names)
        self._grids: dict[str, Grid] = {}
        self._parts = glance.sheets(self._package, self.names) if self._package is not None else {}
        if self._package is not None:
            bounds.hold_later(self._package, self._package.later.difference(self._parts.values()), source)

    def visible(self) -> tuple[str, ...]:
        """The names of the sheets of cells a user sees."""
        return tuple(
            each.name
            for each in self._book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        )

    @property
    def cells(self) -> frozenset[str]:
        """The names of all sheets of cells, hidden ones too; charts and macros have none."""
        kinds = {each.name: each.typ for each in self._book.sheets_metadata}
        return frozenset(name for name in self.names if kinds.get(name) == SheetTypeEnum.WorkSheet)

    def rows(self, name: str) -> tuple[tuple[object, ...], ...]:
        """The cells of a sheet from A1 on; a blank cell is the empty text.

        Raises:
            Unreadable: the sheet is damaged.
        """
        return self.grid(name).rows

    def begins(self, name: str, title: str) -> bool:
        """Whether a text stands in the first cell of a sheet, which is read only where that is not seen at a glance.

        Raises:
            Unreadable: the sheet is damaged.
        """
        if name not in self._grids and self._package is not None:
            seen = glance.begins(self._package, self._parts.get(name, ""), title)
            if seen is not None:
                return seen
        rows = self.rows(name)
        return bool(rows and rows[0]) and str(rows[0][0]).strip() == title

    def grid(self, name: str) -> Grid:
        """A sheet with its merged ranges, which .ods does not give.

        Raises:
            Unreadable: the sheet is damaged.
        """
        if name not in self._grids:
            self._hold(name)
            try:
                sheet = self._book.get_sheet_by_name(name)
                rows: tuple[tuple[object, ...], ...] = tuple(map(tuple, sheet.to_python(skip_empty_area=False)))
                if not _DATES.isdisjoint(map(type, chain.from_iterable(rows))):
                    rows = tuple(tuple(map(self._shown, row)) for row in rows)
                merged = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
            except (CalamineError, OSError, ValueError) as error:
                raise Unreadable(bounds.damaged(self.source)) from error
            except BaseException as error:
                _reraise_unless_panic(error, self.source)
            self._grids[name] = Grid(name, rows, merged)
        return self._grids[name]

    def _hold(self, name: str) -> None:
        """Refuse a sheet that is more than one of a filing can be, before it is read.

        Raises:
            Unreadable: it is, or it is damaged.
        """
        if self._package is not None and self._package.later:
            part = self._parts.get(name, "")
            bounds.hold_later(self._package, [part] if part else [*self._package.later], self.source)

    def _shown(self, cell: object) -> object:
        """A cell; one in a date format as what it shows, with the number that is stored in it."""
        if type(cell) not in _DATES:
            return cell
        return Dated(str(cell), dates.number(cell, self._epoch))

    @cached_property
    def _epoch(self) -> dates.Epoch | None:
        try:
            return dates.epoch(self.content)
        except formulas.DAMAGED:
            return None

    def standing(self, name: str, asked: formulas.Asked, *, always: bool = True) -> formulas.Found:
        """What really stands in some cells of a sheet; see `formulas.standing`.

        Raises:
            Unreadable: the file is damaged.
        """
        self._hold(name)
        try:
            return formulas.standing(self.content, (self.names.index(name), name), asked, always=always)
        except formulas.DAMAGED as error:
            raise Unreadable(bounds.damaged(self.source)) from error

    def properties(self, prefix: str) -> Mapping[str, str]:
        """What properties and names of the workbook say under a prefix; nothing where they are damaged."""
        try:
            return formulas.identity(self.content, prefix)
        except formulas.DAMAGED:
            return {}


def _opened(content: bytes, package: Package | None, source: str) -> CalamineWorkbook:
    """The workbook as python-calamine opens it, which wants the usual names for an .xlsx and every sheet to be there.

    Raises:
        CalamineError, DAMAGED: it is damaged.
        Unreadable: a sheet is more than one of a filing can be.
    """
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise
    except CalamineError:
        if package is None:
            raise
        bounds.hold_later(package, [*package.later], source)
        return CalamineWorkbook.from_filelike(io.BytesIO(mended(content)))


def _refuse_what_is_none(content: bytes, source: str) -> Package | None:
    """The package that a workbook is; none of one that is of another kind."""
    if not content:
        raise Unreadable(text("{file}: the file is empty; ask for it again", file=source))
    for start, what in _OTHERS:
        if content.startswith(start):
            raise Unreadable(
                text("{file}: not a workbook but {what}; ask for the filled-in .xlsx itself", file=source, what=what)
            )
    if _PAGE.match(content[:400]):
        raise Unreadable(
            text("{file}: a web page under the name of a workbook; open it in Excel and save it as .xlsx", file=source)
        )
    if not is_workbook(content):
        raise Unreadable(text("{file}: not a workbook; ask for the filled-in .xlsx itself", file=source))
    if content.startswith(_OLE):
        _refuse_a_strange_container(content, source)
        return None
    return _package(content, source)


def _package(content: bytes, source: str) -> Package:
    listed, size = _directory(content)
    if not listed:
        raise Unreadable(bounds.damaged(source))
    most = limits().unpacked_mb
    if size > most << 20:
        said = text(
            "{file}: unpacks to more than {size} MB, which no filing does; it is not read",
            file=source,
            size=most,
        )
        raise Unreadable(said)
    if b"xl/workbook.bin" in listed:  # its error values could not be told from blanks
        raise Unreadable(text("{file}: a binary workbook (.xlsb); open it in Excel and save it as .xlsx", file=source))
    if b"content.xml" not in listed and not any(name.startswith(b"xl/") for name in listed):
        what = text("a Word document") if any(name.startswith(b"word/") for name in listed) else text("an archive")
        raise Unreadable(
            text("{file}: not a workbook but {what}; ask for the filled-in .xlsx itself", file=source, what=what)
        )
    return bounds.hold(content, source)


def _refuse_a_strange_container(content: bytes, source: str) -> None:
    if _ENCRYPTED in content:
        raise Unreadable(_locked(source))
    try:
        far = too_far_in_xls(content)
    except ValueError as error:
        raise Unreadable(bounds.damaged(source)) from error
    if far:
        raise Unreadable(_stray(source))


def _directory(content: bytes) -> tuple[dict[bytes, Member], int]:
    """The members of an archive and the bytes it unpacks to, off its central directory; zipfile takes ten times that.

    None where the directory is cut off, as it is in a truncated file.
    """
    end = content.rfind(b"PK\x05\x06")
    members: dict[bytes, Member] = {}
    size = 0
    if end < 0 or end + 20 > len(content):
        return members, size
    at = struct.unpack_from("<I", content, end + 16)[0]
    while content[at : at + 4] == b"PK\x01\x02" and at + 46 <= len(content):
        packed, unpacked, named, extra, comment = struct.unpack_from("<2I3H", content, at + 20)
        header = struct.unpack_from("<I", content, at + 42)[0]
        if header + 30 > len(content):
            return {}, size
        start = header + 30 + sum(struct.unpack_from("<2H", content, header + 26))
        members[content[at + 46 : at + 46 + named].replace(b"\\", b"/")] = Member(
            start, packed, content[at + 10] == zipfile.ZIP_DEFLATED
        )
        size += unpacked
        at += 46 + named + extra + comment
    return members, size


def _stray(source: str) -> Text:
    return text(
        "{file}: a sheet has a stray cell far outside the table; delete the rows and columns there and save",
        file=source,
    )


def _locked(source: str) -> Text:
    return text(
        "{file}: encrypted; open it in Excel or WPS, with its password if it asks for one, and save it anew without",
        file=source,
    )


def _reraise_unless_panic(error: BaseException, source: str) -> NoReturn:
    """A damaged file can make the Rust reader panic, which comes as a BaseException of its own kind."""
    if type(error).__name__ == "PanicException":
        raise Unreadable(bounds.damaged(source)) from error
    raise error
