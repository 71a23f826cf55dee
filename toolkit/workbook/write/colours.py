"""The colours by which the tables of a workbook show what it found on checking itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.layout import Box, Layout, Sheet, address
from toolkit.form.parts import ValueKind
from toolkit.workbook.write.check_row import COUNT, ZEROS_AT, Row
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.typed_numbers import bare, known

_ZEROS = "selfcheck_zeros"
"""Names the cell which is 1 where the unit says that its blanks are 0."""


def name_rows(book: Workbook, made: Layout, rows: Sequence[Row]) -> None:
    """Name the count of every row that colours cells, since a colour's condition asks other sheets by name only."""
    sheet = made.edition.wording.selfcheck.sheet
    book.define_name(_ZEROS, f"='{sheet}'!{ZEROS_AT}")
    for row in rows:
        if row.marked:
            book.define_name(_name(row), f"='{sheet}'!${COUNT}${row.number}")


def _name(row: Row) -> str:
    return f"selfcheck_{row.number}"


def colour(page: Worksheet, styles: Styles, made: Layout, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Colour a printed table: text, be it read or not, the cells of rules that do not hold, blanks in a row begun."""
    boxes = [box for box in sheet.boxes if box.ref]
    kinds: dict[ValueKind, list[Box]] = defaultdict(list)
    for box in boxes:
        kinds[made.edition.figures[box.ref].value].append(box)
    for kind, here in kinds.items():
        _condition(page, here, _read_as(address(here[0].row, here[0].column), kind), styles.bare("noted"))
        _condition(page, here, _no_number(address(here[0].row, here[0].column), kind), styles.bare("wrong"))
    for row in rows:
        if here := [box for box in boxes if box.ref in row.marked]:
            _condition(page, here, f"{_name(row)}>0", styles.bare("wrong"))
    _begun(page, styles, made, boxes)


def _read_as(at: str, kind: ValueKind) -> str:
    """The condition that a cell holds text which is read as a number; of two colours a cell takes the first."""
    return f"IF(ISTEXT({at}),IFERROR({known(bare(at, kind), kind)},FALSE),FALSE)"


def _no_number(at: str, kind: str) -> str:
    """The condition that a cell holds something, and that is no number of its kind."""
    outside = [*[f"{at}<0"] * (kind != "signed"), *[f"{at}<>INT({at})"] * (kind != "money")]
    return f"IF(ISNUMBER({at}),OR({','.join(outside)}),OR(ISERROR({at}),ISTEXT({at})))"


def _begun(page: Worksheet, styles: Styles, made: Layout, boxes: Sequence[Box]) -> None:
    """The blanks of rows in which something stands; rows with the same columns share one condition."""
    rows: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        if made.edition.figures[box.ref].kind == "entry":
            rows[box.row].append(box)
    alike: dict[tuple[int, ...], list[Box]] = defaultdict(list)
    for here in rows.values():
        alike[tuple(box.column for box in here)] += here
    for columns, here in alike.items():
        first = here[0].row
        cells = ",".join(f"${address(first, column)}" for column in columns)
        said = f"AND(ISBLANK({address(first, columns[0])}),COUNTA({cells})>0,{_ZEROS}=0)"
        _condition(page, here, said, styles.bare("doubtful"))


def _condition(page: Worksheet, cells: Sequence[Box], formula: str, look: Format) -> None:
    """A colour over some cells; the formula is written for the first of them."""
    options = {
        "type": "formula",
        "criteria": f"={formula}",
        "format": look,
        "multi_range": " ".join(address(cell.row, cell.column) for cell in cells),
    }
    first = cells[0]
    accepted(page.conditional_format(first.row, first.column, first.row, first.column, options))


def accepted(wrote: int) -> None:
    """Refuse to go on where XlsxWriter answers with a refusal in place of an error."""
    assert wrote == 0, f"XlsxWriter refused a colour ({wrote})"
