"""Which form a document is: the one of which the most is there. No label has to be one's own, for the next form is
nearly this one; where labels do not tell, the report year does, then the national form, then the latest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit.form.edition import in_force
from toolkit.form.parts import Edition
from toolkit.ground import forms
from toolkit.intake.locate.labels import GENERIC, key, label, words

DECISIVE = 3
"""Of forms that differ much one is recognised where it has this many times the labels of the other."""

_MANY, _FEW = 2 / 3, 2
"""Of a table that is there so many labels are said; so few labels of another form say nothing against one."""


def recognise(labels: Iterable[str], editions: Sequence[Edition], year: int | None = None) -> Edition | None:
    """The edition whose tables have these labels, by the report `year` where several may; None where none of them has,
    or the labels are those of two forms.
    """
    said = _said(labels)
    among = [each for each in editions if _is_there(each, said, editions)]
    leaders = [one for one in among if all(_compared(one, other, said) >= 0 for other in among)]
    if not leaders or any(_mixed(one, other, said) for one in leaders for other in among if one is not other):
        return None
    return _meant(leaders, editions, year)


def several(labels: Iterable[str], editions: Sequence[Edition]) -> bool:
    """Whether the tables of two reports have these labels: most of what each has and the other has not."""
    said = _said(labels)
    pairs = ((one, other) for at, one in enumerate(editions) for other in editions[:at])
    return any(all(each.found * 2 > each.own > _FEW for each in _both(*pair, said)) for pair in pairs)


def _meant(leaders: Sequence[Edition], editions: Sequence[Edition], year: int | None) -> Edition:
    """Of the forms that a document may be the one asked for, that of its year, the national one, the latest."""
    wanted = forms.active().form
    kin = {each.variant_of or each.id for each in leaders}
    asked = next((each for each in editions if each.id == wanted and (each.variant_of or each.id) in kin), None)
    if asked is not None:
        return asked
    of_year = [each for each in leaders if year is not None and in_force(each, year)]
    return max(of_year or leaders, key=editions.index)


class _Said(NamedTuple):
    """What a document says: all of it in one, and its cells and words one by one."""

    whole: str
    words: frozenset[str]

    def has(self, label: str) -> bool:
        """Whether a label is there; a short one is looked for as a cell or word of its own."""
        return label in self.whole if len(label) > GENERIC * 2 else label in self.words


def _said(labels: Iterable[str]) -> _Said:
    lines = tuple(labels)
    single = {part for line in lines for part in (line, *line.split())}
    return _Said("".join(map(key, lines)), frozenset(map(key, single)))


def _is_there(edition: Edition, said: _Said, editions: Sequence[Edition]) -> bool:
    """Whether a document has something of an edition: most of a table, or a label that not every edition has."""
    if any(_has(printed, said) for printed in _printed(edition)):
        return True
    return any(_own(edition, other, said).found for other in editions if other is not edition)


def _has(printed: frozenset[str], said: _Said) -> bool:
    return sum(map(said.has, printed)) >= _MANY * len(printed) > 1


@lru_cache(maxsize=64)
def _printed(edition: Edition) -> tuple[frozenset[str], ...]:
    """The labels of each table."""
    return tuple(
        frozenset(label(line.label).bare for line in (*table.rows, *table.columns) if line.label)
        for table in edition.tables
    )


class _Own(NamedTuple):
    """Of the labels that one edition has and another has not: how many, how many are said, how many are missing from
    tables that are there.
    """

    own: int
    found: int
    missing: int


def _own(edition: Edition, other: Edition, said: _Said) -> _Own:
    telling = _telling(edition, other)
    found = frozenset(each for each in telling if len(each) > GENERIC * 2 and said.has(each))
    short = frozenset(each for each in telling - found if said.has(each))
    there = [printed for printed in _printed(edition) if _has(printed, said)]
    missing = sum(any(each in printed for printed in there) for each in telling - found - short)
    return _Own(len(telling), len(found), missing)


@lru_cache(maxsize=256)
def _telling(edition: Edition, other: Edition) -> frozenset[str]:
    """The labels of an edition that another has not, not even as part of one."""
    theirs = _labels(other)
    return frozenset(each for each in _labels(edition) if not any(each in their for their in theirs))


@lru_cache(maxsize=64)
def _labels(edition: Edition) -> frozenset[str]:
    return words(edition).heads.union(*_printed(edition))


def _both(one: Edition, other: Edition, said: _Said) -> tuple[_Own, _Own]:
    return _own(one, other, said), _own(other, one, said)


def _compared(one: Edition, other: Edition, said: _Said) -> int:
    """Above 0 where a document is rather one form than another, below 0 where it is rather the other."""
    if one is other:
        return 0
    here, there = _both(one, other, said)
    return here.found - there.found or there.missing - here.missing


def _mixed(one: Edition, other: Edition, said: _Said) -> bool:
    """Whether too much of the other form is there for a document to be the one."""
    here, there = _both(one, other, said)
    return there.found >= _FEW and here.found < DECISIVE * there.found and min(here.own, there.own) > _FEW
