"""An answer belongs to a rule, its figures and their values, and has to give a reason."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from tests.filings import filing, prior, reading
from toolkit.form.edition import named
from toolkit.model.answers import KEYS, explains, key, of_list, unclaimed
from toolkit.model.filing import Cell, Checked, Explanation, Filing, Finding
from toolkit.render.data import documents
from toolkit.rules import check

WORDS = named("2021").wording.marking
IN_FORCE = "documents/normative/in_force"
REASON = "本年清理文件，区政府决定废止的3件已在上年公布"


def _checked(made: Filing, *explanations: Explanation) -> Checked:
    return check(dataclasses.replace(reading(made), explanations=explanations), prior("2021"))


def _doubted(value: int = 12) -> Finding:
    (found,) = _checked(filing("2021", {IN_FORCE: value})).findings
    assert (found.rule, found.level) == ("documents-in-force-prior", "verify")
    return found


def test_a_finding_with_a_reason_is_explained_and_its_sentence_stays() -> None:
    asked = _doubted()
    result = _checked(filing("2021", {IN_FORCE: 12}), Explanation(key(asked), REASON))
    (found,) = result.findings
    assert found == dataclasses.replace(asked, explained=REASON)
    said = documents.findings([result])
    assert said["files"][0]["findings"][0]["explained"] == REASON
    assert (said["summary"]["verify"], said["summary"]["explained"]) == (1, 1)


def test_it_falls_away_when_a_figure_changes_and_that_is_said(english: None) -> None:
    result = _checked(filing("2021", {IN_FORCE: 13}), Explanation(key(_doubted()), REASON))
    (found,) = result.findings
    assert found.explained is None
    assert f"“{REASON}” was given for other figures and no longer counts" in str(found.remedy)


def test_it_falls_away_when_last_years_figure_changes() -> None:
    asked = _doubted()
    other = prior("2021", {IN_FORCE: 10})
    given = dataclasses.replace(
        reading(filing("2021", {IN_FORCE: 12})), explanations=(Explanation(key(asked), REASON),)
    )
    assert [each.explained for each in check(given, other).findings] == [None]


@pytest.mark.parametrize(
    "said",
    [
        "核实无误",
        "无误。",
        "属实！",
        "已 核实",
        "情况属实",
        "无",
        "是",
        "经核实，数据无误。",
        "ＯＫ",
        "已核实，情况属实",
        "没变",
        "---",
    ],
)
def test_an_assurance_alone_is_refused_with_what_is_expected(said: str, english: None) -> None:
    (found,) = _checked(filing("2021", {IN_FORCE: 12}), Explanation(key(_doubted()), said)).findings
    assert found.explained is None
    assert f"“{said}” is no explanation: write what the reason is" in str(found.remedy)


@pytest.mark.parametrize("said", [REASON, "核实无误，差额为2022年已废止未注销的文件", "本年机构合并，划入文件六件"])
def test_a_reason_will_do_also_with_an_assurance_before_it(said: str) -> None:
    assert explains(said, WORDS)


def test_an_error_is_not_explained_away() -> None:
    made = filing("2021", {"requests/carried_out/person": 9})
    errors = [each for each in _checked(made).findings if each.level == "error"]
    assert errors
    result = _checked(made, *(Explanation(key(each), REASON) for each in errors))
    assert [each.explained for each in result.findings] == [None] * len(result.findings)


def test_equal_amounts_have_one_key_and_a_typed_text_cannot_forge_another() -> None:
    def of(value: object) -> str:
        cell = Cell("fees/fees/amount", "x", value)  # type: ignore[arg-type]
        return key(dataclasses.replace(_doubted(), cells=(cell,), left=None, right=None, difference=None))

    assert of(12) == of(Decimal("12.0")) == of(Decimal("12.00"))
    assert len({of(12), of(None), of("12;x=1"), of(0), of("|")}) == 5


def test_what_stands_on_a_list_is_found_by_its_hidden_column_wherever_the_rows_went() -> None:
    head = ("序号", "问题", "情况说明", KEYS)
    rows = [("填报问题清单",), head]
    rows += [("2", "b", " 二 ", "k2"), ("", "", "", ""), ("1", "a", "", "k1"), ("", "电话123", "", "")]
    assert of_list(rows) == (Explanation("k2", "二"), Explanation("", "电话123"))
    assert of_list([("序号", "问题", "情况说明")]) is None


def test_words_that_belong_to_no_finding_any_more_are_known() -> None:
    asked = _doubted()
    given = (Explanation(key(asked), REASON), Explanation("gone|a=1", "旧"), Explanation("", "电话"))
    assert unclaimed([asked], given) == ("旧", "电话")
