"""Which cell a rule that does not hold comes from, as far as plain formulas can tell: the text that counts for nothing,
the cell in which a row and a column fail by the same number, the one that was left blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.form.layout import Place
from toolkit.form.parts import Instance, Ref
from toolkit.model import numbers
from toolkit.workbook.write.check_row import ZEROS_AT, Row
from toolkit.workbook.write.first_wrong import first_where
from toolkit.workbook.write.shown import Formula, Standing

_UNREAD = "(1-ISNUMBER({0}))*(1-ISBLANK({0}))*(1-{sign})"
_ONE = 100
"""What a place where two rules cross counts in a sum, before its number: two of them pass every number there is."""


class _Known(NamedTuple):
    """A row with its equation, and how often each entry counts on its left, less on its right."""

    row: Row
    instance: Instance
    factors: Mapping[Ref, int]


_Rows = Mapping[int, _Known]
"""By row of the sheet the equations of a printed table."""


def led(stands: Standing, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a printed table; those of equations lead to the cell they come from, where there is one.

    A sum is told first: where its row fails by the number by which a column fails, it is their common cell, and then
    the column's, too.
    """
    by_place = {(each.rule.id, _first(each)): each for each in stands.made.edition.instances if each.op == "="}
    refs = {place: ref for ref, place in stands.made.places.items()}
    equations = {row.number: (row, instance) for row in rows
                 if (instance := by_place.get((row.rule, refs.get(row.link, ""))))}  # fmt: skip
    made = {n: known for n, (row, instance) in equations.items()
            if len((known := _Known(row, instance, _factors(stands, instance))).factors) > 1}  # fmt: skip
    sums = {n: _led(stands, each, _crossing(stands, each, made))
            for n, each in made.items() if each.instance.rule.sums}  # fmt: skip
    others = {n: _led(stands, each, _as_sums_say(stands, each.instance, made, sums))
              for n, each in made.items() if not each.instance.rule.sums}  # fmt: skip
    told = sums | others
    return tuple(told.get(row.number, row) for row in rows)


def _first(instance: Instance) -> Ref:
    return next((ref for _, ref, _ in (*instance.left, *instance.right) if ref), "")


def _led(stands: Standing, known: _Known, crossing: Formula | None) -> Row:
    """A row with the cell it leads to: the first text it cannot count, the crossing, the only blank among its cells."""
    words, row, parts = stands.made.edition.wording.selfcheck, known.row, tuple(known.factors)
    n = row.number
    text = first_where(stands, parts, _UNREAD, lambda value: isinstance(value, str) and not numbers.none_sign(value))
    blank = first_where(stands, parts, "ISBLANK({0})*1", lambda value: value is None)
    blanks = stands.blanks(parts)
    found = f'IF({ZEROS_AT}=1,"",IF({blanks.said}=1,{blank.said},""))'
    value = "" if stands.zeros or blanks.value != 1 else str(blank.value)
    if crossing is not None:
        found, value = f"IFERROR({crossing.said},{found})", str(crossing.value) or value
    said = f'IF(G{n}="{words.unread}",{text.said},IF(G{n}="{words.broken}",{found},""))'
    by_state = {words.unread: str(text.value), words.broken: value}
    return replace(row, first=Formula(said, by_state.get(str(row.state.value), "")))


def _factors(stands: Standing, instance: Instance) -> dict[Ref, int]:
    """How often each entry counts on the left of an equation, less on its right; of a sum only its lines count."""
    found: dict[Ref, int] = {}
    for side, sign in ((instance.left, 1), (instance.right, -1)):
        for factor, ref, _ in side:
            if ref and not (instance.rule.sums and side is instance.left):
                for part in stands.made.edition.figures[ref].parts:
                    found[part] = found.get(part, 0) + sign * factor
    return {ref: factor for ref, factor in found.items() if factor}


def _crossing(stands: Standing, known: _Known, made: _Rows) -> Formula | None:
    """The one cell in which a sum crosses an equation that fails by the same number; an error where there is none."""
    words, terms, cells, found = stands.made.edition.wording.selfcheck, [], [], []
    row = known.row
    for k, (other, place, same) in enumerate(_crossed(stands, known, made), start=1):
        n, sign = other.number, "-" if same else "+"
        terms.append(f'IF(G{n}="{words.broken}",IF(ROUND(F{row.number}{sign}F{n},6)=0,{_ONE + k},0),0)')
        cells.append(f'"{place.sheet}!{place.cell}"')
        if other.state.value == words.broken and _off(row) == (_off(other) if same else -_off(other)):
            found.append(f"{place.sheet}!{place.cell}")
    if not terms:
        return None
    said = f"CHOOSE({'+'.join(terms)}-{_ONE},{','.join(cells)})"
    return Formula(said, found[0] if len(found) == 1 else "")


def _crossed(stands: Standing, known: _Known, made: _Rows) -> Iterator[tuple[Row, Place, bool]]:
    """The equations across a sum that share one entry with it: row, cell, whether both count it on the same side."""
    for each in made.values():
        if each.instance.rule.sums or not _across(each, known.instance):
            continue
        shared = known.factors.keys() & each.factors.keys()
        if len(shared) == 1:
            (ref,) = shared
            yield each.row, stands.made.places[ref], known.factors[ref] * each.factors[ref] > 0


def _across(known: _Known, instance: Instance) -> bool:
    """Whether two equations of one table hold for a row and for a column."""
    rule, other = known.instance.rule, instance.rule
    return rule.table == other.table and rule.each != other.each


def _off(row: Row) -> float:
    assert row.right is not None
    return round(float(row.left.value) - float(row.right.value), 6)


def _as_sums_say(stands: Standing, instance: Instance, made: _Rows, sums: Mapping[int, Row]) -> Formula | None:
    """The one cell of a column that the sums across it lead to, as `表三!D9`; an error where there is none."""
    across = [n for n, each in made.items() if n in sums and _across(each, instance)]
    if not across or instance.rule.each != "column":
        return None
    place = stands.made.places[_first(instance)]
    column = place.cell.rstrip("0123456789")
    block, wanted = f"$Q${min(across)}:$Q${max(across)}", f'"{place.sheet}!{column}*"'
    said = f"IF(COUNTIF({block},{wanted})=1,INDEX({block},MATCH({wanted},{block},0)),1/0)"
    found = [str(row.first.value) for row in sums.values() if row.first is not None
             and min(across) <= row.number <= max(across)
             and str(row.first.value).rstrip("0123456789") == f"{place.sheet}!{column}"]  # fmt: skip
    return Formula(said, found[0] if len(found) == 1 else "")
