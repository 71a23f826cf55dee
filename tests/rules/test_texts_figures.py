"""Numbers in the texts are held against the tables: what is plainly said is compared, what is not is passed over."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.filings import filing, prior, reading
from toolkit.form.edition import named
from toolkit.ground import files
from toolkit.ground.files import sample
from toolkit.ground.language import speaking
from toolkit.intake import intake, of_bytes
from toolkit.model.filing import Filing, Finding
from toolkit.publish.sentences import sentences
from toolkit.rules import check, examples
from toolkit.rules.texts_passages import number

BREAKDOWN = (
    "主动公开政府信息数89条,其中,部门文件32条,财政信息2条,扶贫工作信息3条,工作动态30条,公共卫生信息1条,民政信息2条,"
    "社会保障信息3条,信息公开指南4条,行政执法信息3条,应急管理2条,政府工作报告1条,政府信息公开工作年度报告2条,"
    "重大建设项目信息1条,主动公开全清单2条,组织机构1条。"
)


def found(made: Filing) -> list[Finding]:
    """What a check says of the texts' figures."""
    rules = ("texts-figures", "texts-breakdown", "texts-period", "texts-notice", "texts-length")
    return [each for each in check(reading(made)).findings if each.rule in rules]


def saying(said: str, edition: str = "2021", **changes: int) -> Filing:
    """The filing that keeps every rule (本年新收 12, 上年结转 3) with another overview."""
    made = filing(edition, {ref.replace("__", "/"): value for ref, value in changes.items()})
    return dataclasses.replace(made, texts={**made.texts, "overview": said})


@pytest.mark.parametrize(
    "said",
    [
        "2023年我镇收到政府信息公开申请13件。",
        "本年新收政府信息公开申请 13 件，同比增长30%。",
        "本年新收政府信息公开申请１３件。",
        "本年新收政府信息公开申请十三件。",
        "全年受理政府信息公开\n申请 1,300 件。",
        "本年新收政府信息公开申请12件，上年结转2件。",
        "收到13件政府信息公开申请，均已答复。",
        "本年度办结政府信息公开申请99件，结转下年度继续办理2件。",
        "依申请公开方面，办结9件。",
        "2022年收到申请500件，2023年收到政府信息公开申请713件。",
        "因政府信息公开引发的行政复议134件。",
        "政府信息公开申请均已答复，予以公开及部分公开258件。",
        "政府信息公开申请均已答复，予以公开258件。",
        "全年发生行政复议2件，行政诉讼57件。",
        "收到政府信息公开申请20多件。",
        "行政复议、行政诉讼共发生9件，行政诉讼败诉率为0。",
    ],
)
def test_a_number_that_is_not_the_tables_is_found_once_and_its_sentence_quoted(said: str) -> None:
    (one,) = found(saying(said))
    assert (one.rule, one.level) == ("texts-figures", "verify")
    quoted = re.sub(r"\s+", " ", said).strip("。")
    assert quoted[-12:] in str(one.message)
    assert one.cells


@pytest.mark.parametrize(
    "said",
    [
        "2023年收到政府信息公开申请12件，同比增长9件。",
        "2022年我镇收到政府信息公开申请500件。",
        "去年收到政府信息公开申请500件，上年结转政府信息公开申请3件。",
        "收到政府信息公开申请同比增加5件。",
        "收到政府信息公开申请12件，其中自然人收到政府信息公开申请10件。",
        "通过网上平台收到政府信息公开申请7件。",
        "收到行政许可申请40件，收到低保申请500件。",
        "累计收到政府信息公开申请900件，约收到政府信息公开申请10余件。",
        "收到政府信息公开申请10多件。",
        "行政复议、行政诉讼共发生5件，行政复议维持1件，行政诉讼败诉率为0。",
        "办结政务热线工单3000件。",
        "公开2023年预算信息40条，2023年12月31日前完成。",
        "县政府办收到人大建议30件、政协提案20件。",
        BREAKDOWN,
        "公开信息89条，其中部门文件32条，财政信息2条。",
        "公开信息89条，其中部门文件32条，财政信息2条，动态30条等。",
        "公开信息89条，其中部门文件32条（较上年增加2条）。",
    ],
)
def test_what_is_not_plainly_the_whole_year_s_number_is_passed_over(said: str) -> None:
    assert [str(each.message) for each in found(saying(said))] == []


def test_a_number_with_another_sensible_reading_is_accepted_and_noted() -> None:
    (one,) = found(saying("全年受理政府信息公开申请15件。"))
    assert (one.rule, one.level) == ("texts-figures", "note")
    assert "本年新收 总计 12 + 上年结转 总计 3 = 15" in str(one.message)


