"""Figures found by labels: every quirk of published reports in a grid or in lines drawn here.

The law of it all: a figure that is found is right; what is missing or doubtful is absent, and said.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import ROOT, breadth
from toolkit.form.edition import edition, editions
from toolkit.form.layout import layout
from toolkit.form.parts import Edition, Ref, Value
from toolkit.ground import language
from toolkit.intake import locate
from toolkit.intake.sources import Grid, text

OLD, NEW = edition(2019), edition(2023)
JINBI = ROOT / "samples" / "jinbi-town-2020" / "jinbi-town-2020.txt"

Rows = list[list[object]]


@pytest.fixture(autouse=True)
def _english() -> None:
    language.choose("en")


def found(located: locate.Located) -> dict[Ref, Value]:
    return {ref: entry.value for ref, entry in located.entries.items()}


def rows(drawn: str) -> Grid:
    """A grid drawn as lines of cells parted by `|`; figures are numbers, blanks blanks."""

    def cell(said: str) -> object:
        return int(said) if said.isdigit() else said

    lines = [[cell(said.strip()) for said in line.split("|")] for line in drawn.strip().splitlines()]
    width = max(map(len, lines))
    return Grid("表", tuple(tuple(line + [""] * (width - len(line))) for line in lines))


def read(drawn: str, form: Edition = NEW) -> locate.Located:
    return locate.grids(form, [rows(drawn)])


def said(texts: Sequence[object]) -> list[str]:
    return [str(each) for each in texts]


# ---------------------------------------------------------------------------------------------------------------
# The sheets of an edition, filled with figures of which no two are the same, and what may happen to them.

STRANGERS = ("其他主动公开文件", "备注", "乡镇小计", "其中：网上申请", "9.其他", "（八）其他", "行政处理", "上年结转",
             "不属于国家秘密", "其他行政规范性文件", "合计")  # fmt: skip


@dataclass
class Drawn:
    """A sheet while a test is at it."""

    name: str
    cells: Rows
    merged: list[tuple[int, int, int, int]]

    def insert(self, at: int, row: list[object]) -> None:
        self.cells.insert(at, row)
        self.merged = [(t + (t >= at), x, b + (b >= at), y) for t, x, b, y in self.merged]

    def move(self, start: int, to: int) -> None:
        self.merged = []
        for row in self.cells:
            row.insert(to, row.pop(start))

    @property
    def grid(self) -> Grid:
        return Grid(self.name, tuple(map(tuple, self.cells)), tuple(self.merged))


def drawn(form: Edition, chance: random.Random, *, merged: bool = True) -> tuple[dict[Ref, Value], list[Drawn]]:
    truth: dict[Ref, Value] = dict(zip(form.figures, chance.sample(range(100, 9999), len(form.figures)), strict=True))
    sheets: list[Drawn] = []
    for sheet in layout(form).sheets:
        cells: Rows = [[""] * sheet.width for _ in range(sheet.height)]
        spans = []
        for box in sheet.boxes:
            cells[box.row][box.column] = truth[box.ref] if box.ref else box.text
            if box.rows * box.columns > 1:
                spans.append((box.row, box.column, box.row + box.rows - 1, box.column + box.columns - 1))
        sheets.append(Drawn(sheet.name, cells, spans if merged else []))
    return truth, sheets


def harmless(sheet: Drawn, chance: random.Random) -> None:
    """What must not cost a figure: rows that are blank or another's, a blank column, a sheet of another name."""
    at, width = chance.randrange(3, len(sheet.cells) + 1), len(sheet.cells[0])
    match chance.randrange(4):
        case 0:
            sheet.insert(at, [""] * width)
        case 1:
            sheet.insert(at, [chance.choice(STRANGERS), *[""] * (width - 1)])
        case 2:
            sheet.name = "Sheet1"
        case _:
            sheet.merged = []
            at = chance.randrange(width + 1)
            for row in sheet.cells:
                row.insert(at, "")


