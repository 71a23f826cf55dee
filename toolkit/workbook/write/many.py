"""Blank workbooks for many units: one is made for each kind of unit, and copies of it get the few words that are a
unit's own. What comes out is, byte for byte, what making each alone gives.
"""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from toolkit.form.parts import Edition
from toolkit.ground import packing
from toolkit.ground.patterns import pattern
from toolkit.model.filing import Unit
from toolkit.workbook.write import blank, write

_NAME, _CODE = "\ue0f1单位\ue0f2", "\ue0f3代码\ue0f4"
"""Stand for name and code in the one that is copied; signs that nobody's name has."""

_PLAIN = pattern(r"[\w（）·—-]{1,60}")
"""Names that stand in XML, in a formula and in a property as they are. Others are not put in but written."""

_STRINGS = "xl/sharedStrings.xml"


class _Part(NamedTuple):
    """A part of the workbook that is copied: as it is stored, and its content where a unit's words stand in it."""

    stored: packing.Stored
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
        strings = next(part.content for part in parts if part.stored.entry.filename == _STRINGS)
        return not any(f">{word}</t>" in strings for word in words)


def _taken_apart(content: bytes) -> list[_Part]:
    parts = []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for part in packing.taken_apart(content):
            said = book.read(part.entry).decode()
            parts.append(_Part(part, said if _NAME in said or _CODE in said else ""))
    return parts


def _packed(parts: tuple[_Part, ...], unit: Unit) -> bytes:
    """The parts with a unit's words in them; those without are copied as they are stored."""
    return packing.packed(
        packing.saying(part.stored, part.content.replace(_NAME, unit.name).replace(_CODE, unit.code or "").encode())
        if part.content
        else part.stored
        for part in parts
    )
