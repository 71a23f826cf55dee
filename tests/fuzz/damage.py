"""A good filing of every kind and what chance does to it: its bytes, its parts, its marks, its values.

A seed gives the same damage each time, so that what was found once can be tried for ever.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from tests.filings import filing
from tests.hostile import packages
from toolkit.form.edition import named
from toolkit.ground.errors import XlsError
from toolkit.intake import of_bytes
from toolkit.publish import publish
from toolkit.render.data import documents

VALUES = (
    b"INF", b"-INF", b"NaN", b"1e400", b"1e308", b"-0", b"9" * 40, b"1E+999999999", b"", b" ", b"0x1", b"\xef\xbf\xbf",
    b"&#0;", b"&#xD800;", b"_x001B_", b"1048577", b"-1", b"4294967296", b"true", b"\xe9\x95\x87" * 50, b"=1+1", b"]]>",
)  # fmt: skip


class Damaged(NamedTuple):
    """A file that chance made: its name, its bytes, and whether its own check sums tell that they were changed."""

    name: str
    content: bytes
    told: bool


@cache
def originals() -> Mapping[str, bytes]:
    """A good filing of every kind, by its ending."""
    made = filing("2021")
    stated = named(made.edition)
    page = publish(stated, made, ".html", draft=True)
    text = re.sub(rb"<[^>]*>", b"|", page)
    return {
        ".xlsx": packages.good(),
        ".json": json.dumps(documents.filing(made, stated), ensure_ascii=False, default=str).encode(),
        ".html": page,
        ".docx": publish(stated, made, ".docx", draft=True),
        ".txt": text,
    }


def damaged(seed: int) -> Damaged:
    """What a seed makes."""
    chance = random.Random(seed)
    ending = chance.choices(tuple(originals()), (6, 1, 1, 2, 1))[0]
    whole = originals()[ending]
    if ending in (".xlsx", ".docx") and chance.random() < 0.6:
        return Damaged(f"{seed}{ending}", _parts(whole, chance), told=False)
    made = whole
    for _ in range(chance.choice((1, 1, 2, 5))):
        made = chance.choice(_OF_BYTES)(made, chance)
    return Damaged(f"{seed}{ending}", made, told=ending == ".xlsx")


def _parts(whole: bytes, chance: random.Random) -> bytes:
    """A package with some parts changed, taken away or swapped, packed anew with true check sums."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.choice((1, 1, 2, 4))):
        name = chance.choice(tuple(held))
        how = chance.random()
        if how < 0.1 and len(held) > 1:
            del held[name]
        elif how < 0.2:
            held[name] = held[chance.choice(tuple(held))]
        else:
            held[name] = chance.choice((*_OF_BYTES, *_OF_MARKS))(held[name], chance)
    return packages.packed(held.items())


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


def _in_place_of(pattern: bytes, content: bytes, chance: random.Random) -> bytes:
    places = [found.span(1) for found in re.finditer(pattern, content)]
    if not places:
        return _flip(content, chance)
    start, end = chance.choice(places)
    return content[:start] + chance.choice(VALUES) + content[end:]


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


def outcome(seed: int) -> str:
    """What comes of a seed: `read`, `refused`, or what is wrong with that."""
    made = damaged(seed)
    try:
        found = of_bytes(made.content, made.name).filing
    except XlsError as error:
        return "refused" if str(error) else "WRONG: refused without a word"
    except BaseException as error:
        return f"WRONG: {type(error).__name__}: {error}"[:300]
    if made.told and made.content.startswith(b"PK"):
        whole = {ref: entry.value for ref, entry in filing("2021").entries.items()}
        other = [ref for ref, entry in found.entries.items() if entry.value != whole.get(ref)]
        if other:
            return f"WRONG: another figure without a word: {other[:3]}"
    return "read"
