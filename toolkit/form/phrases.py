"""What an edition file says of figures in texts: words that speak of them, sentences of a report with figures in them.

Here they are read and held against the figures of the form; finding them in a text is `rules`'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from toolkit.form.parts import Ref
from toolkit.form.schema import Fault
from toolkit.form.words import Phrase, Report, Share, Speech, Sum, Topic
from toolkit.ground.language import text
from toolkit.ground.patterns import pattern

PLACE = pattern(r"\{([^{}]*)\}")
"""A place in a sentence: a sum of figures, or the name of a word of the report."""

_WORDS = {"title": ("unit", "year", "title"), "period": ("year",), "date": ("next",)}


def speech(stated: Mapping[str, Any], figures: Iterable[Ref]) -> Speech:
    """How texts speak of the figures of an edition file: its topics, phrases and shares.

    Raises:
        Fault: one means a figure that the form does not have, or belongs to no topic.
    """
    known = tuple(figures)
    topics = tuple(_topic(each, known) for each in stated.get("topic", ()))
    ids = tuple(each.id for each in topics)
    phrases = tuple(_phrase(each, known, ids) for each in stated.get("phrase", ()))
    shares = tuple(_share(each, known, ids) for each in stated.get("share", ()))
    return Speech(topics, phrases, shares)


def _topic(stated: Mapping[str, Any], figures: tuple[Ref, ...]) -> Topic:
    return Topic(
        id=stated["id"],
        says=tuple(stated["says"]),
        alone=_sums(stated["alone"], figures, "topic"),
        weak=tuple(stated.get("weak", ())),
        apart=tuple(stated.get("not", ())),
        other=tuple(stated.get("other", ())),
        free=stated.get("free", False),
        money=stated.get("money", False),
    )


def _phrase(stated: Mapping[str, Any], figures: tuple[Ref, ...], topics: tuple[str, ...]) -> Phrase:
    _of_topics(stated, topics, "phrase")
    return Phrase(
        topic=stated["topic"],
        says=tuple(stated["says"]),
        means=summed(stated["means"], figures, "phrase"),
        either=_sums(stated.get("or", ()), figures, "phrase"),
        also=_sums(stated.get("also", ()), figures, "phrase"),
        parted=stated.get("leading") == "part",
        rest=summed(stated["all"], figures, "phrase") if "all" in stated else (),
        rates=tuple(stated.get("rates", ())),
        whole=summed(stated["of"], figures, "phrase") if "of" in stated else (),
        sure=stated.get("sure", False),
    )


def _share(stated: Mapping[str, Any], figures: tuple[Ref, ...], topics: tuple[str, ...]) -> Share:
    for column in (stated["column"], *stated.get("or", ())):
        if not any(column_of(ref, column, figures) for ref in figures if ref.endswith("total")):
            raise Fault(text("“{column}” is no column beside a total; name one", column=column), "", "share")
    return Share(
        topics=_of_topics(stated, topics, "share"),
        says=tuple(stated["says"]),
        column=stated["column"],
        either=tuple(stated.get("or", ())),
        sure=stated.get("sure", False),
    )


def _of_topics(stated: Mapping[str, Any], topics: tuple[str, ...], line: str) -> tuple[str, ...]:
    named = tuple(stated["topic"].split())
    for each in named:
        if each not in topics:
            raise Fault(
                text("“{value}” is not known; give one of {known}", value=each, known=", ".join(topics)), "", line
            )
    return named


def column_of(total: Ref, column: str, figures: Collection[Ref]) -> Sum:
    """The figures of a column, or of all below one (`org.*`), that stand beside a total; empty where there are none."""
    return tuple(_matching(total.removesuffix("total") + column, figures))


def _matching(said: str, figures: Collection[Ref]) -> Iterator[Ref]:
    """The figures of a name; those of every line where a `*` stands."""
    if "*" not in said:
        yield from (ref for ref in (said,) if ref in figures)
        return
    before, _, after = said.partition("*")
    for ref in figures:
        if ref.startswith(before) and ref.endswith(after) and len(ref) > len(said) - 1:
            middle = ref[len(before) : len(ref) - len(after)]
            if "/" not in middle and middle != "total":
                yield ref


def _sums(stated: Iterable[str], figures: tuple[Ref, ...], line: str) -> tuple[Sum, ...]:
    return tuple(summed(each, figures, line) for each in stated)


def report(stated: Mapping[str, Any], figures: Collection[Ref]) -> Report:
    """The words of the report of an edition file.

    Raises:
        Fault: a sentence names a figure that the form does not have, or a word that is not known.
    """
    sentences = tuple(stated.get("sentences", ()))
    for sentence in sentences:
        for place in PLACE.findall(sentence):
            summed(place, figures, "report")
    for key, known in _WORDS.items():
        for word in PLACE.findall(stated[key]):
            if word not in known:
                unknown = text("“{value}” is not known; give one of {known}", value=word, known=", ".join(known))
                raise Fault(unknown, "", "report")
    return Report(**{**stated, "sentences": sentences})


def summed(said: str, figures: Collection[Ref], line: str) -> Sum:
    """The figures of a sum, `requests/received/total + requests/carried_in/total`; `*` stands for every line.

    Raises:
        Fault: one of them is no figure of the form.
    """
    known = tuple(figures) if "*" in said else figures
    return tuple(ref for part in said.split("+") for ref in _known(part.strip(), known, line))


def _known(part: str, figures: Collection[Ref], line: str) -> Iterator[Ref]:
    found = tuple(_matching(part, figures))
    if not found:
        raise Fault(text("“{ref}” is no figure of the form; name one, table/row/column", ref=part), "", line)
    yield from found
