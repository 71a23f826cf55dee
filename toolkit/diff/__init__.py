"""Filings of one unit over several years → what changed, figure by figure, across editions too."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from toolkit import figures
from toolkit.diff.texts import text_changes
from toolkit.diff.tracks import Track, tracks
from toolkit.edition import named
from toolkit.model import Change, Edition, Entry, Filing, Number, Ref, Unit, UnitChanges, Value

BASE = 30
"""Below this a percentage says more of chance than of the unit: 基数小，不评率."""


def diff(filings: Sequence[Filing]) -> UnitChanges:
    """What changed between filings of one unit, the oldest first; the last one says who the unit is.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    editions = tuple(named(each.edition) for each in filings)
    values = [(track, _values(track, editions, filings)) for track in tracks(editions)]
    changes = tuple(_change(track, of) for track, of in values)
    return UnitChanges(filings[-1].unit, changes, text_changes(filings[0], filings[-1]))


def summed(units: Sequence[UnitChanges], whole: Unit) -> UnitChanges:
    """The changes of several units added up, figure by figure; a unit without a year counts as nothing in it."""
    added: list[Change] = []
    for several in zip(*(each.changes for each in units), strict=True):
        first = several[0]
        values = tuple(_added([each.values[n] for each in several]) for n in range(len(first.values)))
        track = Track(first.ref, first.table, first.label, first.comparable, ())
        added.append(_change(track, values))
    return UnitChanges(whole, tuple(added))


def _added(values: Sequence[Value]) -> Value:
    known = [value for value in values if isinstance(value, int | Decimal)]
    result: Number = 0
    for each in known:
        result = result + each
    return result if known else None


def changed(change: Change, *, raw: bool = False) -> bool:
    """Whether a figure changed from any year to the next. A blank counts as 0, unless `raw`: then as a blank."""
    seen = [each if raw else _counted(each) for each in change.values]
    return any(one != other for one, other in pairwise(seen))


def typed_over(filing: Filing) -> tuple[tuple[Ref, Value, Number], ...]:
    """The totals that are not the sum of their lines: ref, what stands there, what it should be."""
    edition = named(filing.edition)
    return tuple(
        (ref, filing.entries[ref].value, due)
        for ref, due in figures.totals(edition, filing.entries).items()
        if ref in filing.entries and filing.entries[ref].value not in (None, due)
    )


def _values(track: Track, editions: Sequence[Edition], filings: Sequence[Filing]) -> tuple[Value, ...]:
    return tuple(
        _value(refs, edition, filing) for refs, edition, filing in zip(track.sources, editions, filings, strict=True)
    )


def _value(refs: tuple[Ref, ...], edition: Edition, filing: Filing) -> Value:
    """What a filing has for a track: the figure, or for several their sum. A total counts for its entries."""
    if not refs:
        return None
    if len(refs) == 1 and edition.figures[refs[0]].kind == "entry":
        return filing.entries.get(refs[0], Entry(None)).value
    parts = tuple(dict.fromkeys(part for ref in refs for part in edition.figures[ref].parts))
    total = figures.total(filing.entries, parts)
    if total is not None and any(filing.entries.get(part, Entry(None)).value is not None for part in parts):
        return total
    if total is None or len(refs) > 1:
        heading = figures.heading(refs[0]) if len(refs) > 1 else refs[0]
        return filing.entries.get(heading, Entry(None)).value
    return filing.entries.get(refs[0], Entry(None)).value


def _counted(value: Value) -> Number | str:
    if isinstance(value, str):
        counts = figures.counted({"x": Entry(value)}, "x")
        return value if counts is None else counts
    return 0 if value is None else value


def _change(track: Track, values: tuple[Value, ...]) -> Change:
    first, last = _counted(values[0]), _counted(values[-1])
    known = track.comparable != "none" and not isinstance(first, str) and not isinstance(last, str)
    change = last - first if known else None  # type: ignore[operator]
    percent = None
    if change is not None and not isinstance(first, str) and first >= BASE:
        percent = (Decimal(change) * 100 / Decimal(first)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Change(track.ref, track.table, track.label, values, change, percent, track.comparable)
