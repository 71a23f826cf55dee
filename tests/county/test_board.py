"""A board says of every unit how it stands, the worst first, and forgets no input."""

from __future__ import annotations

from tests.filings import filing, reading, typed
from toolkit.county.board import ORDER, Line, board
from toolkit.ground.language import text
from toolkit.model.filing import Unit
from toolkit.model.ledger import Ledger, LedgerRow, Member, Status
from toolkit.rules import check

UNITS = {name: Unit(name, name, "township") for name in ("甲", "乙", "丙", "丁", "戊", "己")}
RIGHT = check(reading(filing("2021"))).findings
WRONG = check(reading(typed(filing("2021"), {"requests/received/total": 99}))).findings


def _row(unit: str, status: Status, findings: object = ()) -> LedgerRow:
    return LedgerRow(f"{unit}-{status}.xlsx", status, text("merged"), UNITS.get(unit), findings)  # type: ignore[arg-type]


def _board(*rows: LedgerRow, missing: str = "") -> dict[str, Line]:
    expected = tuple(Member(each) for each in UNITS.values())
    gone = tuple(each for each in expected if each.unit.name in missing)
    return {each.unit.name: each for each in board(Ledger(2024, "2021", rows, gone, expected))}


def test_units_stand_from_the_worst_to_the_best_and_then_as_on_the_roster() -> None:
    found = _board(
        _row("乙", "merged"), _row("甲", "merged"), _row("丙", "rejected", WRONG), _row("丁", "duplicate"),
        missing="戊己",
    )  # fmt: skip
    assert [(each.unit.name, each.standing) for each in found.values()] == [
        ("丙", "error"), ("丁", "received"), ("戊", "missing"), ("己", "missing"), ("甲", "ok"), ("乙", "ok"),
    ]  # fmt: skip
    assert [each.standing for each in found.values()] == sorted(
        (each.standing for each in found.values()), key=ORDER.index
    )


def test_the_input_that_counts_stands_first_and_decides() -> None:
    line = _board(_row("甲", "superseded"), _row("甲", "merged"))["甲"]
    assert line.standing == "ok"
    assert [row.status for row in line.rows] == ["merged", "superseded"]


def test_a_filing_merged_with_its_errors_is_still_wrong() -> None:
    line = _board(_row("甲", "merged", WRONG))["甲"]
    assert (line.standing, dict(line.counts)["error"]) == ("error", 1)


def test_a_sum_beside_its_units_asks_nothing_of_anybody() -> None:
    assert _board(_row("甲", "sum"))["甲"].standing == "beside", "and passed for nobody: it is in no sum"


def test_an_input_that_is_nobody_s_has_a_line_of_its_own() -> None:
    rows = (_row("谁", "unreadable"), _row("谁", "not-read"))
    assert [len(each.rows) for each in board(Ledger(2024, "2021", rows))] == [1, 1]
