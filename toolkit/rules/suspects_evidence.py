"""What speaks for a cell being wrong and for the value it would take: how people err, last year, the texts, the table.

Every piece of evidence is the logarithm of how likely it makes what stands there, so that pieces add up and two
mistakes of one cell each can be compared with one mistake in two cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple

from toolkit.form.parts import Line, Number, Ref
from toolkit.ground.language import Text, text
from toolkit.model.numbers import MYRIAD
from toolkit.rules.case import Case
from toolkit.rules.suspects_usual import Usual, group, is_blank, size

Stated = Mapping[Ref, Sequence[Number]]
"""What the texts say of a figure."""
WRONG = log(1 / 400)
"""How likely a cell is to be wrong at all."""
_ANYTHING = 1.5
"""How many of a hundred wrong cells are wrong by 1 in a way that no slip explains; by more the fewer."""
_BELOW = 0.1
"""The same of those that are negative and cannot be."""
_FORGOTTEN = 1.0
"""How many of a hundred show a 0 that was never replaced by the figure."""
_SAID = 6.0
"""How much the text counts, beside an error of its own."""
LONG = 10**9
"""From here on a number has more digits than anybody's count, and no end of slips."""
_AGAIN = 4.0
"""How many of a hundred have the requests once more that another line counts, and it alone."""
_FAR = 5 / 3
"""From what factor on last year's figure tells a cell, as a logarithm."""


class Evidence(NamedTuple):
    """How likely a repair is beside others, and the clause that says why; `telling` that the clause is a mistake people
    make, not only what fits. `exact`: it tells the value, too; that a cell is blank, or far from last year's, does not.
    `moved` is by how much the cell is changed.
    """

    weight: float
    why: Text | None
    telling: bool = False
    exact: bool = False
    moved: Number = 0


class Way(NamedTuple):
    """A way to come from the right number to what stands there: how many of a hundred wrong cells do."""

    share: float
    why: Text | None
    telling: bool = False
    exact: bool = False


_NEAR = {
    "1": "24",
    "2": "135",
    "3": "26",
    "4": "157",
    "5": "2468",
    "6": "359",
    "7": "48",
    "8": "579",
    "9": "68",
    "0": "12",
}
"""The keys beside a key of the number pad."""


def slips(was: Number, new: Number) -> Iterator[Way]:
    """How a number may have become another under somebody's hands."""
    typed, due = str(abs(was)), str(abs(new))
    if was == -new and was:
        yield Way(4.0, text("the sign is wrong"), True, True)
    if was and new and was == new * MYRIAD:
        yield Way(4.0, text("typed in 元 instead of 万元"), True, True)
    if len(typed) == len(due) > 1 and sorted(typed) == sorted(due):
        apart = [n for n, (a, b) in enumerate(zip(typed, due, strict=True)) if a != b]
        if len(apart) == 2:
            share = 13.0 / (len(due) - 1) if apart[1] - apart[0] == 1 else 1.0 / len(due)
            yield Way(share, text("two digits are swapped"), True, True)
    if len(typed) == len(due) + 1 and new:
        doubled, ways = _doubled(typed, due), _one_more(typed, due)
        if doubled:
            yield Way(11.0 * doubled / len(due), text("a digit is doubled"), True, True)
        if ways:
            yield Way(1.2 * ways / len(due), text("a digit is too many"), True, len(due) > 1)
    if len(due) > len(typed) and (ways := _one_more(due, typed)):
        yield Way(11.0 * ways / len(due), text("a digit is missing"), was > 0, len(typed) > 1)
    if len(typed) == len(due) and sum(a != b for a, b in zip(typed, due, strict=True)) == 1 and was and new:
        a, b = next((a, b) for a, b in zip(typed, due, strict=True) if a != b)
        keys = _NEAR.get(b, "")
        share = 11.0 / len(keys) if a in keys else 0.4
        yield Way(share / len(due), text("one digit is another"), len(due) > 1, len(due) > 2)


def unslipped(shown: int) -> set[int]:
    """The numbers of which one slip may have made another."""
    digits = str(shown)
    places = range(len(digits))
    made = {digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] for n in places[:-1]}
    made |= {digits[:n] + each + digits[n:] for n in range(len(digits) + 1) for each in "0123456789"}
    made |= {digits[:n] + each + digits[n + 1 :] for n in places for each in "0123456789"}
    made |= {digits[:n] + digits[n + 1 :] for n in places if len(digits) > 1}
    return {int(each) for each in made} - {shown}


