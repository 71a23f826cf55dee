"""Which cell of a table is the first that is wrong: formulas without arrays, which every program calculates alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from toolkit.form.parts import Ref, Value
from toolkit.model import numbers
from toolkit.workbook.write.shown import SIGNS_AT, Formula, Standing, outside

_MOST, _ROW = 10_000_000, 1_000
"""A cell counts as row times `_ROW` and column, taken from `_MOST`, so that the first cell is the largest number."""

_SIGN = f"ISNUMBER(MATCH(TRIM({{0}}),{SIGNS_AT},0))"
_WHOLE = {"count": "({0}>=0)*({0}=INT({0}))", "signed": "({0}=INT({0}))*1", "money": "({0}>=0)*1"}

_WRONG: Mapping[str, str] = {
    "text": f"ISTEXT({{0}})*(1-{_SIGN})*(1-ISNUMBER({{typed}}))",
    "error-value": "ISERROR({0})*1",
    "none-sign": f"{_SIGN}*1",
    "remark": "ISNUMBER({typed})*1",
    "blank": "ISBLANK({0})*1",
}
"""What a cell is for each check, as a number for every cell of a block; `{typed}` are the numbers in its text."""

_IS_WRONG: Mapping[str, Callable[[Standing, Ref], bool]] = {
    "text": Standing.is_unread,
    "error-value": lambda stands, ref: False,
    "none-sign": lambda stands, ref: numbers.none_sign(stands.shown[ref]),
    "remark": lambda stands, ref: ref in stands.read,
    "blank": lambda stands, ref: stands.shown[ref] is None,
}


def first_wrong(stands: Standing, check: str, refs: Sequence[Ref], count: str) -> Formula | None:
    """The first cell of a table that breaks a check on single cells, as `表三!D7`; None of another check.

    It is looked for only where the cell `count` says that there is one, since that takes its time.
    """
    figures, places = stands.made.edition.figures, stands.made.places
    if check == "domain":
        by_kind = {kind: [ref for ref in refs if figures[ref].value == kind] for kind in _WHOLE}
        parts = [
            _largest(stands, here, f"ISNUMBER({{0}})*(1-ISNUMBER(1/({_WHOLE[kind]})))")
            for kind, here in by_kind.items()
            if here
        ]
        found = [places[ref] for ref in refs if outside(stands.shown[ref], figures[ref].value)]
    elif check in _WRONG:
        asked = [ref for ref in refs if check != "blank" or figures[ref].kind == "entry"]
        parts = [_largest(stands, asked, _WRONG[check])]
        found = [places[ref] for ref in asked if _IS_WRONG[check](stands, ref)]
    else:
        return None
    said = _named(places[refs[0]].sheet, ",".join(parts))
    first = min(found, key=lambda place: (place.row, place.column)) if found else None
    return Formula(f'IF({count}=0,"",{said})', f"{first.sheet}!{first.cell}" if first else "")


def first_where(stands: Standing, refs: Sequence[Ref], wrong: str, is_wrong: Callable[[Value], bool]) -> Formula:
    """The first of some cells of which `wrong` is 1, as `表三!D7`; it is for the caller to ask only where there is one.

    In `wrong` `{0}` stands for a block of cells, `{sign}` for whether it has a sign for "none".
    """
    places = stands.made.places
    found = [places[ref] for ref in refs if is_wrong(stands.shown[ref])]
    first = min(found, key=lambda place: (place.row, place.column)) if found else None
    said = _named(places[refs[0]].sheet, _largest(stands, refs, wrong.replace("{sign}", _SIGN)))
    return Formula(said, f"{first.sheet}!{first.cell}" if first else "")


def _largest(stands: Standing, refs: Sequence[Ref], wrong: str) -> str:
    """The largest of what the wrong cells of some blocks leave of `_MOST`, one by one."""
    return ",".join(
        f"SUMPRODUCT(MAX(({wrong.format(area.name, typed=beside.name)})"
        f"*({_MOST}-ROW({area.name})*{_ROW}-COLUMN({area.name}))))"
        for area, beside in zip(stands.areas(refs), stands.beside(refs), strict=True)
    )


def _named(sheet: str, largest: str) -> str:
    """The cell that a largest number stands for."""
    at = f"({_MOST}-MAX({largest}))"
    return f'"{sheet}!"&ADDRESS(INT({at}/{_ROW}),MOD({at},{_ROW}),4)'