def harmful(sheet: Drawn, chance: random.Random) -> None:
    """What may cost figures, and must never give a wrong one."""
    height, width = len(sheet.cells), len(sheet.cells[0])
    at, column = chance.randrange(3, height), chance.randrange(width)
    match chance.randrange(7):
        case 0:
            figures = [chance.choice(["", chance.randrange(10_000, 20_000)]) for _ in range(width - 1)]
            sheet.insert(at, [chance.choice(STRANGERS), *figures])
        case 1:
            sheet.move(column, chance.randrange(width))
        case 2:
            del sheet.cells[at]
            sheet.merged = []
        case 3:
            sheet.merged = []
            for row in sheet.cells:
                del row[column]
        case 4:
            other = chance.randrange(3, height)
            sheet.cells[at], sheet.cells[other] = sheet.cells[other], sheet.cells[at]
            sheet.merged = []
        case 5:
            labels = [
                (r, c) for r, row in enumerate(sheet.cells) for c, cell in enumerate(row) if isinstance(cell, str)
            ]
            r, c = chance.choice(labels)
            sheet.cells[r][c] = ""
        case _:
            sheet.merged = []
            for row in sheet.cells:
                row.insert(column, chance.choice(["", chance.randrange(10_000, 20_000)]))
            sheet.cells[min(4, height - 1)][column] = chance.choice(["备注", "同比增长", ""])


@pytest.mark.parametrize("form", editions(), ids=lambda form: form.id)
@pytest.mark.parametrize("merged", [True, False])
def test_the_sheets_of_an_edition_give_every_figure(form: Edition, merged: bool) -> None:
    truth, sheets = drawn(form, random.Random(1), merged=merged)
    located = locate.grids(form, [sheet.grid for sheet in sheets])
    assert found(located) == truth
    assert not (*located.remarks, *located.refused, *located.unplaced, *located.old_layout)
    assert list(located.entries) == list(form.figures)
    assert all(located.entries[ref].origin[:2] == (p.sheet, p.cell) for ref, p in layout(form).places.items())


@settings(max_examples=breadth.of(150, usual=50))
@given(st.integers(0, 10**9), st.sampled_from(editions()), st.booleans())
def test_harmless_changes_cost_no_figure(seed: int, form: Edition, merged: bool) -> None:
    chance = random.Random(seed)
    truth, sheets = drawn(form, chance, merged=merged)
    for sheet in sheets:
        for _ in range(chance.randrange(4)):
            harmless(sheet, chance)
    chance.shuffle(sheets)
    assert found(locate.grids(form, [sheet.grid for sheet in sheets])) == truth


@pytest.mark.exhaustive
@pytest.mark.parametrize("form", editions(), ids=lambda form: form.id)
@settings(max_examples=breadth.of(200, usual=60))
@given(seed=st.integers(0, 10**9), merged=st.booleans())
def test_whatever_happens_to_the_sheets_no_figure_is_wrong(form: Edition, seed: int, merged: bool) -> None:
    chance = random.Random(seed)
    truth, sheets = drawn(form, chance, merged=merged)
    for sheet in sheets:
        for _ in range(chance.randrange(4)):
            chance.choice((harmless, harmful))(sheet, chance)
    left = {cell for sheet in sheets for row in sheet.cells for cell in row}
    located = found(locate.grids(form, [sheet.grid for sheet in sheets]))
    wrong = {
        ref: value for ref, value in located.items() if value != truth.get(ref) and (value or truth.get(ref) in left)
    }
    assert not wrong


@pytest.mark.parametrize("form", editions(), ids=lambda form: form.id)
def test_a_moved_column_of_tables_two_and_three_reads_right(form: Edition) -> None:
    for start, to in ((0, 2), (3, 1), (2, 3)):
        truth, sheets = drawn(form, random.Random(start))
        for sheet in sheets[:2]:
            sheet.move(start, to)
        assert found(locate.grids(form, [sheet.grid for sheet in sheets])) == truth


# ---------------------------------------------------------------------------------------------------------------
# Heads and labels as they come.

HEAD_TWO = "第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n"
RIGHT = {"documents/normative/issued": 1, "documents/normative/repealed": 2, "documents/normative/in_force": 3}


