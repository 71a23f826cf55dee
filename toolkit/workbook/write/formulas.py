"""Spreadsheet formulas over the cells of figures: plain ones, which Excel 2010, WPS and LibreOffice calculate alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from toolkit.form.blocks import Block, blocks
from toolkit.form.layout import Place
from toolkit.form.parts import Edition, Figure, Number, Ref
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing

Area = Block
"""A block of cells as formulas name it, `D7:I29` or `'表三'!D7:I29`."""


def areas(places: Mapping[Ref, Place], refs: Iterable[Ref], *, elsewhere: bool = False) -> tuple[Area, ...]:
    """The cells of some figures in as few blocks as they lie in; `elsewhere` puts their sheet before each."""
    sheets: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for ref in refs:
        place = places[ref]
        sheets[place.sheet].add((place.row, place.column))
    return tuple(
        Area((f"'{sheet}'!" if elsewhere else "") + name, cells)
        for sheet, here in sheets.items()
        for name, cells in blocks(here)
    )


def summed(blocks: Sequence[Area]) -> str:
    """The numbers of some cells added; text is passed over."""
    return f"SUM({','.join(block.name for block in blocks)})"


def blanks(blocks: Sequence[Area]) -> str:
    """How many cells are blank."""
    return _added(f"COUNTBLANK({block.name})" for block in blocks)


def filled(blocks: Sequence[Area]) -> str:
    """How many cells have anything in them, be it an error value."""
    return f"{sum(block.cells for block in blocks)}-({blanks(blocks)})"


def errors(blocks: Sequence[Area]) -> str:
    """How many cells show an error value."""
    return _added(f"SUMPRODUCT(--ISERROR({block.name}))" for block in blocks)


def signs(blocks: Sequence[Area], known: str) -> str:
    """How many cells hold one of the texts that stand in the cells `known`."""
    return _added(f"SUMPRODUCT(--ISNUMBER(MATCH(TRIM({block.name}),{known},0)))" for block in blocks)


def counted(blocks: Sequence[Area]) -> str:
    """How many cells hold a number."""
    return f"COUNT({','.join(block.name for block in blocks)})"


def unread(blocks: Sequence[Area], known: str) -> str:
    """How many cells hold neither a number nor nothing nor one of the texts `known`."""
    return f"{filled(blocks)}-{counted(blocks)}-({signs(blocks, known)})"


def negative(blocks: Sequence[Area]) -> str:
    """How many cells hold a number below 0."""
    return _added(f'COUNTIF({block.name},"<0")' for block in blocks)


def not_zero(blocks: Sequence[Area]) -> str:
    """How many cells hold a number other than 0, or text."""
    return _added(
        f'COUNTIF({block.name},"<0")+COUNTIF({block.name},">0")+SUMPRODUCT(--ISTEXT({block.name}))' for block in blocks
    )


def outside(blocks: Sequence[Area], *, signed: bool) -> str:
    """How many cells hold a number that is not whole or, unless `signed`, below 0.

    What is a whole number leaves 1/TRUE a number, and so would text in which there is one; an error value an error.
    """
    fits = "({0}=INT({0}))*1" if signed else "({0}>=0)*({0}=INT({0}))"
    return _added(
        f"COUNT({block.name})-SUMPRODUCT(ISNUMBER({block.name})*ISNUMBER(1/({fits.format(block.name)})))"
        for block in blocks
    )


def _added(parts: Iterable[str]) -> str:
    return "+".join(parts) or "0"


def stored(filing: Filing, parts: Iterable[Ref]) -> Number:
    """What a spreadsheet's SUM gives: the numbers added, anything else passed over."""
    result: Number = 0
    for ref in parts:
        value = filing.entries.get(ref, Entry(None)).value
        if isinstance(value, int | Decimal):
            result = result + value
    return result


def calculated(filing: Filing, total: Figure) -> bool:
    """Whether a total is left to its formula: it is not in the filing, or is what its entries add up to."""
    entry = filing.entries.get(total.ref)
    if entry is None:
        return True
    return not printed(filing, total) and entry.value == figures.total(filing.entries, total.parts)


def printed(filing: Filing, total: Figure) -> bool:
    """Whether a total stands as it was printed since not all its entries were read; a formula would lose them."""
    entry = filing.entries.get(total.ref)
    return entry is not None and entry.value is not None and any(ref not in filing.entries for ref in total.parts)


def lost(edition: Edition, filing: Filing) -> tuple[Ref, ...]:
    """The entries of a filing that were not read and that a total of it counts."""
    counting = [total for total in edition.figures.values() if total.kind == "total" and printed(filing, total)]
    return tuple(dict.fromkeys(ref for total in counting for ref in total.parts if ref not in filing.entries))
