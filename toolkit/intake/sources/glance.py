"""How a sheet of an .xlsx begins, seen without reading the sheet: half the bytes of a workbook of ours are a sheet that
nobody reads. Only what is written as most programs write it is seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from toolkit.ground.errors import Unreadable
from toolkit.ground.patterns import pattern
from toolkit.intake.sources.members import Package

_BOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_START = 4096
"""Bytes of a sheet in which its first cell stands."""

_SHEET = pattern(rb"<sheet [^>]*>")
_RELATION = pattern(rb"<Relationship [^>]*>")
_NAME, _LEADS = pattern(rb' name="([^"&]*)"'), pattern(rb':id="([^"&]*)"')
_OWN, _TARGET = pattern(rb' Id="([^"&]*)"'), pattern(rb' Target="(?:/xl/)?(worksheets/[^"&]+)"')
_ANY_SHEET, _ANY_RELATION = pattern(rb"sheet[\s/>]"), pattern(rb"Relationship[\s/>]")
_FIRST = pattern(rb'<sheetData><row [^>]*><c r="A1"[^>]* t="s"[^>]*><v>([0-9]{1,6})</v></c>')
_STRING = pattern(rb"<t(?: [^>]*)?>([^<&]*)</t></si>")


def begins(package: Package, part: str, title: str) -> bool | None:
    """Whether a text stands in the first cell of the sheet in a part; None where that is not seen at a glance."""
    try:
        first = _FIRST.search(package.begun(part, _START))
        said = _string(package.part(_STRINGS), int(first[1])) if first is not None else None
    except (Unreadable, UnicodeDecodeError, KeyError):
        return None
    return None if said is None or "_x" in said else said == title  # so a reader may have a sign written


def sheets(package: Package, names: Sequence[str]) -> Mapping[str, str]:
    """The part of each sheet that has those names, empty of one that is no sheet of cells; nothing where their list is
    written otherwise than most programs write it, so that another reader might find other parts in it.
    """
    try:
        listed = _plainly(_SHEET, _ANY_SHEET, package.part(_BOOK))
        led = _plainly(_RELATION, _ANY_RELATION, package.part(_RELATIONS))
        targets = {_only(_OWN, each): _only(_TARGET, each).decode() for each in led}
        found = [(_only(_NAME, each).decode(), targets.get(_only(_LEADS, each), "")) for each in listed]
    except (Unreadable, ValueError, KeyError):
        return {}
    if len(targets) < len(led) or [name for name, _ in found] != list(names):
        return {}
    return {name: f"xl/{target}" if target else "" for name, target in found}


def _plainly(tag: re.Pattern[bytes], word: re.Pattern[bytes], xml: bytes) -> list[bytes]:
    """The tags of a kind in a part.

    Raises:
        ValueError: there may be others, or some are none.
    """
    found = tag.findall(xml)
    if b"<!" in xml or xml.count(b"<?") > 1 or any(b"'" in each for each in found):
        raise ValueError("marked off, or quoted, otherwise")
    if len(found) != len(word.findall(xml)):
        raise ValueError("written otherwise")
    return found


def _only(attribute: re.Pattern[bytes], tag: bytes) -> bytes:
    """What an attribute says; nothing where it is not there.

    Raises:
        ValueError: it is there twice.
    """
    (said,) = attribute.findall(tag) or (b"",)
    return bytes(said)


def _string(xml: bytes, at: int) -> str | None:
    """A string of the table of strings; None where it is of several pieces."""
    pieces = xml.split(b"<si>")
    plain = _STRING.match(pieces[at + 1]) if at + 1 < len(pieces) and not re.search(rb"<si[^>]|<!--", xml) else None
    return plain[1].decode().strip() if plain is not None else None