@pytest.mark.parametrize("head", ["现行有效件", "现行 有效\t件数", "现行有效件数（件）", "现行有效件数"])
@pytest.mark.parametrize(
    "label", ["行政规范性文件", "规范性文件", "行政规范性文件（含部门文件）", "2.行政规范性文件", "行政 规范性文件"]
)
def test_a_label_is_known_by_unmistakable_likeness(head: str, label: str) -> None:
    drawn_as = f"信息内容|本年度发件数|本年废止件数|{head}\n规章|0|0|0\n{label}|1|2|3"
    located = read(drawn_as)
    assert {ref: value for ref, value in found(located).items() if value} == RIGHT
    assert "表 B1: “本年度发件数” is read as “本年制发件数”" in said(located.remarks)


@pytest.mark.parametrize(
    "label",
    [
        "其他行政规范性文件",
        "其中：行政规范性文件",
        "行政规范性文件（其中：新制定）",
        "行政规范性文件（上年）",
        "上年行政规范性文件",
        "非行政规范性文件",
        "其他主动公开文件",
        "规章草案",
        "文件",
        "行政处理",
        "9.其他",
    ],
)
def test_another_label_is_not_of_the_form(label: str) -> None:
    located = read(f"{HEAD_TWO}规章|0|0|0\n{label}|1|2|3")
    assert {ref.split("/")[1] for ref in located.entries} == {"regulations"}
    assert said(located.unplaced) == [f"表 A4: “{label}” is no line of the form; its figures are not taken"]


def test_a_likely_label_yields_to_the_label_itself() -> None:
    located = read(f"{HEAD_TWO}规章|0|0|0\n规范性文件|7|8|9\n行政规范性文件|1|2|3")
    assert {ref: value for ref, value in found(located).items() if value} == RIGHT
    assert len(located.unplaced) == 1


def test_two_rows_of_one_label_and_different_figures_are_refused() -> None:
    located = read(f"{HEAD_TWO}规章|0|0|0\n规章|0|1|0\n行政规范性文件|1|2|3")
    assert found(located) == RIGHT
    assert said(located.refused) == ["“规章” stands in 表 A3 and in 表 A4 with different figures; neither are taken"]
    assert len(found(read(f"{HEAD_TWO}规章|1|2|3\n规章|1|2|3"))) == 3
    assert found(read(f"{HEAD_TWO}规章|1|2|3\n规章|||"))["documents/regulations/in_force"] == 3


def test_labels_of_2019_with_characters_lost_are_known() -> None:
    located = read("信息内容|本年新制作数量|本年新公开数量|对外公开总数\n规章|1|2|3", OLD)
    assert found(located)["documents/regulations/public"] == 3
    located = read("信息内容|采购项目数量|采购总金额（元）\n政府集中采购|3|251000", OLD)
    assert found(located) == {"procurement/central/projects": 3, "procurement/central/amount": Decimal("25.1")}
    assert str(located.entries["procurement/central/amount"].remark) == "“251000” (元) is read as 25.1 万元"


@pytest.mark.parametrize(
    ("head", "typed", "value"),
    [
        ("本年收费金额（单位：万元）", "190.457379", "190.457379"),
        ("本年收费金额(万元)", "160.5964万元", "160.5964"),
        ("本年收费金额", "1230500元", "123.05"),
        ("本年收费金额（单位：元）", "1230500", "123.05"),
    ],
)
def test_money_is_read_in_the_unit_that_stands_there(head: str, typed: str, value: str) -> None:
    assert found(read(f"信息内容|{head}\n行政事业性收费|{typed}")) == {"fees/fees/amount": Decimal(value)}


def test_money_in_a_unit_of_no_form_is_refused() -> None:
    located = read("信息内容|本年收费金额（亿元）\n行政事业性收费|3")
    assert not located.entries
    assert "names a unit that is not the form's" in said(located.refused)[0]


def test_a_lost_line_over_a_block_costs_nothing() -> None:
    located = read("信息内容|本年制发件数|本年废止件数|现行有效件数\n行政规范性文件|1|2|3")
    assert found(located) == RIGHT


