"""The editions of several folders as one set: who is in force for a year, and whose place a variant may take.

Editions of one title are one report; a report of another title is only taken where it is named, or said by a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from toolkit.form.parts import Edition
from toolkit.form.schema import twice
from toolkit.ground.errors import EditionError
from toolkit.ground.language import Text, text


def together(folders: Sequence[Sequence[Edition]]) -> tuple[Edition, ...]:
    """All editions, each open end closed by the next edition of a later folder; those of our own report last, a variant
    before its base, so that the last of them is the latest.

    Raises:
        EditionError: two claim an id or a year, a variant has no base, or a counterpart no figure.
    """
    loaded = [each for folder in folders for each in folder]
    for again in twice(each.id for each in loaded):
        raise EditionError(text("edition {edition} stands in two files; give one of them another id", edition=again))
    bases = {each.id: each for each in loaded if not each.variant_of}
    for each in loaded:
        if each.variant_of and each.variant_of not in bases:
            raise EditionError(_no_base(each, bases))
    place = {each.id: at for at, folder in enumerate(folders) for each in folder}
    closed = {each.id: each for each in _closed(tuple(bases.values()), place)}
    known = [closed.get(each.id, each) for each in loaded]
    for each in known:
        _counterparts(each, {one.id: one for one in known if one.first < each.first})
    ours = min(folders[0], key=lambda each: each.first).title
    return tuple(sorted(known, key=lambda each: (_title(each, bases) == ours, each.first, not each.variant_of)))


def _no_base(variant: Edition, bases: Mapping[str, Edition]) -> Text:
    return text(
        "edition {edition}: it is a variant of “{base}”, which is no edition; name one of {known}",
        edition=variant.id, base=variant.variant_of, known=", ".join(bases),
    )  # fmt: skip


def _title(edition: Edition, bases: Mapping[str, Edition]) -> str:
    """The report that an edition is a form of."""
    return bases.get(edition.variant_of, edition).title


def _closed(bases: Sequence[Edition], place: Mapping[str, int]) -> Iterator[Edition]:
    """The editions of each report one after the other; the notice in force ends where a user's later one begins.

    Raises:
        EditionError: two of them claim a year.
    """
    for title in dict.fromkeys(each.title for each in bases):
        line = sorted((each for each in bases if each.title == title), key=lambda each: each.first)
        for before, after in pairwise(line):
            later = before.last is None and place[before.id] < place[after.id] and before.first < after.first
            if not later and (before.last is None or before.last >= after.first):
                raise EditionError(_twice_claimed(before, after, apart=place[before.id] != place[after.id]))
            yield replace(before, last=after.first - 1) if later else before
        yield line[-1]


def _twice_claimed(before: Edition, after: Edition, *, apart: bool) -> Text:
    if apart:
        return text(
            "editions {before} and {after} both claim report year {year}; say in one of the user's files whose variant "
            "it is (`variant_of`), or give it other years",
            before=before.id, after=after.id, year=after.first,
        )  # fmt: skip
    return text(
        "editions {before} and {after} both claim report year {year}; give the earlier one a last year",
        before=before.id, after=after.id, year=after.first,
    )  # fmt: skip


def _counterparts(edition: Edition, earlier: Mapping[str, Edition]) -> None:
    """Every counterpart names figures that both forms have; here it may be a heading, which stands for its lines."""
    rows = {f"{each.table}/{name}/{each.column.id}" for each in edition.figures.values() for name in _over(each.row.id)}
    for each in edition.counterparts:
        fault: Text | None = None
        if each.edition not in earlier:
            fault = text("“{named}” is no earlier edition", named=each.edition)
        elif not (found := each.of(earlier[each.edition].figures)):
            fault = text("edition {named} has no such figure", named=each.edition)
        elif unknown := [ref for ref in found.values() if ref not in rows]:
            fault = text("there is no figure {ref} here", ref=unknown[0])
        if fault:
            where = text("edition {edition}, counterpart {was}: {fault}", edition=edition.id, was=each.was, fault=fault)
            raise EditionError(where)


def _over(row: str) -> Iterator[str]:
    """A row and the headings over it."""
    parts = row.split(".")
    return (".".join(parts[:n]) for n in range(1, len(parts) + 1))


def national(known: Sequence[Edition], year: int, title: str) -> Edition | None:
    """The edition of a report in force for a year, the latest after the last; None before the first."""
    line = [each for each in known if not each.variant_of and each.title == title]
    for each in line:
        if covers(each, year):
            return each
    return line[-1] if line and year > line[-1].first else None


def covers(edition: Edition, year: int) -> bool:
    """Whether a year is among the report years an edition states."""
    return edition.first <= year and (edition.last is None or year <= edition.last)
