"""What the notice asks of a report's texts: said where it lacks, and not said where it is there."""

from __future__ import annotations

import dataclasses

import pytest

from tests.filings import filing, prior, reading
from toolkit.model.filing import Finding, Unit
from toolkit.model.ledger import Member
from toolkit.rules import check

RULES = (
    "texts-topics", "texts-topics-government", "texts-law", "texts-template", "texts-unit", "texts-private",
    "texts-year", "form-decisions-as-items", "prior-copied-texts",
)  # fmt: skip
TOPICS = "主动公开、依申请公开、政府信息管理、平台建设、监督保障工作有序开展。"


def found(said: str, section: str = "overview", level: str = "township", edition: str = "2021") -> list[Finding]:
    """What a check says of the report of 城关镇 with a sentence beside what section one has to speak of."""
    made = filing(edition, unit=Unit("某县城关镇人民政府", level=level))
    made = dataclasses.replace(made, texts={**made.texts, "overview": TOPICS})
    written = {**made.texts, section: said + (made.texts[section] if section != "overview" else TOPICS)}
    return [each for each in check(reading(dataclasses.replace(made, texts=written))).findings if each.rule in RULES]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("根据《中华人民共和国政府信息公开条例》（国务院令第492号）要求编制。", "texts-law"),
        ("（文字描述）", "texts-template"),
        ("XX镇认真落实各项要求。", "texts-template"),
        ("全年发布信息×××条。", "texts-template"),
        ("写明主动公开、依申请公开、政府信息管理、平台建设、监督保障等情况。", "texts-template"),
        ("2023年，河口镇认真落实公开要求。", "texts-unit"),
        ("现将河口镇人民政府2023年工作报告如下。", "texts-unit"),
        ("联系人张某，电话13912345678。", "texts-private"),
        ("申请人身份证号11010519491231002X。", "texts-private"),
        ("根据国务院令（第492号）要求编制。", "texts-law"),
        ("收到申请×件。", "texts-template"),
        ("全年召开会议__次。", "texts-template"),
        ("一年来，河口镇全面推进政务公开。", "texts-unit"),
        ("今年，河口镇党委政府扎实做好公开工作。", "texts-unit"),
        ("联系人张某，手机 139 1234 5678。", "texts-private"),
        ("联系人张某，手机139-1234-5678。", "texts-private"),
        ("电话+8613912345678。", "texts-private"),
        ("身份证号110105 19491231 002X。", "texts-private"),
        ("2022年，我镇主动公开政府信息210条。", "texts-year"),
        ("2022年全镇没有收到政府信息公开申请。", "texts-year"),
        ("2024年，我镇收到政府信息公开申请3件。", "texts-year"),
        ("（一）2021年全镇公开各类信息100条。", "texts-year"),
    ],
)
def test_what_does_not_belong_in_the_report_is_found_once(said: str, rule: str) -> None:
    assert [each.rule for each in found(said)] == [rule]


