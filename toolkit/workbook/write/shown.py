"""What the cells of a workbook show when it is handed out, and formulas that ask the same of them later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from toolkit.form import equation
from toolkit.form.layout import Layout, Place, layout
from toolkit.form.parts import Edition, Number, Ref, Value
from toolkit.model import numbers
from toolkit.model.filing import Entry, Filing
from toolkit.workbook.write import formulas, typed_numbers
from toolkit.workbook.write.formulas import Area

SIGNS = (*sorted(numbers.NONE_SIGNS), *sorted(chr(ord(each) + 0xFEE0) for each in "/-_\\"))
"""What people write for "none", as a cell of the workbook lists it."""

SIGNS_COLUMN = "L"
SIGNS_AT = f"${SIGNS_COLUMN}$1:${SIGNS_COLUMN}${len(SIGNS)}"


class Formula(NamedTuple):
    """A formula without `=` and what it gives."""

    said: str
    value: Number | str


class _Blocks(NamedTuple):
    """In which blocks figures of a form lie, for all that were asked for: the same in each of its workbooks."""

    mirror: Mapping[Ref, Place]
    areas: dict[tuple[Ref, ...], tuple[Area, ...]]
    beside: dict[tuple[Ref, ...], tuple[Area, ...]]


@lru_cache(maxsize=16)
def _blocks(edition: Edition) -> _Blocks:
    return _Blocks(typed_numbers.mirror(layout(edition)), {}, {})


@dataclass(frozen=True, slots=True)
class Standing:
    """The filing of a workbook as its cells show it: `shown` has what stands in each; `zeros`: its blanks are 0.

    `mirror` says where the numbers in text stand, and `read` has those that there are.
    """

    made: Layout
    shown: Mapping[Ref, Value]
    zeros: bool
    mirror: Mapping[Ref, Place]
    read: Mapping[Ref, Number]

    def areas(self, refs: Iterable[Ref]) -> tuple[Area, ...]:
        """The blocks some figures lie in, as another sheet names them; many rows ask for the same."""
        asked, known = tuple(refs), _blocks(self.made.edition).areas
        if (found := known.get(asked)) is None:
            found = known[asked] = formulas.areas(self.made.places, asked, elsewhere=True)
        return found

    def beside(self, refs: Iterable[Ref]) -> tuple[Area, ...]:
        """The blocks with the numbers in text of some figures, in the order of their areas."""
        asked, known = tuple(refs), _blocks(self.made.edition).beside
        if (found := known.get(asked)) is None:
            found = known[asked] = formulas.areas(self.mirror, asked)
        return found

    def typed(self, refs: Sequence[Ref]) -> Formula:
        """How many cells have a number in text."""
        return Formula(formulas.counted(self.beside(refs)), sum(ref in self.read for ref in refs))

    def filled(self, refs: Sequence[Ref]) -> Formula:
        """How many cells have anything in them."""
        return Formula(formulas.filled(self.areas(refs)), sum(self.shown[ref] is not None for ref in refs))

    def not_zero(self, refs: Sequence[Ref]) -> Formula:
        """How many cells have a number other than 0, or text."""
        return Formula(formulas.not_zero(self.areas(refs)), sum(bool(self.shown[ref]) for ref in refs))

    def blanks(self, refs: Sequence[Ref]) -> Formula:
        """How many cells are blank."""
        return Formula(formulas.blanks(self.areas(refs)), sum(self.shown[ref] is None for ref in refs))

    def signs(self, refs: Sequence[Ref]) -> Formula:
        """How many cells have a sign for "none"."""
        count = sum(numbers.none_sign(self.shown[ref]) for ref in refs)
        return Formula(formulas.signs(self.areas(refs), SIGNS_AT), count)

    def unread(self, refs: Sequence[Ref]) -> Formula:
        """How many cells count for nothing we could know: text that is neither number nor sign for "none", an error."""
        said = f"{formulas.unread(self.areas(refs), SIGNS_AT)}-{formulas.counted(self.beside(refs))}"
        return Formula(said, sum(self.is_unread(ref) for ref in refs))

    def is_unread(self, ref: Ref) -> bool:
        """Whether a cell holds text that is no sign for "none" and in which there is no number."""
        value = self.shown[ref]
        return isinstance(value, str) and not numbers.none_sign(value) and ref not in self.read

    def errors(self, refs: Sequence[Ref]) -> Formula:
        """How many cells show an error value; none when it is handed out, since we write no such cell."""
        return Formula(formulas.errors(self.areas(refs)), 0)

    def texts(self, refs: Sequence[Ref]) -> Formula:
        """How many cells have text that is no sign for "none" and in which there is no number."""
        unread, errors = self.unread(refs), self.errors(refs)
        return Formula(f"{unread.said}-({errors.said})", unread.value)

    def outside(self, refs: Sequence[Ref]) -> Formula:
        """How many numbers are not of their kind: negative, or not whole."""
        figures = self.made.edition.figures
        kinds = {kind: [ref for ref in refs if figures[ref].value == kind] for kind in _OUTSIDE}
        said = "+".join(make(self.areas(kinds[kind])) for kind, make in _OUTSIDE.items() if kinds[kind])
        count = sum(outside(self.shown[ref], kind) for kind, here in kinds.items() for ref in here)
        return Formula(said, count)

    def added(self, side: Iterable[tuple[int, Ref]], *, whole: bool) -> Formula:
        """One side of an equation; `whole` has a total count for the sum of its entries and not for what it shows."""
        operands: list[tuple[int, str]] = []
        result: Number = 0
        for factor, ref in side:
            parts = () if not ref else self.made.edition.figures[ref].parts if whole else (ref,)
            operands.append((factor, formulas.summed((*self.areas(parts), *self.beside(parts))) if parts else ""))
            for number in [self._number(part) for part in parts] if ref else [1]:
                result = result + factor * number
        return Formula(equation.formula(operands), result)

    def _number(self, ref: Ref) -> Number:
        value = self.read.get(ref, self.shown[ref])
        return 0 if value is None or isinstance(value, str) else value


_OUTSIDE: Mapping[str, Callable[[Sequence[Area]], str]] = {
    "count": lambda areas: formulas.outside(areas, signed=False),
    "signed": lambda areas: formulas.outside(areas, signed=True),
    "money": formulas.negative,
}


def outside(value: Value, kind: str) -> bool:
    """Whether a value is a number that is not of its kind: negative, or not whole."""
    if value is None or isinstance(value, str):
        return False
    return (kind != "signed" and value < 0) or (kind != "money" and value != int(value))


def standing(made: Layout, filing: Filing) -> Standing:
    """What the cell of every figure shows; a total that nobody typed over shows the sum of its numbers."""
    values: dict[Ref, Value] = {}
    for ref, figure in made.edition.figures.items():
        calculated = figure.kind == "total" and formulas.calculated(filing, figure)
        values[ref] = (
            formulas.stored(filing, figure.parts) if calculated else filing.entries.get(ref, Entry(None)).value
        )
    read = {ref: number for ref, value in values.items()
            if (number := typed_numbers.number_in(value, made.edition.figures[ref].value)) is not None}  # fmt: skip
    return Standing(made, values, filing.blanks_are_zero, _blocks(made.edition).mirror, read)
