"""A row of the sheet on which a workbook checks itself, and where the rows stand."""

from __future__ import annotations

from toolkit.form.layout import Place
from toolkit.form.parts import Ref, Rule
from toolkit.form.words import SelfCheck
from toolkit.ground.values import dataclass
from toolkit.workbook.write.shown import Formula

FIRST = 5
"""The row, counted from 1, in which the first rule stands."""

SUMMARY_ROW = 1
COUNT, MISSING, LEVEL_AT, ZEROS_AT = "J", "K", "$M$1", "$M$2"
"""Hidden columns: how many findings a row stands for, whether a total is missing; the label of the unit's level, and 1
where the unit says that its blanks are 0.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet. `marked` are the figures whose cells it colours where it does not hold."""

    number: int
    rule: str
    level: str
    place: str
    asked: str
    link: Place
    left: Formula
    right: Formula | None
    state: Formula
    count: Formula
    missing: Formula | None = None
    marked: tuple[Ref, ...] = ()


def level_word(words: SelfCheck, rule: Rule) -> str:
    """What the sheet calls the level of a rule."""
    return words.error if rule.level == "error" else words.verify
