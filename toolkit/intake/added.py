"""What a formula adds: the cells it counts, how often each, and what number stands beside them. Read by openpyxl's
tokenizer; what is no mere sum is not followed, and said to be so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.form.layout import located
from toolkit.ground.patterns import pattern

if TYPE_CHECKING:
    from openpyxl.formula.tokenizer import Token

At = tuple[int, int]
_RANGE = pattern(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", re.IGNORECASE)
_MOST = 100_000
_SUMS = frozenset({"SUM(", "SUMPRODUCT(", "PLUS("})
_SAME = frozenset({"ROUND(", "N(", "INT(", "VALUE(", "ABS("})
"""Functions that give their first argument, as far as whole figures go."""


class NoSum(Exception):
    """A formula that is no sum anybody can follow from its text."""


@dataclass(slots=True)
class Added:
    """Cells of the formula's own sheet by how often they count, a number beside them, and references elsewhere."""

    cells: Counter[At] = field(default_factory=Counter)
    constant: Decimal = Decimal(0)
    elsewhere: tuple[str, ...] = ()

    def plus(self, other: Added, factor: int = 1) -> Added:
        """Both together, the other one as often as `factor` says."""
        cells = Counter(self.cells)
        for at, count in other.cells.items():
            cells[at] += factor * count
        return Added(
            Counter({at: count for at, count in cells.items() if count}),
            self.constant + factor * other.constant,
            (*self.elsewhere, *other.elsewhere),
        )


def added(formula: str, sheet: str, names: Callable[[str], tuple[str, At] | None]) -> Added:
    """What a formula on a sheet adds; `names` gives the sheet and cell that a defined name stands for.

    Raises:
        NoSum: it is no sum, or one that cannot be followed.
    """
    from openpyxl.formula import Tokenizer  # 100 ms: nearly every workbook has our own formulas alone
    from openpyxl.formula.tokenizer import TokenizerError

    try:
        tokens = Tokenizer("=" + plain(formula)).items
    except (TokenizerError, IndexError) as error:
        raise NoSum(formula) from error
    reading = _Reading([each for each in tokens if each.type != "WHITE-SPACE"], sheet, names)
    found = reading.sum()
    if reading.left:
        raise NoSum(formula)
    return found


def plain(formula: str) -> str:
    """A formula as Excel writes it; OpenDocument has `of:=SUM([.D7:.I7];[$'表二'.B6])`."""
    if not formula.startswith(("of:", "oooc:")):
        return formula.removeprefix("=")
    said = formula.partition(":")[2].removeprefix("=")
    return re.sub(r"\[([^\]]*)\]", lambda found: _of_ods(found[1]), said).replace(";", ",")


def _of_ods(reference: str) -> str:
    if "#" in reference:
        return f"'[{reference.partition('#')[0]}]'!A1"
    first, _, last = reference.partition(":")
    sheet, _, cell = first.rpartition(".")
    end = last.rpartition(".")[2]
    return (f"{sheet.lstrip('$')}!" if sheet else "") + cell + (f":{end}" if end else "")


def _parts(token: Token) -> bool:
    """Whether a token parts two arguments; one that parts the rows of a list of constants is no sum's."""
    return str(token.type) == "SEP" and token.value == ","


