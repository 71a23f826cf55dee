"""What a package of sheets (.xlsx, .ods) would make a reader do, told before one reads it: how far its cells reach, how
much is in it. One stray cell would have python-calamine ask for hundreds of gigabytes and end the process.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import Text, text
from toolkit.ground.limits import limits
from toolkit.ground.patterns import pattern
from toolkit.intake.sources.members import Member, Package, members, unpacked

_UNUSUAL = pattern(rb"""<(?!/[cvfrist]|v>|f>|c r="[A-Z]{1,2}[0-9]{1,3}"[^:>]*>|row r="[0-9]{1,3}"|is>|t[ >])""")
"""A tag among the cells of a sheet that Excel does not write, or the tag of a cell or row that is far out."""
_TAG = pattern(rb"<(?:[\w.-]+:)?(row|c)((?:\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*)?)>")
_ADDRESS = pattern(rb"\sr\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PLACE = pattern(r"\s*\$?([A-Za-z]{1,8})\$?([0-9]{1,12})\s*")
_ODS_TAG = pattern(
    rb"<(/?)(?:[\w.-]+:)?(table|table-row|table-cell|covered-table-cell)((?:[\s/](?:[^>\"']|\"[^\"]*\"|'[^']*')*)?)>"
)
_REPEATED = pattern(rb"number-(?:columns|rows)-repeated\s*=\s*[\"']\s*([0-9]{1,12})")
_SHEET = pattern(rb"<(?:[\w.-]+:)?sheet[\s/]")
_MERGED = pattern(rb"<(?:[\w.-]+:)?mergeCell[\s/]")
_COUNT = pattern(rb"uniqueCount\s*=\s*[\"']\s*\+?0*([0-9]+)")
_LATER = pattern(r"xl/worksheets/\w+\.xml", re.ASCII)
_FAR = 10**9
_KEPT, _SMALL = 2**22, 2**16
"""So many bytes of a package stay unpacked while it is read, and of one part: a list of sheets, strings."""


def hold(content: bytes, source: str) -> Package:
    """The members of a package; one that is more than a filing can be is refused. Its sheets are left for `hold_later`,
    before they are read: two thirds of a workbook of ours is one that nobody reads.

    Raises:
        Unreadable: it is, or its bytes are not what was packed; says which and what to do.
    """
    found = members(content, source)
    parts: dict[str, bytes] = {}
    later = {each.name for each in found if _LATER.fullmatch(each.name)}
    room = _KEPT
    for member in found:
        if member.name in later:
            continue
        said = _held(content, member, source)
        if len(said) <= min(room, _SMALL):
            parts[member.name] = said
            room -= len(said)
    return Package(content, {each.name: each for each in found}, parts, later)


def hold_later(package: Package, names: Iterable[str], source: str) -> None:
    """Hold those of some members that were left for now.

    Raises:
        Unreadable: one is more than a filing can have, or not what was packed; says which and what to do.
    """
    for name in sorted(package.later.intersection(names)):
        _held(package.content, package.members[name], source)
        package.later.remove(name)


def hold_all(content: bytes, source: str) -> None:
    """Hold every member of a package.

    Raises:
        Unreadable: one is more than a filing can have, or not what was packed; says which and what to do.
    """
    package = hold(content, source)
    hold_later(package, [*package.later], source)


def _held(content: bytes, member: Member, source: str) -> bytes:
    """The bytes of a member that has no more in it than a filing has; none of one that is no XML.

    Raises:
        Unreadable: it has, or they are not what was packed.
    """
    name, most = member.name.replace("\\", "/").lower(), limits()
    if not name.endswith((".xml", ".rels")):
        return b""
    said = unpacked(content, member, source)
    xml = _plain(said)
    if len(xml) > 2 * most.elements < xml.count(b"<"):
        raise Unreadable(_too_many(source, member.name))
    if name == "content.xml":
        _hold(_of_ods(xml), source)
    elif b"sheetData" in xml:
        try:
            _hold(_of_sheet(xml), source)
        except ValueError as error:
            raise Unreadable(damaged(source)) from error
        _hold_merged(xml, source)
    elif name.startswith("xl/") and _more(xml, b"sheet", _SHEET, most.sheets):
        raise Unreadable(
            text("{file}: more than {count} sheets; copy those of the form into a new workbook",
                 file=source, count=most.sheets)
        )  # fmt: skip
    if len(xml) > most.text_kb * 1000:
        _hold_texts(xml, source)
    _hold_counts(xml, member.name, source)
    return said


def damaged(source: str) -> Text:
    """What is said of a workbook that no longer is what its program wrote."""
    return text(
        "{file}: damaged or cut off; open it in Excel, let it repair the file and save it, or ask for it again",
        file=source,
    )


def _plain(xml: bytes) -> bytes:
    """XML in UTF-16 as the same in UTF-8; what is in any other encoding has its tags in plain letters."""
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return xml.decode("utf-16", "replace").encode()
    if xml[:2] in (b"<\0", b"\0<"):
        return xml.decode("utf-16-le" if xml[:1] == b"<" else "utf-16-be", "replace").encode()
    return xml


def _hold(reach: tuple[int, int], source: str) -> None:
    rows, columns = reach
    if rows * columns > limits().cells:
        raise Unreadable(
            text("{file}: a sheet has a stray cell far outside the table; delete the rows and columns there and save",
                 file=source)
        )  # fmt: skip


def _of_sheet(xml: bytes) -> tuple[int, int]:
    """How far the filled cells of a sheet reach.

    Where every cell and row is written as Excel writes it, with three digits and two letters at most, it is near.
    """
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData")
    if _UNUSUAL.search(xml, start + len(b"sheetData"), xml.rfind(b"<", start, end) if start < end else len(xml)):
        return _slowly(xml)
    return 999, 702


def _slowly(xml: bytes) -> tuple[int, int]:
    """How far the filled cells of a sheet reach, by each cell's own address or, without one, by its place.

    Raises:
        ValueError: an address names no cell.
    """
    from html import unescape

    rows = columns = row = column = 0
    for tag in _TAG.finditer(xml):
        said = _ADDRESS.search(tag[2])
        address = unescape((said[1] or said[2] or b"").decode("utf-8", "replace")) if said else ""
        if tag[1] == b"row":
            bare = address.strip()
            row = min(int(bare[:12]), _FAR) if bare.isascii() and bare.isdigit() else row + 1
            column = 0
            continue
        place = _PLACE.fullmatch(address)
        if place:
            row, column = _number(place)
        elif address.strip():
            raise ValueError(address)  # no cell of any sheet, and what a reader makes of it has no end
        else:
            column += 1
        if not tag[2].rstrip().endswith(b"/"):
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _number(place: re.Match[str]) -> tuple[int, int]:
    column = 0
    for letter in place[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(place[2]), column


def _of_ods(xml: bytes) -> tuple[int, int]:
    """How far the filled cells of the widest and tallest sheet reach, repeated ones counted as often."""
    most = (0, 0)
    for rows in _tables(xml):
        at = filled = widest = 0
        for repeated, reach in rows:
            at += repeated
            if reach:
                filled, widest = at, max(widest, reach)
        most = max(most, (filled, widest), key=lambda each: each[0] * each[1])
    return most


def _tables(xml: bytes) -> Iterator[list[tuple[int, int]]]:
    """Of every sheet its rows: how often each is repeated, and how far its filled cells reach."""
    rows: list[tuple[int, int]] = []
    column = 0
    for tag in _ODS_TAG.finditer(xml):
        if tag[2] == b"table":
            if tag[1]:
                yield rows
                rows = []
        elif not tag[1]:
            said = _REPEATED.search(tag[3])
            repeated = min(int(said[1]), _FAR) if said else 1
            if tag[2] == b"table-row":
                rows.append((repeated, 0))
                column = 0
            else:
                column += repeated
                if rows and (not tag[3].endswith(b"/") or b"value-type" in tag[3]):
                    rows[-1] = (rows[-1][0], column)
    yield rows


def _more(xml: bytes, word: bytes, tag: re.Pattern[bytes], most: int) -> bool:
    """Whether there are more tags than a limit; `word` stands in each of them, and is counted at once."""
    return xml.count(word) > most and sum(1 for _ in tag.finditer(xml)) > most


def _hold_merged(xml: bytes, source: str) -> None:
    if _more(xml, b"mergeCell", _MERGED, limits().merged):
        raise Unreadable(
            text("{file}: more than {count} merged cells on a sheet; copy the form's tables into a new workbook",
                 file=source, count=limits().merged)
        )  # fmt: skip


def _hold_texts(xml: bytes, source: str) -> None:
    most = limits().text_kb * 1000
    if len(xml) > most and max(map(len, re.split(rb"[<>]", xml))) > most:
        raise Unreadable(
            text("{file}: a text of more than {count} characters; shorten it, or take it out of the workbook",
                 file=source, count=most)
        )  # fmt: skip


def _hold_counts(xml: bytes, name: str, source: str) -> None:
    """Refuse a part that says of more things than it has bytes: python-calamine makes room for all of them at once."""
    if b"uniqueCount" not in xml:
        return
    if any(len(said[1]) > 9 or int(said[1]) > len(xml) for said in _COUNT.finditer(xml)):
        raise Unreadable(_too_many(source, name))


def _too_many(source: str, name: str) -> Text:
    return text(
        "{file}: its part {name} has more in it than a filing can; copy the form's tables into a new workbook",
        file=source, name=name,
    )  # fmt: skip