@pytest.mark.parametrize(
    "said",
    [
        "新修订的条例（国务院令第711号）施行，原国务院令第492号同时废止。",
        "城关镇认真落实公开要求。",
        "全镇认真落实公开要求，各乡镇认真落实。",
        "县政府办认真指导，我镇认真落实。",
        "统一社会信用代码11532326015172345X。",
        "办公电话0871-63612345。",
        "申请编号110105194912310021。",
        "公开信息139 1234 5678条。",
        "文号〔2023〕13912345678号。",
        "全镇全面推进政务公开，党政办公室扎实做好公开工作。",
        "2022年结转政府信息公开申请3件。",
        "与2022年相比，公开信息增加20条。",
        "2022年公开信息100条，2023年公开信息120条，同比增长20%。",
        "2024年，我镇将公开信息100条以上。",
        "2021年以来，累计公开信息1000条。",
        "2019年5月条例修订，我镇组织学习3次。",
    ],
)
def test_what_belongs_there_is_passed_over(said: str) -> None:
    assert [str(each.message) for each in found(said)] == []


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("云岭县机关事务服务中心2023年认真落实公开要求。", True),
        ("（二）2023年，云岭县机关事务服务中心主动公开信息20条。", True),
        ("现将云岭县机关事务服务中心2023年政府信息公开工作报告如下。", True),
        ("云岭县大数据发展中心2023年认真落实公开要求。", False),
        ("云岭县河口镇人民政府认真落实公开要求。", False),  # a department's report may speak of a town
        ("云岭县机关事务服务中心牵头组织培训3次。", False),
        ("会同云岭县机关事务服务中心认真落实公开要求。", False),
    ],
)
def test_with_a_roster_any_other_unit_of_the_level_is_known_by_its_name(said: str, named: bool) -> None:
    own = Unit("云岭县大数据发展中心", None, "county-department")
    roster = (
        Member(own),
        Member(Unit("云岭县机关事务服务中心", None, "county-department")),
        Member(Unit("云岭县河口镇人民政府", None, "township")),
    )
    made = filing("2021", unit=own)
    read = reading(dataclasses.replace(made, texts={**made.texts, "overview": said + TOPICS}))
    with_it, without = (check(read, roster=known).findings for known in (roster, ()))
    assert sum(each.rule == "texts-unit" for each in with_it) == named
    assert not [each for each in without if each.rule == "texts-unit"]


def test_private_numbers_are_not_repeated() -> None:
    (one,) = found("联系人张某，电话13912345678。")
    assert "139********" in str(one.message)
    assert "13912345678" not in str(one.message)


def test_what_section_one_lacks_is_named_and_more_is_asked_of_a_government() -> None:
    made = filing("2021", unit=Unit("某县人民政府", level="county"))
    written = {**made.texts, "overview": "全年主动公开信息，规范信息管理，加强平台建设。"}
    findings = check(reading(dataclasses.replace(made, texts=written))).findings
    said = {each.rule: str(each.message) for each in findings if each.rule in RULES}
    assert set(said) == {"texts-topics", "texts-topics-government"}
    assert "依申请公开、监督保障" in said["texts-topics"]
    assert "主动公开" not in said["texts-topics"]
    assert "工作考核、社会评议、责任追究" in said["texts-topics-government"]


def test_decisions_entered_as_items_are_found_in_three_rows_not_in_two() -> None:
    rows = {"services/licences/decisions": 4, "enforcement/penalties/decisions": 6}
    third = {"services/other/items_before": 3, "services/other/decisions": 3}
    rule = "form-decisions-as-items"
    assert [each.rule for each in check(reading(filing("2019", rows))).findings if each.rule == rule] == []
    (one,) = [each for each in check(reading(filing("2019", rows | third))).findings if each.rule == rule]
    assert one.level == "verify"
    assert len(one.cells) == 9


def test_last_year_s_text_with_other_years_and_numbers_is_alike_and_the_share_is_said() -> None:
    line = "{}年，我镇召开会议{}次，公开政策文件、财政预决算、民生实事等信息{}条，回应群众关切{}件，组织培训{}场次。"
    before = "".join(line.format(2022, n, n * 7, n + 2, n + 1) for n in range(2, 9))
    after = "".join(line.format(2023, n * 3, n * 11, n + 5, n + 4) for n in range(2, 9))
    made, old = filing("2021"), prior("2021")
    made = dataclasses.replace(made, texts={**made.texts, "problems": after})
    old = dataclasses.replace(old, texts={**old.texts, "problems": before})
    (one,) = [each for each in check(reading(made), old).findings if each.rule == "prior-copied-texts"]
    assert one.level == "note"
    assert "100" in str(one.message)
    other = dataclasses.replace(
        made, texts={**made.texts, "problems": "主动公开不够及时，下一步加强培训和检查督促。" * 15}
    )
    assert [each for each in check(reading(other), old).findings if each.rule == "prior-copied-texts"] == []


def test_words_that_end_like_a_unit_s_name_are_no_name() -> None:
    assert found("结合本镇实际，进一步细化了相关措施，促进了镇政府信息公开工作的有序开展。") == []
    assert found("为推进镇政府信息公开工作，明确专人负责。") == []
