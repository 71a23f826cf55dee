"""The rule on numbers in the texts: they agree with the tables; and what the texts state of figures.

How a sentence is read is `texts_sentence`'; here it is held against the filing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from toolkit.form.parts import Edition, Number, Ref, Rule, label
from toolkit.form.words import Sum
from toolkit.ground.language import Text, text
from toolkit.model import figures as counting
from toolkit.model.filing import Filing, Unassessed
from toolkit.rules import texts_grammar as grammar
from toolkit.rules.case import Case, Result
from toolkit.rules.texts_denials import denials
from toolkit.rules.texts_mentions import Context, Mention, Office, office
from toolkit.rules.texts_passages import Passage, passages
from toolkit.rules.texts_sentence import Sentence
from toolkit.rules.texts_words import Lexicon, lexicon, shadow, words

Due = Callable[[Sum], Number | None]
"""What a sum of figures is, None where one of them cannot be known."""

_SAYING = frozenset({"topic", "weak", "phrase", "share", "rate", "denial"})
"""A number among none of these words is of nothing the form counts, unless a sentence before says of what."""

_AREAS = ("province", "city", "county")


def figures(case: Case, rule: Rule) -> Iterator[Result]:
    """Sentences with numbers that are not the tables', each in one finding."""
    due = _dues(case.edition, case.filing)
    for passage, said in _read(case.filing, case.edition):
        wrong = [each for each in said if _agrees(due, each) is False]
        if wrong:
            yield _contradicts(case, rule, passage, wrong)
            continue
        for each in said:
            if _agrees(due, each) is None:
                yield Unassessed(rule.id, text("a figure is missing or is no number"))
            elif not _one_of(due, each, each.readings) and (other := _other(due, each)):
                noted = text(
                    "{section}: “{quoted}”: {said} is taken as {figures}",
                    section=passage.section, quoted=passage.quoted(each.start, each.end), said=each.least,
                    figures=_said(case, other),
                )  # fmt: skip
                yield case.found(rule, other, noted, text("nothing, if that is what was meant"), level="note")


def stated(filing: Filing, edition: Edition) -> Mapping[Ref, tuple[Number, ...]]:
    """What the texts say of single figures: the numbers that stand for each, in the order they are said.

    Bounds, parts, sums of several figures and numbers with more than one reading are left out; a denial says 0.
    """
    found: dict[Ref, tuple[Number, ...]] = {}
    for _, said in _read(filing, edition):
        for each in said:
            single = each.least == each.most and not each.part and len(each.readings) == 1 == len(each.readings[0])
            if single and not any(each.least == _sum(edition, filing, other) for other in each.also):
                (ref,) = each.readings[0]
                found[ref] = (*found.get(ref, ()), each.least)
    return found


def amounts(filing: Filing, edition: Edition) -> Mapping[Ref, tuple[Number, ...]]:
    """What the texts say of single amounts of money, also of a part of one, each in 万元."""
    found: dict[Ref, tuple[Number, ...]] = {}
    for _, said in _read(filing, edition):
        for each in said:
            refs = each.readings[0]
            if len(refs) == len(each.readings) == 1 and edition.figures[refs[0]].value == "money" and each.least:
                found[refs[0]] = (*found.get(refs[0], ()), each.least)
    return found


def contradicted(case: Case, passage: Passage) -> bool:
    """Whether a sentence has a number that is not the tables'."""
    due = _dues(case.edition, case.filing)
    return any(
        _agrees(due, each) is False
        for other, said in _read(case.filing, case.edition)
        if other is passage
        for each in said
    )


def _read(filing: Filing, edition: Edition) -> Iterator[tuple[Passage, tuple[Mention, ...]]]:
    """The sentences of the texts with what each says of figures."""
    whose = office(edition, _area(filing))
    for section in edition.texts:
        if said := filing.texts.get(section.id, ""):
            yield from _section(whose, section.title, said, filing.year)


@lru_cache(maxsize=32)
def _section(whose: Office, title: str, written: str, year: int) -> tuple[tuple[Passage, tuple[Mention, ...]], ...]:
    """The sentences of one section that say anything of figures, read once whoever asks."""
    known, context = lexicon(whose.speech), Context()
    passed: list[str] = []
    read: list[tuple[Passage, tuple[Mention, ...]]] = []
    for passage in passages(title, written):
        if grammar.heads(passage.plain):
            passed, context = [], Context()
        if not known.counts.search(passage.plain):
            passed.append(passage.plain)
            continue
        said = shadow(passage.plain, year)
        found = tuple(words(said, known))
        if not any(each.kind in ("number", "denial", "rate") for each in found):
            passed.append(passage.plain)
            continue
        context, passed = _after(passed, context, known, year), []
        if context.topic is None and _SAYING.isdisjoint(each.kind for each in found):
            continue
        denied = tuple(denials(said, found, whose, context.topic, context.past))
        numbered, context = Sentence(said, found, whose, context).read()
        if numbered or denied:
            read.append((passage, _carried((*numbered, *denied))))
    return tuple(read)


