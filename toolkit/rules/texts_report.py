"""The rules on what a notice asks of a report's texts: what section one speaks of, the law in force, nothing left of a
template, of another unit or year, nothing private.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from toolkit.form.parts import Edition, Ref, Rule
from toolkit.ground.language import listed, text
from toolkit.ground.patterns import pattern
from toolkit.model.findings import finding
from toolkit.model.units import level_of, same
from toolkit.rules.case import Case, Result
from toolkit.rules.texts import PERIOD, spoken
from toolkit.rules.texts_passages import Passage, passages
from toolkit.rules.texts_words import LAST, NEXT, lexicon, shadow, words

_LONGEST_NAME = 60
"""Signs of a sentence among which the name of a unit is looked for."""
_UNIT = "镇|乡|街道|局|委员会|办公室"
_BEFORE = (
    r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]是)?"
    r"(?:(?:在)?20[0-9]{2}年度?[，,]?|一年来[，,]?|今年(?:以来)?[，,]?|本年度?[，,]?|现将|根据[^，,]{4,40}[，,])?"
)
_BEHIND = (
    r"(?:人民政府|办事处|党委、?政府|党政|党工委|党委)?[，,]?"
    r"(?=20[0-9]{2}年|全年|全面|共|主动公开|收到|认真|坚持|严格|高度|深入|按照|政府信息公开|依申请|切实|积极|扎实|大力"
    r"|不断|持续|充分|紧紧|紧密|围绕|始终|着力|进一步|依法)"
)
_OTHER = pattern(rf"{_BEFORE}(?P<name>[一-龥]{{2,6}}?(?P<kind>{_UNIT})){_BEHIND}")
_LEAD, _SPEAKS = pattern(_BEFORE), pattern(_BEHIND)
_NO_NAME = pattern(
    "^(?:我|全|本|各|该|县|市|区|省|上级|其他|有关|相关|每个|所有|下辖|政务|大数据|由|和|与|及|对|向|在|为|由于)|乡镇$|部门|[了的和与及对在为向是各进把将使让给到被从以并等]"
)
_YEAR = pattern(
    rf"^(?:[（(]?[一二三四五六七八九十]+[）)、.]|[一二三四五六七八九十]是|截至|截止|在)?(?P<year>{LAST}|{NEXT}|(?:19|20)[0-9]{{2}})年(?:度|全年|1-12月|1月1日|1月至12月|12月31日)?(?![0-9]{{1,2}}月)"
)
_DONE = pattern("收到|接到|受理|公开|发布|制发|制定|答复|办结|发生|印发|召开|开展|举办|组织")
_COMPARED = pattern("====|今年|本年|同比|相比|较|以来|以后|比[<0-9]")
_PLANNED = pattern("将|计划|力争|拟|下一步|继续|打算|要|争取")
_DATED = pattern("(?:19|20)[0-9]{2}年")
_LONG_NUMBER = pattern("[0-9][-，,0-9]{10}")
_MOBILE = pattern(r"(?<![0-9])(?:86)?(1[3-9][0-9]{9})(?![0-9]|号)")
_APART = pattern("(?<=[0-9])[-，,](?=[0-9])")
"""What parts the digits of one number: a blank in a text is a comma here."""
_PRIVATE = pattern("手机|电话|联系|身份证")
_IDENTITY = pattern(
    r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_LEAST_PROMPT = 8


def _passages(case: Case, words: Sequence[str] = ()) -> Iterator[Passage]:
    """The sentences of a report; with `words` those of the sections in which one of them stands."""
    for title, said in spoken(case):
        found = passages(str(title), said)
        whole = "".join([each.plain for each in found]) if words else ""
        if not words or any(word in whole for word in words):
            yield from found


@lru_cache(maxsize=16)
def _prompts(edition: Edition) -> tuple[tuple[str, ...], frozenset[str]]:
    """The prompts of the sections, and every piece of them that is as long as what is taken for one at least."""
    prompts = tuple("".join(each.prompt.split()) for each in edition.texts)
    return prompts, frozenset(each[n : n + _LEAST_PROMPT] for each in prompts for n in range(len(each)))


def topics(case: Case, rule: Rule) -> Iterator[Result]:
    """What section one does not speak of; each of the rule's words may be said in several ways, parted by `|`."""
    section = next(each for each in case.edition.texts if each.id == rule.names["section"][0])
    said = "".join(case.filing.texts.get(section.id, "").split())
    lacking = [ways.split("|")[0] for ways in rule.names["words"] if not any(way in said for way in ways.split("|"))]
    if said and lacking:
        sentence = text("{section} does not speak of {lacking}", section=section.title, lacking=listed(lacking))
        yield finding(rule, sentence, text("say what was done in each, in a sentence or two"))


def repealed(case: Case, rule: Rule) -> Iterator[Result]:
    """A repealed law cited as the one in force."""
    for passage in _passages(case, rule.names["words"]):
        law = next((each for each in rule.names["words"] if each in passage.plain), "")
        if law and not re.search("废止|修订|原|旧", passage.plain):
            at = passage.plain.find(law)
            sentence = text("{section}: “{quoted}”: {law} is no longer in force",
                                section=passage.section, quoted=passage.quoted(at, at + len(law)), law=law)  # fmt: skip
            yield finding(rule, sentence, text("cite the law in force"))


def left_over(case: Case, rule: Rule) -> Iterator[Result]:
    """Words of a template that nobody filled in, the prompt of a section among them."""
    prompts, starts = _prompts(case.edition)
    worded = {each.section for each in _passages(case, rule.names["words"])}
    for passage in _passages(case):
        plain, left = passage.plain, None
        if len(plain) >= _LEAST_PROMPT and plain[:_LEAST_PROMPT] in starts:
            left = plain if any(plain in prompt for prompt in prompts) else None
        if passage.section in worded:
            left = left or next((word for word in rule.names["words"] if word in plain), None)
        if left:
            start = plain.index(left)
            end = start + len(left)
            sentence = text("{section}: “{quoted}”: this is left of a template",
                            section=passage.section, quoted=passage.quoted(start, end))  # fmt: skip
            yield finding(rule, sentence, text("write what belongs there, or take it out"))


