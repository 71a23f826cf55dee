"""Text files: their bytes, title, unit and year, signature."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

import pytest

from tests import ROOT
from toolkit.ground.errors import Unreadable
from toolkit.intake.sources import text

JINBI = ROOT / "samples" / "jinbi-town-2020" / "jinbi-town-2020.txt"
SAID = "金碧镇政府信息公开\n〔2020〕 ３件"


@pytest.mark.parametrize(
    "content",
    [
        SAID.encode(),
        codecs.BOM_UTF8 + SAID.encode(),
        SAID.encode("utf-16"),
        codecs.BOM_UTF16_BE + SAID.encode("utf-16-be"),
        SAID.encode("gb18030"),
        SAID.replace("\n", "\r\n").encode(),
    ],
)
def test_a_text_is_read_in_every_encoding_it_comes_in(content: bytes) -> None:
    assert text.read(content) == ("金碧镇政府信息公开", "〔2020〕 ３件")


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03", b"\xff\xff\xff", codecs.BOM_UTF16_LE + b"\x00\xd8"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="UTF-8"):
        text.read(content)


def test_the_sample_says_whose_it_is_and_for_which_year() -> None:
    assert text.identity(text.read(JINBI.read_bytes())) == (2020, "金碧镇")


@pytest.mark.parametrize(
    ("lines", "year", "unit"),
    [
        (["金碧镇政府信息公开工作年度报告"], None, "金碧镇"),
        (["金碧镇人民政府信息公开工作年度报告"], None, "金碧镇人民政府"),
        (["- 1 -", "洪泽区人民政府", "2023 年政府信息公开工作年度报告"], 2023, "洪泽区人民政府"),
        (["洪泽区人民政府2023年政府", "信息公开工作年度报告"], 2023, "洪泽区人民政府"),
        (["沭阳县发展和改革局2023年政府信息公开年度报告"], 2023, "沭阳县发展和改革局"),
        (["2021年度某某县教育局政府信息公开年度报告"], 2021, "某某县教育局"),
        (["某县二〇二二年政府信息公开工作年度报告"], 2022, "某县"),
        (["某县2021-2022年政府信息公开工作年度报告"], None, None),
        (
            ["某县政府信息公开工作年度报告", "数据统计期限自 2023 年 1 月 1 日", "起至 2023 年 12 月 31 日止。"],
            2023,
            "某县",
        ),
        (["某县政府信息公开工作年度报告", "自2023年1月1日至12月31日"], 2023, "某县"),
        (["某县政府信息公开工作年度报告", "2020年1-12月我镇公开959条。"], 2020, "某县"),
        (["某县政府信息公开工作年度报告", "无", "某县人民政府", "2021年1月18日"], 2020, "某县"),
        (["六、其他需要报告的事项", "无", "某县人民政府", "2021年1月18日"], 2020, "某县人民政府"),
        (["今天是个好日子。"], None, None),
        ([], None, None),
    ],
)
def test_unit_and_year_are_told_from_what_is_said(lines: Sequence[str], year: int | None, unit: str | None) -> None:
    assert text.identity(lines) == (year, unit)


def test_a_period_of_two_years_tells_no_year() -> None:
    lines = ["某县政府信息公开工作年度报告", "自2022年1月1日起至2023年12月31日止。"]
    assert text.identity(lines)[0] is None


def test_a_title_is_what_a_report_is_called_not_what_it_is_based_on() -> None:
    assert text.title(["根据《条例》编制政府信息公开工作年度报告"]) is None
    assert text.title(["某县", "2023年政府信息公开", "工作年度报告"]) == "某县2023年政府信息公开工作年度报告"


@pytest.mark.parametrize("line", ["- 3 -", "— 12 —", "-3-", "第 3 页", "第3页 共8页", " － 4 － "])
def test_a_page_number_is_known(line: str) -> None:
    assert text.page_number(line)


@pytest.mark.parametrize("line", ["3", "-3", "- 3", "3.", "| 0", "第三页说"])
def test_a_figure_is_no_page_number(line: str) -> None:
    assert not text.page_number(line)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["无", "金碧镇人民政府", "2021年1月18日", ""], 1),
        (["无", "2021年1月18日", "金碧镇人民政府"], 1),
        (["无", "金碧镇人民政府 2021 年 1 月 18 日"], 1),
        (["无", "金碧镇人民政府"], 1),
        (["没有。", "某县教育局", "二〇二四年一月十八日"], 1),
        (["没有。", "2021年1月18日"], 1),
        (["没有。"], 1),
        (["全年收取信息处理费的是县财政局", "第二行没有句号"], 2),
        (["由县财政局和", "县教育局"], 2),
        ([], 0),
    ],
)
def test_the_signature_is_not_of_the_text(lines: Sequence[str], kept: int) -> None:
    assert text.signature(lines) == kept
