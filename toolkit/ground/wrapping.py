"""Text broken into lines by the cells it takes on a terminal, with the habits of Chinese typesetting: no line begins
with a closing sign or ends with an opening one where that can be helped, and a number is not torn. Not styling.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len

CLOSING = frozenset("、，。；：！？）】》〉」』〕｝”’…·％,;:!?)]}%")
OPENING = frozenset("（【《〈「『〔｛“‘([{")

_MOST_CARRIED = 3


@lru_cache(maxsize=8192)
def wrap(said: str, width: int) -> tuple[str, ...]:
    """The lines of a text, each at most `width` cells; only a sign wider than `width` stands out."""
    lines: list[str] = []
    current: list[str] = []
    used = 0
    for unit, cells in _units(said):
        if used + cells <= width:
            if current or not lines or not unit.isspace():
                current.append(unit)
                used += cells
            continue
        kept, current = (current, []) if unit.isspace() else _broken(current, unit)
        if kept:
            lines.append("".join(kept).rstrip())
        if unit.isspace():
            used = 0
            continue
        *full, rest = _chopped("".join((*current, unit)), width)
        lines += full
        current, used = [rest], cell_len(rest)
    return (*lines, "".join(current).rstrip()) if current or not lines else tuple(lines)


@lru_cache(maxsize=8192)
def measured(said: str, width: int) -> tuple[int, int]:
    """How many lines a text takes, and how many of its breaks a typesetter would not make."""
    lines = wrap(said, width)
    return len(lines), torn(lines)


def balanced(said: str, width: int) -> tuple[str, ...]:
    """The lines of a text, no more of them than `wrap` gives and as even as can be."""
    wanted = measured(said, width)
    narrowest = next(each for each in range(1, width + 1) if measured(said, each) == wanted)
    return wrap(said, narrowest)


def torn(lines: tuple[str, ...]) -> int:
    """How many breaks of wrapped lines a typesetter would not make."""
    return sum(after[:1] in CLOSING or before[-1:] in OPENING for before, after in pairwise(lines))


@lru_cache(maxsize=1024)
def _units(said: str) -> tuple[tuple[str, int], ...]:
    """What is not broken apart, with its cells: a run of narrow signs, a wide one, a blank."""
    units: list[str] = []
    within = False
    for sign in said:
        narrow = not sign.isspace() and cell_len(sign) < 2 and sign not in "“”‘’"
        if narrow and within:
            units[-1] += sign
        else:
            units.append(sign)
        within = narrow
    return tuple((unit, cell_len(unit)) for unit in units)


def _broken(current: list[str], following: str) -> tuple[list[str], list[str]]:
    """The line as it is broken before `following`, and what is carried over into the next one."""
    for carried in range(min(_MOST_CARRIED, len(current) - 1) + 1):
        kept, moved = current[: len(current) - carried], current[len(current) - carried :]
        if (moved or [following])[0][0] not in CLOSING and (not kept or kept[-1][-1] not in OPENING):
            return kept, moved
    return current, []


def _chopped(unit: str, width: int) -> list[str]:
    """A unit in pieces of at most `width` cells, at least a sign each."""
    pieces = [""]
    for sign in unit:
        if pieces[-1] and cell_len(pieces[-1]) + cell_len(sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces
