"""A table on a terminal: figures whole, words wrapped where room is short, one way for every screen."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from tests import ROOT
from toolkit.form.edition import editions, named
from toolkit.model.changes import Change, Year
from toolkit.render import grouped
from toolkit.render.screen.columns import Cell, Column, table
from toolkit.render.screen.foremost import FEW, LARGEST, foremost

WORDS = st.text("云岭县人民政府ab ，（）", max_size=60)


def _drawn(columns: list[Column], rows: list[tuple[object, ...] | Text], width: int, **how: bool) -> list[str]:
    return [str(line) for line in table(columns, rows, width, **how)]


def test_figures_stand_under_each_other_and_a_line_goes_across() -> None:
    columns = [Column("单位", wraps=True), Column("件数", right=True)]
    rows: list[tuple[object, ...] | Text] = [("甲镇", 5), Text("以下为部门"), ("财政局", Cell("1,200", "red"))]
    assert _drawn(columns, rows, 40) == ["单位     件数", "─" * 13, "甲镇        5", "以下为部门", "财政局  1,200"]
    assert _drawn(columns, rows, 40, ruled=False)[1] == "甲镇        5"


def test_words_wrap_beside_figures_that_stay_whole() -> None:
    columns = [Column("", wraps=True), Column("", right=True)]
    assert _drawn(columns, [("云岭县人民政府办公室", 1234567)], 19) == ["云岭县人民  1234567", "政府办公室"]
    assert _drawn(columns, [("甲\n乙", 1)], 19) == ["甲  1", "乙"]


@given(st.lists(st.tuples(WORDS, WORDS, st.integers(0, 10**9)), min_size=1, max_size=6), st.integers(40, 120))
def test_no_line_is_wider_than_the_screen_and_no_word_is_lost(rows: list[tuple[str, str, int]], width: int) -> None:
    columns = [Column("单位", wraps=True), Column("文件", wraps=True), Column("件数", right=True)]
    lines = _drawn(columns, list(rows), width)
    assert max(map(cell_len, lines)) <= width
    shown = "".join("".join(lines).split())
    for _, _, figure in rows:
        assert str(figure) in "".join(lines)
    assert sorted(shown.replace("─", "")) == sorted(
        "".join("".join(map(str, row)) for row in [("单位", "文件", "件数"), *rows]).replace(" ", "")
    )


def test_a_table_of_figures_parts_their_thousands() -> None:
    assert [grouped(each) for each in (45179, 0, None, "12件", Decimal("59237.2449"))] == [
        "45,179", "0", "", "12件", "59,237.2449",
    ]  # fmt: skip
    assert [grouped(each, "+") for each in (45179, -1200, 0, Decimal("0.00"))] == ["+45,179", "-1,200", "0", "0.00"]


def test_no_screen_draws_a_table_of_its_own() -> None:
    for path in (ROOT / "toolkit" / "render" / "screen").glob("*.py"):
        assert "rich.table" not in path.read_text(encoding="utf-8"), path.name


def _change(ref: str, before: int, after: int) -> Change:
    return Change(ref, ref, "same", (Year(ref, before, "figure"), Year(ref, after, "figure")), 30)


def test_of_many_changes_the_important_and_the_largest_come_first() -> None:
    edition = named("2021")
    rows = [_change(ref, 100, 101 + n) for n, ref in enumerate(edition.figures)]
    first = foremost(rows)
    key = set(editions()[-1].wording.county.key_figures)
    assert {each.ref for each in first} >= key
    others = [each for each in first if each.ref not in key]
    assert len(others) == LARGEST
    left = [each for each in rows if each not in first and edition.figures[each.ref].kind == "entry"]
    assert min(each.change or 0 for each in others) >= max(each.change or 0 for each in left)
    assert [each.ref for each in first] == [ref for ref in edition.figures if ref in {each.ref for each in first}]
    assert foremost(rows[:FEW]) == tuple(rows[:FEW])
