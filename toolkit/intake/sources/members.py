"""The members of a zip archive as they really are: what the directory says of each is held to before anything is read.

The headers of an archive can lie; the size and the check sum of a member are those of the bytes that come out.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import Text, text
from toolkit.ground.limits import limits

_ENCRYPTED = 0x1
_STORED, _DEFLATED = 0, 8


class Member(NamedTuple):
    """A member: its name, how it is packed, its flags, what it is said to be, and where its bytes start."""

    name: str
    method: int
    flags: int
    check: int
    packed: int
    size: int
    start: int


def members(content: bytes, source: str) -> tuple[Member, ...]:
    """The members of an archive, off its directory.

    Raises:
        Unreadable: there are too many of them, two of one name, one that is encrypted or unpacks to too much.
    """
    found = tuple(_directory(content))
    most = limits()
    if len(found) > most.parts:
        raise Unreadable(
            text("{file}: {count} parts, which no filing has; copy its sheets into a new workbook",
                 file=source, count=len(found))
        )  # fmt: skip
    names: set[str] = set()
    for each in found:
        name = each.name.replace("\\", "/").casefold()
        if name in names:
            raise Unreadable(
                text("{file}: two of its parts are called {name}; open it in Excel and save it anew",
                     file=source, name=each.name)
            )  # fmt: skip
        names.add(name)
        if each.flags & _ENCRYPTED:
            raise Unreadable(
                text("{file}: a part of it is encrypted; unpack or open it with its password and save it without one",
                     file=source)
            )  # fmt: skip
        if each.size > most.part_mb << 20:
            raise Unreadable(_too_much(source, most.part_mb))
    if sum(each.size for each in found) > most.unpacked_mb << 20:
        raise Unreadable(_too_much(source, most.unpacked_mb))
    return found


def _directory(content: bytes) -> Iterator[Member]:
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or end + 20 > len(content):
        return
    at = struct.unpack_from("<I", content, end + 16)[0]
    while content[at : at + 4] == b"PK\x01\x02" and at + 46 <= len(content):
        flags, method = struct.unpack_from("<2H", content, at + 8)
        check, packed, size, named, extra, comment = struct.unpack_from("<3I3H", content, at + 16)
        header = struct.unpack_from("<I", content, at + 42)[0]
        start = -1
        if header + 30 <= len(content) and content[header : header + 4] == b"PK\x03\x04":
            start = header + 30 + sum(struct.unpack_from("<2H", content, header + 26))
        name = content[at + 46 : at + 46 + named].decode("utf-8", "replace")
        yield Member(name, method, flags, check, packed, size, start)
        at += 46 + named + extra + comment


def unpacked(content: bytes, member: Member, source: str) -> bytes:
    """The bytes of a member, no more than its directory says there are.

    Raises:
        Unreadable: they are more or fewer, or others than the check sum says.
    """
    packed = content[member.start : member.start + member.packed]
    said = packed
    if member.method == _DEFLATED:
        inner = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            said = inner.decompress(packed, member.size + 1)
        except zlib.error as error:
            raise Unreadable(untrue(source, member)) from error
    elif member.method != _STORED:
        raise Unreadable(untrue(source, member))
    if member.start < 0 or len(said) != member.size or zlib.crc32(said) != member.check:
        raise Unreadable(untrue(source, member))
    return said


def begun(content: bytes, member: Member, most: int) -> bytes:
    """The first bytes of a member, for a glance: whether they are what was packed is not asked."""
    packed = content[member.start : member.start + member.packed]
    if member.method != _DEFLATED:
        return packed[:most] if member.method == _STORED else b""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error:
        return b""


class Package(NamedTuple):
    """An archive whose members were looked at; `parts` are the bytes of those that were unpacked for it and are small
    enough to be kept, `later` the members that are looked at when they are read.
    """

    content: bytes
    members: Mapping[str, Member]
    parts: Mapping[str, bytes]
    later: set[str]

    def part(self, name: str) -> bytes:
        """The bytes of a member.

        Raises:
            Unreadable: they are not what was packed.
            KeyError: there is no such member.
        """
        return self.parts[name] if name in self.parts else unpacked(self.content, self.members[name], "")

    def begun(self, name: str, most: int) -> bytes:
        """The first bytes of a member."""
        return self.parts[name][:most] if name in self.parts else begun(self.content, self.members[name], most)


def untrue(source: str, member: Member) -> Text:
    """What is said of a member whose bytes are not what the archive says they are."""
    return text(
        "{file}: damaged on the way: its part {name} is not what was packed; ask for it again",
        file=source, name=member.name,
    )  # fmt: skip


def _too_much(source: str, size: int) -> Text:
    return text("{file}: unpacks to more than {size} MB, which no filing does; it is not read", file=source, size=size)
