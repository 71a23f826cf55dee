"""What a person typed into a number cell: the number, and a remark where it was not typed as a plain number.

Nothing is guessed: what is not listed here as a way of writing a number is no number and stays as it was typed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Self

from toolkit.form.parts import Number, Value, ValueKind
from toolkit.ground.language import Text, text
from toolkit.ground.patterns import pattern

NONE_SIGNS = frozenset({"/", "//", "\\", "-", "--", "‐", "‑", "–", "—", "——", "―", "─", "──", "_", "__", "无"})
"""What people write for "none"; counted as nothing, never silently."""

MYRIAD = 10_000

_EXACT, _NOISE = 10**9, Decimal("5e-9")
_TOO_LARGE = 10**15
"""No spreadsheet keeps all digits of such a number, and nothing is counted so often: it is as good as text."""

_PLAIN: dict[int, int | str] = {0x3000: " ", 0x2212: "-", **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}}
"""Full-width signs made plain, and no other: NFKC would make 10² into 102."""

_UNSEEN: dict[int, str] = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), "")

_MONEY_UNIT = "万元|元"
_NUMBER = pattern(
    r"(?P<sign>[+-]|增加?|减少?)?\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[\u2007\u2009\u202f][0-9]{3})+|[0-9]{1,15})"
    r"(?P<decimals>\.[0-9]{1,10})?\s*"
    rf"(?:(?P<unit>{_MONEY_UNIT}|[件条份项次个起宗])|[(\[](?P<aside_unit>{_MONEY_UNIT}|[件条份项次个起宗])[)\]])?\s*"
    r"(?P<aside>\([^()]*[\u4e00-\u9fff][^()]*\)|\[[^\[\]]*[\u4e00-\u9fff][^\[\]]*\])?"
)
"""Blanks may stand beside signs, units and words in brackets, never between digits: `3 3` is two cells run together."""


class Dated(str):
    """What a cell in a date format shows; `number` is what is stored in it, where that can be told."""

    __slots__ = ("number",)

    def __new__(cls, shown: str, number: Decimal | None) -> Self:
        """What is shown, and the number behind it."""
        made = super().__new__(cls, shown)
        made.number = number
        return made

    number: Decimal | None


def stored(number: float) -> Decimal:
    """A stored double as the decimal a spreadsheet shows: 15 significant digits. What a computer adds up in binary is
    seldom the decimal sum: 0.1 + 0.2 is stored as 0.30000000000000004, 1587486.14 - 1584941.49 as 2544.6499999999069.

    What is nearer to a whole fen (six decimals of 万元) than any addition of millions errs is that.
    """
    shown = Decimal(f"{number:.15g}")
    if not shown.is_finite() or shown == shown.to_integral_value() or abs(shown) >= _EXACT:
        return shown
    near = round(shown, 6)
    return near if abs(near - shown) < _NOISE else shown


def none_sign(value: object) -> bool:
    """Whether a value is one of the signs people write for "none"."""
    return isinstance(value, str) and _folded(value) in NONE_SIGNS


def read(typed: object, kind: ValueKind, unit: str = "") -> tuple[Value, Text | None]:
    """The value of a cell and what was read into it.

    `unit` is a unit of money printed in the head of the column (万元 or 元; empty for the form's own, which is 万元).
    Money is in 万元 as a Decimal; counts are whole numbers, or a Decimal where a fraction was typed.
    """
    if typed is None:
        return None, None
    if isinstance(typed, Dated):
        return str(typed), _dated(typed)
    if isinstance(typed, str):
        return _of_text(typed.strip(), _folded(typed), kind, unit)
    if isinstance(typed, bool) or not isinstance(typed, int | float | Decimal):
        return str(typed).upper() if isinstance(typed, bool) else str(typed), None
    number = stored(typed) if isinstance(typed, float) else Decimal(typed)
    if not number.is_finite() or abs(number) > _TOO_LARGE:
        return str(typed), None
    return _in_myriads(number, typed) if kind == "money" and unit == "元" else (_number(number, kind), None)


def _dated(typed: Dated) -> Text:
    if typed.number is None:
        return text("the cell has a date format")
    return text("the cell has a date format; the number in it is {number}", number=typed.number)


def _of_text(typed: str, folded: str, kind: ValueKind, unit: str) -> tuple[Value, Text | None]:
    if not folded:
        return None, None
    match = _NUMBER.fullmatch(folded)
    if match is None:
        return typed, None
    sign, aside = match["sign"] or "", match["aside"] or ""
    own = match["unit"] or match["aside_unit"] or ""
    if not _unit_fits(own, aside, kind):
        return typed, None
    number = Decimal(re.sub(r"[^0-9]", "", match["digits"]) + (match["decimals"] or ""))
    if sign in ("-", "减", "减少"):
        number = -number
    if kind == "money" and (own or unit) == "元":
        return _in_myriads(number, typed)
    value = _number(number, kind)
    if aside:
        return value, text("“{typed}” is read as {value}; the words in brackets are left out", typed=typed, value=value)
    if _plainly(typed, value):
        as_text = text(
            "“{typed}” is stored as text, which a spreadsheet leaves out of a sum; it is read as {value}",
            typed=typed, value=value,
        )  # fmt: skip
        return value, as_text
    if kind == "signed" and sign == "+" and typed == f"+{value}":
        return value, None
    return value, text("“{typed}” is read as {value}", typed=typed, value=value)


def _unit_fits(unit: str, aside: str, kind: ValueKind) -> bool:
    """A unit of money does not belong to a count, nor a counting word to money; words in brackets name neither."""
    if kind == "money":
        return unit in ("", "元", "万元") and "元" not in aside
    return "元" not in unit


def _plainly(typed: str, value: Number) -> bool:
    """Whether a text is a number in plain digits: `3`, `-3`, `2.50`."""
    return re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", typed) is not None and Decimal(typed) == value


def stored_as_text(remark: Text | None) -> bool:
    """Whether a remark says that a plain number is stored as text."""
    return remark is not None and remark.template.startswith("“{typed}” is stored as text")


def _in_myriads(number: Decimal, typed: object) -> tuple[Number, Text | None]:
    value = _number(number / MYRIAD, "money")
    if not number and not isinstance(typed, str):
        return value, None
    return value, text("“{typed}” ({unit}) is read as {value} 万元", typed=str(typed), unit="元", value=value)


def _number(value: Decimal, kind: ValueKind) -> Number:
    whole = value == value.to_integral_value()
    if kind == "money":
        return Decimal(int(value)) if whole else value.normalize()
    return int(value) if whole else value


def _folded(typed: str) -> str:
    """The text with full-width signs made plain, invisible ones gone and blanks at its ends cut off."""
    return typed.translate(_PLAIN).translate(_UNSEEN).strip()