def test_the_head_of_another_block_gives_no_figures() -> None:
    wrong = "第二十条第（九）项\n信息内容|上一年项目数量|本年增/减\n政府集中采购|5|6\n行政事业性收费|1|-2"
    located = read(wrong, OLD)
    assert found(located) == {"fees/fees/items_before": 1, "fees/fees/items_change": -2}
    assert said(located.refused) == [
        "表 A3: “政府集中采购” has no head of its table over it; its figures are not taken"
    ]


def test_a_block_without_its_head_does_not_borrow_the_one_above() -> None:
    located = read(
        "第二十条第（五）项\n信息内容|本年增/减|上一年项目数量|处理决定数量\n行政许可|1|2|3\n第二十条第（六）项\n行政处罚|4|5|6",
        OLD,
    )
    assert {ref.split("/")[0] for ref in located.entries} == {"services"}
    assert len(located.refused) == 1


def test_figures_in_a_head_row_are_not_taken() -> None:
    located = read("第二十条第（五）项|7\n信息内容|本年处理决定数量|8\n行政许可|9")
    assert found(located) == {"services/licences/decisions": 9}
    assert said(located.refused)[:2] == [
        "表 B1: a figure in a head row is not taken", "表 C2: a figure in a head row is not taken"
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------
# Table three.

HEAD_THREE = """
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | | | 申请人情况 | | | | | |
 | | | 自然人 | 法人或其他组织 | | | | | 总计
 | | | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |
"""


def three(*lines: str, form: Edition = NEW) -> locate.Located:
    return read(HEAD_THREE + "\n".join(lines), form)


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("一 、本年新收政府信息公开申请数量||", "received"),
        ("三本年度办理结果|（一）予以公开|", "done.granted"),
        ("三、 本年 度办理结果|(一)予以公开|", "done.granted"),
        ("|（二）部分公开(区分处理的,只计这一情形,不计其他情形)|", "done.partial"),
        ("|（二）部分公开|", "done.partial"),
        ("|（二）部分公开|（区分处理的，只计这一情形，不计其他情形）", "done.partial"),
        ("|（三）不予公开|2.其他法律行政止公开", "done.refused.law"),
        ("|（三） 不予公开|３．危及“三安全一稳 定”", "done.refused.security"),
        ("|（三）不予公开|危及三安全一稳定", "done.refused.security"),
        ("|（六）其他处理|3.其他", "done.other.else"),
        ("||（七）总计", "done.total"),
        ("|（七）总 计|", "done.total"),
        ("四、结转下年度继续办理||", "carried_out"),
    ],
)
def test_a_row_is_known_however_its_label_is_printed(label: str, row: str) -> None:
    located = three(f"{label}|1|2|3|4|5|6|7")
    order = ("person", "org.business", "org.research", "org.welfare", "org.legal", "org.other", "total")
    assert found(located) == {f"requests/{row}/{column}": n for n, column in enumerate(order, start=1)}


def test_an_extra_line_called_other_is_not_the_forms_own() -> None:
    located = three(
        "|（三）不予公开|8.属于行政查询事项|1|1|1|1|1|1|6", "||9.其他|2|2|2|2|2|2|12", "||其他|2|2|2|2|2|2|12"
    )
    assert {ref.split("/")[1] for ref in located.entries} == {"done.refused.inquiry"}
    assert len(located.unplaced) == 2


def test_blank_cells_are_empty_entries_and_a_blank_total_too() -> None:
    located = three("一、本年新收政府信息公开申请数量|||26||||||")
    assert list(found(located).values()) == [26, None, None, None, None, None, None]
    located = three("二、上年结转政府信息公开申请数量|||/|-|—|_|无| |0")
    assert list(found(located).values()) == ["/", "-", "—", "_", "无", None, 0]


def test_a_heading_printed_as_a_line_stands_for_its_lines() -> None:
    located = three(
        "|（五）不予处理|2.重复申请|0|0|0|0|0|0|0", "|（六）其他处理||1|2|3|4|5|6|21", "|（七）总计||1|2|3|4|5|6|21"
    )
    assert found(located)["requests/done.other/org.legal"] == 5
    assert located.old_layout == ("requests",)
    both = three("|（六）其他处理||1|2|3|4|5|6|21", "||3.其他|1|2|3|4|5|6|21")
    assert {ref.split("/")[1] for ref in both.entries} == {"done.other.else"}
    assert both.old_layout == ()
    assert said(both.refused) == ["表 B4: “（六）其他处理” is a heading; its lines are taken, not its own figures"]


