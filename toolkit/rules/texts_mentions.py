"""What a number in a sentence stands for: the values in which a text is read, and how a figure follows from its words.

How a sentence is parted and which words belong together is `texts_sentence`'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from toolkit.form.parts import Edition, Number, Ref
from toolkit.form.phrases import column_of
from toolkit.form.words import Phrase, Share, Speech, Sum, Topic
from toolkit.rules.texts_words import Word


class Mention(NamedTuple):
    """A number in a sentence and the figure it is.

    `readings` are sums as good as each other, `also` those that are noted; the figure lies between `least` and `most`
    (None: no end), or is at least `least` where the number is a `part`; it is at most that of `limit` where there is
    one. The number begins `at`; `inner` is where that begins it stands within (含, 其中), -1 where it stands by itself.
    `listed` is a result behind its number: 3件予以公开.
    """

    readings: tuple[Sum, ...]
    least: Number
    most: Number | None
    start: int
    end: int
    also: tuple[Sum, ...] = ()
    part: bool = False
    inner: int = -1
    limit: Sum = ()
    at: int = -1
    listed: bool = False
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence takes over from those before it: the topic, and the phrase and the time of one not ended."""

    topic: Topic | None = None
    phrase: Phrase | None = None
    past: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Office:
    """Whose report it is: of a whole `area`, or of one office or town; `figures` are those of the form.

    There is one of each kind for an edition (`office`), so that what was read for it is found again at once.
    """

    area: bool
    figures: tuple[Ref, ...]
    speech: Speech


@lru_cache(maxsize=16)
def office(edition: Edition, area: bool) -> Office:
    """The office, or the whole area, that reports on an edition's form."""
    return Office(area, tuple(edition.figures), edition.speech)


def phrases_of(word: Word, topic: Topic) -> tuple[Phrase, ...]:
    """What a verb says of a topic; nothing where it says it of others only."""
    return tuple(each for each in word.phrases if word.kind == "phrase" and each.topic == topic.id)


def shares_of(word: Word, topic: Topic) -> tuple[Share, ...]:
    """Which column of a topic a word is, if any."""
    return tuple(each for each in word.shares if topic.id in each.topics)


def mention(
    office: Office,
    word: Word,
    topic: Topic,
    phrase: Phrase | None,
    share: Word | None,
    start: int,
    joined: Sequence[Topic] = (),
) -> Mention:
    """A number with the figure it is: that of a phrase, of a topic alone, of several `joined`, or a share of it."""
    readings: tuple[Sum, ...] = topic.alone
    also: tuple[Sum, ...] = ()
    if len(joined) > 1:
        readings = (tuple(ref for each in joined for ref in each.alone[0]),)
    elif phrase is not None:
        readings, also = (phrase.means, *phrase.either), phrase.also
    if share is not None:
        named = shares_of(share, topic)[0]
        columns = (named.column, *named.either)
        readings = tuple(column(office, readings[0], each) for each in columns)
        also = tuple(column(office, refs, each) for each in columns for refs in also)
    return Mention(readings, word.least, word.most, min(start, word.start), word.end, also, phrase=phrase)


def column(office: Office, refs: Sum, wanted: str) -> Sum:
    """The figures of a column in the place of totals."""
    return tuple(each for ref in refs for each in column_of(ref, wanted, office.figures))
