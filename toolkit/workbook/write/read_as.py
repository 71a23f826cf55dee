"""What the sheet on which a workbook checks itself says of numbers in text: which is first, and what it counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from toolkit.form.layout import address
from toolkit.form.parts import Number, Ref, ValueKind
from toolkit.workbook.write import typed_numbers
from toolkit.workbook.write.check_row import TARGET, WORDS_AT, Row
from toolkit.workbook.write.formulas import areas
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
    """The hidden cells that those rows and all sums look up: the text of every figure, and the number in it."""
    page.write_string(WORDS_AT.replace("$", ""), typed_numbers.WORDS)
    texts, figures = typed_numbers.texts(stands.mirror), stands.made.edition.figures
    kinds: dict[tuple[str, ValueKind], list[Ref]] = defaultdict(list)
    for ref in stands.mirror:
        kinds[stands.made.places[ref].sheet, figures[ref].value].append(ref)
    values: dict[str, Number | str] = {}
    for ref, place in stands.mirror.items():
        values[place.cell] = stands.read.get(ref, "")
        values[texts[ref].cell] = typed_numbers.without_words(stands.shown[ref], figures[ref].value)
    for (_, kind), refs in kinds.items():
        for cells, at, beside in zip(stands.areas(refs), stands.beside(refs), areas(texts, refs), strict=True):
            text, number = typed_numbers.formulas(cells.name, beside.name, kind, WORDS_AT)
            for block, said in ((beside.name, text), (at.name, number)):
                first, _, last = block.partition(":")
                page.write_array_formula(f"{first}:{last or first}", f"={said}", None, values.pop(first))
    for cell, value in values.items():
        if isinstance(value, str):
            page.write_string(cell, value)
        else:
            page.write_number(cell, value)
