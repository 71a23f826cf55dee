"""Whether two units are the same one, by code and name as people write them, and the level that a name speaks of.

A code is exact or it is nothing: one that a spreadsheet kept as a number has lost its last digits and never matches.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from toolkit.model.filing import Unit

_BRACKETS = str.maketrans("[]{}〔〕【】〈〉《》⟨⟩", "()()()()()()()")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_LABEL = re.compile(r"(填报单位|填报机关|报送单位|报告单位|单位名称|单位|机关)(\((盖章|公章|签章|章)\))?:")
_SEAL = re.compile(r"\(*\(?(请)?(加盖)?(单位)?(盖章|公章|签章|印章|印|章)(处)?\)*$")
_BARE_SEAL = re.compile(r"(盖章|公章|签章)$")
_ENDS = " .,;:、·…~!?-_*'\"“”‘’「」『』()"

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
    close = _LABEL.sub("", close, count=1) if _LABEL.match(close) else close
    while True:
        shorter = _BARE_SEAL.sub("", _open_seal(close.strip(_ENDS.replace("(", "").replace(")", ""))))
        if shorter == close:
            return _unpaired(close)
        close = shorter


def _open_seal(close: str) -> str:
    """A name without the seal in brackets that it ends in; brackets may be lacking on either side."""
    match = _SEAL.search(close)
    return close[: match.start()] if match and "(" in match[0] else close


def _unpaired(close: str) -> str:
    """A name without brackets at its ends that have no other half."""
    while close.count("(") > close.count(")") and close.endswith("("):
        close = close[:-1]
    while close.count(")") > close.count("(") and close.endswith(")"):
        close = close[:-1]
    return "" if close.strip("()") == "" else close


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


def keys(unit: Unit) -> tuple[str, ...]:
    """By what a unit is looked up, the surest first: its code, its name. A find is the same one if `same` says so."""
    said = (("code:", code(unit.code or "")), ("name:", plain(unit.name)))
    return tuple(kind + key for kind, key in said if key)
