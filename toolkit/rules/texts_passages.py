"""Texts as a check reads them: width and blanks taken out, sentences by their place, numbers in figures or characters.

What a number means is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit.ground.patterns import pattern

UNIT = "[件起宗例份条项个部篇笔次]"
"""What counts cases and documents."""

NUMBER = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]{1,9}|[〇零一二两三四五六七八九十百千万]{1,9})"

_WIDE = pattern("[０-９]")
_DIGITS = {ord("０") + n: str(n) for n in range(10)}
_WORDS = pattern(r"\S+")
_END = pattern("[^。！!？?]*[。！!？?]?")
_CHINESE = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence without blanks, with full-width digits made plain; `section` is where it stands, `said` as written.

    `places` says of every sign where it stands in `said`.
    """

    section: str
    plain: str
    said: str
    places: Sequence[int]

    def quoted(self, start: int, end: int) -> str:
        """The sentence as it was written; of a long one what stands around a place of `plain`."""
        before, after = start, end
        if len(self.plain) > _LONGEST:
            before, after = max(0, start - _LONGEST // 2), min(len(self.plain), end + _LONGEST // 4)
        else:
            before, after = 0, len(self.plain)
        said = self.said[self.places[before] : self.places[after - 1] + 1]
        cut = re.sub(r"\s+", " ", said).strip("。；;")
        return ("…" if before else "") + cut + ("…" if after < len(self.plain) else "")


@lru_cache(maxsize=64)
def passages(section: str, said: str) -> tuple[Passage, ...]:
    """The sentences of a section's text, parted once whoever asks."""
    return tuple(_passages(section, said))


def _passages(section: str, said: str) -> Iterator[Passage]:
    plain, places = _together(said.translate(_DIGITS) if _WIDE.search(said) else said)
    for found in _END.finditer(plain):
        if found[0]:
            yield Passage(section, found[0], said, places[found.start() : found.end()])


def _together(said: str) -> tuple[str, Sequence[int]]:
    """A text without its blanks; digits with a blank between them are two numbers, with a comma put there."""
    pieces = list(_WORDS.finditer(said))
    if len(pieces) == 1:
        return pieces[0][0], range(*pieces[0].span())
    plain: list[str] = []
    places: list[int] = []
    for piece in pieces:
        start, end = piece.span()
        if plain and said[start].isdigit() and plain[-1][-1].isdigit():
            plain.append("，")
            places.append(start - 1)
        plain.append(piece[0])
        places.extend(range(start, end))
    return "".join(plain), tuple(places)


def number(said: str) -> int:
    """The number of figures or of Chinese characters: `1,234`, `十二`, `一百零三`, `二〇`."""
    figures = re.sub("[,，]", "", said)
    if figures.isdigit() and figures.isascii():
        return int(figures)
    if not any(sign in _POWERS for sign in said):
        return int("".join(str(_CHINESE[sign]) for sign in said))
    whole = part = digit = 0
    for sign in said:
        if sign == "万":
            whole, part, digit = (part + digit) * 10000, 0, 0
        elif sign in _POWERS:
            part, digit = part + (digit or 1) * _POWERS[sign], 0
        else:
            digit = _CHINESE[sign]
    return whole + part + digit