@dataclass(slots=True)
class _Reading:
    """The tokens of a formula that are left to read."""

    left: list[Token]
    sheet: str
    names: Callable[[str], tuple[str, At] | None]

    def sum(self) -> Added:
        """A sum of terms, up to what ends it."""
        result = self._product()
        while self.left and self.left[0].type == "OPERATOR-INFIX" and self.left[0].value in "+-":
            sign = 1 if self.left.pop(0).value == "+" else -1
            result = result.plus(self._product(), sign)
        return result

    def _product(self) -> Added:
        result = self._term()
        while self.left and self.left[0].type == "OPERATOR-INFIX" and self.left[0].value == "*":
            self.left.pop(0)
            other = self._term()
            one, many = (result, other) if not result.cells and not result.elsewhere else (other, result)
            if one.cells or one.elsewhere or one.constant != one.constant.to_integral_value():
                raise NoSum
            result = Added().plus(many, int(one.constant))
        return result

    def _term(self) -> Added:
        if not self.left:
            raise NoSum
        token = self.left.pop(0)
        if token.type == "OPERATOR-PREFIX" and token.value in "+-":
            return Added().plus(self._term(), 1 if token.value == "+" else -1)
        if token.type == "PAREN" and token.subtype == "OPEN":
            found = self.sum()
            self._close("PAREN")
            return found
        if token.type == "FUNC" and token.subtype == "OPEN":
            return self._called(token.value.upper())
        if token.type == "OPERAND" and token.subtype == "NUMBER":
            return Added(constant=Decimal(token.value))
        if token.type == "OPERAND" and token.subtype == "RANGE":
            return self._cells(token.value)
        if token.type == "OPERAND" and token.subtype == "TEXT" and token.value == '""':
            return Added()
        raise NoSum

    def _close(self, kind: str) -> None:
        if not self.left or (self.left[0].type, self.left[0].subtype) != (kind, "CLOSE"):
            raise NoSum
        self.left.pop(0)

    def _called(self, name: str) -> Added:
        if name == "IF(":
            return self._chosen(self._skipped)
        if name == "IFERROR(":
            return self._chosen()
        if name in ("SUBTOTAL(", "AGGREGATE("):
            if self._skipped() not in ("9", "109"):
                raise NoSum
            if name == "AGGREGATE(":
                self._skipped()
        elif name not in _SUMS and name not in _SAME:
            raise NoSum
        given = list(self._arguments())
        self._close("FUNC")
        if name == "SUMPRODUCT(" and len(given) != 1:
            raise NoSum
        result = Added()
        for each in given[:1] if name in _SAME else given:
            result = result.plus(each)
        return result

    def _chosen(self, before: Callable[[], str] | None = None) -> Added:
        """What either branch of a choice adds, where they add the same or nothing."""
        if before is not None:
            before()
        given = list(self._arguments())
        self._close("FUNC")
        some = [each for each in given if each.cells or each.constant or each.elsewhere]
        if any(each != some[0] for each in some):
            raise NoSum
        return some[0] if some else Added()

    def _arguments(self) -> Iterator[Added]:
        """The arguments of a function, up to its end; one that is left out adds nothing."""
        while self.left and (self.left[0].type, self.left[0].subtype) != ("FUNC", "CLOSE"):
            if _parts(self.left[0]):
                self.left.pop(0)
            else:
                yield self.sum()
                if self.left and not _parts(self.left[0]) and self.left[0].subtype != "CLOSE":
                    raise NoSum

    def _skipped(self) -> str:
        """An argument that is not followed, up to the comma behind it, as it is written."""
        said, deep = "", 0
        while self.left:
            token = self.left.pop(0)
            if _parts(token) and not deep:
                return said
            deep += {"OPEN": 1, "CLOSE": -1}.get(token.subtype, 0)
            said += str(token.value)
        raise NoSum

    def _cells(self, said: str) -> Added:
        sheet, _, cells = said.rpartition("!")
        match = _RANGE.fullmatch(cells)
        if match is None:
            known = self.names(cells) if not sheet else None
            if known is None:
                raise NoSum
            return Added(Counter([known[1]])) if known[0] == self.sheet else Added(elsewhere=(said,))
        if sheet and sheet.strip("'").replace("''", "'") != self.sheet:
            return Added(elsewhere=(said,))
        first = located((match[1] + match[2]).upper())
        last = located((match[3] + match[4]).upper()) if match[3] else first
        rows, columns = (range(min(both), max(both) + 1) for both in zip(first, last, strict=True))
        if len(rows) * len(columns) > _MOST:
            raise NoSum
        return Added(Counter((row, column) for row in rows for column in columns))
