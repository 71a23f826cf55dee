"""Text in a figure's cell that is read as a number, such as `36件`: formulas that take it for what `numbers.read` does.

A spreadsheet's SUM leaves such text out without a word. So the sheet on which a workbook checks itself has, in hidden
columns, a cell for every figure with the number in its text, which its sums add, and further to the right that text:
one formula for each block of figures, since one for every cell would make each workbook a fifth larger. What these
plain formulas do not know or not every program calculates alike, digits behind zeros, words in brackets, wide blanks,
stays text to be corrected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from toolkit.form.layout import Layout, Place
from toolkit.form.parts import Number, Ref, Value, ValueKind
from toolkit.ground.patterns import pattern
from toolkit.model import numbers

FIRST_COLUMN = 18
"""The first hidden column, counted from 0, in which such numbers stand."""

WORDS = "件条份项次个起宗"
"""The counting words that people write behind a number."""

_KNOWN = pattern(r"(?:0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:,[0-9]{3})+)", re.ASCII)
_PLAIN: dict[int, int | str] = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_KNOWN_MONEY = pattern(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{0,5}[1-9])?", re.ASCII)


def mirror(made: Layout) -> Mapping[Ref, Place]:
    """The cells in hidden columns of that sheet for every figure of a form: the tables' own shape, side by side."""
    found: dict[Ref, Place] = {}
    start, sheet = FIRST_COLUMN, made.edition.wording.selfcheck.sheet
    for each in made.sheets:
        here = {ref: place for ref, place in made.places.items() if place.sheet == each.name}
        found |= {ref: Place(sheet, place.row, start + place.column) for ref, place in here.items()}
        start += 1 + max((place.column for place in here.values()), default=0)
    return found


def texts(mirrored: Mapping[Ref, Place]) -> Mapping[Ref, Place]:
    """The cells further to the right, in the same order, with the text of every figure without its words."""
    columns = [place.column for place in mirrored.values()]
    width = max(columns) - min(columns) + 2
    return {ref: place._replace(column=place.column + width) for ref, place in mirrored.items()}


def bare(cell: str, kind: ValueKind, words: str = f'"{WORDS}"') -> str:
    """The formula for the text of a cell in plain signs, without a unit of money or one of the `words` behind it."""
    if kind == "money":
        return f'TRIM(SUBSTITUTE(SUBSTITUTE(ASC({cell}),"万元",""),"元",""))'
    return f"TRIM(LEFT(ASC({cell}),LEN({cell})-ISNUMBER(FIND(RIGHT({cell}),{words}))))"


def known(said: str, kind: ValueKind) -> str:
    """The condition that a text made bare is a number, an error where it is none at all."""
    if kind == "money":
        return f'ABS(VALUE({said}))&""={said}'
    value = f"VALUE({said})" if kind == "signed" else f"ABS(VALUE({said}))"
    return f'(TEXT({value},"0")={said})+(TEXT({value},"#,##0")={said})>0'


def formulas(cells: str, said: str, kind: ValueKind, words: str) -> tuple[str, str]:
    """The formulas for the bare text of a block of figures' cells and, where that stands in `said`, for its numbers.

    They are two since Excel saves none as .xls in which more than seven functions stand within each other.
    """
    myriad = f'/IF((RIGHT({cells})="元")*(RIGHT({cells},2)<>"万元"),{numbers.MYRIAD},1)'
    number = f"VALUE({said}){myriad if kind == 'money' else ''}"
    return f'IF(ISTEXT({cells}),{bare(cells, kind, words)},"")', f'IFERROR(IF({known(said, kind)},{number},""),"")'


def without_words(value: Value, kind: ValueKind) -> str:
    """What the first of those formulas gives."""
    if not isinstance(value, str):
        return ""
    plain = value.translate(_PLAIN)
    if kind == "money":
        plain = plain.replace("万元", "").replace("元", "")
    elif value.endswith(tuple(WORDS)):
        plain = plain[:-1]
    return " ".join(filter(None, plain.split(" ")))


def number_in(value: Value, kind: ValueKind) -> Number | None:
    """The number in a text as those formulas take it; None where they take it for text, and of what is none."""
    said = without_words(value, kind)
    unsigned = said.removeprefix("-") if kind == "signed" else said
    if not (_KNOWN_MONEY if kind == "money" else _KNOWN).fullmatch(unsigned):
        return None
    number = Decimal(said.replace(",", ""))
    if kind != "money":
        return int(number)
    return number / numbers.MYRIAD if re.search(r"(?<!万)元\Z", str(value)) else number
