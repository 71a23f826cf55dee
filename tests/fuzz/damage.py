"""What chance does to a good input of every kind: its bytes, its parts, its marks, its values.

A seed gives the same damage each time for as long as this file is as it is; what was found is kept in corpus/.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from tests.fuzz.originals import originals
from tests.hostile import packages

VALUES = (
    b"INF", b"-INF", b"NaN", b"1e400", b"1e308", b"-0", b"9" * 40, b"1E+999999999", b"", b" ", b"0x1", b"\xef\xbf\xbf",
    b"&#0;", b"&#xD800;", b"_x001B_", b"1048577", b"-1", b"4294967296", b"true", b"\xe9\x95\x87" * 50, b"=1+1", b"]]>",
    b"null", b"[]", b"{}", b'"', b"\\ud800", b"1.5", b"\xe2\x80\xae", b",", b"\n", b"1'000", b"0.0000000001",
)  # fmt: skip

OFTEN = {
    "whole.xlsx": 2, "small.xlsx": 12, "filing.json": 12, "report.html": 1.5, "report.docx": 1.5, "report.txt": 1.5,
    "report.pdf": 0.5, "roster.csv": 12, "form.toml": 0.5, "returns.zip": 6, "old.xls": 2, "open.ods": 1.5,
}  # fmt: skip
"""How often a kind is taken: those that are read at once more often than those that are slow."""

_PACKAGES = (".xlsx", ".docx", ".ods")
_JSON = (
    b"INF", b"NaN", b"-Infinity", b"1e400", b"1e308", b"-0", b"9" * 40, b"1E+999999999", b'""', b'" "', b"1048577",
    b"-1", b"true", b"null", b"[]", b"{}", b"[1]", b'{"a": 1}', b"1.5", b'"36"', b'"\\ud800"', b'"2019"', b"0.1e-9",
    b'"=1+1"',
)  # fmt: skip


class Damaged(NamedTuple):
    """An input that chance made: its name, its bytes, and whether its own check sums tell that they were changed."""

    name: str
    content: bytes
    told: bool = False


def damaged(seed: int) -> Damaged:
    """What a seed makes."""
    chance = random.Random(seed)
    name = chance.choices(tuple(OFTEN), tuple(OFTEN.values()))[0]
    ending = name[name.rindex(".") :]
    whole = originals()[name]
    if ending in _PACKAGES and chance.random() < 0.7:
        return Damaged(name, _parts(name, chance))
    made = whole
    for _ in range(chance.choice((1, 1, 2, 5))):
        changes: tuple[_Change, ...] = _OF_BYTES
        if chance.random() < 0.7 and ending not in _PACKAGES:
            changes = _BY_ENDING.get(ending, (_value, _mark, _attribute, _word))
        made = chance.choice(changes)(made, chance)
    return Damaged(name, made, told=ending == ".xlsx")


@cache
def _held(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(originals()[name])) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def _parts(name: str, chance: random.Random) -> bytes:
    """A package with some parts changed, taken away or swapped, packed anew with true check sums."""
    held = dict(_held(name))
    for _ in range(chance.choice((1, 1, 2, 4))):
        part = chance.choice(tuple(held))
        how = chance.random()
        if how < 0.1 and len(held) > 1:
            del held[part]
        elif how < 0.2:
            held[part] = held[chance.choice(tuple(held))]
        else:
            held[part] = chance.choice((*_OF_BYTES, *_OF_MARKS))(held[part], chance)
    return packages.packed(held.items(), zipfile.ZIP_DEFLATED if chance.random() < 0.1 else zipfile.ZIP_STORED)


def _flip(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _left_out(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at + chance.choice((1, 10, 500)) :]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + content[at : at + chance.choice((1, 40, 2000))] * chance.choice((2, 3, 50)) + content[at:]


def _value(content: bytes, chance: random.Random) -> bytes:
    return _in_place_of(rb">([^<>]{1,40})<", content, chance)


def _attribute(content: bytes, chance: random.Random) -> bytes:
    return _in_place_of(rb'="([^"<>]{1,60})"', content, chance)


def _word(content: bytes, chance: random.Random) -> bytes:
    return _in_place_of(rb"([\w.\x80-\xff]+)", content, chance)


def _of_json(content: bytes, chance: random.Random) -> bytes:
    """A value in place of another one, so that it is JSON still."""
    return _in_place_of(rb': ("[^"]*"|[\d.]+|null|true|false|\{\})', content, chance, _JSON)


def _in_place_of(pattern: bytes, content: bytes, chance: random.Random, values: tuple[bytes, ...] = VALUES) -> bytes:
    places = [found.span(1) for found in re.finditer(pattern, content)]
    if not places:
        return _flip(content, chance)
    start, end = chance.choice(places)
    return content[:start] + chance.choice(values) + content[end:]


def _mark(content: bytes, chance: random.Random) -> bytes:
    """A mark taken away, doubled or moved."""
    places = [found.span() for found in re.finditer(rb"<[^>]*>", content)]
    if not places:
        return _flip(content, chance)
    start, end = chance.choice(places)
    said, rest = content[start:end], content[:start] + content[end:]
    at = chance.randrange(len(rest) + 1)
    return chance.choice((rest, content[:start] + said + content[start:], rest[:at] + said + rest[at:]))


_Change = Callable[[bytes, random.Random], bytes]
_OF_BYTES: tuple[_Change, ...] = (_flip, _cut, _left_out, _doubled)
_OF_MARKS: tuple[_Change, ...] = (_value, _attribute, _mark, _value, _attribute)
_BY_ENDING: dict[str, tuple[_Change, ...]] = {".json": (_of_json,), ".csv": (_word,), ".toml": (_word,)}
