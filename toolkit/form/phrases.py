"""What an edition file says of figures in texts: phrases that give one, sentences of a report with figures in them.

Here they are read and held against the figures of the form; finding phrases in a text is `check`'s.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from toolkit.form.parts import Ref
from toolkit.form.schema import Fault
from toolkit.form.words import Phrase, Report
from toolkit.ground.language import text

PLACE = re.compile(r"\{([^{}]*)\}")
"""A place in a sentence: a sum of figures, or the name of a word of the report."""

_WORDS = {"title": ("unit", "year", "title"), "period": ("year",), "date": ("next",)}


def phrases(stated: Iterable[Mapping[str, Any]], figures: Container[Ref]) -> tuple[Phrase, ...]:
    """The phrases of an edition file.

    Raises:
        Fault: one has no number in it, or means a figure that the form does not have.
    """
    return tuple(_phrase(each, figures) for each in stated)


def _phrase(stated: Mapping[str, Any], figures: Container[Ref]) -> Phrase:
    for said in stated["says"]:
        if said.count("N") != 1:
            raise Fault(text("“{said}” says no number; put one N where the number stands", said=said), "", "phrase")
    also = tuple(summed(each, figures, "phrase") for each in stated.get("also", ()))
    return Phrase(
        tuple(stated["says"]), summed(stated["means"], figures, "phrase"), also, tuple(stated.get("near", ()))
    )


def report(stated: Mapping[str, Any], figures: Container[Ref]) -> Report:
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


def summed(said: str, figures: Container[Ref], line: str) -> tuple[Ref, ...]:
    """The figures of a sum, `requests/received/total + requests/carried_in/total`.

    Raises:
        Fault: one of them is no figure of the form.
    """
    return tuple(_known(said, figures, line))


def _known(said: str, figures: Container[Ref], line: str) -> Iterator[Ref]:
    for part in said.split("+"):
        if part.strip() not in figures:
            raise Fault(
                text("“{ref}” is no figure of the form; name one, table/row/column", ref=part.strip()), "", line
            )
        yield part.strip()
