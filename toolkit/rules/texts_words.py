"""A sentence as words that an edition knows, numbers and years: one pattern for all of them, one pass over the text.

What they say together is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from toolkit.form.parts import Number
from toolkit.form.words import Phrase, Share, Speech, Topic
from toolkit.ground.patterns import pattern
from toolkit.rules.texts_passages import NUMBER, UNIT, number

LAST, NEXT = "<<<<", ">>>>"
"""How the years before and after the report year are written in a sentence that is looked through."""

_NUMBER = (
    rf"(?P<about>大约|约|将近|接近|近|逾|超过|超|不足|不到|至少|不少于|多达)?(?P<number>{NUMBER})"
    rf"(?P<over>余|多)?(?P<unit>{UNIT})(?!套|本|别|月|人|工作)(?P<more>以上|左右|以内)?"
    rf"|(?P<amount>[0-9]+(?:\.[0-9]+)?)(?P<money>万元|元)"
)
_FIRST = "0-9〇零一二两三四五六七八九十百千万大约将接近逾超不至多<>="
"""The signs with which a number or a year may begin."""
_LAST_SIGN = "[0-9〇零一二两三四五六七八九十百千万]"
_NOUGHT = rf"(?P<nought>(?<=[为是])(?:0|零|〇)(?![0-9.．]|{UNIT})|零{UNIT}(?![\u4e00-\u9fff]))"
_BARE = r"(?<=[数量]为)(?P<bare>[0-9]{1,9})(?![0-9.．%％:：/一-龥])"
_TIME = rf"(?P<last>{LAST}年)|(?P<this>====年)|(?P<other>(?:{NEXT}|(?:19|20)[0-9]{{2}})年)"
_PAST = ("去年", "上年度", "上年", "上一年度", "上一年", "往年")
_NOW = ("今年", "本年度", "本年", "全年", "一年来", "年内")
_DENIALS = ("未曾", "从未", "未有", "没有", "尚未", "不存在", "暂无", "未", "无", "零", "没")
_APART = ("未来", "无偿", "无障碍", "未成年", "无关", "没收", "无人机", "无一", "零距离", "零售")
_PARTS = ("其中", "包括", "包含", "含")
_TITLES = pattern("《[^》]*》")


class Word(NamedTuple):
    """A word of a sentence, between `start` and `end`: what its `kind` says it is.

    Kinds: topic, weak (a topic's weak word), phrase, share, rate, number, now, past, denial, parts, apart.
    """

    kind: str
    start: int
    end: int
    topic: Topic | None = None
    phrases: tuple[Phrase, ...] = ()
    shares: tuple[Share, ...] = ()
    least: Number = 0
    most: Number | None = 0
    money: bool = False

    @property
    def exact(self) -> Number | None:
        """The number, where it is one and no bound."""
        return self.least if self.least == self.most else None


@dataclass(slots=True)
class _Entry:
    topic: Topic | None = None
    weak: bool = False
    apart: bool = False
    phrases: list[Phrase] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    rates: list[Phrase] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of an edition in one pattern.

    A sentence in which `counts` finds nothing has neither number nor denial nor rate; one in which `topics` finds
    nothing names no topic. Both may find where there is none.
    """

    pattern: re.Pattern[str]
    entries: dict[str, Word]
    counts: re.Pattern[str]
    topics: re.Pattern[str]


@lru_cache(maxsize=8)
def lexicon(speech: Speech) -> Lexicon:
    """The words of an edition, put together once."""
    entries: dict[str, _Entry] = {}
    for topic in speech.topics:
        for word in (*topic.says, *topic.weak):
            entry = entries.setdefault(word, _Entry())
            entry.topic, entry.weak = topic, word in topic.weak
        for word in topic.apart:
            entries.setdefault(word, _Entry()).apart = True
    for phrase in speech.phrases:
        for word in phrase.says:
            entries.setdefault(_year(word), _Entry()).phrases.append(phrase)
        for word in phrase.rates:
            entries.setdefault(word, _Entry()).rates.append(phrase)
    for share in speech.shares:
        for word in share.says:
            entries.setdefault(word, _Entry()).shares.append(share)
    words = {word: _word(entry) for word, entry in entries.items()}
    for kind, said in (("past", _PAST), ("now", _NOW), ("denial", _DENIALS), ("parts", _PARTS), ("apart", _APART)):
        words |= {word: Word(kind, 0, 0) for word in said if word not in words}
    first = "".join(re.escape(sign) for sign in dict.fromkeys(word[0] for word in words))
    pattern = re.compile(f"(?=[{_FIRST}{first}])(?:{_NOUGHT}|(?P<word>{_longest(words)})|{_NUMBER}|{_BARE}|{_TIME})")
    return Lexicon(pattern, words, _counting(words), re.compile(_longest(word for word in words if words[word].topic)))


def _counting(words: Mapping[str, Word]) -> re.Pattern[str]:
    """What is in every sentence that has a number, a denial or a rate: the last signs of a number, or the word."""
    signs = [word for word, entry in words.items() if entry.kind in ("denial", "rate")]
    return re.compile(f"{_LAST_SIGN}[余多]?{UNIT}|[0-9](?:万元|元)|[为是][0-9零〇]|{_longest(signs)}")


def _longest(words: Iterable[str]) -> str:
    """The pattern of the longest of some words that stands at a place, parted by their first signs."""
    rests: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            rests.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    parts = [re.escape(sign) + _longest(each) for sign, each in rests.items()]
    if not parts:
        return "" if ends else "(?!)"
    return f"(?:{'|'.join((*parts, '') if ends else parts)})"


def _year(word: str) -> str:
    return word.replace("{last}", LAST).replace("{next}", NEXT)


def _word(entry: _Entry) -> Word:
    if entry.apart:
        return Word("apart", 0, 0)
    if entry.topic:
        return Word("weak" if entry.weak else "topic", 0, 0, topic=entry.topic)
    if entry.rates:
        return Word("rate", 0, 0, phrases=tuple(entry.rates))
    if entry.shares:
        return Word("share", 0, 0, shares=tuple(entry.shares))
    return Word("phrase", 0, 0, phrases=tuple(entry.phrases))


def shadow(plain: str, year: int) -> str:
    """A sentence as it is looked through, as long as it was: years by their place to the report year, titles blank."""
    for said, sign in ((year - 1, LAST), (year, "===="), (year + 1, NEXT)):
        plain = plain.replace(f"{said}年", f"{sign}年")
    if "《" in plain:
        plain = _TITLES.sub(lambda found: "《" + "－" * (len(found[0]) - 2) + "》", plain)
    return plain


def words(said: str, known: Lexicon) -> Iterator[Word]:
    """The words of a sentence that was written as `shadow` gives it."""
    for found in known.pattern.finditer(said):
        start, end = found.span()
        kind = found.lastgroup
        if kind == "word":
            entry = known.entries[found[0]]
            yield Word(entry.kind, start, end, entry.topic, entry.phrases, entry.shares)
        elif kind == "nought":
            yield Word("number", start, end)
        elif kind == "bare":
            yield Word("number", start, end, least=int(found["bare"]), most=int(found["bare"]))
        elif kind == "money":
            amount = Decimal(found["amount"]) / (1 if found["money"] == "万元" else 10000)
            yield Word("number", start, end, least=amount, most=None, money=True)
        elif kind == "this":
            yield Word("now", start, end)
        elif kind in ("last", "other"):
            yield Word("past", start, end)
        else:
            least, most = _bounds(found)
            yield Word("number", start, end, least=least, most=most)


def _bounds(found: re.Match[str]) -> tuple[int, int | None]:
    """Between which numbers it is: `20余件` 20 to 29, `约300件` 270 to 330, `近200件` 150 to 200."""
    said, about = number(found["number"]), found["about"] or ""
    step = 10
    while said and said % (step * 10) == 0:
        step *= 10
    if found["over"] or about in ("逾", "超过", "超") or found["more"] == "以上":
        return said, None if about or found["more"] else said + max(step, 10) - 1
    if about in ("至少", "不少于"):
        return said, None
    if about in ("不足", "不到") or found["more"] == "以内":
        return 0, said
    if about in ("近", "将近", "接近"):
        return max(0, said - max(step, said // 10)), said
    if about in ("约", "大约") or found["more"] == "左右":
        return said - max(1, said // 10, step // 2 if said > step else 0), said + max(1, said // 10)
    return said, said
