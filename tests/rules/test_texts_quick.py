"""Reading texts passes over what counts nothing, and looks for an edition's words by their first signs; the slow way,
each sentence looked through in full and sign by sign, is kept here and says the same.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sentences import lines
from toolkit.form.edition import editions, named
from toolkit.rules import texts_figures, texts_grammar, texts_words
from toolkit.rules.texts_denials import denials
from toolkit.rules.texts_mentions import Context, Mention, office
from toolkit.rules.texts_passages import passages
from toolkit.rules.texts_sentence import Sentence
from toolkit.rules.texts_words import Lexicon, lexicon, shadow, words

SAID = tuple(dict.fromkeys(line.said for line in lines("*.txt")))
PROSE = (
    "深入推进政务公开，做好政策解读。", "（一）主动公开。", "二是依申请公开方面，加强办理。", "行政复议方面，",
    "均已办结。", "没有问题！", "2022年，我局收到申请3件。", "办结率100%。", "其中结转下年度２件，",
    "依法处理政府信息公开申请。",
)  # fmt: skip
texts = st.lists(st.sampled_from((*SAID, *PROSE * 8)), max_size=9).map("".join)
years = st.sampled_from((2020, 2022, 2023))


def in_full(edition: str, area: bool, said: str, year: int) -> list[tuple[str, tuple[Mention, ...]]]:
    """The sentences of a section with what they say of figures, every one of them looked through."""
    whose = office(named(edition), area)
    known, context = lexicon(whose.speech), Context()
    read: list[tuple[str, tuple[Mention, ...]]] = []
    for passage in passages("一", said):
        looked = shadow(passage.plain, year)
        found = tuple(words(looked, known))
        if texts_grammar.heads(looked):
            context = Context()
        if not any(each.kind in ("number", "denial", "rate") for each in found):
            topics = [each.topic for each in found if each.topic is not None]
            context = Context(topics[-1] if topics else context.topic)
            continue
        denied = tuple(denials(looked, found, whose, context.topic, context.past))
        numbered, context = Sentence(looked, found, whose, context).read()
        if numbered or denied:
            read.append((passage.plain, texts_figures._carried((*numbered, *denied))))
    return read


def one_by_one(known: Lexicon) -> re.Pattern[str]:
    """The words of an edition as one enumeration, the longest first."""
    listed = "|".join(re.escape(word) for word in sorted(known.entries, key=len, reverse=True))
    said = texts_words
    return re.compile(f"{said._NOUGHT}|(?P<word>{listed})|{said._NUMBER}|{said._BARE}|{said._TIME}")


@given(texts, st.sampled_from(("2019", "2021")), st.booleans(), years)
def test_what_is_passed_over_says_nothing(said: str, edition: str, area: bool, year: int) -> None:
    quick = texts_figures._section(office(named(edition), area), "一", said, year)
    assert [(passage.plain, mentions) for passage, mentions in quick] == in_full(edition, area, said, year)


@pytest.mark.parametrize("edition", [each.id for each in editions()])
def test_the_longest_word_is_found_at_every_place(edition: str) -> None:
    known = lexicon(named(edition).speech)
    slow = one_by_one(known)
    for said in (*SAID, *known.entries, "".join(known.entries)):
        looked = shadow(said, 2023)
        quick = [(each.span(), each.groupdict()) for each in known.pattern.finditer(looked)]
        assert quick == [(each.span(), each.groupdict()) for each in slow.finditer(looked)], said


@given(st.text(st.sampled_from("收到１2 3\n\u3000\t。！申,，²"), max_size=30))
def test_a_sentence_knows_where_each_of_its_signs_was_written(said: str) -> None:
    plain: list[str] = []
    places: list[int] = []
    for n, sign in enumerate(said.replace("１", "1")):
        if sign.isspace():
            continue
        if plain and sign.isdigit() and plain[-1].isdigit() and places[-1] != n - 1:
            plain.append("，")
            places.append(n - 1)
        plain.append(sign)
        places.append(n)
    read = passages("一", said)
    assert "".join(each.plain for each in read) == "".join(plain)
    assert [place for each in read for place in each.places] == places


def test_an_office_is_one_so_that_what_was_read_for_it_is_found() -> None:
    edition = named("2021")
    assert office(edition, area=True) is office(edition, area=True) is not office(edition, area=False)
