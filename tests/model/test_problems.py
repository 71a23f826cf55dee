"""Findings of one cause are one problem, and nothing a finding asks for is lost by it."""

from __future__ import annotations

import dataclasses

from tests.filings import prior, reading, typed
from tests.rules.test_suspects import district
from toolkit.ground.language import Text, speaking, text
from toolkit.model.filing import Finding
from toolkit.model.problems import authorities, problems
from toolkit.model.suspects import own, told_with
from toolkit.rules import check

SWAPPED = typed(district(), {"requests/received/person": 1048})
"""One number swapped among typed totals: its row and its column fail."""


def of_swapped() -> tuple[Finding, ...]:
    return check(reading(SWAPPED)).findings


def test_findings_of_one_cause_are_one_problem_with_them_as_symptoms() -> None:
    (one,) = problems(of_swapped())
    assert (one.level, one.symptoms) == ("error", of_swapped())
    assert [each.likely for each in one.culprits] == [1408]
    with speaking("zh"):
        assert str(one.message).startswith("疑似 本年新收 自然人：1048 应为 1408")
    assert one.remedy is None
    assert len(authorities(one.findings)) == 2


def test_a_finding_by_itself_keeps_its_sentence_and_what_to_do() -> None:
    alone = Finding("a-b", "verify", text("said"), text("do"), "依据", "authority")
    one, other = problems([alone, dataclasses.replace(alone, message=text("again"))])
    assert (one.message, one.remedy, one.symptoms) == (text("said"), text("do"), ())
    assert other.message == text("again")


def test_of_a_cause_the_one_finding_that_is_left_names_its_suspects_itself() -> None:
    (one,) = problems(of_swapped()[1:])
    assert one.message == of_swapped()[1].message
    with speaking("zh"):
        assert str(one.remedy).startswith("疑似 本年新收 自然人")


def test_what_is_to_be_verified_of_a_cause_still_asks_for_its_reason() -> None:
    first, second = of_swapped()
    assert first.suspect is not None
    asked = text("check the figures; if they are right, say why they differ")
    remedy = told_with(asked, "verify", first.suspect, first=False)
    refused = Text("{remedy}; “{said}”", (("remedy", remedy), ("said", "属实")))
    doubtful = dataclasses.replace(second, level="verify", remedy=refused)
    (one,) = problems([first, doubtful])
    with speaking("zh"):
        said = str(one.remedy)
        assert "属实" in said
        assert said.count("疑似") == str(own(refused)).count("同一原因") == 0
    (explained,) = problems([first, dataclasses.replace(doubtful, explained="本年清理了旧文件")])
    assert explained.remedy is None


def test_no_remedy_of_a_cause_says_what_the_total_should_be_unless_it_is_the_suspect() -> None:
    wrong = {"requests/received/person": 1048, "requests/done.granted/person": 1300}
    found = check(reading(typed(district(), wrong)), prior("2021")).findings
    with speaking("en"):
        assert [str(each.remedy) for each in found if each.suspect and "the total is" in str(each.remedy)] == []