def test_the_message_names_section_sentence_both_numbers_and_the_cell() -> None:
    with speaking("en"):
        (one,) = found(saying("一年来，行政复议134件。"))
        message = str(one.message)
    assert message == "表四: 一、总体情况: “一年来，行政复议134件”: the text says 134, the table 行政复议总计 2"
    assert (one.left, one.right, one.difference) == (134, 2, 132)


def test_parts_that_do_not_add_up_are_found() -> None:
    with speaking("en"):
        (one,) = found(saying(BREAKDOWN.replace("32条", "33条")))
        message = str(one.message)
    assert one.rule == "texts-breakdown"
    assert "the parts add up to 90 (部门文件 33, 财政信息 2, " in message
    assert "the whole is 89" in message
    (few,) = found(saying("公开信息九条，其中文件三条，动态三条，预算二条。"))
    assert (few.left, few.right) == (8, 9)


def test_the_city_s_text_of_134_and_57_is_found_against_170_and_77() -> None:
    path = sample("suqian-city/suqian-city-2024.json")
    made = of_bytes(files.content(path), str(path)).filing
    said = "全市因政府信息公开引发行政复议134件、行政诉讼57件。"
    with speaking("en"):
        (one,) = found(dataclasses.replace(made, texts={"overview": said}))
        message = str(one.message)
    assert "the text says 134, the table 行政复议总计 170; the text says 57, the table " in message
    assert message.endswith(" = 77")
    assert [cell.value for cell in one.cells] == [170, 25, 52]
    right = said.replace("134", "170").replace("57", "77")
    assert found(dataclasses.replace(made, texts={"overview": right})) == []


def test_the_township_s_published_text_agrees_with_itself() -> None:
    made = intake(sample("jinbi-town-2020/jinbi-town-2020.txt")).filing
    assert "89条" in made.texts["overview"]
    assert found(made) == []


def test_a_figure_that_is_no_number_leaves_the_phrase_unassessed() -> None:
    made = saying("收到政府信息公开申请12件。")
    kept = {ref: entry for ref, entry in made.entries.items() if not ref.startswith("requests/received/")}
    checked = check(reading(dataclasses.replace(made, entries=kept)))
    assert "texts-figures" in {each.rule for each in checked.unassessed}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12", 12),
        ("1,234", 1234),
        ("十二", 12),
        ("二〇", 20),
        ("一百零三", 103),
        ("两千三百", 2300),
        ("一万二千", 12000),
    ],
)
def test_numbers_are_read_in_figures_and_in_characters(said: str, value: int) -> None:
    assert number(said) == value


COUNTS = st.integers(0, 5000)


@pytest.mark.parametrize("edition", ["2019", "2021"])
@settings(max_examples=25)
@given(values=st.lists(COUNTS, min_size=6, max_size=6), place=st.integers(0, 30), by=st.integers(1, 9))
def test_standard_sentences_agree_with_any_filing_and_a_changed_number_never_does(
    edition: str, values: list[int], place: int, by: int
) -> None:
    refs = [ref for ref in named(edition).entries if ref.startswith(("requests/", "disputes/"))][::4]
    made = filing(edition, dict(zip(refs, values * 40, strict=False)))
    said = "\n".join(sentences(named(edition), made))
    assert found(dataclasses.replace(made, texts={"overview": said})) == []
    numbers = list(re.finditer("[0-9]+", said))
    one = numbers[place % len(numbers)]
    wrong = f"{said[: one.start()]}{int(one[0]) + by}{said[one.end() :]}"
    assert len(found(dataclasses.replace(made, texts={"overview": wrong}))) == 1


def test_the_pairs_of_the_texts_rules_break_them_alone() -> None:
    pair = examples.pair("2021", "texts-notice")
    assert pair is not None
    assert [each.rule for each in check(reading(pair[1].filing), prior("2021")).findings] == ["texts-notice"]


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("本报告所列数据的统计期限自2023年1月1日起，至2023年12月31日止。", []),
        ("本报告统计期限为2023年1月1日至12月31日。", []),
        ("本报告统计期限为2022年1月1日至12月31日。", ["texts-period"]),
        ("数据统计期限：2022年1月—2022年12月。", ["texts-period"]),
        ("按照国办公开办函〔2021〕30号的格式编制。", []),
        ("按照国办公开办函（2019）60号的格式编制。", ["texts-notice"]),
        ("公开。" * 400, ["texts-length"]),
        ("公开\n" * 500, []),
    ],
)
def test_what_the_notice_asks_of_the_texts(said: str, rules: list[str]) -> None:
    assert [each.rule for each in found(saying(said))] == rules
