"""What people type into a number cell; see the list in reports/README.md of the project's brief."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.form.parts import ValueKind
from toolkit.ground import language
from toolkit.model import numbers


@pytest.fixture(autouse=True)
def _english() -> None:
    language.choose("en")


@pytest.mark.parametrize("sign", ["/", "-", "—", "——", "_", "无", "／", "－", "＿", " / ", "\u00a0-\u00a0", "─"])
def test_a_sign_for_none_stays_what_was_typed_and_is_known(sign: str) -> None:
    assert numbers.none_sign(sign)
    assert numbers.read(sign, "count") == (sign.strip(), None)


@pytest.mark.parametrize("blank", [None, "", " ", "\u00a0", "\u3000", "\u200b", "\n", "\ufeff \u00a0"])
def test_a_cell_with_nothing_to_see_is_empty(blank: object) -> None:
    assert numbers.read(blank, "count") == (None, None)
    assert not numbers.none_sign(blank)


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        (3, "count", 3),
        (3.0, "count", 3),
        (2.5, "count", Decimal("2.5")),
        (-4, "signed", -4),
        (190.457379, "money", Decimal("190.457379")),
        (0, "money", Decimal(0)),
        (72701.2578, "money", Decimal("72701.2578")),
        (1e15, "money", Decimal(10**15)),
    ],
)
def test_a_number_is_that_number_without_remark(typed: object, kind: ValueKind, value: object) -> None:
    assert numbers.read(typed, kind) == (value, None)


@pytest.mark.parametrize(
    ("typed", "kind", "value", "said"),
    [
        ("251000元", "money", "25.1", "“251000元” (元) is read as 25.1 万元"),
        ("251000（元）", "money", "25.1", "“251000（元）” (元) is read as 25.1 万元"),
        ("1230500元", "money", "123.05", "“1230500元” (元) is read as 123.05 万元"),
        ("160.5964万元", "money", "160.5964", "“160.5964万元” is read as 160.5964"),
        ("160.5964 万元", "money", "160.5964", "“160.5964 万元” is read as 160.5964"),
        ("减4", "signed", "-4", "“减4” is read as -4"),
        ("减少 4 项", "signed", "-4", "“减少 4 项” is read as -4"),
        ("增加12", "signed", "12", "“增加12” is read as 12"),
        ("−3", "signed", "-3", "“−3” is read as -3"),
        ("+1036", "count", "1036", "“+1036” is read as 1036"),
        (
            "22（其中修订 16 件）",
            "count",
            "22",
            "“22（其中修订 16 件）” is read as 22; the words in brackets are left out",
        ),
        ("３", "count", "3", "“３” is read as 3"),
        ("１，０３６", "count", "1036", "“１，０３６” is read as 1036"),
        ("1,036", "count", "1036", "“1,036” is read as 1036"),
        ("1\u2009036", "count", "1036", "“1\u2009036” is read as 1036"),
        ("3件", "count", "3", "“3件” is read as 3"),
        ("3 件", "count", "3", "“3 件” is read as 3"),
        ("\u00a03", "count", "3", "“3” is stored as text, which a spreadsheet leaves out of a sum; it is read as 3"),
        ("3.0", "count", "3", "“3.0” is stored as text, which a spreadsheet leaves out of a sum; it is read as 3"),
        (
            "190.457379",
            "money",
            "190.457379",
            "“190.457379” is stored as text, which a spreadsheet leaves out of a sum; it is read as 190.457379",
        ),
    ],
)
def test_a_number_with_something_to_it_is_read_and_said(typed: str, kind: ValueKind, value: str, said: str) -> None:
    read, remark = numbers.read(typed, kind)
    assert read == Decimal(value)
    assert str(remark) == said


def test_a_change_with_its_plus_is_typed_as_it_should_be() -> None:
    assert numbers.read("+1036", "signed") == (1036, None)


@pytest.mark.parametrize(
    "typed",
    ["约30", "三", "5%", "1e5", "3 | 3", "3 3", "12 345", "3\n3", "1,23", "10²", "①", "2024-01-18", "1/2", "3.", ".5",
     "3人次余", "--3", "+-3", "22（16）", "3万", "二十", "0x10", "٣", "9" * 16, "多件", "3、4", "见附件"],
)  # fmt: skip
def test_nothing_else_is_guessed(typed: str) -> None:
    assert numbers.read(typed, "count") == (typed, None)
    assert not numbers.none_sign(typed)


@pytest.mark.parametrize(
    ("typed", "kind"), [("251000元", "count"), ("3件", "money"), ("5（其中3元）", "money"), ("3亿元", "money")]
)
def test_a_unit_that_does_not_belong_there_leaves_the_text(typed: str, kind: ValueKind) -> None:
    assert numbers.read(typed, kind) == (typed, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(True, "TRUE"), (float("nan"), "nan"), (float("inf"), "inf"), (datetime.date(2024, 1, 18), "2024-01-18")],
)
def test_what_is_no_number_of_the_sheet_stays_as_text(typed: object, kept: str) -> None:
    assert numbers.read(typed, "money") == (kept, None)


def test_the_unit_of_the_head_counts_unless_the_cell_has_its_own() -> None:
    value, remark = numbers.read(251000, "money", "元")
    assert (value, str(remark)) == (Decimal("25.1"), "“251000” (元) is read as 25.1 万元")
    assert numbers.read("251000", "money", "元")[0] == Decimal("25.1")
    assert numbers.read("3万元", "money", "元")[0] == Decimal(3)
    assert numbers.read(0, "money", "元") == (Decimal(0), None)
    assert numbers.read(251000, "money", "万元") == (Decimal(251000), None)
    assert numbers.read(251000, "count", "元") == (251000, None)


@given(st.integers(-(10**14), 10**14))
def test_a_whole_number_written_out_is_itself(number: int) -> None:
    assert numbers.read(str(number), "count")[0] == number
    assert numbers.read(f"{abs(number):,}", "count")[0] == abs(number)


@given(st.text("0123456789 ,.+-/元件（）减\u00a0\u3000", max_size=12))
def test_digits_that_stand_apart_are_never_run_together(typed: str) -> None:
    value, _ = numbers.read(typed, "count")
    if value is not None and not isinstance(value, str):
        figure = typed.partition("（")[0]  # what stands in brackets behind it is left out, and said to be
        digits = "".join(sign for sign in figure if sign in "0123456789.,")
        assert digits.rstrip(",") in figure
        assert Decimal(value).copy_abs() == Decimal(digits.replace(",", ""))
