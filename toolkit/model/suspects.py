"""What a diagnosis says: the cells that could be the cause of findings, the value each would take, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from toolkit.form.parts import Number, Ref, Value
from toolkit.ground.language import Text


class Repair(NamedTuple):
    """A cell that may be wrong: what stands there, what it would have to be, and why that is likely (None: unknown)."""

    ref: Ref
    label: str
    value: Value
    likely: Number
    why: Text | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """What one cause of findings may be. `repairs` has the possible repairs, the likeliest first, each a set of cells
    that are changed together; `certain` that the evidence leaves one only, values and all. `rules` are the places that
    hold after it.
    """

    group: int
    repairs: tuple[tuple[Repair, ...], ...]
    certain: bool
    rules: int
