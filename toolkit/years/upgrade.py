"""A filing out of a damaged, rebuilt or last-edition workbook → the filing for a clean one, and what became of it.

Nothing is read or written here; what a figure is in another edition the edition files say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.form.counterparts import pairs
from toolkit.form.edition import due, named
from toolkit.form.layout import layout
from toolkit.form.parts import Comparable, Edition, Number, Ref, Value, label
from toolkit.ground.language import Text, text
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing, Origin, Reading
from toolkit.model.numbers import none_sign


class Moved(NamedTuple):
    """A figure that was moved: what it was and stood, what it is and stands now; `remark` is what was read into it."""

    was: Ref
    origin: Origin
    ref: Ref
    place: Origin
    label: str
    value: Number
    remark: Text | None


class Left(NamedTuple):
    """A figure, or whatever else, that has no place in the clean workbook, and why; `ref` is empty where it is none."""

    ref: Ref
    origin: Origin
    label: str
    value: Value
    why: Text


class Total(NamedTuple):
    """A total that stood otherwise than its lines add up to; the clean workbook has what they add up to."""

    ref: Ref
    origin: Origin
    label: str
    value: Value
    sum: Number


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The filing for the clean workbook; `nothing` counts blanks and zeros of figures its form does not have."""

    filing: Filing
    was: str
    moved: tuple[Moved, ...]
    left: tuple[Left, ...]
    totals: tuple[Total, ...]
    blanks: int
    nothing: int


def upgrade(reading: Reading, year: int | None = None) -> Upgraded:
    """What was read, moved into the form of its year, or of another that it should have been of.

    A figure is moved where it means the same there; one that is counted otherwise, or does not exist, is left out and
    named. Totals are not moved: the clean workbook adds up anew.

    Raises:
        NoEdition: there is no edition for the year.
    """
    filing = reading.filing
    old = named(filing.edition)
    new = due(old, year or filing.year)
    totals = [
        total
        for ref, entry in filing.entries.items()
        if _is_total(old, ref)
        for total in _differs(old, filing.entries, ref, entry)
    ]
    moved, left, nothing = _parted(old, new, {ref: each for ref, each in filing.entries.items()
                                              if not _is_total(old, ref)})  # fmt: skip
    known = {section.id for section in new.texts}
    for section, said in filing.texts.items():
        if section not in known:
            left.append(Left("", Origin(), section, said, text("the form has no such section")))
    left += _of_the_reader(reading)
    entries = figures.filled(new, {each.ref: Entry(each.value) for each in moved})
    entries = {ref: entries[ref] for ref in new.figures if ref in entries}
    blanks = len(new.entries) - len(moved)
    levels = {each.id for each in new.levels}
    unit = filing.unit if filing.unit.level in levels else type(filing.unit)(filing.unit.name, filing.unit.code)
    made = Filing(new.id, year or filing.year, unit, entries,
                  {key: said for key, said in filing.texts.items() if key in known}, filing.source)  # fmt: skip
    return Upgraded(made, old.id, tuple(moved), tuple(left), tuple(totals), blanks, nothing)


_SAME: Comparable = "same"


def _is_total(edition: Edition, ref: Ref) -> bool:
    return ref in edition.figures and edition.figures[ref].kind == "total"


def _parted(old: Edition, new: Edition, entries: Mapping[Ref, Entry]) -> tuple[list[Moved], list[Left], int]:
    """The entries that are moved, those that are left out, and how many blanks or zeros have no place."""
    same = {ref: (ref, _SAME) for ref in old.figures} if old.id == new.id else _counterparts(old, new)
    places = {ref: Origin(place.sheet, place.cell) for ref, place in layout(new).places.items()}
    moved: list[Moved] = []
    left: list[Left] = []
    nothing = 0
    for ref, entry in entries.items():
        target, how = same.get(ref, ("", "none"))
        why = _why_not(old, new, ref, entry, target, how)
        if entry.value is None or (why is not None and not entry.value):
            nothing += why is not None
        elif why is not None:
            left.append(Left(ref, entry.origin, label(old, ref), entry.value, why))
        elif isinstance(entry.value, str):
            left.append(Left(ref, entry.origin, label(old, ref), entry.value, _typed(entry.value)))
        else:
            said = new.figures[target].label
            moved.append(Moved(ref, entry.origin, target, places[target], said, entry.value, entry.remark))
    return moved, left, nothing


def _counterparts(old: Edition, new: Edition) -> Mapping[Ref, tuple[Ref, Comparable]]:
    """What each figure of one edition is in another, whichever of them is the earlier one."""
    if old.first < new.first:
        return pairs(old, new)
    return {was: (ref, how) for ref, (was, how) in pairs(new, old).items()}


def _why_not(old: Edition, new: Edition, ref: Ref, entry: Entry, target: Ref, how: Comparable) -> Text | None:
    """Why an entry has no place in the new form; None where it has one."""
    if ref not in old.figures:
        return text("the figure of a heading; the form has its lines only: enter them")
    if how == "differently-counted":
        return text("counted otherwise in the form of {year}: enter what that form asks for", year=new.first)
    if how == "none":
        return text("the form of {year} has no such figure", year=new.first)
    if target not in new.figures or new.figures[target].kind == "total":
        return text("a sum in the form of {year}: enter its lines", year=new.first)
    return None


def _typed(value: str) -> Text:
    if none_sign(value):
        return text("a sign for nothing: enter 0 if there was none")
    return text("text where a number belongs: enter the number")


def _differs(old: Edition, entries: Mapping[Ref, Entry], ref: Ref, entry: Entry) -> Iterator[Total]:
    added = figures.value(old, entries, ref)
    if entry.value is not None and added is not None and entry.value != added:
        yield Total(ref, entry.origin, old.figures[ref].label, entry.value, added)


def _of_the_reader(reading: Reading) -> Iterator[Left]:
    """What the reader could not place, and explanations, which belong to findings of the old workbook."""
    stated = named(reading.filing.edition)
    for found in reading.findings:
        check = stated.check(found.rule)
        if check == "unplaced" or (check == "moved" and found.level == "verify"):
            yield Left("", Origin(), "", None, found.message)
    for each in reading.explanations:
        yield Left(
            "", Origin(), "", each.said, text("an explanation; write it beside the finding if there still is one")
        )
