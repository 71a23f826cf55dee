"""Deliveries and rows of a ledger by the ten thousands: what choosing between them needs stays in memory, what weighs
is put by on disk and comes back when it is asked for. Of few all stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import cache
from sys import intern
from typing import Any

from toolkit.ground import shelf
from toolkit.ground.language import Text
from toolkit.ground.shelf import Shelf
from toolkit.model.filing import Cell, Finding, Unit
from toolkit.model.ledger import NAMES, Delivery, LedgerRow, Member, Unread


def deliveries(
    made: Iterable[Delivery | Unread], count: int, members: Sequence[Member] = ()
) -> list[Delivery | Unread]:
    """What was delivered, in order, so many; `members` are the units of the roster, of which each is kept once."""
    if count <= shelf.MANY:
        return list(made)
    whole: Shelf[Delivery] = Shelf()
    known = {each.unit: each for each in members}
    return [
        _Delivered(whole, _settled(each, known)) if isinstance(each, Delivery) and not isinstance(each, _Delivered)
        else each
        for each in made
    ]  # fmt: skip


def rows(made: Iterable[LedgerRow], count: int) -> tuple[LedgerRow, ...]:
    """Rows of a ledger, so many."""
    if count <= shelf.MANY:
        return tuple(made)
    whole: Shelf[LedgerRow] = Shelf()
    return tuple(_Row(whole, each) if each.findings or each.reason is not NAMES[each.status] else each for each in made)


def _settled(each: Delivery, known: dict[Unit, Member]) -> Delivery:
    """A delivery that shares with others what is the same: what comes from other processes shares nothing."""
    member = known.get(each.member.unit, each.member) if each.member is not None else None
    unit, level = each.unit, each.unit.level
    if member is not None and member.unit == unit:
        unit = member.unit
    elif level is not None:
        unit = replace(unit, level=intern(level))
    return replace(each, member=member, unit=unit, edition=intern(each.edition))


@cache
def _light(kind: type[Any], heavy: frozenset[str]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name not in heavy)


class _Delivered(Delivery):
    """A delivery whose figures, findings and what it is compared by are on a shelf; what there is none of is known."""

    __slots__ = ("_at", "_has_amounts", "_has_findings", "_shelf")
    _at: int
    _has_amounts: bool
    _has_findings: bool
    _shelf: Shelf[Delivery]

    def __init__(self, whole: Shelf[Delivery], made: Delivery) -> None:
        put = object.__setattr__  # the fields are frozen
        for name in _light(Delivery, _HEAVY):
            put(self, name, getattr(made, name))
        put(self, "_has_amounts", bool(made.amounts))
        put(self, "_has_findings", bool(made.findings))
        put(self, "_shelf", whole)
        put(self, "_at", whole.put(made))

    @property
    def _whole(self) -> Delivery:
        return self._shelf.get(self._at)

    @property
    def figures(self) -> Any:
        return self._whole.figures

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._whole.findings if self._has_findings else ()

    @property
    def digest(self) -> str:
        return self._whole.digest

    @property
    def likeness(self) -> Any:
        return self._whole.likeness

    @property
    def amounts(self) -> tuple[Cell, ...]:
        return self._whole.amounts if self._has_amounts else ()

    def with_findings(self, findings: tuple[Finding, ...]) -> Delivery:
        return _Delivered(self._shelf, replace(self._whole, findings=findings))


_HEAVY = frozenset({"figures", "findings", "digest", "likeness", "amounts"})


class _Row(LedgerRow):
    """A row whose sentences are on a shelf."""

    __slots__ = ("_at", "_shelf")
    _at: int
    _shelf: Shelf[LedgerRow]

    def __init__(self, whole: Shelf[LedgerRow], made: LedgerRow) -> None:
        put = object.__setattr__
        for name in _light(LedgerRow, _SAID):
            put(self, name, getattr(made, name))
        put(self, "_shelf", whole)
        put(self, "_at", whole.put(made))

    @property
    def _whole(self) -> LedgerRow:
        return self._shelf.get(self._at)

    @property
    def reason(self) -> Text:
        return self._whole.reason

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._whole.findings


_SAID = frozenset({"reason", "findings"})
