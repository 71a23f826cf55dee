"""What of a filing is held against those of other units, and what is found of it beside them. It is little, so that
figures and texts need not travel or be kept for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.county.alike import Likeness, alike, likeness
from toolkit.county.delivery import delivery
from toolkit.county.peers import amounts, unlike_peers
from toolkit.ground.language import Text
from toolkit.model.filing import Cell, Checked, Reading
from toolkit.model.ledger import Unread


class Compared(NamedTuple):
    """What is held against other units' filings: what of it would be the same, its amounts of money, and what a merge
    would say of its figures, as of its `Delivery`.
    """

    likeness: Likeness
    amounts: tuple[Cell, ...]
    unusable: Text | None
    blanks: int


def compared(reading: Reading) -> Compared:
    """What of a filing is held against those of others."""
    made = delivery(reading, (), "")
    return Compared(likeness(reading.filing), amounts(reading.filing), made.unusable, made.blanks)


def beside_others(results: Sequence[Checked | Unread], of: Sequence[Compared | None]) -> Iterator[Checked | Unread]:
    """What came of checking, with what is found beside the others; `of` is what is compared of each that was read."""
    found = tuple(alike(results, [None if each is None else each.likeness for each in of]))
    return unlike_peers(found, [None if each is None else each.amounts for each in of])
