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
from toolkit.model.filing import Unit

_BRACKETS = str.maketrans("[]{}〔〕【】〈〉《》⟨⟩", "()()()()()()()")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_LABEL = re.compile(r"^(填报单位|填报机关|报送单位|报告单位|单位名称|单位|机关)(\((盖章|公章|签章|章)\))?:")
_SEAL = re.compile(r"\(*\(?(请)?(加盖)?(单位)?(盖章|公章|签章|印章|印|章)(处)?\)*$")
_BARE_SEAL = re.compile(r"(盖章|公章|签章)$")
_ENDS = " .,;:、·…~!?-_*'\"“”‘’「」『』"

_EXPONENT = re.compile(r"\d(\.\d+)?e\+\d{1,3}", re.IGNORECASE)
_KEPT = 15
"""Digits that a spreadsheet keeps of a number."""
_COARSE = 64.0
"""A double's step above which a whole number is one by chance only."""


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A unit's name as it is compared: width, brackets, blanks, a seal's （盖章）, punctuation at its ends made alike.

    Of a name that is nothing but those, nothing is left.
    """
    close = unicodedata.normalize("NFKC", name).translate(_UNSEEN).translate(_BRACKETS)
    close = "".join(close.split()).casefold().replace("。", "")
    while (shorter := _shorter(close)) != close:
        close = shorter
    return close


def _shorter(close: str) -> str:
    """A name less one thing at its ends that is no part of it: a label, a seal, a sign, half a pair of brackets."""
    close = _BARE_SEAL.sub("", _LABEL.sub("", close.strip(_ENDS), count=1))
    match = _SEAL.search(close)
    if match and "(" in match[0]:
        return close[: match.start()]
    if close.count("(") < close.count(")"):
        return close.removesuffix(")").removeprefix(")")
    if close.count("(") > close.count(")"):
        return close.removesuffix("(").removeprefix("(")
    return "" if not close.strip("()") else close


_SEALED = re.compile(r"\s*[（(][^（()）]*(盖章|公章|签章|印章)[^（()）]*[)）]\s*$")


def unsealed(name: str) -> str:
    """A name as it was written, without the seal in brackets that it ends in."""
    return _SEALED.sub("", name) or name


@lru_cache(maxsize=65536)
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
    said = _ASIDE.sub("", plain(name))
    endings = [(len(word), word, level) for level in edition.levels for word in level.names if said.endswith(word)]
    if not endings:
        return None
    _, word, level = max(endings, key=lambda each: each[0])
    place = _place(said.removesuffix(word), edition.levels)
    if not level.of:
        return level.inside if level.inside and place == level.id else level.id
    return next((each.id for each in edition.levels if place and each.of == place), place or level.id)


_ASIDE = re.compile(r"\([^()]*\)$")


def _place(said: str, levels: tuple[Choice, ...]) -> str:
    """The level of the lowest place a name goes down to: 江苏省宿迁市沭阳县 → county; nothing where there is none."""
    found = -1
    places = [level for level in levels if not level.of]
    ranks = {word: rank for rank, level in enumerate(places) for word in level.names}
    for match in _words(levels).finditer(said):
        rank = ranks.get(match[0], -1)
        if rank == found >= 0 and places[rank].inside:
            rank = next((n for n, each in enumerate(places) if each.id == places[rank].inside), rank)
        found = max(found, rank)
    return places[found].id if found >= 0 else ""


@lru_cache(maxsize=16)
def _words(levels: tuple[Choice, ...]) -> re.Pattern[str]:
    words = {word for level in levels for word in (*(() if level.of else level.names), *level.but)}
    longest_first = sorted(words, key=lambda each: (-len(each), each))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
