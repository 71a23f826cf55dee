from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from toolkit.ground.wrapping import balanced, torn, wrap
from toolkit.render import paragraphs, plain

SIGNS = st.text(st.sampled_from("本年新收政府（一）、，。“三安全” 12.5abc"), max_size=60)


@given(SIGNS, st.integers(2, 40))
def test_no_line_is_wider_and_no_sign_is_lost(said: str, width: int) -> None:
    for lines in (wrap(said, width), balanced(said, width)):
        assert all(cell_len(line) <= width for line in lines)
        assert "".join("".join(lines).split()) == "".join(said.split())


@given(SIGNS, st.integers(2, 40))
def test_balanced_takes_no_more_lines(said: str, width: int) -> None:
    assert len(balanced(said, width)) == len(wrap(said, width))


def test_a_closing_sign_does_not_begin_a_line() -> None:
    assert wrap("第一项加第二项之和，等于第三项", 18) == ("第一项加第二项之", "和，等于第三项")
    assert torn(wrap("（三）不予公开", 6)) == 0


def test_a_number_is_not_torn_where_it_fits_on_a_line() -> None:
    assert wrap("本年收费金额72701.2578万元", 14) == ("本年收费金额", "72701.2578万元")


def test_a_number_wider_than_the_line_keeps_all_its_digits() -> None:
    assert wrap("1234567", 3) == ("123", "456", "7")


def test_words_break_at_blanks() -> None:
    assert wrap("note on table three", 9) == ("note on", "table", "three")


def test_an_indented_paragraph_stays_indented() -> None:
    assert wrap("　　一年来，我镇", 10) == ("　　一年", "来，我镇")


def test_control_signs_are_shown_not_sent() -> None:
    assert plain("a\x1b[31mb") == "a\\x1b[31mb"
    assert plain("\x9b2J\x07\x7f") == "\\x9b2J\\x07\\x7f"
    assert plain("甲\u202e乙\u2066丙\u200f") == "甲\\u202e乙\\u2066丙\\u200f"
    assert plain("a\tb\r\nc\u2028d\x85e") == "a b  c d e"
    assert plain("\ud800.xlsx") == "\\ud800.xlsx"
    assert plain("城关镇　[red]１２[/red]") == "城关镇　[red]１２[/red]"


@given(st.text())
def test_plain_text_has_no_control_signs_and_stays_plain(said: str) -> None:
    shown = plain(said)
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in shown)
    assert plain(shown) == shown


def test_a_text_keeps_its_paragraphs() -> None:
    assert paragraphs("\n　　一。\r\n二。\n\n三。\x1b\n") == ["　　一。", "二。", "", "三。\\x1b"]
