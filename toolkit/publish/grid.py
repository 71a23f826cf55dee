"""A table of the report as Word keeps it: merged heads, heads repeated on every page, no row broken by one."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from toolkit.form.layout import Box
from toolkit.publish.content import Part

WIDTH = 8844
"""Twips between the margins: 156 mm."""

_WIDEST_FIGURE, _NARROWEST_FIGURE = 2211, 590
_WIDE = 6
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SMALL, _LARGE = 18, 24  # half points: 小五, 小四


def table(part: Part) -> Any:
    """The table as an element of a document's body."""
    from docx.oxml import parse_xml

    assert part.sheet is not None
    widths = _widths(part.sheet.width, part.sheet.stub)
    owners = {
        (row, column): box
        for box in part.boxes
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    }
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    rows = "".join(_row(part, row, owners, widths) for row in range(part.rows))
    return parse_xml(
        f'<w:tbl {_WORD}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _widths(columns: int, stub: int) -> list[int]:
    """The stub takes what figures leave; of several columns of it the last has most of that."""
    figures = columns - stub
    if stub <= 1:
        return [WIDTH // columns] * columns
    each = max(_NARROWEST_FIGURE, min(_WIDEST_FIGURE, WIDTH * 52 // 100 // figures))
    left = WIDTH - each * figures
    first = left * 42 // 100 // (stub - 1)
    return [*[first] * (stub - 1), left - first * (stub - 1), *[each] * figures]


def _row(part: Part, row: int, owners: dict[tuple[int, int], Box], widths: list[int]) -> str:
    head = "<w:tblHeader/>" if row < part.head else ""
    height = 360 if len(widths) > _WIDE else 510  # 表三 and its title fit on one page
    cells: list[str] = []
    column = 0
    while column < len(widths):
        box = owners[row, column]
        cells.append(_cell(part, box, row, sum(widths[column : column + box.columns])))
        column += box.columns
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}'
        f'<w:jc w:val="center"/></w:trPr>{"".join(cells)}</w:tr>'
    )


def _cell(part: Part, box: Box, row: int, width: int) -> str:
    assert part.sheet is not None
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merged = "" if box.rows == 1 else '<w:vMerge w:val="restart"/>' if row == box.row else "<w:vMerge/>"
    wide = part.sheet.width > _WIDE
    keep = "<w:keepNext/>" if row < part.rows - 1 else ""  # on one page wherever it fits on one
    side = "left" if box.role == "label" and part.sheet.stub > 1 else "center"
    line = f'<w:spacing w:before="0" w:after="0" w:line="{240 if wide else 360}" w:lineRule="exact"/>'
    said = escape(box.text) if row == box.row else ""
    size = _SMALL if wide else _LARGE
    run = (
        '<w:r><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'
        f'<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'
        if said
        else ""
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{keep}<w:snapToGrid w:val="0"/>{line}<w:jc w:val="{side}"/>'
        f'<w:rPr><w:sz w:val="{size}"/></w:rPr></w:pPr>{run}</w:p></w:tc>'
    )