def test_a_heading_does_not_take_the_figures_of_a_line_whose_label_is_lost() -> None:
    located = three("|（四）无法提供||1|2|3|4|5|6|21", "|||1|2|3|4|5|6|21")
    assert not located.entries
    assert len(located.refused) == 2


def test_heads_printed_again_after_a_page_and_a_heading_twice_do_no_harm() -> None:
    turned = HEAD_THREE.replace("商业企业 | 科研机构", "科研机构 | 商业企业")
    located = three(
        "|（五）不予处理|2.重复申请|1|2|3|4|5|6|7",
        turned.strip("\n"),
        "|（五）不予处理|3.要求提供公开出版物|1|2|3|4|5|6|7",
    )
    assert found(located)["requests/done.declined.repeat/org.business"] == 2
    assert found(located)["requests/done.declined.publication/org.business"] == 3


def test_a_row_whose_figures_do_not_stand_under_its_heads_is_refused() -> None:
    shifted = three("一、本年新收政府信息公开申请数量||1|2|3|4|5|6|7|")
    assert not shifted.entries
    assert "a figure stands in 表 C4, under no head of the table" in said(shifted.refused)[0]
    short = Grid("表", (*rows(HEAD_THREE).rows, ("一、本年新收政府信息公开申请数量", "", "", 3, 3)))
    assert said(locate.grids(NEW, [short]).refused) == [
        "表 A4: “一、本年新收政府信息公开申请数量” is not taken: its row has only 5 cells"
    ]
    one = Grid(
        "表", (*rows(HEAD_THREE).rows, ("一、本年新收政府信息公开申请数量", "", "", 0, *[""] * 6)), ((3, 3, 3, 9),)
    )
    assert "one cell stands under several heads" in said(locate.grids(NEW, [one]).refused)[0]
    two = Grid(
        "表",
        (
            *rows(HEAD_THREE).rows,
            ("一、本年新收政府信息公开申请数量", "", "", 0, *[""] * 6),
            ("四、结转下年度继续办理", *[""] * 9),
        ),
        ((3, 3, 4, 3),),
    )
    assert not locate.grids(NEW, [two]).entries


def test_a_column_without_its_head_gives_no_figures_and_the_others_do() -> None:
    located = read(HEAD_THREE.replace("科研机构", "") + "一、本年新收政府信息公开申请数量|||1|2|3|4|5|6|21")
    assert "requests/received/org.research" not in located.entries
    assert found(located)["requests/received/org.welfare"] == 4
    assert said(located.refused) == ["表 F3: the column has no head of its own; its figures are not taken"]


def test_a_column_of_another_is_left_out_and_said() -> None:
    located = read(f"{HEAD_TWO.strip()} | 上年数\n行政规范性文件|1|2|3|99")
    assert found(located) == RIGHT
    assert said(located.unplaced) == ["表 E2: “上年数” is no column of the form; its figures are not taken"]


# ---------------------------------------------------------------------------------------------------------------
# Table four.

FIVE = "结果维持|结果纠正|其他结果|尚未审结|总计"
HEAD_FOUR = f"行政复议|||||行政诉讼|||||||||\n{FIVE}|未经复议直接起诉|||||复议后起诉||||\n|||||{FIVE}|{FIVE}\n"
FIFTEEN = "|".join(map(str, range(1, 16)))
FOUR = [ref for ref in NEW.figures if ref.startswith("disputes/")]


@pytest.mark.parametrize("between", ["", "\n", "请如实填写\n", "\n乡镇小计||3\n"])
def test_the_row_without_a_label_is_the_one_with_figures_under_the_head(between: str) -> None:
    assert found(read(HEAD_FOUR + between + FIFTEEN)) == dict(zip(FOUR, range(1, 16), strict=True))


