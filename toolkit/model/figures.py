"""What each figure of a filing counts for: a blank nothing, a total the sum of its entries, whatever stands in it.

`UNKNOWN` is a figure that counts for nothing we could know: typed text, or not in the source at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, Final

from toolkit.form.parts import Edition, Number, Ref
from toolkit.model import numbers
from toolkit.model.filing import Contribution, Entry, Filing, Unit

UNKNOWN: Final = None

_NUMBERS = frozenset({int, Decimal})


def counted(entries: Mapping[Ref, Entry], ref: Ref) -> Number | None:
    """What one entry counts for: its number, 0 for a blank or a sign for "none", `UNKNOWN` otherwise."""
    entry = entries.get(ref)
    if entry is None:
        return UNKNOWN
    value = entry.value
    if value is None:
        return 0
    if isinstance(value, str):
        return 0 if numbers.none_sign(value) else UNKNOWN
    return value


def total(entries: Mapping[Ref, Entry], parts: Iterable[Ref]) -> Number | None:
    """The sum of entries; a heading's own figure stands in for lines the source does not have. `UNKNOWN` if one is."""
    result: Number = 0
    headings: set[Ref] = set()
    for ref in parts:
        entry = entries.get(ref)
        if entry is not None and type(entry.value) is int:  # nearly every figure; the rest may take its time
            result = result + entry.value
            continue
        value = counted(entries, ref)
        if value is None:
            above = heading(ref)
            if ref in entries or above not in entries:
                return UNKNOWN
            if above in headings:
                continue
            headings.add(above)
            value = counted(entries, above)
            if value is None:
                return UNKNOWN
        result = result + value
    return result


def heading(ref: Ref) -> Ref:
    """The ref of the figure a published report may give for the heading over a row instead of the row itself."""
    table, row, column = ref.split("/")
    return f"{table}/{row.rpartition('.')[0]}/{column}"


def value(edition: Edition, entries: Mapping[Ref, Entry], ref: Ref) -> Number | None:
    """What a figure counts for in a rule; a total counts for the sum of its entries."""
    return total(entries, edition.figures[ref].parts)


def totals(edition: Edition, entries: Mapping[Ref, Entry]) -> dict[Ref, Number]:
    """Every total that can be computed from its entries."""
    values = {ref: entry.value for ref, entry in entries.items()}
    if _NUMBERS.issuperset(map(type, values.values())) and values.keys() >= edition.figures.keys():  # nearly always
        return {ref: sum(parts(values)) for ref, parts in _sums(edition)}
    computed = {ref: total(entries, figure.parts) for ref, figure in edition.figures.items() if figure.kind == "total"}
    return {ref: number for ref, number in computed.items() if number is not None}


@lru_cache(maxsize=16)
def _sums(edition: Edition) -> tuple[tuple[Ref, Callable[[Mapping[Ref, Any]], tuple[Number, ...]]], ...]:
    """What picks the entries of every total."""
    return tuple((ref, _pick(figure.parts)) for ref, figure in edition.figures.items() if figure.kind == "total")


def _pick(parts: Sequence[Ref]) -> Callable[[Mapping[Ref, Any]], tuple[Number, ...]]:
    return itemgetter(*parts) if len(parts) > 1 else lambda values: tuple(values[ref] for ref in parts)


def filled(edition: Edition, entries: Mapping[Ref, Entry]) -> dict[Ref, Entry]:
    """Entries with every total that is missing computed from them."""
    known = dict(entries)
    for ref, number in totals(edition, entries).items():
        known.setdefault(ref, Entry(Decimal(number) if edition.figures[ref].value == "money" else number))
    return known


def zeroed(edition: Edition, entries: Mapping[Ref, Entry]) -> dict[Ref, Entry]:
    """The figures of a unit which says that its blanks are 0: so is every entry that was there and blank, and a total
    left blank over nothing but zeros. What was not in the source stays unknown.
    """
    known = dict(entries)
    for kind in ("entry", "total"):
        for ref, figure in edition.figures.items():
            if figure.kind != kind or ref not in known or known[ref].value is not None:
                continue
            if kind == "entry" or all(known[part].value == 0 for part in figure.parts if part in known):
                known[ref] = known[ref]._replace(value=Decimal(0) if figure.value == "money" else 0)
    return known


def of_unit(whole: Filing, edition: Edition, part: Contribution) -> Filing:
    """The filing of one unit of a merged one, as far as that knows it: its figures, and their totals."""
    entries = {ref: Entry(number) for ref, number in zip(edition.entries, part.figures, strict=True)}
    every = filled(edition, entries)
    return Filing(edition.id, whole.year, part.unit, {ref: every[ref] for ref in edition.figures}, {}, part.source)


def seal(unit: Unit, figures: Sequence[Number | None]) -> str:
    """What a unit's row is known by as long as nobody changes it."""
    said = "|".join("" if each is None else f"{float(each):.6f}" for each in figures)
    return sha256(f"{unit.name}|{unit.code or ''}|{said}".encode()).hexdigest()[:16]