def _after(passed: Sequence[str], context: Context, known: Lexicon, year: int) -> Context:
    """What a sentence takes over across those before it that count nothing: the topic that was named last."""
    for plain in reversed(passed):
        if known.topics.search(plain):
            topics = [each.topic for each in words(shadow(plain, year), known) if each.topic is not None]
            if topics:
                return Context(topics[-1])
    return Context(context.topic) if passed else context


def _area(filing: Filing) -> bool:
    if filing.unit.level is not None:
        return filing.unit.level in _AREAS
    name = filing.unit.name.removesuffix("人民政府").removesuffix("政府")
    return not name or name.endswith(("省", "市", "县", "区", "州", "旗"))


def _carried(said: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Mentions with what they may also be: not where the text names apart what would be added.

    受理23件（含上年结转2件） is the sum of both; beside 上年结转2件, 受理21件 is not. What is counted in
    公开规范性文件5件，其中本年制发3件 is no figure of the form.
    """
    wholes = {one.inner for one in said if one.phrase is not None and not one.part}
    kept = (each for each in said if each.phrase is not None or len(each.readings) < 2 or each.at not in wholes)
    return tuple(_apart(each, said) if each.also and not each.part else each for each in kept)


def _apart(each: Mention, said: Sequence[Mention]) -> Mention:
    kept: list[Sum] = []
    for other in each.also:
        extra = tuple(ref for ref in other if ref not in each.readings[0])
        beside = [one for one in said if extra and len(one.readings) == 1 and one.readings[0] == extra]
        if any(one.inner == each.at for one in beside) and set(other) > set(each.readings[0]):
            return each._replace(readings=(other,), also=())
        if not beside:
            kept.append(other)
    return each._replace(also=tuple(kept))


def _agrees(due: Due, each: Mention) -> bool | None:
    """Whether a number is the tables'; None where a figure is missing."""
    if not each.readings[0] or due(each.readings[0]) is None:
        return None
    return _one_of(due, each, each.readings) or _other(due, each) is not None


def _one_of(due: Due, each: Mention, sums: Sequence[Sum]) -> bool:
    return any(_fits(due, each, refs) for refs in sums)


def _other(due: Due, each: Mention) -> Sum | None:
    return next((refs for refs in each.also if _fits(due, each, refs)), None)


def _fits(due: Due, each: Mention, refs: Sum) -> bool:
    here = due(refs)
    if here is None:
        return True
    if each.limit:
        most = due(each.limit)
        return most is None or here <= most
    return here >= each.least and (each.part or each.most is None or here <= each.most)


def _dues(edition: Edition, filing: Filing) -> Due:
    """What sums of a filing's figures are, each added up once."""
    return cache(lambda refs: _sum(edition, filing, refs))


def _sum(edition: Edition, filing: Filing, refs: Sum) -> Number | None:
    result: Number = 0
    for ref in refs:
        value = counting.value(edition, filing.entries, ref)
        if value is None:
            return None
        result = result + value
    return result


def _contradicts(case: Case, rule: Rule, passage: Passage, wrong: Sequence[Mention]) -> Result:
    """One finding for a sentence: every number of it that is not the tables'."""
    remedy = text("correct the text or the table, whichever is wrong")
    start, end = min(each.start for each in wrong), max(each.end for each in wrong)
    refs = dict.fromkeys(ref for each in wrong for ref in each.readings[0])
    parts = dict.fromkeys((_number(each), each.readings[0]) for each in wrong)
    sides = None
    if len(parts) == 1 and wrong[0].least == wrong[0].most:
        sides = (wrong[0].least, _sum(case.edition, case.filing, wrong[0].readings[0]) or 0)
    said = [text("the text says {said}, the table {figures}", said=said, figures=_said(case, refs))
            for said, refs in parts]  # fmt: skip
    first, *others = said
    for other in others:
        first = text("{one}; {other}", one=first, other=other)
    sentence = text("{section}: “{quoted}”: {wrong}",
                    section=passage.section, quoted=passage.quoted(start, end), wrong=first)  # fmt: skip
    return case.found(rule, refs, sentence, remedy, sides=sides)


def _number(each: Mention) -> Text | Number:
    """What the text says, as a reader takes it: a number or between which."""
    if each.limit:
        return text("all of them")
    if each.part:
        return text("{least} as a part", least=each.least)
    if each.most is None:
        return text("at least {least}", least=each.least)
    if each.least != each.most:
        return text("{least} to {most}", least=each.least, most=each.most)
    return each.least


def _said(case: Case, refs: Sum) -> Text:
    """`行政复议总计 170`, or `a 25 + b 52 = 77`; of many figures their sum."""
    parts = [f"{label(case.edition, ref)} {case.value(ref)}" for ref in refs]
    if len(parts) == 1:
        return text("{figure}", figure=parts[0])
    shown = [each for each, ref in zip(parts, refs, strict=True) if len(refs) < 4 or case.value(ref)]
    return text("{words} = {value}", words=" + ".join(shown) or "0", value=_sum(case.edition, case.filing, refs))