def test_a_blank_row_under_the_head_is_blank_and_no_row_is_none() -> None:
    assert found(read(f"{HEAD_FOUR}|")) == dict.fromkeys(FOUR)
    located = read(HEAD_FOUR)
    assert not located.entries
    assert said(located.refused) == ["表 A3: no row of figures stands under this head"]
    twice = read(f"{HEAD_FOUR}{FIFTEEN}\n{FIFTEEN}")
    assert not twice.entries
    assert "which of these rows" in said(twice.refused)[0]


def test_groups_that_cannot_be_told_count_only_in_the_whole_order_of_the_form() -> None:
    bare = f"{FIVE}|{FIVE}|{FIVE}\n"
    located = read(bare + FIFTEEN)
    assert found(located) == dict(zip(FOUR, range(1, 16), strict=True))
    assert "the groups of the head cannot be told" in said(located.remarks)[0]
    for wrong in (bare.replace("结果维持|结果纠正", "结果纠正|结果维持", 1), bare.replace("|总计", "", 1)):
        refused = read(wrong + FIFTEEN)
        assert not refused.entries
        assert "cannot be told" in said(refused.refused)[0]


def test_groups_in_another_order_are_read_by_their_heads() -> None:
    turned = (
        HEAD_FOUR.replace("未经复议直接起诉", "？")
        .replace("复议后起诉", "未经复议直接起诉")
        .replace("？", "复议后起诉")
    )
    got = found(read(turned + FIFTEEN))
    assert (got["disputes/cases/suit.after_review.upheld"], got["disputes/cases/suit.direct.upheld"]) == (6, 11)


# ---------------------------------------------------------------------------------------------------------------
# Which edition, and the texts in a workbook.


def labels(form: Edition) -> list[str]:
    return [line.label for table in form.tables for line in (*table.rows, *table.columns)]


def test_the_edition_is_told_by_labels_only_one_has() -> None:
    for form in editions():
        assert locate.recognise(labels(form), editions()) is form
    assert locate.recognise(["信息内容 本年制发件数 现行有效件数"], editions()) is NEW
    assert locate.recognise(["采购项目", "数量", "上一年项目数量"], editions()) is OLD
    assert locate.recognise([], editions()) is None
    assert locate.recognise(["规章", "总计", "行政许可", "处理决定数量"], editions()) is None
    assert locate.recognise([*labels(OLD), *labels(NEW)], editions()) is None


def test_texts_stand_beside_or_below_their_titles() -> None:
    grid = Grid(
        "文字",
        (
            ("一、总体情况",),
            ("第一段\n第二段",),
            ("五、存在的主要问题及整改措施",),
            ("",),
            ("问题。",),
            ("六、其他需要报告的事项", "无"),
        ),
    )
    assert locate.grids(NEW, [grid]).texts == {
        "overview": "第一段\n第二段",
        "problems": "问题。",
        "other_matters": "无",
    }


# ---------------------------------------------------------------------------------------------------------------
# Lines of text.


def test_the_sample_gives_every_figure_and_its_texts_whole() -> None:
    lines = text.read(JINBI.read_bytes())
    form = locate.recognise(lines, editions())
    assert form is OLD
    located = locate.lines(form, lines)
    twos = {"enforcement/penalties/items_change", "enforcement/penalties/decisions"}
    assert found(located) == {ref: 2 if ref in twos else 0 for ref in OLD.figures}
    assert not (*located.remarks, *located.refused, *located.unplaced, *located.old_layout)
    assert all(entry.remark is None for entry in located.entries.values())
    start, end = lines.index("一、总体情况"), lines.index("二、主动公开政府信息情况")
    assert located.texts["overview"] == "\n".join(lines[start + 1 : end])
    start, end = lines.index("五、存在的主要问题及改进情况"), lines.index("六、其他需要报告的事项")
    assert located.texts["problems"] == "\n".join(lines[start + 1 : end])
    assert located.texts["other_matters"] == "无"
    assert lines[(located.entries["enforcement/penalties/decisions"].origin.line or 0) - 1] == "| 2"


