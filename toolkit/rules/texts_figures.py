"""The rules on numbers in the texts: those of phrases the edition knows agree with the tables, parts add up to wholes.

Only what is plainly said counts: a number of another year, of a part, of a comparison is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from toolkit.form.parts import Number, Ref, Rule, label
from toolkit.form.words import Phrase
from toolkit.ground.language import Text, listed, text
from toolkit.model.filing import Finding, Unassessed
from toolkit.model.findings import finding
from toolkit.rules.case import Case, Result
from toolkit.rules.texts_passages import NUMBER, UNIT, Passage, number, passages

_GAP = r"([^0-9，,、。；;！!？?（）()]{0,16}?)"
_ANOTHER = re.compile(
    "其中|同比|环比|较|比上|比去|比[0-9]|增|减|下降|上升|累计|以来|近[两二三四五]年|历年|季度|半年|去年|约|超过|近|逾"
    "|自然人|法人|企业|公民|网上|网络|平台|系统|信函|邮寄|邮件|当面|现场|窗口|传真|本级|部门|移送|转办|转来"
    "|维持|纠正|撤销|驳回|终止|审结|后起|应诉|复议|诉讼|许可|审批|登记|补正|第|撤回|逾期|按时|按期"
)
"""Words by which a number is one of something else than the whole year's whole number."""

_YEAR = re.compile(r"(20[0-9]{2})年")
_JOINED = re.compile(r"(?<![件起宗例份条项个])[、和及与或]$")
_CLAUSE = re.compile(r"[，,：:（(、]|(?<=[件起宗例份条项个])[和及与]")
_LAST = re.compile(r"上年|上一年|往年|20[0-9]{2}年度?(?=结转)")


def figures(case: Case, rule: Rule) -> Iterator[Result]:
    """Numbers in the texts that are not the tables'."""
    for passage in _passages(case):
        seen: set[int] = set()
        for phrase in case.edition.phrases:
            for said, start, end in _numbers(phrase, passage, case.filing.year):
                if end not in seen:
                    seen.add(end)
                    found = _compared(case, rule, phrase, passage, said, (start, end))
                    if found is not None:
                        yield found


def _passages(case: Case) -> Iterator[Passage]:
    for section in case.edition.texts:
        yield from passages(section.title, case.filing.texts.get(section.id, ""))


@cache
def _pattern(said: str) -> re.Pattern[str]:
    parts = [
        {"…": _GAP, "N": f"(?P<number>{NUMBER})", "件": UNIT + "(?![余多])"}.get(part, re.escape(part))
        for part in re.split("([…N件])", said)
    ]
    return re.compile("".join(parts))


def _numbers(phrase: Phrase, passage: Passage, year: int) -> Iterator[tuple[int, int, int]]:
    """The numbers a phrase gives in a sentence: (number, where the phrase begins, where its number ends)."""
    if phrase.near and not any(word in passage.plain for word in phrase.near):
        return
    for said in phrase.says:
        for found in _pattern(said).finditer(passage.plain):
            before = passage.plain[: found.start()]
            clause = _CLAUSE.split(before)[-1]
            years = _YEAR.findall(before)
            gaps = "".join(group for group in found.groups() if group and group != found["number"])
            another = _ANOTHER.search(clause) or _LAST.search(clause) or _ANOTHER.search(gaps)
            if not another and not _JOINED.search(before) and (not years or int(years[-1]) == year):
                yield number(found["number"]), found.start(), found.end("number")


def _compared(
    case: Case, rule: Rule, phrase: Phrase, passage: Passage, said: int, at: tuple[int, int]
) -> Finding | Unassessed | None:
    due = _sum(case, phrase.means)
    if due is None:
        return Unassessed(rule.id, text("a figure is missing or is no number"))
    if said == due:
        return None
    quoted = passage.quoted(*at)
    for other in phrase.also:
        if said == _sum(case, other):
            noted = text(
                "{section}: “{quoted}”: {said} is taken as {figures}",
                section=passage.section, quoted=quoted, said=said, figures=_said(case, other),
            )  # fmt: skip
            return case.found(rule, other, noted, text("nothing, if that is what was meant"), level="note")
    sentence = text(
        "{section}: “{quoted}”: the text says {said}, the table {figures}",
        section=passage.section, quoted=quoted, said=said, figures=_said(case, phrase.means),
    )  # fmt: skip
    remedy = text("correct the text or the table, whichever is wrong")
    return case.found(rule, phrase.means, sentence, remedy, sides=(said, due))


def _sum(case: Case, refs: tuple[Ref, ...]) -> Number | None:
    result: Number = 0
    for ref in refs:
        value = case.value(ref)
        if value is None:
            return None
        result = result + value
    return result


def _said(case: Case, refs: tuple[Ref, ...]) -> Text:
    """`行政复议总计 170`, or `a 25 + b 52 = 77`."""
    parts = [f"{label(case.edition, ref)} {case.value(ref)}" for ref in refs]
    if len(parts) == 1:
        return text("{figure}", figure=parts[0])
    return text("{words} = {value}", words=" + ".join(parts), value=_sum(case, refs))


_WHOLE = re.compile(rf"(?P<whole>{NUMBER})(?P<unit>{UNIT})[^，,。；;0-9]{{0,6}}?[，,（(：:]?其中[：:，,]?")
_PART = re.compile(
    rf"(?P<label>[^0-9，,、；;。！？（）()]{{1,24}}?)(?P<part>{NUMBER})(?P<unit>{UNIT})(?P<end>[，,、；;和]|[。）)！？]|$)"
)
_MOST_PARTS = 20


def breakdown(case: Case, rule: Rule) -> Iterator[Result]:
    """Parts in the texts that do not add up to their whole; too few only where the parts look complete."""
    for passage in _passages(case):
        for found in _WHOLE.finditer(passage.plain):
            parts, complete = _parts(passage.plain, found.end(), found["unit"])
            whole, summed = number(found["whole"]), sum(part for _, part in parts)
            if summed == whole or len(parts) < 2 or (summed < whole and not (complete and len(parts) > 2)):
                continue
            said = text(
                "{section}: “{quoted}”: the parts add up to {sum} ({parts}), the whole is {whole}",
                section=passage.section,
                quoted=passage.quoted(found.start(), found.end()),
                sum=summed,
                parts=listed([f"{name} {part}" for name, part in parts], _MOST_PARTS),
                whole=whole,
            )
            yield finding(rule, said, text("correct the part or the whole that is wrong"), sides=(summed, whole))


def _parts(plain: str, at: int, unit: str) -> tuple[list[tuple[str, int]], bool]:
    """The parts enumerated from a place on, and whether nothing is left of the enumeration."""
    parts: list[tuple[str, int]] = []
    while (found := _PART.match(plain, at)) and found["unit"] == unit:
        if "其中" in found["label"] or _COMPARED.search(found["label"]):
            return parts, False
        parts.append((found["label"], number(found["part"])))
        at = found.end()
        if found["end"] not in ("，", ",", "、", "；", ";", "和"):
            return parts, True
    return parts, at == len(plain)


_COMPARED = re.compile("同比|环比|增|减|较|比上|下降|上升|等")
