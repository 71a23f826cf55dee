"""A filing finds its unit on the roster by code, name or file name, whatever the size of the roster."""

from __future__ import annotations

import pytest

from toolkit.ground.language import speaking
from toolkit.model.belonging import belonging, contradiction
from toolkit.model.filing import Unit
from toolkit.model.ledger import Member

CODE = "11321322014318713X"
KNOWN = (
    Member(Unit("城关镇", CODE)),
    Member(Unit("城关镇财政所", "B0001")),
    Member(Unit("石桥镇人民政府", "911234567890123456")),
    Member(Unit("林业站", "L0001")),
    Member(Unit("林业站（南）", "L0002")),
    Member(Unit("水利站", "1")),
)


@pytest.mark.parametrize(
    ("unit", "stem", "whose", "by"),
    [
        (Unit("别名", CODE.lower()), "", 0, "code"),
        (Unit("城关镇（盖章）", "没有"), "", 0, "name"),
        (Unit("石桥镇 人民政府。", "911234567890123000"), "", 2, "name"),
        (Unit(""), "2024-城关镇财政所（终稿）", 1, "file-name"),
        (Unit(""), f"上报{CODE}", 0, "file-name"),
        (Unit(""), "石桥镇人民政府(盖章)", 2, "file-name"),
        (Unit("林业站(南)"), "", 4, "name"),
    ],
)
def test_a_filing_finds_its_unit(unit: Unit, stem: str, whose: int, by: str) -> None:
    assert belonging(KNOWN, unit, stem)[:2] == (KNOWN[whose], by)


@pytest.mark.parametrize("stem", ["城关镇、石桥镇人民政府", "2021", "AB00012", "第1稿", f"7{CODE}", ""])
def test_a_file_name_that_may_mean_another_is_nobodys(stem: str) -> None:
    assert belonging(KNOWN, Unit(""), stem).member is None


def test_a_code_that_lost_its_digits_finds_nobody() -> None:
    known = (Member(Unit("甲镇", "911234567890123000")), Member(Unit("乙镇")))
    assert belonging(known, Unit("丙镇", "911234567890123000"), "").member is None
    assert belonging(known, Unit("乙镇", "911234567890123000"), "").member is known[1]


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (Unit("石桥镇人民政府", CODE), "its code is that of 城关镇, its name that of 石桥镇人民政府"),
        (Unit("外镇", CODE), "it calls itself 外镇, its code is that of 城关镇"),
        (Unit("城关镇", CODE[:-1] + "9"), f"its code is {CODE[:-1]}9, that of 城关镇 on the roster {CODE}"),
    ],
)
def test_a_filing_that_contradicts_itself_is_told(unit: Unit, said: str) -> None:
    with speaking("en"):
        assert str(contradiction(KNOWN, unit)) == said


@pytest.mark.parametrize(
    "unit",
    [Unit("城关镇", CODE), Unit("城关镇（盖章）"), Unit("", CODE), Unit(""), Unit("外镇", "Z"), Unit("城关镇", "001")],
)
def test_what_agrees_is_not_told(unit: Unit) -> None:
    assert contradiction(KNOWN, unit) is None


def test_the_roster_is_gone_through_once_not_for_every_file() -> None:
    class Counted(tuple[Member, ...]):
        gone_through = 0

        def __iter__(self):  # type: ignore[no-untyped-def]
            Counted.gone_through += 1
            return super().__iter__()

    known = Counted(Member(Unit(f"第{n}镇人民政府", f"T{n:05}")) for n in range(2000))
    for n in range(0, 2000, 5):
        assert belonging(known, Unit(""), f"第{n}镇人民政府-2024").member == Member(
            Unit(f"第{n}镇人民政府", f"T{n:05}")
        )
    assert Counted.gone_through <= 2
