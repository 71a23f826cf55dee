from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from toolkit.form.edition import editions, named
from toolkit.form.layout import Box, Sheet, layout
from toolkit.form.parts import Ref
from toolkit.render.screen.drawing import draw
from toolkit.render.screen.fitting import fit

SHEETS = [sheet for edition in editions() for sheet in layout(edition).sheets]
NAMES = [f"{edition.id}-{sheet.name}" for edition in editions() for sheet in layout(edition).sheets]

SMALL = Sheet(
    name="表",
    title="",
    boxes=(
        Box(0, 0, 1, 5, "title", "not drawn"),
        Box(3, 0, 2, 2, "head", "项目"),
        Box(3, 2, 1, 3, "head", "行政复议"),
        Box(4, 2, 1, 1, "head", "维持"),
        Box(4, 3, 1, 2, "head", "总计"),
        Box(5, 0, 2, 1, "label", "办理"),
        Box(5, 1, 1, 1, "label", "一"),
        Box(5, 2, 1, 1, "figure", ref="t/a/x"),
        Box(5, 3, 1, 2, "figure", ref="t/a/y"),
        Box(6, 1, 1, 1, "label", "二"),
        Box(6, 2, 1, 1, "figure", ref="t/b/x"),
        Box(6, 3, 1, 2, "figure", ref="t/b/y"),
    ),
    width=5,
    height=7,
    stub=2,
    frozen=(5, 2),
)


def drawn(sheet: Sheet, width: int, figure: Callable[[Ref], str]) -> list[str]:
    return [line.plain for line in draw(sheet, figure, width)]


def test_heads_that_span_are_merged() -> None:
    assert drawn(SMALL, 30, lambda ref: "0" if ref != "t/b/y" else "12") == [
        "┌───────────┬────────────────┐",
        "│           │    行政复议    │",
        "│   项目    ├──────┬─────────┤",
        "│           │ 维持 │  总计   │",
        "├──────┬────┼──────┼─────────┤",
        "│ 办理 │ 一 │    0 │       0 │",
        "│      │ 二 │    0 │      12 │",
        "└──────┴────┴──────┴─────────┘",
    ]


def test_rows_of_one_group_share_a_box_and_others_are_ruled_off() -> None:
    lines = drawn(layout(named("2021")).sheet("表三"), 120, lambda _: "0")
    at = {
        label: next(n for n, line in enumerate(lines) if label in line)
        for label in ("2.重复申请", "3.要求提供公开出版物", "（七）总计")
    }
    assert at["3.要求提供公开出版物"] == at["2.重复申请"] + 1
    assert set(lines[at["（七）总计"] - 1]) <= set("│├┼┴┤─ ")


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize("sheet", SHEETS, ids=NAMES)
def test_a_sheet_fits_its_width_and_shows_every_label_whole(sheet: Sheet, width: int) -> None:
    lines = drawn(sheet, width, lambda _: "1234")
    assert max(map(cell_len, lines)) <= width
    assert len({cell_len(line) for line in lines}) == 1
    shown = sorted("".join(lines))
    for box in sheet.boxes:
        if box.role in ("head", "label"):
            for sign in box.text.replace(" ", ""):
                shown.remove(sign)
    assert all("".join(lines).count(digit) >= sum(box.role == "figure" for box in sheet.boxes) for digit in "1234")


@settings(max_examples=40)
@given(st.sampled_from(SHEETS), st.integers(46, 130), st.data())
def test_no_digit_is_ever_dropped(sheet: Sheet, width: int, data: st.DataObject) -> None:
    refs = [box.ref for box in sheet.boxes if box.ref]
    wide = data.draw(st.lists(st.sampled_from(refs), min_size=1, max_size=3, unique=True))
    lines = drawn(sheet, width, lambda ref: "987654321.4321" if ref in wide else "")
    assert max(map(cell_len, lines)) <= width
    signs = Counter("".join(lines)) - Counter("".join(drawn(sheet, width, lambda _: "")))
    digits = {sign: count for sign, count in signs.items() if sign in "0123456789."}
    assert digits == {sign: count * len(wide) for sign, count in Counter("987654321.4321").items()}


def test_a_wide_figure_is_given_room_before_labels_are() -> None:
    refs = [box.ref for box in layout(named("2021")).sheet("表四").boxes if box.ref]
    lines = drawn(layout(named("2021")).sheet("表四"), 80, lambda ref: "1573179" if ref == refs[3] else "0")
    assert sum("1573179" in line for line in lines) == 1


def test_a_figure_without_room_goes_over_several_lines() -> None:
    sheet = layout(named("2021")).sheet("表四")
    lines = drawn(sheet, 80, lambda _: "12345678")
    assert max(map(cell_len, lines)) <= 80
    assert sum(sum(line.count(digit) for line in lines) for digit in "12345678") == 15 * 8


def test_a_typed_text_is_shown_as_typed() -> None:
    lines = drawn(SMALL, 60, lambda ref: "22（其中修订 16 件）" if ref == "t/a/x" else "")
    assert "22（其中修订 16 件）" in "".join(lines)


def test_what_is_emphasised_has_its_style_and_nothing_else_has() -> None:
    lines = draw(SMALL, lambda ref: "7" if ref == "t/a/x" else "8", 40, {"t/a/x": "reverse"})
    marked = [line.plain[span.start : span.end] for line in lines for span in line.spans if span.style == "reverse"]
    assert marked == ["7"]


def test_text_from_a_workbook_is_no_markup_and_no_control() -> None:
    lines = draw(SMALL, lambda _: "[red]\x1b[31m", 80)
    assert all(isinstance(line, Text) for line in lines)
    assert any("[red]\\x1b[31m" in line.plain for line in lines)
    assert not any("\x1b" in line.plain for line in lines)


def test_columns_are_not_wider_than_of_use() -> None:
    boxes = [Box(0, 0, 1, 1, "label", "规章"), Box(0, 1, 1, 1, "figure", "3")]
    assert fit(boxes, 2, 1, 120).widths == (6, 4)