def another_unit(case: Case, rule: Rule) -> Iterator[Result]:
    """The name of another unit where the own one should stand: one of the roster, or one of the own kind."""
    own = case.filing.unit.name
    for passage in _passages(case) if own else ():
        found = _on_the_roster(case, passage.plain) if case.roster else None
        found = found or _of_the_own_kind(own, passage.plain)
        if found is not None:
            name, start, end = found
            sentence = text(
                "{section}: “{quoted}”: the report is that of {unit}, the sentence names {other}",
                section=passage.section, quoted=passage.quoted(start, end), unit=own, other=name,
            )  # fmt: skip
            yield finding(rule, sentence, text("if it is not meant, write the name of the unit"))


def _on_the_roster(case: Case, plain: str) -> tuple[str, int, int] | None:
    """Another unit of the filing's level that a sentence is about, and from where to where it speaks of it."""
    from toolkit.model.belonging import begun

    lead = _LEAD.match(plain)
    start = lead.end() if lead else 0
    if (found := begun(case.roster, plain[start : start + _LONGEST_NAME])) is None:
        return None
    unit, own = found[0].unit, case.filing.unit
    level = own.level or level_of(own.name, case.edition)
    behind = _SPEAKS.match(plain, start + found[1])
    if same(unit, own) or behind is None or level is None or (unit.level or level_of(unit.name, case.edition)) != level:
        return None
    return unit.name, start, behind.end()


def _of_the_own_kind(own: str, plain: str) -> tuple[str, int, int] | None:
    """A unit called as units of the own kind are, that a sentence is about; of a town another town."""
    if (found := _OTHER.match(plain)) is None:
        return None
    name, kind = found["name"], found["kind"]
    if _NO_NAME.search(name) or not re.search(f"{kind}(?:人民政府|办事处)?$", own):
        return None
    if any(name[n:] in own for n in range(len(name) - len(kind) - 1)):
        return None
    return name, *found.span()


def private(case: Case, rule: Rule) -> Iterator[Result]:
    """The number of an identity card or of a mobile telephone; of either only the first signs are repeated."""
    for passage in _passages(case):
        if not _LONG_NUMBER.search(passage.plain):
            continue
        plain = _APART.sub("", passage.plain) if _PRIVATE.search(passage.plain) else passage.plain
        numbers = [each[0] for each in _IDENTITY.finditer(plain) if _identity(each[0])]
        for said in (*numbers, *(each[1] for each in _MOBILE.finditer(plain))):
            what = text("an identity number") if len(said) > 11 else text("a mobile number")
            sentence = text("{section}: {what} stands in the text: {shown}",
                            section=passage.section, what=what, shown=said[:3] + "*" * (len(said) - 3))  # fmt: skip
            yield finding(rule, sentence, text("take it out; a report is published, a person's number is not"))


def _identity(said: str) -> bool:
    """Whether the last sign of an identity number is that of the others."""
    summed = sum(int(sign) * weight for sign, weight in zip(said[:17], _WEIGHTS, strict=True))
    return _CHECK_SIGNS[summed % 11] == said[17].upper()


def year_stated(case: Case, rule: Rule) -> Iterator[Result]:
    """A sentence of figures that speaks of another year, unless it compares."""
    for passage in _passages(case):
        if not _DATED.search(passage.plain):
            continue
        said = shadow(passage.plain, case.filing.year)
        found = _YEAR.match(said)
        if found is None or _COMPARED.search(said) or PERIOD.search(passage.plain) or not _DONE.search(said):
            continue
        if found["year"] != LAST and _PLANNED.search(said):
            continue
        found_words = tuple(words(said, lexicon(case.edition.speech)))
        if any(each.kind == "phrase" and each.start <= found.start("year") for each in found_words):
            continue  # 2022年结转: which year is what the verb says
        kinds = {each.kind for each in found_words}
        if "number" in kinds or ("denial" in kinds and kinds & {"topic", "weak"}):
            sentence = text("{section}: “{quoted}”: the sentence speaks of {said}, the report is that of {year}",
                            section=passage.section, quoted=passage.quoted(*found.span()),
                            said=passage.plain[slice(*found.span("year"))], year=case.filing.year)  # fmt: skip
            yield finding(rule, sentence, text("correct the year, or say what it is compared with"))


def decisions_as_items(case: Case, rule: Rule) -> Iterator[Result]:
    """Rows in which as many decisions stand as there are items: the one was taken for the other."""
    (decisions,), items = rule.names["decisions"], rule.names["items"]
    rows: list[tuple[str, tuple[Ref, ...]]] = []
    for ref, figure in case.edition.figures.items():
        row = ref.removesuffix(f"/{decisions}")
        refs = tuple(f"{row}/{each}" for each in items)
        if row != ref and all(each in case.edition.figures for each in refs):
            values, decided = [case.value(each) for each in refs], case.value(ref)
            if decided and None not in values and decided == sum(each or 0 for each in values):
                rows.append((figure.row.name, (*refs, ref)))
    if len(rows) >= rule.options["rows"]:
        sentence = text(
            "in {rows} there are exactly as many decisions as items", rows=listed([name for name, _ in rows])
        )
        remedy = text("decisions are the cases decided in the year, items are the kinds of matters; check both")
        yield case.found(rule, [each for _, refs in rows for each in refs], sentence, remedy)
