"""Tables drawn with lines that a page break cuts: through a label, a figure, a head."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from toolkit.intake.sources.ruled import Box, Drawn, Sign, grids

WIDE, NARROW, SIZE = 60.0, 24.0, 9.0
"""Two characters of nine points fill a narrow column: its sides keep some points free."""


def page(number: int, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Drawn:
    """A table on a page of its own: a cell a text, its lines parted."""
    edges = [sum(widths[:n]) for n in range(len(widths) + 1)]
    cells: list[Box] = []
    signs: list[Sign] = []
    top = 100.0
    for row in rows:
        bottom = top + 12 * max(said.count("\n") + 1 for said in row) + 4
        for (left, right), said in zip(pairwise(edges), row, strict=True):
            cells.append(Box(left, top, right, bottom))
            for line, words in enumerate(said.split("\n")):
                begins = left + 5
                for sign in words:
                    wide = SIZE if ord(sign) > 255 else SIZE / 2
                    signs.append(Sign(sign, begins, begins + wide, top + 8 + 12 * line, SIZE))
                    begins += wide
        top = bottom
    return Drawn(number, tuple(cells), tuple(signs), on=True, off=True)


def read(widths: Sequence[float], *pages: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The rows of a table that goes on over pages."""
    (grid,) = grids([page(number, rows, widths) for number, rows in enumerate(pages, 1)])
    return [tuple(str(value).replace("\n", "") for value in row) for row in grid.rows]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("4.保护", "第三方合\n法权益", "4.保护第三方合法权益"),
        ("6.属于四类", "过程性信息", "6.属于四类过程性信息"),
        ("1.本机关不掌\n握相关政府", "信息", "1.本机关不掌握相关政府信息"),
    ],
)
def test_a_label_that_a_page_break_cuts_is_one_whatever_its_rest_begins_with(
    above: str, below: str, whole: str
) -> None:
    rows = read((WIDE, NARROW, NARROW), [(above, "3", "8")], [(below, "", ""), ("5.其他", "1", "2")])
    assert rows == [(whole, "3", "8"), ("5.其他", "1", "2")]


def test_a_figure_that_a_page_break_cuts_is_one_figure() -> None:
    rows = read((18, 18, 18), [("29", "4", "73")], [("4", "", "6")])
    assert rows == [("294", "4", "736")]
    with_label = read((WIDE, 18, 18), [("1.属于国家", "29", "4")], [("秘密", "4", "")])
    assert with_label == [("1.属于国家秘密", "294", "4")]


@pytest.mark.parametrize(
    ("widths", "above", "below"),
    [
        ((WIDE, NARROW * 2, NARROW * 2), ("规章", "29", "4"), ("", "4", "")),
        ((WIDE, 18, 18), ("1.属于", "29", "43"), ("2.其他", "4", "")),
        ((18, 18), ("29", "43"), ("41", "22")),
        ((WIDE, 18, 18), ("规章", "29", "4"), ("规范性文件", "4", "")),
    ],
    ids=["room for more", "a row of its own", "a row as full", "no label cut"],
)
def test_figures_are_put_together_only_where_they_filled_their_cells(
    widths: Sequence[float], above: Sequence[str], below: Sequence[str]
) -> None:
    assert read(widths, [above], [below]) == [tuple(above), tuple(below)]


def test_a_head_that_a_page_break_cuts_is_one_head() -> None:
    rows = read((18, 18), [("结\n果\n维", "总\n计")], [("持", ""), ("4", "5")])
    assert rows == [("结果维持", "总计"), ("4", "5")]


def test_figures_on_the_page_after_their_head_are_no_part_of_it() -> None:
    rows = read((18, 18), [("结\n果\n维\n持", "总\n计")], [("0", "4")])
    assert rows == [("结果维持", "总计"), ("0", "4")]


def test_a_head_printed_again_on_the_next_page_stands_there_once() -> None:
    first = [("第二十条第（五）项", ""), ("信息内容", "处理决定数量")]
    rows = read((WIDE * 2, WIDE * 2), first, [first[0], ("行政许可", "7")])
    assert rows == [*first, ("行政许可", "7")]
