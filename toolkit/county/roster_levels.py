"""What people call the level of a unit, in a column of a roster or as a heading over a group of its rows."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from toolkit.form.parts import Edition
from toolkit.ground.patterns import pattern
from toolkit.model.units import level_of

_NUMBERED = pattern(r"^[(]?[一二三四五六七八九十\d]+[)、.:]+")
_COUNTED = pattern(r"[(:]?共?\d+[个家]?(单位|部门)?[)]?$")


def level_called(said: str, name: str, edition: Edition) -> str | None:
    """The level of a word for it, None where it is none. Where the word does not tell government from department, as
    县级 does not, the unit's name may.
    """
    close = _close(said)
    for level in edition.levels:
        if close in {level.id, _close(level.label), *map(_close, level.also)}:
            by_name = level_of(name, edition)
            of = next((each.of for each in edition.levels if each.id == by_name), "")
            return by_name if by_name and of == level.id else level.id
    return None


def level_of_group(cells: Sequence[str], edition: Edition) -> str | None:
    """The level that a row says of the rows under it: nothing stands in it but its name, numbered and counted or not:
    一、乡镇（街道）（12个）.
    """
    said = {cell for cell in cells if cell}
    if len(said) != 1:
        return None
    close = _COUNTED.sub("", _NUMBERED.sub("", _close(said.pop())))
    for level in edition.levels:
        if close in {_close(level.label), *map(_close, level.also)}:
            return level.id
    return None


def _close(said: str) -> str:
    return "".join(unicodedata.normalize("NFKC", said).split()).casefold()