REPORT = """
- 1 -
某县人民政府
2023 年政府信息公开工作年度报告
一、总体情况
2023 年，公开 1136 条，行政许可 5 件。
（一）主动公开情况。规章 3 件。
- 2 -
第二段。
二、主动公开政府信息情况
第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件
规章 0 0 0
行政规范性文件 1 2 22（其中修订 16 件）
其他主动公开文件 7 8 9
第二十条第（五）项
- 3 -
信息内容 本年处理决定数量
行政许可 1,036
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 4119
行政强制 ／
第二十条第（八）项
信息内容 本年收费金额（单位：万元）
行政事业性收费 251000 元
一、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和， 等
于第三项加第四项之和）
申请人情况
自然人
法人或其他组织
总计
商业
企业
科研
机构
社会公益
组织
法律服务
机构
其他
一、本年新收政府信息公开申请数量 21 1 2 3 4 5 36
二、上年结转政府信息公开申请数量 3 3
三
、
本
年度办理结果
（一）予以公开 0
（二）部分公开（区分处理的，只计这一情 形，不
计其他情形） 4 0 0 0 0 0 4
（三）
不予公开
1. 属于国家秘密 1 0 0 0 0 0 1
2.其他法律行政止公开 2 0 0 0 0 0 2
4.保护第三方合法权
- 4 -
益 7 0 0 0 0 0 7
（五）不予处理 2.重复申请
3.要求提供公开出版物 8 0 0 0 0 0 8
（六）其他处理 9 0 0 0 0 0 9
（七）总计 31 0 0 0 0 0 31
四、结转下年度继续办理 减4 0 0 0 0 0 -4
四、政府信息公开行政复议、行政诉讼情况
行政复议 行政诉讼
结果
维持
结果
纠正
其他
结果
尚未
审结 总 计
未经复议直接起诉 复议后起诉
结果
维持
结果
纠正
其他
结果
尚未
审结 总 计 结果 维持 结果 纠正 其他 结果 尚未 审结 总 计
1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
五、存在的主要问题及整改措施
有 3 个问题。
六、其他需要报告的事项：全年收取信息处理费 0 元。
某县人民政府
2024年1月18日
""".strip().splitlines()


def line(located: locate.Located, row: str) -> list[Value]:
    return [value for ref, value in found(located).items() if ref.split("/")[1] == row]


@pytest.mark.parametrize(
    ("row", "figures"),
    [
        ("normative", [1, 2, 22]),
        ("licences", [1036]),
        ("coercion", ["／"]),
        ("fees", [Decimal("25.1")]),
        ("received", [21, 1, 2, 3, 4, 5, 36]),
        ("carried_in", []),
        ("done.granted", []),
        ("done.partial", [4, 0, 0, 0, 0, 0, 4]),
        ("done.refused.secret", [1, 0, 0, 0, 0, 0, 1]),
        ("done.refused.law", [2, 0, 0, 0, 0, 0, 2]),
        ("done.refused.security", []),
        ("done.refused.third_party", [7, 0, 0, 0, 0, 0, 7]),
        ("done.declined.repeat", []),
        ("done.declined.publication", [8, 0, 0, 0, 0, 0, 8]),
        ("done.other", [9, 0, 0, 0, 0, 0, 9]),
        ("done.total", [31, 0, 0, 0, 0, 0, 31]),
        ("carried_out", [-4, 0, 0, 0, 0, 0, -4]),
        ("cases", list(range(1, 16))),
    ],
)
def test_a_row_of_text_is_its_label_and_exactly_its_figures(row: str, figures: list[Value]) -> None:
    assert line(locate.lines(NEW, REPORT), row) == figures


def test_what_a_text_did_not_give_is_said() -> None:
    located = locate.lines(NEW, REPORT)
    assert located.old_layout == ("requests",)
    assert said(located.unplaced) == ["line 14: “其他主动公开文件” is no line of the form; its figures are not taken"]
    assert [each.split(": ")[1] for each in said(located.refused)] == [
        "“二、上年结转政府信息公开申请数量” has 2 figures where the form has 7; they are not taken",
        "“（一）予以公开” has 1 figures where the form has 7; they are not taken",
        "“2.重复申请” has 0 figures where the form has 7; they are not taken",
    ]
    assert "“现行有效件” is read as “现行有效件数”" in said(located.remarks)


