"""A ledger unit by unit: how each stands with the county, the worst first. What it is drawn on is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from toolkit.form.parts import LEVELS, Level
from toolkit.model.filing import Unit
from toolkit.model.ledger import SETTLED, Ledger, LedgerRow
from toolkit.model.problems import problems

Standing = Literal["error", "received", "missing", "verify", "ok", "beside"]
"""Something is wrong in it; something came that cannot be used; nothing came; something is to be verified; all is well;
what came is not added, since others stand for it.
"""

ORDER: tuple[Standing, ...] = get_args(Standing)
"""The worst first."""


@dataclass(frozen=True, slots=True)
class Line:
    """How one unit stands: what came of it, the one that counts first, and its findings by level that nobody explained.

    `unit` has no name for an input of which nobody knows whose it is.
    """

    unit: Unit
    standing: Standing
    rows: tuple[LedgerRow, ...]
    counts: tuple[tuple[Level, int], ...]


def board(ledger: Ledger) -> tuple[Line, ...]:
    """A line for every unit that is expected or that delivered, and for every input that is nobody's."""
    by_unit: dict[Unit | str, list[LedgerRow]] = {}
    for row in ledger.rows:
        by_unit.setdefault(row.unit or row.source, []).append(row)
    lines = [_line(rows[0].unit or Unit(""), rows) for rows in by_unit.values()]
    lines += [_line(member.unit, ()) for member in ledger.missing if member.unit not in by_unit]
    places = {member.unit: at for at, member in enumerate(ledger.expected)}
    return tuple(sorted(lines, key=lambda each: (ORDER.index(each.standing), places.get(each.unit, len(places)))))


def _line(unit: Unit, rows: Sequence[LedgerRow]) -> Line:
    counting = [row for row in rows if row.status == "merged"]
    wrong = [row for row in rows if row.status == "rejected"]
    first = counting or wrong
    counts = tuple((level, sum(_open(row, level) for row in first)) for level in LEVELS)
    rest = tuple(row for row in rows if row not in first)
    return Line(unit, _standing(counting, wrong, rows, dict(counts)), (*first, *rest), counts)


def _standing(
    counting: Sequence[LedgerRow], wrong: Sequence[LedgerRow], rows: Sequence[LedgerRow], counts: dict[Level, int]
) -> Standing:
    if not rows:
        return "missing"
    if not counting:
        settled = all(row.status in SETTLED for row in rows)
        return "error" if wrong else "beside" if settled else "received"
    if counts["error"]:
        return "error"
    return "verify" if counts["verify"] else "ok"


def _open(row: LedgerRow, level: Level) -> int:
    """How much of a file is to be corrected or explained yet, what one cause explains once."""
    return sum(each.level == level for each in problems(one for one in row.findings if not one.explained))
