"""Amounts of different units of one level, side by side: one that is 10,000 times the others' is rather in 元."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.form.edition import named
from toolkit.form.parts import Edition, Ref, Rule
from toolkit.ground.language import text
from toolkit.model.by_unit import ByUnit
from toolkit.model.filing import Cell, Entry, Filing, Finding, Origin, Unit
from toolkit.model.findings import finding
from toolkit.model.ledger import Delivery, Unread
from toolkit.model.problems import numbered
from toolkit.model.units import level_of
from toolkit.rules.yuan import REMEDY, asked, in_myriads, suspected

_LEAST = 3
"""So many other units have an amount of one size before another is told to be of none."""
_APART = 1000
"""An amount is of another size than those it is so many times of."""
_SPREAD = 10
"""What an amount is in 万元 may be so many times the most of the others."""


class _Peer(NamedTuple):
    """A filing among those that are compared: its amounts, and the figures it was told of already."""

    edition: str
    year: int
    level: str
    unit: Unit
    amounts: tuple[Cell, ...]
    told: frozenset[Ref]


def amounts(filing: Filing) -> tuple[Cell, ...]:
    """The amounts of a filing that are compared with other units', where they stand."""
    edition, found = named(filing.edition), []
    for rule in asked(edition):
        for ref, figure in edition.figures.items():
            entry = filing.entries.get(ref)
            if entry is None or (figure.table, figure.value, figure.kind) != (rule.table, "money", "entry"):
                continue
            if isinstance(entry.value, int | Decimal) and entry.value > 0:
                found.append(Cell(ref, figure.label, entry.value, entry.origin.sheet, entry.origin.cell))
    return tuple(found)


class _Level:
    """The filings of one level, form and year: what others have is told without going through them."""

    def __init__(self, peers: Sequence[_Peer]) -> None:
        self._by_unit = ByUnit((each.unit, each) for each in peers)
        self._sizes: dict[Ref, list[Decimal]] = {}
        for each in peers:
            for cell in each.amounts:
                self._sizes.setdefault(cell.ref, []).append(_size(cell))
        for sizes in self._sizes.values():
            sizes.sort()

    def of_another_size(self, peer: _Peer, cell: Cell) -> tuple[Decimal, Decimal] | None:
        """The least and the most of what most other units have, where an amount is of another size than that."""
        sizes, value = self._sizes[cell.ref], _size(cell)
        own = sorted(_size(each) for one in self._by_unit.of(peer.unit) for each in one.amounts if each.ref == cell.ref)
        end = bisect_right(sizes, value, key=_apart)
        small, others = end - bisect_right(own, value, key=_apart), len(sizes) - len(own)
        if small < _LEAST or small * 3 < others * 2:
            return None
        return _first_but(sizes, own), _first_but(sizes[max(0, end - len(own) - 1) : end][::-1], own)


def _size(cell: Cell) -> Decimal:
    return Decimal(str(cell.value))


def _apart(size: Decimal) -> Decimal:
    return size * _APART


def _first_but(sizes: Sequence[Decimal], own: Sequence[Decimal]) -> Decimal:
    """The first size that is another unit's; at most as many are passed over as there are own ones."""
    left = Counter(own)
    for size in sizes:
        if not left[size]:
            return size
        left[size] -= 1
    raise AssertionError("fewer others than were counted")


def unlike_peers(given: Sequence[Delivery | Unread]) -> Iterator[Delivery | Unread]:
    """What was delivered, with a finding for each amount that is of another size than those of its unit's level."""
    known = [_peer(each) if isinstance(each, Delivery) else None for each in given]
    for each, more in zip(given, _findings(known), strict=True):
        yield each.with_findings(numbered((*each.findings, *more))) if isinstance(each, Delivery) and more else each


def _peer(each: Delivery) -> _Peer | None:
    """A filing to be compared; None of a sum, and without a level, since nobody knows who its peers are."""
    level = each.unit.level or level_of(each.unit.name, named(each.edition))
    if not level or not each.amounts or each.made_of:
        return None
    told = frozenset(cell.ref for one in each.findings if one.suspect is not None for cell in one.cells)
    return _Peer(each.edition, each.year, level, each.unit, each.amounts, told)


def _findings(known: Sequence[_Peer | None]) -> Iterator[tuple[Finding, ...]]:
    """What is found of each filing beside the others, in their order."""
    by_level: dict[tuple[str, int, str], list[_Peer]] = {}
    for each in known:
        if each is not None:
            by_level.setdefault((each.edition, each.year, each.level), []).append(each)
    levels = {key: _Level(peers) for key, peers in by_level.items()}
    for each in known:
        yield tuple(_of_peer(each, levels[each.edition, each.year, each.level])) if each is not None else ()


def _of_peer(peer: _Peer, level: _Level) -> Iterator[Finding]:
    edition = named(peer.edition)
    for cell in peer.amounts:
        if cell.ref in peer.told or (others := level.of_another_size(peer, cell)) is None:
            continue
        if in_myriads(_size(cell)) <= others[1] * _SPREAD:
            yield _finding(edition, peer, cell, others)


def _finding(edition: Edition, peer: _Peer, cell: Cell, size: tuple[Decimal, Decimal]) -> Finding:
    rule: Rule = next(each for each in asked(edition) if each.table == edition.figures[cell.ref].table)
    level = next(each.label for each in edition.levels if each.id == peer.level)
    said = text("{label} is {value} 万元; other units ({level}) have {least} to {most} 万元", label=cell.label,
                value=cell.value, level=level, least=size[0], most=size[1])  # fmt: skip
    entry = Entry(cell.value, Origin(cell.sheet, cell.cell))
    made = finding(rule, said, REMEDY, edition, {cell.ref: entry})
    return suspected(made, cell, in_myriads(_size(cell)), certain=False)
