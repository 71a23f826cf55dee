"""What the sheet on which a workbook checks itself says of numbers in text: which is first, and what it counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from toolkit.form.layout import address
from toolkit.form.parts import Ref, ValueKind
from toolkit.workbook.write import typed_numbers
from toolkit.workbook.write.check_row import TARGET, WORDS_AT, Row
from toolkit.workbook.write.shown import Formula, Standing


def read_as(stands: Standing, row: Row, refs: Sequence[Ref]) -> Row:
    """The row about the numbers in text of one printed table, which names the first of them once there is one."""
    places, beside = stands.made.places, stands.mirror
    before, between, after = stands.made.edition.wording.selfcheck.read_as
    rows, columns = zip(*((beside[ref].row, beside[ref].column) for ref in refs), strict=True)
    block = f"{address(min(rows), min(columns), fixed=True)}:{address(max(rows), max(columns), fixed=True)}"
    off_row, off_column = min(rows), min(columns) - beside[refs[0]].column + places[refs[0]].column
    cell = f"INDIRECT(MID({TARGET}{row.number},2,99))"
    number = f"INDEX({block},ROW({cell})-{off_row},COLUMN({cell})-{off_column})"
    said = f'IF(D{row.number}=0,"{row.asked}","{before}"&{cell}&"{between}"&{number}&"{after}{row.asked}")'
    found = [ref for ref in refs if ref in stands.read]
    if not found:
        return replace(row, said=Formula(said, row.asked))
    first = min(found, key=lambda ref: (places[ref].row, places[ref].column))
    value = f"{before}{stands.shown[first]}{between}{stands.read[first]}{after}{row.asked}"
    return replace(row, said=Formula(said, value))


def write(page: Worksheet, stands: Standing) -> None:
    """The hidden cells that those rows and all sums look up: the number in the text of every figure."""
    page.write_string(WORDS_AT.replace("$", ""), typed_numbers.WORDS)
    here = {place.cell: stands.read.get(ref, "") for ref, place in stands.mirror.items()}
    alike: dict[tuple[str, ValueKind], list[Ref]] = defaultdict(list)
    for ref in stands.mirror:
        alike[stands.made.places[ref].sheet, stands.made.edition.figures[ref].value].append(ref)
    for (_, kind), refs in alike.items():
        for cells, at in zip(stands.areas(refs), stands.beside(refs), strict=True):
            first, block = at.name.split(":")[0], at.name if at.cells > 1 else f"{at.name}:{at.name}"
            said = f"={typed_numbers.formula(cells.name, kind, WORDS_AT)}"
            page.write_array_formula(block, said, None, here.pop(first))
    for cell, number in here.items():
        if number == "":
            page.write_string(cell, "")
        else:
            page.write_number(cell, number)
