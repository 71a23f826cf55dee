"""A row of the sheet on which a workbook checks itself, and where the rows stand."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.form.layout import Place
from toolkit.form.parts import Ref, Rule
from toolkit.form.words import SelfCheck
from toolkit.workbook.write.shown import Formula

HEAD_ROW, SUMMARY_ROW = 3, 1
"""The rows of the heads and of the line on top, counted from 0."""

LISTED_FIRST, LISTED = 5, 12
"""The row, counted from 1, in which the list of what is wrong begins, and how many lines it has."""

MORE_ROW = LISTED_FIRST + LISTED - 1
"""The row, counted from 0, that says how many do not stand on that list; below it stands the head of all rules."""

FIRST = MORE_ROW + 4
"""The row, counted from 1, in which the first rule stands, under the head of its table."""

COUNT, MISSING, LEVEL_AT, ZEROS_AT, WORDS_AT, TARGET = "J", "K", "$M$1", "$M$2", "$M$3", "P"
"""Hidden columns: how many findings a row stands for, whether a total is missing; the label of the unit's level, and 1
where the unit says that its blanks are 0, the words people write behind a number; where a click on a row leads.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet. `marked` are the figures whose cells it colours where it does not hold; `first` gives the
    first cell that is wrong, as `表三!D7`, of a row that is about all cells of a table, else the empty text. `said` is
    what the row says in place of `asked` where that depends on what stands in the cells.
    """

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
    first: Formula | None = None
    said: Formula | None = None


def level_word(words: SelfCheck, rule: Rule) -> str:
    """What the sheet calls the level of a rule."""
    return {"error": words.error, "verify": words.verify}.get(rule.level, words.noted)
