"""What a comparison of filings says: figures over the years, texts, units. All frozen; how it is found is `diff`'s."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from toolkit.form.parts import Comparable, Number, Ref, Value
from toolkit.model.filing import Unit

State = Literal["figure", "blank", "typed", "absent", "not-on-form"]
"""What stands in a year: a number, an empty cell, a text that is no number, nothing in the source, no such figure."""


class Year(NamedTuple):
    """One figure in one year: its name on that year's form, what stands there, and which case that is."""

    ref: Ref | None
    value: Value
    state: State


Why = Literal["new", "gone", "not-received", "returned", "unreadable", "twice", "other-year", "unknown"]
"""Why a unit is not in a year: by the roster it was not yet, is no more, or has not delivered; its filing was
returned, could not be read, is there twice, is of another year; or nobody says.
"""


class Absent(NamedTuple):
    """A unit that is not in one of the years, and why."""

    unit: Unit
    year: int
    why: Why


class Share(NamedTuple):
    """What one unit adds to a change of the county."""

    unit: Unit
    change: Number


@dataclass(frozen=True, slots=True)
class Change:
    """One figure over the years. `ref` and `label` are of the latest edition that has it. `left_out` are units that
    are not in a sum, since one of their years has no number there.

    Of a change from less than `small_base` no rate is given (基数小，不评率).
    """

    ref: Ref
    label: str
    comparable: Comparable
    years: tuple[Year, ...]
    small_base: int
    by: tuple[Share, ...] = ()
    left_out: tuple[Unit, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything differs between years whose form has the figure, or the form itself."""
        return len({(year.state, year.value) for year in self.years}) > 1

    @property
    def change(self) -> Number | None:
        """The last year against the one before; None unless both are numbers."""
        before, after = (year.value for year in self.years[-2:])
        if not isinstance(before, int | Decimal) or not isinstance(after, int | Decimal):
            return None
        return after - before

    @property
    def percent(self) -> Decimal | None:
        """The change in per cent of the year before, to one place; None where that base is too small for a rate."""
        before, change = self.years[-2].value, self.change
        if change is None or not isinstance(before, int | Decimal) or before < self.small_base:
            return None
        return (Decimal(change) * 100 / Decimal(before)).quantize(Decimal("0.1"))

    @property
    def unrated(self) -> bool:
        """Whether there is a change of which no rate is given."""
        return bool(self.change) and self.percent is None


class Piece(NamedTuple):
    """A run of a text: kept, taken out or put in."""

    kind: Literal["same", "out", "in"]
    said: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """A section of text, the last year against the one before; `same` is the share of this year's text kept, 0 to 1."""

    section: str
    title: str
    changed: bool
    same: Decimal
    pieces: tuple[Piece, ...]


class TypedOver(NamedTuple):
    """A total that is not the sum of its entries: in which filing, what stands there, and what the entries give."""

    source: str
    ref: Ref
    label: str
    stated: Value
    computed: Number


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """One unit over the years; `figures` has every figure of every edition concerned, changed or not."""

    unit: Unit
    figures: tuple[Change, ...]
    texts: tuple[TextChange, ...] = ()
    typed_over: tuple[TypedOver, ...] = ()


class Renamed(NamedTuple):
    """A unit of one code under two names."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Filings of several years compared. `totals` are the sums over the units that are in every year, `compared` is how
    many those are; there are none where only files were given. `absent` are the others, year by year.

    `renamed` are units of one code under two names, `spelled` those whose names differ by a slip only.
    """

    years: tuple[int, ...]
    editions: tuple[str, ...]
    units: tuple[UnitChanges, ...]
    totals: tuple[Change, ...] = ()
    new: tuple[Unit, ...] = ()
    gone: tuple[Unit, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    spelled: tuple[Renamed, ...] = ()
    compared: int = 0
    absent: tuple[Absent, ...] = ()

    @property
    def different(self) -> bool:
        """Whether there is any difference at all."""
        return bool(self.new or self.gone or self.renamed) or any(
            any(each.changed for each in unit.figures) or any(each.changed for each in unit.texts)
            for unit in self.units
        )
