"""How reports are really printed, a kind a test: every figure is read or named, and none is taken for another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from html import escape

import pytest

from tests import quirks, text_quirks
from tests.filings import filing, values, varied
from tests.text_quirks import ALL_ROWS
from toolkit.form.edition import named
from toolkit.ground.language import speaking
from toolkit.intake import of_bytes
from toolkit.intake.sources import text
from toolkit.model import numbers
from toolkit.model.filing import Reading, Unit
from toolkit.rules import check

MADE = {
    edition: filing(
        edition,
        texts={"overview": "全年平稳。", "problems": "力量不足。", "other_matters": "无。"},
        unit=Unit("甲县人民政府"),
    )
    for edition in ("2019", "2021")
}
TITLE = "某县城关镇2023年政府信息公开工作年度报告"
FIRST = ("第二十条第（一）项", "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数")
REQUESTS = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况"


def _report(*rows: str, title: str = TITLE, overview: str = "一、总体情况\n无。") -> Reading:
    lines = (title, overview, "二、主动公开政府信息情况", *rows, "五、存在的主要问题及改进情况", "无。")
    return of_bytes("\n".join(lines).encode(), "a.txt")


def _said(reading: Reading) -> str:
    with speaking("en"):
        return "\n".join(str(each.message) for each in reading.findings)


@pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: row.__name__)
@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_rows_give_every_figure_however_they_are_printed(row: text_quirks.Row, edition: str) -> None:
    made = varied(edition, 3)
    typed = text_quirks.written(made, quirks.tables(made), row)
    assert values(of_bytes(typed.encode(), "a.txt").filing) == values(made)


def test_blank_cells_between_bars_are_blank_and_a_row_of_them_is_a_row() -> None:
    back = _report(
        "第二十条第（一）项 |", "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
        "规章 | | | |", "行政规范性文件 | 3 | | 101 |",
    )  # fmt: skip
    assert values(back.filing) == {
        "documents/regulations/issued": None, "documents/regulations/repealed": None,
        "documents/regulations/in_force": None, "documents/normative/issued": 3,
        "documents/normative/repealed": None, "documents/normative/in_force": 101,
    }  # fmt: skip


def test_a_row_that_lacks_a_cell_is_refused_though_a_bar_closes_it() -> None:
    back = _report(
        "第二十条第（一）项 |", "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
        "规章 | 1 | 2 |", "行政规范性文件 | 3 | 0 | 101 |",
    )  # fmt: skip
    assert {ref.split("/")[1] for ref in values(back.filing)} == {"normative"}
    assert "规章" in _said(back)


def _divided(rows: str) -> Reading:
    head = (
        "<h1>某区新华街道办事处2019年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>"
        '<tr><td colspan="5">第二十条第（五）项</td></tr><tr><td colspan="2">信息内容</td><td>上一年项目数量</td>'
        "<td>本年增/减</td><td>处理决定数量</td></tr>"
        '<tr><td colspan="2">行政许可</td><td>0</td><td>0</td><td>0</td></tr>'
    )
    return of_bytes(f"<html><body>{head}{rows}</table></body></html>".encode(), "a.html")


def test_the_lines_of_a_local_form_under_one_of_ours_are_added_up_and_it_is_said() -> None:
    back = _divided(
        '<tr><td rowspan="2">其他对外管理服务事项</td><td>行政检查</td><td>3</td><td>1</td><td>50</td></tr>'
        "<tr><td>行政确认</td><td>7</td><td>0</td><td>20</td></tr>"
    )
    refs = ("items_before", "items_change", "decisions")
    assert [values(back.filing)[f"services/other/{each}"] for each in refs] == [10, 1, 70]
    assert "行政检查" in _said(back)
    assert "added up" in _said(back)


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>其他对外管理服务事项</td><td>行政检查</td><td>3</td><td>1</td><td>50</td></tr>",
        '<tr><td rowspan="2">其他对外管理服务事项</td><td>其中：检查</td><td>3</td><td>1</td><td>50</td></tr>'
        "<tr><td>其中：确认</td><td>7</td><td>0</td><td>20</td></tr>",
        '<tr><td rowspan="2">其他对外管理服务事项</td><td>行政检查</td><td>3</td><td>1</td><td>50</td></tr>'
        "<tr><td>行政确认</td><td>7</td><td>20</td></tr>",
    ],
    ids=["one part", "parts among others", "a cell gone"],
)
def test_a_part_is_never_taken_for_the_whole(rows: str) -> None:
    back = _divided(rows)
    assert not [ref for ref in values(back.filing) if ref.startswith("services/other/")]
    assert "其他对外管理服务事项" in _said(back)


@pytest.mark.parametrize("mark", [" | ", "   ", "\n", " |\n"])
def test_from_text_divided_lines_are_refused_by_name(mark: str) -> None:
    rows = (("其他对外管理服务事项", "行政检查", "3", "1", "50"), ("行政确认", "7", "0", "20"))
    back = _report(
        "第二十条第（五）项", "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量", "行政许可 | 0 | 0 | 0",
        *(mark.join(row) for row in rows), "第二十条第（六）项", "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量",
        "行政处罚 | 0 | 0 | 0", title="某区2019年政府信息公开工作年度报告",
    )  # fmt: skip
    assert not [ref for ref in values(back.filing) if ref.startswith("services/other/")]
    assert "其他对外管理服务事项" in _said(back)
    assert "行政确认" in _said(back)


@pytest.mark.parametrize("quirk", [quirks.heading_worded_otherwise, quirks.heading_cut_or_lost, quirks.line_divided])
@pytest.mark.parametrize("seed", range(6))
def test_an_exact_label_beside_the_figures_is_enough(quirk: quirks.Drawing, seed: int) -> None:
    made = varied("2021", seed)
    drawn = quirks.tables(made)
    quirk(drawn, random.Random(seed))
    back = of_bytes(quirks.page(made, drawn).encode(), "a.html")
    printed = quirks.printed(drawn)
    kinds = {ref: figure.value for ref, figure in named("2021").figures.items()}
    assert values(back.filing) == {ref: numbers.read(said, kinds[ref])[0] for ref, said in printed.items()}


def test_a_heading_worded_otherwise_takes_no_row_with_it_in_text() -> None:
    back = _report(REQUESTS, "自然人 | 法人或其他组织 | 总计",
                   "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他",
                   "三、本年度办理结果 | （一）予以公开 | 1 | 0 | 0 | 0 | 0 | 0 | 1",
                   "（四）无法提供情形 | 1.本机关不掌握相关政府信息 | 2 | 0 | 0 | 0 | 0 | 0 | 2",
                   "其中：网上 | 2.没有现成信息需要另行制作 | 3 | 0 | 0 | 0 | 0 | 0 | 3", *FIRST)  # fmt: skip
    got = values(back.filing)
    assert got["requests/done.unavailable.not_held/person"] == 2
    assert "requests/done.unavailable.to_be_made/person" not in got


@pytest.mark.parametrize(
    ("head", "read"),
    [
        ("本年制作数量 | 本年废止件数 | 现行有效件数", True),
        ("本年制发件数 | 本年废止件数 | 现有效的件数", True),
        ("本年制发件数 | 本年修改件数 | 现行有效件数", False),
        ("上年制发件数 | 本年废止件数 | 现行有效件数", False),
        ("本年废止件数 | 本年制作数量 | 现行有效件数", False),
    ],
)
def test_a_misprinted_head_costs_its_certainty_and_another_head_the_figures(head: str, read: bool) -> None:
    back = _report(FIRST[0], f"信息内容 | {head}", "规章 | 1 | 0 | 11", "行政规范性文件 | 8 | 26 | 66")
    refs = ("issued", "repealed", "in_force")
    got = [values(back.filing).get(f"documents/normative/{each}") for each in refs]
    assert got == ([8, 26, 66] if read else [None] * 3)
    assert any(part in _said(back) for part in head.split(" | "))


def test_a_misprinted_head_of_a_page_is_read_and_said() -> None:
    drawn = quirks.tables(MADE["2021"])
    quirks.head_of_a_column_misprinted(drawn, random.Random(2))
    back = of_bytes(quirks.page(MADE["2021"], drawn, escape).encode(), "a.html")
    assert values(back.filing) == values(MADE["2021"])
    assert "is read as" in _said(back)


def test_misprinted_heads_before_one_that_is_known_lose_their_figures_by_name() -> None:
    """Of three misprinted heads one is near enough; the figures under the other two are not lost without a word."""
    made = varied("2019", 1)
    drawn = quirks.tables(made)
    row = next(row for row in drawn[0] if any("制作数量" in cell.said for cell in row))
    for n, cell in enumerate(row):
        said = {"本年新制作数量": "本年作数", "本年新公开数量": "本年公数"}.get(cell.said, cell.said)
        row[n] = cell._replace(said=said)
    back = of_bytes(quirks.page(made, drawn).encode(), "a.html")
    got = values(back.filing)
    assert "documents/regulations/made" not in {ref for ref, value in got.items() if value is not None}
    assert got["documents/regulations/public"] == values(made)["documents/regulations/public"]
    assert "本年作数" in _said(back)
    assert "本年公数" in _said(back)


def test_heads_printed_above_the_taller_cells_beside_them_leave_the_order_of_the_form() -> None:
    back = _report(
        *(line.replace(" | ", "\n") for line in FIRST), "规章\n0\n0\n0", "行政规范性文件\n1\n0\n4",
        "三、收到和处理政府信息公开申请情况", "申请人情况", "法人或其他组织", "自然人 总计",
        "商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "一、本年新收政府信息公开申请数量 2 3 0 0 0 1 6", "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
    )  # fmt: skip
    got = values(back.filing)
    columns = ("person", "org.business", "org.research", "org.welfare", "org.legal", "org.other", "total")
    assert [got[f"requests/received/{each}"] for each in columns] == [2, 3, 0, 0, 0, 1, 6]


@pytest.mark.parametrize(
    "heads",
    [
        ("总计 自然人", "法人或其他组织", "商业企业 科研机构 社会公益组织 法律服务机构 其他"),
        ("法人或其他组织 自然人 总计", "商业企业 科研机构 社会公益组织 法律服务机构 其他"),
        ("法人或其他组织", "自然人 总计", "科研机构 商业企业 社会公益组织 法律服务机构 其他"),
    ],
)
def test_heads_in_another_order_are_refused(heads: Sequence[str]) -> None:
    back = _report(
        *FIRST, "规章 | 0 | 0 | 0", "三、收到和处理政府信息公开申请情况", "申请人情况", *heads,
        "一、本年新收政府信息公开申请数量 2 3 0 0 0 1 6",
    )  # fmt: skip
    assert not [ref for ref in values(back.filing) if ref.startswith("requests/")]
    assert "本年新收" in _said(back)


def test_figures_behind_the_first_half_of_a_label_are_its_own() -> None:
    back = _report(
        *FIRST, "规章 | 0 | 0 | 0", "三、收到和处理政府信息公开申请情况", "自然人 法人或其他组织 总计",
        "商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "2.申请人逾期未按收费通知要求缴纳费用、行", "政机关不再处理",
        "1 2 0 0 0 0 3", "其政府信息公开申请", "3.其他 4 0 0 0 0 0 4",
    )  # fmt: skip
    got = values(back.filing)
    assert (got["requests/done.other.unpaid/person"], got["requests/done.other.unpaid/total"]) == (1, 3)
    assert got["requests/done.other.else/total"] == 4


def test_cells_run_together_are_named_line_by_line() -> None:
    back = _report(
        FIRST[0], "信息内容本年制发件数本年废止件数现行有效件数", "规章000", "行政范性文件314",
        "第二十条第（五）项", "信息内容本年处理决定数量", "行政许可12",
    )  # fmt: skip
    assert not values(back.filing)
    assert all(each in _said(back) for each in ("规章000", "行政范性文件314", "行政许可12"))


def test_a_report_in_traditional_characters_is_read() -> None:
    made = varied("2021", 2)
    typed = text_quirks.in_traditional(quirks.page(made, quirks.tables(made)), random.Random(1))
    assert "總體情況" in typed
    back = of_bytes(typed.encode(), "a.html")
    assert values(back.filing) == values(made)
    assert back.filing.unit.name == "甲县人民政府"
    assert "traditional" in _said(back)


FOUR = (
    "四、政府信息公开行政复议、行政诉讼情况", "行政复议 行政诉讼", "未经复议直接起诉 复议后起诉",
    "结果维持 结果纠正 其他结果 尚未审结 总计",
    "结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计",
    "1 0 0 0 1 2 0 0 0 2 0 0 0 3 3",
)  # fmt: skip


def test_table_four_alone_is_read_and_the_others_are_named_missing() -> None:
    typed = "\n".join(("某区信访局2022年政府信息公开工作年度报告", *FOUR))
    back = of_bytes(typed.encode(), "a.txt")
    assert (back.filing.edition, len(values(back.filing))) == ("2021", 15)
    assert values(back.filing)["disputes/cases/suit.after_review.pending"] == 3
    with speaking("en"):
        missing = [str(each.message) for each in check(back).findings if "was not found" in str(each.message)]
    assert any(said.startswith("表三") for said in missing)
    assert len(missing) == 5


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("一、工作基本情况", True), ("一、总体概述", True), ("概述", True), ("（一）总体情况", True),
        ("一、工作总体推进情况", True), ("一、政务信息公开情况概述", True), ("一、总体情况", False),
    ],
)  # fmt: skip
def test_section_one_is_known_by_its_place_and_its_title_is_said_once(title: str, printed: bool) -> None:
    back = _report(*FIRST, "规章 | 1 | 0 | 1", overview=f"{title}\n全年平稳。")
    assert back.filing.texts["overview"] == "全年平稳。"
    assert _said(back).count("“一、总体情况”") == printed


@pytest.mark.parametrize(
    ("lines", "year", "unit"),
    [
        (["衡阳市司法局政府信息公开2021年度报告"], 2021, "衡阳市司法局"),
        (["宁强县民政局", "关于2023年政府信息公开年度报告"], 2023, "宁强县民政局"),
        (["甲县教育局政府信息公开工作年度报告（2022年度）"], 2022, "甲县教育局"),
        (["甲县教育局关于公布2022年政府信息公开年度报告"], 2022, "甲县教育局"),
        (["一、总体情况", "根据条例规定,现公布我局2022年政府信息公开工作年度报告。"], 2022, None),
        (["一、总体情况", "按照要求，编制乙镇人民政府2022年政府信息公开工作年度报告。"], 2022, "乙镇人民政府"),
        (["一、总体情况", "我局及时发布2021年政府信息公开工作年度报告。", "无", "甲县教育局", "2023年1月18日"],
         2022, "甲县教育局"),
        (["甲县民政局关于2022年度政府信息公开工作情况的报告"], 2022, "甲县民政局"),
        (["关于发布《甲县民政局2022年政府信息公开工作年度报告》的公告"], 2022, "甲县民政局"),
        (["甲县民政局2022年法定政府信息公开工作年度报告"], 2022, "甲县民政局"),
        (["甲县城关镇政府信息公开工作年度报告", "（2022年）", "（2023年1月20日）"], 2022, "甲县城关镇"),
        (["政府信息公开工作年度报告", "（2022年度）", "甲县城关镇人民政府"], 2022, "甲县城关镇人民政府"),
        (["一、总体情况", "按照要求，现将甲县城关镇2022年度政府信息公开工作情况报告如下。"], 2022, "甲县城关镇"),
        (["乡镇政府信息公开年度报告", "丙镇2023年政府信息公开工作年度报告"], 2023, "丙镇"),
    ],
)  # fmt: skip
def test_year_and_unit_are_told_from_titles_announcements_and_signatures(
    lines: Sequence[str], year: int, unit: str | None
) -> None:
    assert text.identity(lines) == (year, unit)


def test_the_preamble_and_the_signature_are_of_the_filing_and_are_checked() -> None:
    said = (
        "根据国办公开办函〔2019〕60号要求，现公布本报告。本年度报告中所列数据的"
        "统计期限自2022年1月1日起至2022年12月31日止。"
    )
    lines = (
        TITLE, "来源：城关镇 发布时间：2024-01-20", said, "一、总体情况", "无。",
        "二、主动公开政府信息情况", *FIRST, "规章 | 0 | 0 | 0",
        "六、其他需要报告的事项", "未收取信息处理费。", "城关镇人民政府", "2024年1月20日",
    )  # fmt: skip
    back = of_bytes("\n".join(lines).encode(), "a.txt")
    assert back.filing.preamble == said
    assert back.filing.signature == "城关镇人民政府\n2024年1月20日"
    assert {"texts-notice", "texts-period"} <= {each.rule for each in check(back).findings}


def test_the_level_in_a_name_is_used_where_nobody_says_it_and_is_said() -> None:
    back = _report(*FIRST, "规章 | 1 | 0 | 1", "行政规范性文件 | 8 | 26 | 66")
    found = check(back).findings
    assert "documents-regulations-level" in {each.rule for each in found}
    with speaking("en"):
        assert any("by its name" in str(each.message) for each in found)


@pytest.mark.exhaustive(one_in=4)
@pytest.mark.parametrize("seed", range(120))
def test_no_figure_is_wrong_in_any_variation_of_a_text_and_what_is_lost_is_named(seed: int) -> None:
    made = varied(("2019", "2021")[seed % 2], seed)
    typed, printed = text_quirks.varied(made, seed)
    back = of_bytes(typed.encode(), "a.txt")
    figures = named(back.filing.edition).figures
    kinds = {ref: figures[ref].value if ref in figures else "count" for ref in values(back.filing)}
    assert values(back.filing) == {ref: numbers.read(printed.get(ref, ""), kind)[0] for ref, kind in kinds.items()}
    assert back.findings or set(values(back.filing)) >= set(printed)


LAID_OUT = (
    "三、收到和处理政府信息公开申请情况", "申请人情况", "（本列数据的勾稽关系为：第一项加第二项之和，等 法人或其他组织",
    "于第三项加第四项之和） 自然人 商业企 科研机 社会公 法律服", "业 构 益组织 务机构", "其他", "总计",
    "一、本年新收政府信息公开申请数量 10 2 0 0 0 1 13",
)  # fmt: skip


def test_heads_torn_below_the_one_beside_them_leave_the_order_of_the_form() -> None:
    got = values(_report(*FIRST, "规章 | 0 | 0 | 0", *LAID_OUT).filing)
    assert (got["requests/received/person"], got["requests/received/org.business"]) == (10, 2)
    swapped = (line.replace("商业企 科研机", "科研机 商业企") for line in LAID_OUT)
    assert not [ref for ref in values(_report(*FIRST, "规章 | 0 | 0 | 0", *swapped).filing) if "requests" in ref]


@pytest.mark.parametrize(
    "lines",
    [
        ("（六）其 2.申请人逾期未按收费通知要", "他处理 求缴纳费用、行政机关不再处 1 0 0 0 0 0 1"),
        ("（六）其", "2.申请人逾期未按收费通知要", "他处理", "求缴纳费用、行政机关不再处 1 0 0 0 0 0 1"),
    ],
    ids=["blanks kept", "a cell a line"],
)
def test_a_heading_torn_beside_a_torn_label_is_set_aside(lines: Sequence[str]) -> None:
    back = _report(*FIRST, "规章 | 0 | 0 | 0", *LAID_OUT, *lines, "理其政府信息公开申请", "3.其他 4 0 0 0 0 0 4")
    got = values(back.filing)
    assert (got["requests/done.other.unpaid/person"], got["requests/done.other.else/person"]) == (1, 4)


@pytest.mark.parametrize("figures_above", [True, False])
@pytest.mark.parametrize(
    ("above", "below"),
    [("4.保护", "第三方合法权益"), ("6.属于四类过", "程性信息"), ("5.要求行政机关确认或重新出", "具已获取信息")],
)
def test_a_row_that_a_page_cut_in_two_is_one_row_also_in_a_page_or_a_word_document(
    above: str, below: str, figures_above: bool
) -> None:
    made = varied("2021", 5)
    drawn = quirks.tables(made)
    at = next(n for n, row in enumerate(drawn[1]) if any(cell.said == above + below for cell in row))
    drawn[1] = quirks._unmerged(drawn[1])
    row = drawn[1][at]
    nothing = [cell._replace(said="", ref="") for cell in row if cell.ref]
    figures = [cell for cell in row if cell.ref]
    lead = [cell for cell in row if not cell.ref]
    first = [*lead[:-1], lead[-1]._replace(said=above), *(figures if figures_above else nothing)]
    second = [*(cell._replace(said="") for cell in lead[:-1]), lead[-1]._replace(said=below)]
    drawn[1][at : at + 1] = [first, [*second, *(nothing if figures_above else figures)]]
    back = of_bytes(quirks.page(made, drawn).encode(), "a.html")
    assert values(back.filing) == values(made)


def test_a_running_head_and_a_page_number_in_the_middle_of_a_label_are_passed_over() -> None:
    head = "甲县政府信息公开年报"
    back = _report(
        *FIRST, "规章 | 0 | 0 | 0", "- 1 -", head, "三、收到和处理政府信息公开申请情况", *LAID_OUT, "- 2 -", head,
        "4.保护第三 3 8 0 830 1 6 4", "- 3 -", head, "方合法权益", "5.属于三类内部事务信息 1 2 3 4 5 6 7",
    )  # fmt: skip
    got = values(back.filing)
    assert got["requests/done.refused.third_party/org.welfare"] == 830
    assert got["requests/done.refused.internal/total"] == 7


def test_a_running_head_is_not_of_the_texts() -> None:
    head = "甲县政府信息公开年报"
    back = _report(*FIRST, "规章 | 0 | 0 | 0", "- 1 -", head, overview=f"一、总体情况\n全年\n- 1 -\n{head}\n平稳。")
    assert back.filing.texts["overview"] == "全年\n平稳。"


def test_figures_of_table_four_that_a_page_cut_in_two_are_refused() -> None:
    lines = (*FOUR[:-1], "29 4 5 73 0 5 44 20 35 3 81 47 8 0 2", "行政复议 行政诉讼", "4 6 7 4 1 5")
    back = of_bytes("\n".join((TITLE, *lines, "五、存在的主要问题及改进情况", "无。")).encode(), "a.txt")
    assert not [ref for ref in values(back.filing) if ref.startswith("disputes/")]
    assert "not taken" in _said(back)


HEADS = ("自然人 法人或其他组织 总计", "商业企业 科研机构 社会公益组织 法律服务机构 其他")
BLOCK = (
    "三、收到和处理政府信息公开申请情况", *HEADS, "3.要求提供公开出版物", "1", "0", "0", "0", "0", "0", "1",
    "4.无正当理由大量反复申请", "2", "3", "0", "0", "0", "1", "6", "0", "5", "0", "0", "0", "0", "5",
    "4", "0", "0", "1", "0", "0", "5", "（五）不予处理", "（六）其", "他处理",
    "5.要求行政机关确认或重新出", "具已获取信息",
    "1.申请人无正当理由逾期不补", "正、行政机关不再处理其政府", "信息公开申请",
    "四、政府信息公开行政复议、行政诉讼情况",
)  # fmt: skip


def test_figures_of_several_rows_in_one_block_are_parted_where_every_total_agrees() -> None:
    back = _report(*FIRST, "规章 | 0 | 0 | 0", *BLOCK)
    got = values(back.filing)
    rows = ("declined.publication", "declined.bulk", "declined.confirmation", "other.uncorrected")
    assert [got[f"requests/done.{row}/total"] for row in rows] == [1, 6, 5, 5]
    assert got["requests/done.other.uncorrected/org.welfare"] == 1
    assert "stand apart" in _said(back)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("2", "3", "0", "0", "0", "1", "6"), ("2", "3", "0", "0", "0", "1", "7")),
        (("1.申请人无正当理由逾期不补",), ("其中：网上", "1.申请人无正当理由逾期不补")),
        (("1.申请人无正当理由逾期不补", "正、行政机关不再处理其政府", "信息公开申请"), ("3.其他",)),
        (("4.无正当理由大量反复申请",), ("4.无正当理由大量反复申请", "9")),
    ],
    ids=["a total that does not agree", "words between", "another line", "a figure more"],
)
def test_a_block_of_figures_is_refused_where_nothing_tells_whose_they_are(
    old: Sequence[str], new: Sequence[str]
) -> None:
    joined = "\n".join(BLOCK)
    assert "\n".join(old) in joined
    back = _report(*FIRST, "规章 | 0 | 0 | 0", *joined.replace("\n".join(old), "\n".join(new), 1).split("\n"))
    got = values(back.filing)
    assert {ref.split("/")[1] for ref in got if ref.startswith("requests/")} == {"done.declined.publication"}
    assert "4.无正当理由大量反复申请" in _said(back)


def test_the_row_of_table_four_is_put_together_over_the_rest_of_its_heads_where_its_totals_agree() -> None:
    groups = "结果维持 结果纠正 其他结果 尚未审结"
    lines = (
        "四、政府信息公开行政复议、行政诉讼情况", "行政复议", "行政诉讼", "未经复议直接起诉", f"{groups} 总计", groups,
        "1 0 2 0 3 4 0 0 0", "复议后起诉", "总计", f"{groups} 总计", "4 0 1 0 5 6",
    )  # fmt: skip
    whole = _report(*FIRST, "规章 | 0 | 0 | 0", *lines)
    assert values(whole.filing)["disputes/cases/suit.after_review.total"] == 6
    other = _report(*FIRST, "规章 | 0 | 0 | 0", *lines[:-1], "4 0 1 0 5 7")
    assert not [ref for ref in values(other.filing) if ref.startswith("disputes/")]
