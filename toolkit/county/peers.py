"""Amounts of different units of one level, side by side: one that is 10,000 times the others' is rather in 元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from toolkit.form.edition import named
from toolkit.form.parts import Edition, Ref, Rule
from toolkit.ground.language import text
from toolkit.model.filing import Cell, Checked, Entry, Filing, Finding, Origin, Unit
from toolkit.model.findings import finding
from toolkit.model.ledger import Delivery, Unread
from toolkit.model.problems import numbered
from toolkit.model.units import level_of, same
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


def unlike_peers(results: Sequence[Checked | Unread]) -> Iterator[Checked | Unread]:
    """What came of checking, with a finding for each amount that is of another size than those of its unit's level."""
    known = [_of_checked(each) if isinstance(each, Checked) else None for each in results]
    for each, peer in zip(results, known, strict=True):
        more = tuple(_findings(peer, known)) if peer else ()
        yield replace(each, findings=numbered((*each.findings, *more))) if isinstance(each, Checked) and more else each


def unlike_peers_delivered(given: Sequence[Delivery | Unread]) -> Iterator[Delivery | Unread]:
    """The same of what a merge takes in."""
    known = [_of_delivery(each) if isinstance(each, Delivery) else None for each in given]
    for each, peer in zip(given, known, strict=True):
        more = tuple(_findings(peer, known)) if peer else ()
        yield replace(each, findings=numbered((*each.findings, *more))) if isinstance(each, Delivery) and more else each


def _of_checked(each: Checked) -> _Peer | None:
    filing = each.reading.filing
    if each.reading.tally is not None:
        return None
    return _peer(filing.edition, filing.year, filing.unit, amounts(filing), each.findings)


def _of_delivery(each: Delivery) -> _Peer | None:
    if each.made_of:
        return None
    return _peer(each.edition, each.year, each.unit, each.amounts, each.findings)


def _peer(edition: str, year: int, unit: Unit, of: tuple[Cell, ...], findings: Sequence[Finding]) -> _Peer | None:
    """A filing to be compared; None without a level, since nobody knows who its peers are."""
    level = unit.level or level_of(unit.name, named(edition))
    if not level or not of:
        return None
    told = frozenset(cell.ref for each in findings if each.suspect is not None for cell in each.cells)
    return _Peer(edition, year, level, unit, of, told)


def _findings(peer: _Peer, known: Sequence[_Peer | None]) -> Iterator[Finding]:
    others = [each for each in known if each is not None and not same(each.unit, peer.unit)
              and (each.edition, each.year, each.level) == (peer.edition, peer.year, peer.level)]  # fmt: skip
    edition = named(peer.edition)
    for cell in peer.amounts:
        value = Decimal(str(cell.value))
        sizes = sorted(Decimal(str(one.value)) for each in others for one in each.amounts if one.ref == cell.ref)
        small = [each for each in sizes if each * _APART <= value]
        if cell.ref in peer.told or len(small) < _LEAST or len(small) * 3 < len(sizes) * 2:
            continue
        if in_myriads(value) <= small[-1] * _SPREAD:
            yield _finding(edition, peer, cell, (small[0], small[-1]))


def _finding(edition: Edition, peer: _Peer, cell: Cell, size: tuple[Decimal, Decimal]) -> Finding:
    rule: Rule = next(each for each in asked(edition) if each.table == edition.figures[cell.ref].table)
    level = next(each.label for each in edition.levels if each.id == peer.level)
    said = text("{label} is {value} 万元; other units ({level}) have {least} to {most} 万元", label=cell.label,
                value=cell.value, level=level, least=size[0], most=size[1])  # fmt: skip
    entry = Entry(cell.value, Origin(cell.sheet, cell.cell))
    made = finding(rule, said, REMEDY, edition, {cell.ref: entry})
    return suspected(made, cell, in_myriads(Decimal(str(cell.value))), certain=False)