def test_the_texts_are_whole_without_titles_page_numbers_and_signature() -> None:
    assert locate.lines(NEW, REPORT).texts == {
        "overview": "2023 年，公开 1136 条，行政许可 5 件。\n（一）主动公开情况。规章 3 件。\n第二段。",
        "problems": "有 3 个问题。",
        "other_matters": "全年收取信息处理费 0 元。",
    }


def test_a_title_lost_and_numerals_started_again_cost_nothing() -> None:
    lost = [each for each in REPORT if each != "二、主动公开政府信息情况"]
    assert found(locate.lines(NEW, lost)) == found(locate.lines(NEW, REPORT))
    assert locate.lines(NEW, lost).texts == locate.lines(NEW, REPORT).texts


TWO_2021 = "第二十条第（一）项\n信息内容 {head}\n行政规范性文件 1 2 3"


@pytest.mark.parametrize("head", ["本年废止件数 本年制发件数 现行有效件数", "现行有效件数 本年废止件数 本年制发件数"])
def test_columns_moved_in_a_text_are_read_by_their_head(head: str) -> None:
    got = found(locate.lines(NEW, TWO_2021.format(head=head).splitlines()))
    assert got == {f"documents/normative/{column}": n for n, column in enumerate(ids(head), start=1)}


def ids(head: str) -> list[str]:
    names: Mapping[str, str] = {"本年制发件数": "issued", "本年废止件数": "repealed", "现行有效件数": "in_force"}
    return [names[label] for label in head.split()]


@pytest.mark.parametrize(
    "head", ["本年制发件数 备注 现行有效件数", "本年废止件数 本年制发件数", "上一年项目数量 本年增/减 处理决定数量"]
)
def test_a_head_that_is_not_the_forms_gives_no_figures(head: str) -> None:
    located = locate.lines(NEW, TWO_2021.format(head=head).splitlines())
    assert not located.entries
    assert "is not the form's" in said(located.refused)[0]


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_rows_with_every_cell_marked_keep_their_blanks(mark: str) -> None:
    grid = rows(
        HEAD_THREE
        + "一、本年新收政府信息公开申请数量|||26||||||26\n"
        + "二、上年结转政府信息公开申请数量|||0||||||\n"
        + "|（七）总计||26||3||||29"
    )
    border = mark.strip(" ")
    lines = [border.strip("\t") + mark.join(map(str, row)) + border.strip("\t") for row in grid.rows]
    located = locate.lines(NEW, lines)
    assert line(located, "received") == [26, None, None, None, None, None, 26]
    assert line(located, "done.total") == [26, None, 3, None, None, None, 29]
    assert located.entries["requests/received/person"].origin.line == 4


def test_tables_pasted_as_pictures_give_nothing() -> None:
    located = locate.lines(
        NEW,
        [
            "一、总体情况",
            "公开 3 条，行政许可 5",
            "二、主动公开政府信息情况",
            "三、收到和处理政府信息公开申请情况",
            "六、其他需要报告的事项",
            "无",
        ],
    )
    assert not located.entries
    assert set(located.texts) == {"overview", "other_matters"}


def test_a_numeral_torn_from_its_label_by_a_line_is_no_figure() -> None:
    torn = ["7.属于行政执法案卷 234 543 7 7 1 72", "8", ".属于行政查询事项 8 0 7 99 6 792 912"]
    located = locate.lines(NEW, [*REPORT[: REPORT.index("一、本年新收政府信息公开申请数量 21 1 2 3 4 5 36")], *torn])
    assert line(located, "done.refused.enforcement") == []
    assert line(located, "done.refused.inquiry") == [8, 0, 7, 99, 6, 792, 912]


def test_titles_that_are_not_the_form_s_are_said_and_so_is_the_one_that_is_lacking() -> None:
    assert said(locate.lines(NEW, REPORT).odd_titles) == [
        "line 26: the title “一、收到和处理政府信息公开申请情况” is on the form “三、收到和处理政府信息公开申请情况”",
        "line 83: the title “五、存在的主要问题及整改措施” is on the form “五、存在的主要问题及改进情况”",
    ]
    lost = [each for each in REPORT if each != "二、主动公开政府信息情况"]
    assert said(locate.lines(NEW, lost).odd_titles)[-1] == "the title “二、主动公开政府信息情况” is not there"