def _one_more(longer: str, shorter: str) -> int:
    """In how many places a digit may be taken away; a 0 that comes to stand first is none."""
    left = [longer[:n] + longer[n + 1 :] for n in range(len(longer))]
    return sum((each.lstrip("0") or "0") == shorter for each in left) if len(longer) > 1 else 0


def _doubled(longer: str, shorter: str) -> int:
    """How many digits may be those that were typed twice."""
    return sum(longer == shorter[: n + 1] + shorter[n:] for n in range(len(shorter)))


def of_cell(fitting: Usual, stated: Stated, ref: Ref, new: Number) -> Evidence:
    """All that speaks for a cell and its value but what is usual; what the text says, the likeliest slip or last year's
    figure says why.
    """
    case, was = fitting.case, fitting.values[ref]
    ways = [*slips(was, new), *_again(fitting, ref, new), *free(fitting, ref)]
    likeliest = max(ways, key=lambda each: each.share, default=None)
    confirmed = said_of(stated, ref, was, new)
    last = nearer(case, ref, was, new)
    moved = max(new - was, was - new)
    negative = was < 0 and _unsigned(case, ref)
    every = sum(each.share for each in ways) + (_BELOW if negative else _ANYTHING) / size(moved)
    return Evidence(
        (0.0 if negative else WRONG) + log(every / 100) + confirmed,
        text("the text says {said}", said=new) if confirmed > 0
        else likeliest.why if likeliest and likeliest.why
        else text("last year it was {before}", before=case.before(ref)) if last > 0
        else None,
        any(each.telling for each in ways) or confirmed > 0 or last > _FAR,
        any(each.exact for each in ways) or confirmed > 0,
        moved,
    )  # fmt: skip


def _unsigned(case: Case, ref: Ref) -> bool:
    """Whether a figure is never negative, so that it is wrong for certain where it is."""
    figure = case.edition.figures.get(ref)
    return figure is not None and figure.value != "signed"


def _again(fitting: Usual, ref: Ref, new: Number) -> Iterator[Way]:
    """What a line that counts alone has, counted in another line of the same total, too."""
    figures = fitting.case.edition.figures
    if (figure := figures.get(ref)) is None or figure.kind != "entry" or figure.row.once:
        return
    for there in group(fitting.case.edition, ref):
        line = figures[there].row
        if line.once and fitting.values.get(there) and fitting.values[ref] - new == fitting.values[there]:
            yield Way(_AGAIN, text("{line} is counted here again", line=line.name), True, new > 0)


def free(fitting: Usual, ref: Ref) -> Iterator[Way]:
    """The ways to what stands in a cell that tell nothing of what was due."""
    yield from _empty(fitting, ref, fitting.values[ref])
    yield from _copied(fitting.case, ref, fitting.values[ref])


def said_of(stated: Stated, ref: Ref, was: Number, new: Number) -> float:
    """How much better a value fits the texts than the one that stands there."""
    said = stated.get(ref, ())
    return _SAID * ((new in said) - (was in said)) if (new in said) != (was in said) else 0.0


def nearer(case: Case, ref: Ref, was: Number, new: Number) -> float:
    """By what logarithm of a factor a value is nearer to last year's than the one that stands there."""
    before = case.before(ref)
    return 0.0 if before is None else _apart(was, before) - _apart(new, before)


def _apart(a: Number, b: Number) -> float:
    return abs(log((size(a) + 1) / (size(b) + 1)))


def _empty(fitting: Usual, ref: Ref, was: Number) -> Iterator[Way]:
    entry = fitting.case.entries.get(ref)
    figure = fitting.case.edition.figures.get(ref)
    if entry is not None and is_blank(entry.value):
        yield Way(10.0 / fitting.blank(ref), text("the cell was left blank"), True)
    elif figure is not None and figure.kind == "total" and was == 0:
        yield Way(40.0, text("the total was left 0"), True, True)
    elif was == 0:
        yield Way(_FORGOTTEN, None)


def _copied(case: Case, ref: Ref, was: Number) -> Iterator[Way]:
    """The number of the row above or below in the same column."""
    figure = case.edition.figures.get(ref)
    if figure is None or was == 0:
        return
    rows = case.edition.table(figure.table).rows
    at = rows.index(figure.row)
    around = [f"{figure.table}/{row.id}/{figure.column.id}" for row in (*_last(rows[:at]), *_last(rows[:at:-1]))]
    near = [case.entries[each].value for each in around if each in case.entries]
    if was in near:
        yield Way(9.0 * near.count(was) / 2, text("the same number stands in the row beside it"), was >= 10)


def _last(rows: Sequence[Line]) -> Sequence[Line]:
    """The last of some rows that has figures."""
    return [each for each in rows if each.kind != "heading"][-1:]
