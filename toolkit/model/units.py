"""Whether two units are the same one, by code and name as people write them, and the level that a name speaks of.

A code is exact or it is nothing: one that a spreadsheet kept as a number has lost its last digits and never matches.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from toolkit.form.parts import Edition
from toolkit.form.words import Choice
from toolkit.ground.patterns import pattern
from toolkit.model.filing import Unit

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ALIKE = _UNSEEN | str.maketrans("[]{}〔〕【】〈〉《》⟨⟩", "()()()()()()()")
_ODD = pattern("[" + re.escape("".join(map(chr, _ALIKE))) + "]")
_LABEL = pattern(r"^(填报单位|填报机关|报送单位|报告单位|单位名称|单位|机关)(\((盖章|公章|签章|章)\))?:")
_SEAL = pattern(r"\(*\(?(请)?(加盖)?(单位)?(盖章|公章|签章|印章|印|章)(处)?\)*$")
_BARE_SEAL = ("盖章", "公章", "签章")
_ENDS = " .,;:、·…~!?-_*'\"“”‘’「」『』"

_EXPONENT = pattern(r"\d(\.\d+)?e\+\d{1,3}", re.IGNORECASE)
_KEPT = 15
"""Digits that a spreadsheet keeps of a number."""
_COARSE = 64.0
"""A double's step above which a whole number is one by chance only."""


_KNOWN = 8192
"""So many names are remembered; of all of a country's one would be asked for once only, and each takes memory."""


@lru_cache(maxsize=_KNOWN)
def plain(name: str) -> str:
    """A unit's name as it is compared: width, brackets, blanks, a seal's （盖章）, punctuation at its ends made alike.

    Of a name that is nothing but those, nothing is left.
    """
    return plainly(name)


def plainly(said: str) -> str:
    """The same of what is not asked for again, as a text, which is not remembered."""
    close = unicodedata.normalize("NFKC", said)
    if _ODD.search(close):
        close = close.translate(_ALIKE)
    close = "".join(close.split()).casefold().replace("。", "")
    while (shorter := _shorter(close)) != close:
        close = shorter
    return close


def _shorter(close: str) -> str:
    """A name less one thing at its ends that is no part of it: a label, a seal, a sign, half a pair of brackets."""
    close = close.strip(_ENDS)
    if label := _LABEL.match(close):
        close = close[label.end() :]
    if close.endswith(_BARE_SEAL):
        close = close[:-2]
    if close.rstrip(")").removesuffix("处").endswith(("章", "印")):  # a long text is not gone through for it
        match = _SEAL.search(close)
        if match and "(" in match[0]:
            return close[: match.start()]
    if close.count("(") < close.count(")"):
        return close.removesuffix(")").removeprefix(")")
    if close.count("(") > close.count(")"):
        return close.removesuffix("(").removeprefix("(")
    return "" if not close.strip("()") else close


_SEALED = pattern(r"\s*[（(][^（()）]*(盖章|公章|签章|印章)[^（()）]*[)）]\s*$")


def unsealed(name: str) -> str:
    """A name as it was written, without the seal in brackets that it ends in."""
    return _SEALED.sub("", name) or name


@lru_cache(maxsize=_KNOWN)
def code(stated: str) -> str:
    """A unit's code as it is compared, empty where it is damaged: nothing but width, case and blanks may differ."""
    return "" if damaged(stated) else _code(stated)


def _code(stated: str) -> str:
    return "".join(unicodedata.normalize("NFKC", stated).translate(_UNSEEN).split()).casefold().lstrip("'")


def damaged(stated: str | None) -> bool:
    """Whether a code was stored as a number and has lost its last digits: of its 18 only 15 are still there."""
    said = _code(stated or "")
    if _EXPONENT.fullmatch(said):
        return True
    if len(said) < _KEPT + 2 or not said.isascii() or not said.isdecimal() or _statutory(said):
        return False
    number = float(said)
    return not said[_KEPT:].strip("0") or (math.ulp(number) >= _COARSE and int(number) == int(said))


_SIGNS = "0123456789abcdefghjklmnpqrtuwxy"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_OF_ORGAN = (3, 7, 9, 10, 5, 8, 4, 2)


def _statutory(said: str) -> bool:
    """Whether both check digits of a 统一社会信用代码 are right (GB 32100, GB 11714): then no digit of it is lost."""
    if len(said) != len(_WEIGHTS) + 1:
        return False
    whole = sum(_SIGNS.index(sign) * weight for sign, weight in zip(said, _WEIGHTS, strict=False))
    organ = sum(int(sign) * weight for sign, weight in zip(said[8:16], _OF_ORGAN, strict=True))
    due = 11 - organ % 11
    return _SIGNS[(31 - whole % 31) % 31] == said[-1] and str(0 if due == 11 else due) == said[16]


def same(a: Unit, b: Unit) -> bool:
    """Whether two units are one: of one code where both have a whole one, else of one name. Nobody is like nobody."""
    one, other = code(a.code or ""), code(b.code or "")
    if one and other:
        return one == other
    name = plain(a.name)
    return bool(name) and name == plain(b.name)


_LEAST_NAME = 4
"""Signs of a name in which one may be a slip; in a shorter one it makes another name."""


def slip(one: str, other: str) -> bool:
    """Whether two names differ by one sign only, put in, left out, exchanged or turned round; not in the last one,
    which says what a unit is (城关乡, 城关镇).
    """
    a, b = sorted((plain(one), plain(other)), key=len)
    if len(a) < _LEAST_NAME or len(b) - len(a) > 1 or a[-1] != b[-1] or a == b:
        return False
    start = next((n for n, (p, q) in enumerate(zip(a, b, strict=False)) if p != q), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    turned = a[:start] + a[start + 1 : start + 2] + a[start : start + 1] + a[start + 2 :]
    return a[start + 1 :] == b[start + 1 :] or turned == b


def keys(unit: Unit) -> tuple[str, ...]:
    """By what a unit is looked up, the surest first: its code, its name. A find is the same one if `same` says so."""
    said = (("code:", code(unit.code or "")), ("name:", plain(unit.name)))
    return tuple(kind + key for kind, key in said if key)


def level_of(name: str, edition: Edition) -> str | None:
    """The level a unit's name speaks of, None where it says nothing: by the longest word that it ends in.

    A department is of the place that stands last before it; one without a place is of the level its own word is.
    """
    return _words(_Itself(edition.levels)).level(_ASIDE.sub("", plain(name)))


_ASIDE = pattern(r"\([^()]*\)$")


class _Words:
    """The words of an edition's levels, put in order once: those names end in, and those of the places in them."""

    def __init__(self, levels: tuple[Choice, ...]) -> None:
        self._endings = {word: level for level in levels for word in level.names}
        self._longest = max(map(len, self._endings), default=0)
        self._places = [level for level in levels if not level.of]
        self._ranks = {word: rank for rank, level in enumerate(self._places) for word in level.names}
        self._departments = {level.of: level.id for level in levels if level.of}
        words = {*self._ranks, *(word for level in levels for word in level.but)}
        longest_first = sorted(words, key=lambda each: (-len(each), each))
        self._signs = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def level(self, said: str) -> str | None:
        """The level of a name that is plain already."""
        for length in range(min(self._longest, len(said)), 0, -1):
            level = self._endings.get(said[-length:])
            if level is not None:
                place = self._place(said[:-length])
                if not level.of:
                    return level.inside if level.inside and place == level.id else level.id
                return self._departments.get(place) or place or level.id
        return None

    def _place(self, said: str) -> str:
        """The level of the lowest place a name goes down to: 江苏省宿迁市沭阳县 → county; nothing without one."""
        found = -1
        for match in self._signs.finditer(said):
            rank = self._ranks.get(match[0], -1)
            if rank == found >= 0 and self._places[rank].inside:
                inside = self._places[rank].inside
                rank = next((n for n, each in enumerate(self._places) if each.id == inside), rank)
            found = max(found, rank)
        return self._places[found].id if found >= 0 else ""


class _Itself:
    """An edition's levels known as one object; telling that two are equal takes as long as reading a name."""

    def __init__(self, levels: tuple[Choice, ...]) -> None:
        self.levels = levels

    def __hash__(self) -> int:
        return id(self.levels)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.levels is other.levels


@lru_cache(maxsize=16)
def _words(levels: _Itself) -> _Words:
    return _Words(levels.levels)
