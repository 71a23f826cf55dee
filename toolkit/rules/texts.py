"""The rules on the three sections of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.form.edition import editions
from toolkit.form.parts import Rule
from toolkit.ground.language import listed, text
from toolkit.model.findings import finding
from toolkit.rules.case import Case, Result
from toolkit.rules.texts_passages import passages

_NOTHING = re.compile(r"[\s。.；;]*(?:无|没有|暂无|无此情况|/|-|—)?[\s。.；;]*")
_FEE = re.compile(r"处理费|收费|收取.{0,8}费")
PERIOD = re.compile(
    r"(?:统计|期限|报告|数据).{0,20}?(20[0-9]{2})年1月(?:1日)?[^。；]{0,6}?(?:(20[0-9]{2})年)?12月(?:31日)?"
)


def section_present(case: Case, rule: Rule) -> Iterator[Result]:
    """Sections without text."""
    absent = [section.title for section in case.edition.texts if not case.filing.texts.get(section.id, "").strip()]
    if absent:
        said = text("the text of {sections} is missing", sections=listed(absent))
        yield finding(rule, said, text("write the section; where there is nothing to say, say so"))


def problems_stated(case: Case, rule: Rule) -> Iterator[Result]:
    """A section five that says there are no problems."""
    said = case.filing.texts.get("problems", "").strip()
    if said and _NOTHING.fullmatch(said):
        title = next(section.title for section in case.edition.texts if section.id == "problems")
        yield finding(
            rule,
            text("{section} says only “{typed}”", section=title, typed=said),
            text("name the main problems and what is done about them"),
        )


def fee_stated(case: Case, rule: Rule) -> Iterator[Result]:
    """A section six that says nothing of the processing fee."""
    said = case.filing.texts.get("other_matters", "").strip()
    if said and not _FEE.search(said):
        title = next(section.title for section in case.edition.texts if section.id == "other_matters")
        sentence = text("{section} does not speak of 信息处理费", section=title)
        yield finding(rule, sentence, text("say how much was collected in the year, also if it was nothing"))


def notice_current(case: Case, rule: Rule) -> Iterator[Result]:
    """A superseded notice cited as the one in force."""
    earlier = [each for each in editions() if each.first < case.edition.first]
    for section in case.edition.texts:
        said = _brackets(case.filing.texts.get(section.id, ""))
        for each in earlier:
            if _brackets(each.notice) in said:
                sentence = text("{section} cites {notice}, which {due} replaced",
                                section=section.title, notice=each.notice, due=case.edition.notice)  # fmt: skip
                yield finding(rule, sentence, text("cite {due}", due=case.edition.notice))


def _brackets(said: str) -> str:
    """The text without blanks, years of notices in one kind of brackets."""
    return re.sub(r"\s", "", said).translate(str.maketrans("[［【(（]］】)）", "〔" * 5 + "〕" * 5))


def period_stated(case: Case, rule: Rule) -> Iterator[Result]:
    """A period of the figures that is not the report year."""
    for section in case.edition.texts:
        for passage in passages(section.title, case.filing.texts.get(section.id, "")):
            found = PERIOD.search(passage.plain)
            if found and {int(year) for year in found.groups() if year} != {case.filing.year}:
                sentence = text(
                    "{section}: “{quoted}”: the period is not that of report year {year}",
                    section=section.title, quoted=passage.quoted(*found.span()), year=case.filing.year,
                )  # fmt: skip
                yield finding(rule, sentence, text("state the period of the report year, or correct the year"))


def text_length(case: Case, rule: Rule) -> Iterator[Result]:
    """An overview of more than `most` characters."""
    section = case.edition.texts[0]
    length = len(re.sub(r"\s", "", case.filing.texts.get(section.id, "")))
    if length > rule.options["most"]:
        sentence = text("{section} has {length} characters", section=section.title, length=length)
        yield finding(rule, sentence, text("leave out what the tables say already"))
