"""The rules on the three sections of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.check.case import Case, Result
from toolkit.findings import finding
from toolkit.language import listed, text
from toolkit.model import Rule

_NOTHING = re.compile(r"[\s。.；;]*(?:无|没有|暂无|无此情况|/|-|—)?[\s。.；;]*")
_FEE = re.compile(r"处理费|收费|收取.{0,8}费")


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
