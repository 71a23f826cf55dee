"""An empty roster to fill in: its heads, codes kept as text, levels to choose from."""

from __future__ import annotations

import datetime
import io

import xlsxwriter

from toolkit.form.parts import Edition
from toolkit.ground.language import Text, speaking, text

_CREATED = datetime.datetime(2019, 5, 15, tzinfo=datetime.UTC).replace(tzinfo=None)
_ROWS = 500
"""Rows made ready to be filled in; more may follow."""

COLUMNS: tuple[tuple[str, int, Text], ...] = (
    ("统一社会信用代码", 24, text("18 signs, kept as text; without one, a number of the county's, or nothing.")),
    ("单位名称", 34, text("The unit's full name, as on its seal; a row for each unit.")),
    ("层级", 16, text("Choose one; left empty, it is taken from the name.")),
    ("联系人", 12, text("May stay empty.")),
    ("联系电话", 16, text("May stay empty.")),
    ("上级单位", 24, text("The unit of this roster that this one belongs to; may stay empty.")),
    ("起始年度", 10, text("First report year it reports for, where it is new; may stay empty.")),
    ("截止年度", 10, text("Last report year it reports for, where it is no more; may stay empty.")),
    ("承接单位", 24, text("The unit of this roster that took it over; may stay empty.")),
)
"""The heads of a roster, how wide each column is, and what is said when a cell of it is chosen."""


def blank_roster(edition: Edition) -> bytes:
    """The workbook of `xls roster --new`; the same bytes every time."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    with speaking("zh"):
        sheet = book.add_worksheet(str(text("roster")))
        head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1, "align": "center"})
        kept = book.add_format({"num_format": "@"})
        levels = [level.label for level in edition.levels]
        for at, (name, width, said) in enumerate(COLUMNS):
            sheet.set_column(at, at, width, kept)
            sheet.write_string(0, at, name, head)
            rule = {"validate": "list", "source": levels} if name == "层级" else {"validate": "any"}
            asked = {**rule, "input_title": name, "input_message": str(said), "error_type": "warning"}
            if sheet.data_validation(1, at, _ROWS, at, asked):
                raise AssertionError(f"{name}: refused by XlsxWriter")
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()
