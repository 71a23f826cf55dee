"""Blank workbooks for many units: one is made for each kind of unit, and copies of it get the few words that are a
unit's own. What comes out is, byte for byte, what making each alone gives.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from copy import copy
from typing import NamedTuple

from toolkit.form.parts import Edition
from toolkit.ground.values import pattern
from toolkit.model.filing import Unit
from toolkit.workbook.write import blank, write

_NAME, _CODE = "\ue0f1单位\ue0f2", "\ue0f3代码\ue0f4"
"""Stand for name and code in the one that is copied; signs that nobody's name has."""

_PLAIN = pattern(r"[\w（）·—-]{1,60}")
"""Names that stand in XML, in a formula and in a property as they are. Others are not put in but written."""

_STRINGS = "xl/sharedStrings.xml"


class _Part(NamedTuple):
    """A part of the workbook that is copied: as it is stored, and its content where a unit's words stand in it."""

    entry: zipfile.ZipInfo
    stored: bytes
    content: str


class Blanks:
    """Blank workbooks of an edition and year."""

    def __init__(self, edition: Edition, year: int) -> None:
        """For one edition and year; nothing is made before a unit is asked for."""
        self._edition, self._year = edition, year
        self._made: dict[tuple[str | None, bool], tuple[_Part, ...]] = {}

    def of(self, unit: Unit) -> bytes:
        """The blank workbook of a unit, as `write` makes it."""
        parts = self._parts(unit)
        if not self._fits(unit, parts):
            return write(self._edition, blank(self._edition, self._year, unit))
        return _packed(parts, unit)

    def _parts(self, unit: Unit) -> tuple[_Part, ...]:
        kind = (unit.level, bool(unit.code))
        if kind not in self._made:
            stand_in = Unit(_NAME, _CODE if unit.code else None, unit.level)
            self._made[kind] = tuple(_taken_apart(write(self._edition, blank(self._edition, self._year, stand_in))))
        return self._made[kind]

    def _fits(self, unit: Unit, parts: tuple[_Part, ...]) -> bool:
        """Whether a unit's words can be put in: plain ones, each but once in the table of all words."""
        words = [unit.name, *([unit.code] if unit.code else [])]
        if len(set(words)) < len(words) or not all(_PLAIN.fullmatch(word) for word in words):
            return False
        strings = next(part.content for part in parts if part.entry.filename == _STRINGS)
        return not any(f">{word}</t>" in strings for word in words)


def _taken_apart(content: bytes) -> list[_Part]:
    parts = []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for entry in book.infolist():
            start = entry.header_offset + 30 + len(entry.filename.encode())
            stored = content[start : start + entry.compress_size]
            said = book.read(entry).decode()
            parts.append(_Part(entry, stored, said if _NAME in said or _CODE in said else ""))
    return parts


def _packed(parts: tuple[_Part, ...], unit: Unit) -> bytes:
    """The parts with a unit's words in them; those without are copied as they are stored."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for part in parts:
            entry, stored = copy(part.entry), part.stored
            if part.content:
                said = part.content.replace(_NAME, unit.name).replace(_CODE, unit.code or "").encode()
                deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
                stored = deflate.compress(said) + deflate.flush()
                entry.CRC, entry.file_size, entry.compress_size = zlib.crc32(said), len(said), len(stored)
            entry.header_offset = made.tell()
            made.write(entry.FileHeader(zip64=False) + stored)
            book.filelist.append(entry)  # zipfile itself would compress what is compressed already
        book.start_dir = made.tell()
        book._didModify = True  # type: ignore[attr-defined]
    return made.getvalue()
