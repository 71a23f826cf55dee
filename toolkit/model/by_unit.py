"""Things kept by the unit they are of, and found by any unit that is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from toolkit.model.filing import Unit
from toolkit.model.units import keys, same

Thing = TypeVar("Thing")


class ByUnit(Generic[Thing]):
    """Things by unit. To find those of a unit costs the same however many there are."""

    def __init__(self, things: Iterable[tuple[Unit, Thing]] = ()) -> None:
        """Keep things, each with its unit."""
        self._by: dict[str, list[tuple[Unit, Thing]]] = {}
        for unit, thing in things:
            self.add(unit, thing)

    def add(self, unit: Unit, thing: Thing) -> None:
        """Keep one more; one of a unit without code and name is never found."""
        for key in keys(unit):
            self._by.setdefault(key, []).append((unit, thing))

    def of(self, unit: Unit) -> Iterator[Thing]:
        """The things of the same unit, in the order in which they came."""
        seen: set[int] = set()
        for key in keys(unit):
            for other, thing in self._by.get(key, ()):
                if id(thing) not in seen and same(unit, other):
                    seen.add(id(thing))
                    yield thing


def groups(things: Iterable[tuple[Unit, Thing]]) -> Iterator[tuple[Thing, ...]]:
    """Things put together that are of the same unit; a thing may be given with several units, and joins them."""
    known: ByUnit[list[Thing]] = ByUnit()
    of: dict[int, list[Thing]] = {}
    for unit, thing in things:
        own = of.get(id(thing), [thing])
        met = {id(group): group for first in known.of(unit) if (group := of[id(first[0])]) is not own}
        joined = [*(each for group in met.values() for each in group), *own] if met else own
        for each in joined:
            of[id(each)] = joined
        known.add(unit, [thing])
    for group in {id(group): group for group in of.values()}.values():
        yield tuple(group)
