"""The rules on the sections of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.form.edition import editions
from toolkit.form.parts import Rule
from toolkit.form.words import Section
from toolkit.ground.language import listed, text
from toolkit.ground.patterns import pattern
from toolkit.model.findings import finding
from toolkit.rules.case import Case, Result
from toolkit.rules.texts_passages import passages

_NOTHING = pattern(r"[\s。.；;]*(?:无|没有|暂无|无此情况|/|-|—)?[\s。.；;]*")
_GAP = ".{0,8}"
_OPENING, _CLOSING = pattern(r"[\[［【(（]"), pattern("[]］】)）]")
PERIOD = pattern(
    r"(?:统计|期限|报告|数据).{0,20}?(20[0-9]{2})年1月(?:1日)?[^。；]{0,6}?(?:(20[0-9]{2})年)?12月(?:31日)?"
)


def section_present(case: Case, rule: Rule) -> Iterator[Result]:
    """Sections without text."""
    absent = [section.title for section in case.edition.texts if not case.filing.texts.get(section.id, "").strip()]
    if absent:
        said = text("the text of {sections} is missing", sections=listed(absent))
        yield finding(rule, said, text("write the section; where there is nothing to say, say so"))


def _section(case: Case, rule: Rule) -> tuple[Section, str]:
    """The section a rule is about, and what a filing says there."""
    section = next(each for each in case.edition.texts if each.id == rule.names["section"][0])
    return section, case.filing.texts.get(section.id, "").strip()


def problems_stated(case: Case, rule: Rule) -> Iterator[Result]:
    """A section on problems that says there are none."""
    section, said = _section(case, rule)
    if said and _NOTHING.fullmatch(said):
        yield finding(
            rule,
            text("{section} says only “{typed}”", section=section.title, typed=said),
            text("name the main problems and what is done about them"),
        )


def fee_stated(case: Case, rule: Rule) -> Iterator[Result]:
    """A section that says nothing of a fee that it has to speak `about`; `says` are the ways to."""
    section, said = _section(case, rule)
    if said and not any(re.search(_GAP.join(map(re.escape, way.split("…"))), said) for way in rule.names["says"]):
        sentence = text("{section} does not speak of {fee}", section=section.title, fee=rule.names["about"][0])
        yield finding(rule, sentence, text("say how much was collected in the year, also if it was nothing"))


def notice_current(case: Case, rule: Rule) -> Iterator[Result]:
    """A superseded notice cited as the one in force."""
    earlier = [each for each in editions() if each.first < case.edition.first and each.title == case.edition.title]
    for title, words in spoken(case):
        said = _brackets(words) if earlier else ""
        for each in earlier:
            if _brackets(each.notice) in said:
                sentence = text("{section} cites {notice}, which {due} replaced",
                                section=title, notice=each.notice, due=case.edition.notice)  # fmt: skip
                yield finding(rule, sentence, text("cite {due}", due=case.edition.notice))


def spoken(case: Case) -> Iterator[tuple[object, str]]:
    """Everything a report says in words, by its title: what stands before the first section, and the sections."""
    if case.filing.preamble:
        yield text("the preamble"), case.filing.preamble
    for section in case.edition.texts:
        if said := case.filing.texts.get(section.id, ""):
            yield section.title, said


def _brackets(said: str) -> str:
    """The text without blanks, years of notices in one kind of brackets."""
    return _CLOSING.sub("〕", _OPENING.sub("〔", "".join(said.split())))


def period_stated(case: Case, rule: Rule) -> Iterator[Result]:
    """A period of the figures that is not the report year."""
    for title, words in spoken(case):
        for passage in passages(str(title), words):
            found = PERIOD.search(passage.plain) if "年1月" in passage.plain else None
            if found and {int(year) for year in found.groups() if year} != {case.filing.year}:
                sentence = text(
                    "{section}: “{quoted}”: the period is not that of report year {year}",
                    section=title, quoted=passage.quoted(*found.span()), year=case.filing.year,
                )  # fmt: skip
                yield finding(rule, sentence, text("state the period of the report year, or correct the year"))


def text_length(case: Case, rule: Rule) -> Iterator[Result]:
    """An overview of more than `most` characters."""
    section, said = _section(case, rule)
    length = len(re.sub(r"\s", "", said))
    if length > rule.options["most"]:
        sentence = text("{section} has {length} characters", section=section.title, length=length)
        yield finding(rule, sentence, text("leave out what the tables say already"))
