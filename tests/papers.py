"""Reports as a clerk types them in Word: numbered pages, a running head, tables cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import docx
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from tests.quirks import Rows, placed
from toolkit.form.edition import named
from toolkit.model.filing import Filing


def document(
    made: Filing,
    drawn: Sequence[Rows],
    *,
    height: int = 297,
    heads: bool = False,
    word: Callable[[str], str] = str,
) -> docx.document.Document:
    """A report as a clerk types it: numbered pages, a running head, a ground behind the text, tables that break."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(height)
    section.top_margin = section.bottom_margin = Mm(28)
    section.header.paragraphs[0].text = "政府信息公开"
    number = section.footer.paragraphs[0].add_run("- ")._r
    field = OxmlElement("w:fldSimple")
    field.set(docx.oxml.ns.qn("w:instr"), "PAGE")
    number.addnext(field)
    section.footer.paragraphs[0].add_run(" -")
    paper.add_paragraph(f"{made.unit.name}{made.year}年政府信息公开工作年度报告")
    cells = iter(drawn)
    for part in named(made.edition).sections:
        _ground(paper.add_paragraph(part.title))
        for line in made.texts.get(part.id, "").split("\n"):
            if line and not part.sheet:
                paragraph = paper.add_paragraph(line)
                paragraph.paragraph_format.first_line_indent = Pt(22)
                _ground(paragraph)
        if part.sheet:
            _table(paper, next(cells), heads, word)
    return paper


def _ground(paragraph: Paragraph) -> None:
    shade = OxmlElement("w:shd")
    shade.set(docx.oxml.ns.qn("w:val"), "clear")
    shade.set(docx.oxml.ns.qn("w:fill"), "E8F0FF")
    paragraph._p.get_or_add_pPr().append(shade)


def _table(paper: docx.document.Document, rows: Rows, heads: bool, word: Callable[[str], str]) -> None:
    cells = list(placed(rows))
    wide = max(column + cell.columns for _, column, cell in cells)
    table = paper.add_table(len(rows), wide, "Table Grid")
    grid = [line.cells for line in table.rows]  # asked for once: each `table.cell` goes through all of them
    for row, column, cell in cells:
        merged = grid[row][column].merge(grid[row + cell.rows - 1][column + cell.columns - 1])
        merged.paragraphs[0].add_run(word(cell.said)).font.size = Pt(9)
    if heads:
        for line in table.rows[: 3 if wide == 10 else 1]:
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
