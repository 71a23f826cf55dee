"""Amounts of one level side by side: one that is 10,000 times the others' is told of, in a folder and in a merge."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counting import MOST, counted
from tests.county.test_merge import delivered, put, town
from tests.sessions import run
from toolkit.county.peers import amounts, unlike_peers
from toolkit.form.edition import named
from toolkit.model.filing import Checked, Entry, Filing, Origin, Unit
from toolkit.model.ledger import Delivery

FEES = "fees/fees/amount"


def paying(n: int, amount: str, level: str = "city") -> Filing:
    made = town(n)
    entries = {**made.entries, FEES: Entry(Decimal(amount), Origin("表二", "D20"))}
    return dataclasses.replace(made, entries=entries, unit=dataclasses.replace(made.unit, level=level))


def told(*made: Filing) -> list[str | None]:
    """Of each filing what its amount probably is, None where nothing is said of it."""
    inputs = [dataclasses.replace(delivered(one), amounts=amounts(one)) for one in made]
    return [likely(each) for each in unlike_peers(inputs) if isinstance(each, Delivery)]


def likely(of: Checked | Delivery) -> str | None:
    found = [each for each in of.findings if each.rule == "fees-in-yuan"]
    assert len(found) < 2
    for each in found:
        assert each.suspect is not None
        assert (each.level, each.cells[0].cell, each.suspect.certain) == ("verify", "D20", False)
        assert each.suspect.group > 0
        return f"{each.suspect.repairs[0][0].likely:f}"
    return None


@pytest.mark.parametrize(
    ("all_amounts", "due"),
    [
        (("3.2", "1.5", "2.25", "32500"), [None, None, None, "3.25"]),
        (("3.2", "1.5", "2.25", "4", "5", "32500", "41000"), [None, None, None, None, None, "3.25", "4.1"]),
        (("3.2", "1.5", "32500"), [None, None, None]),  # two are nobody's measure
        (("3.2", "1.5", "2.25", "900"), [None] * 4),  # much, but not of another size
        (("3.2", "1.5", "2.25", "900000"), [None] * 4),  # as 元 it would still be thirty times all others
        (("0", "0", "0", "32500"), [None] * 4),
        (("32500", "41000", "22000", "3.2", "2", "1"), [None] * 6),  # who is right, nobody can tell
    ],
)
def test_an_amount_of_another_size_than_those_of_its_level(all_amounts: Sequence[str], due: list[str | None]) -> None:
    assert told(*(paying(n, each) for n, each in enumerate(all_amounts))) == due


def test_only_units_of_one_level_are_peers_and_a_unit_is_none_of_its_own() -> None:
    others = [paying(n, each, "township") for n, each in enumerate(("3.2", "1.5", "2.25"))]
    assert told(*others, paying(3, "32500")) == [None] * 4
    twice = [dataclasses.replace(paying(0, "3.2"), source=f"{n}.xlsx") for n in range(3)]
    assert told(*twice, dataclasses.replace(paying(0, "32500"), source="d.xlsx")) == [None] * 4


def test_what_was_told_of_already_is_not_told_again() -> None:
    made = [paying(n, each, "township") for n, each in enumerate(("3.2", "1.5", "2.25", "32500"))]
    assert told(*made) == [None, None, None, "3.25"]


def test_a_folder_and_a_merge_say_so(tmp_path: Path) -> None:
    for n, each in enumerate(("3.2", "1.5", "2.25", "32500")):
        put(tmp_path / "in", paying(n, each))
    assert "同级单位" in run("xls check in", tmp_path).stdout
    run("xls merge in --unit 县 -o c.xlsx --letters out", tmp_path)
    assert [each.name for each in (tmp_path / "out").glob("*.xlsx")]


def test_a_form_that_does_not_ask_has_no_amounts_to_compare() -> None:
    assert [each.ref for each in amounts(paying(0, "3"))] == [FEES]
    assert [rule.table for rule in named("2019").rules if rule.check == "in-yuan"] == ["procurement"]


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([1, 2, 3, 9, 900, 9_000, 32_500, 41_000])), max_size=14))
def test_it_is_what_going_through_all_others_gives(amounts_of: list[tuple[int, int]]) -> None:
    made = [dataclasses.replace(paying(n, str(value)), source=f"{at}.xlsx") for at, (n, value) in enumerate(amounts_of)]
    inputs = [dataclasses.replace(delivered(one), amounts=amounts(one), findings=()) for one in made]
    for (n, value), each in zip(amounts_of, unlike_peers(inputs), strict=True):
        assert isinstance(each, Delivery)
        others = sorted(size for other, size in amounts_of if other != n)
        small = [size for size in others if size * 1000 <= value]
        due = len(small) >= 3 and len(small) * 3 >= len(others) * 2 and value <= small[-1] * 100_000
        assert [str(one.message) for one in each.findings] == ([_said(value, small)] if due else [])


def _said(value: int, small: list[int]) -> str:
    return f"行政事业性收费填的是 {value} 万元，同级单位（设区的市政府）为 {small[0]} 至 {small[-1]} 万元"


def test_twice_as_many_filings_are_twice_the_work() -> None:
    def work(count: int) -> int:
        one = dataclasses.replace(delivered(paying(0, "3")), findings=())
        values = ("3", "2", "1", "2500", "32500")
        made = [dataclasses.replace(one, unit=Unit(f"第{n}镇人民政府", None, "township"), source=f"{n}.xlsx",
                                    amounts=amounts(paying(0, values[n % 5]))) for n in range(count)]  # fmt: skip
        return counted(lambda: list(unlike_peers(made)))

    work(400)  # what is known of a name is told once
    assert work(400) < MOST * work(200)
