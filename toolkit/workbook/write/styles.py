"""How the workbook looks: fonts, fills, borders, locks. Every format is made once and asked for by name."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

BODY, HEADING = "宋体", "黑体"
"""Fonts that Excel and WPS have and LibreOffice replaces by metric-like ones."""

ENTRY, HEAD, PLAIN, QUIET = "#FFF9DB", "#F2F2F2", "#FFFFFF", "#7F7F7F"
SUMMED, CARRIED, PRIOR_EDGE, PRIOR_WORDS = "#E2EFDA", "#DDEBF7", "#BFBFBF", "#595959"
WRONG = "#9C0006"

_NUMBER = {
    "count": "0", "signed": "+0;-0;0", "money": "General",
    "count-read": "#,##0", "signed-read": "+#,##0;-#,##0;0", "money-read": "#,##0.00##",
}  # fmt: skip
"""Formats by kind of value: on the form, and on sheets that are read and not filled in."""

READ = "-read"

_PRIOR = {"align": "center", "valign": "vcenter", "border": 1, "border_color": PRIOR_EDGE, "font_color": PRIOR_WORDS}

_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": HEADING, "font_size": 16, "align": "center", "valign": "vcenter"},
    "cover-title": {"font_name": HEADING, "font_size": 22, "align": "center", "valign": "vcenter"},
    "unit": {"align": "left", "valign": "vcenter"},
    "year": {"align": "right", "valign": "vcenter"},
    "note": {"font_size": 9, "font_color": QUIET, "align": "left", "valign": "vcenter", "text_wrap": True},
    "head": {
        "font_name": HEADING,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "bg_color": HEAD,
    },
    "label": {"align": "left", "indent": 1, "valign": "vcenter", "text_wrap": True, "border": 1},
    "heading": {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1},
    "entry": {"align": "center", "valign": "vcenter", "border": 1, "bg_color": ENTRY, "locked": False, "shrink": True},
    "total": {"align": "center", "valign": "vcenter", "border": 1, "bg_color": PLAIN, "bold": True, "shrink": True},
    "summed": {"align": "center", "valign": "vcenter", "border": 1, "bg_color": SUMMED, "shrink": True},
    "changed": {"valign": "vcenter", "border": 1, "bg_color": ENTRY, "locked": False, "text_wrap": True},
    "carried": {
        "align": "center",
        "valign": "vcenter",
        "border": 1,
        "bg_color": CARRIED,
        "locked": False,
        "shrink": True,
        "italic": True,
    },
    "prior": {**_PRIOR, "bg_color": HEAD, "shrink": True},
    "prior-head": {**_PRIOR, "font_size": 9, "text_wrap": True},
    "expected": {**_PRIOR, "bg_color": HEAD, "bold": True, "shrink": True},
    "field": {
        "align": "left",
        "indent": 1,
        "valign": "vcenter",
        "border": 1,
        "bg_color": ENTRY,
        "locked": False,
        "text_wrap": True,
        "num_format": "@",
    },
    "field-year": {
        "align": "left",
        "indent": 1,
        "valign": "vcenter",
        "border": 1,
        "bg_color": ENTRY,
        "locked": False,
        "num_format": "0",
    },
    "text": {
        "align": "left",
        "valign": "top",
        "border": 1,
        "bg_color": ENTRY,
        "locked": False,
        "text_wrap": True,
        "num_format": "@",
    },
    "cell": {"align": "center", "valign": "vcenter", "border": 1, "shrink": True},
    "listed": {"align": "center", "valign": "vcenter", "shrink": True},
    "listed-words": {"align": "left", "indent": 1, "valign": "vcenter", "text_wrap": True},
    "listed-link": {"align": "center", "valign": "vcenter", "font_color": "#0563C1", "underline": 1},
    "line": {"align": "left", "valign": "vcenter", "border": 1, "shrink": True},
    "edge": {"border": 1},
    "wrong-edge": {"border": 1, "bg_color": "#FFC7CE", "font_color": WRONG},
    "doubtful-edge": {"border": 1, "bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "group": {
        "font_name": HEADING,
        "align": "left",
        "indent": 1,
        "valign": "vcenter",
        "top": 1,
        "bottom": 1,
        "bg_color": HEAD,
    },
    "link": {
        "align": "center",
        "valign": "vcenter",
        "border": 1,
        "font_color": "#0563C1",
        "underline": 1,
        "shrink": True,
    },
    "summary": {"font_name": HEADING, "font_size": 14, "align": "center", "valign": "vcenter", "font_color": WRONG},
    "result": {"align": "left", "indent": 1, "valign": "vcenter", "border": 1, "text_wrap": True},
    "follows": {"align": "left", "indent": 2, "valign": "vcenter", "border": 1, "text_wrap": True, "font_color": QUIET},
    "wrong": {"bg_color": "#FFC7CE", "font_color": WRONG},
    "doubtful": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "noted": {"bg_color": "#DDEBF7", "font_color": "#1F4E78"},
    "pale": {"font_color": QUIET},
    "right": {"font_color": "#006100"},
    "guide": {"align": "left", "valign": "top", "text_wrap": True},
    "section": {"font_name": HEADING, "font_size": 12, "align": "left", "valign": "vcenter"},
}


class Styles:
    """The formats of one workbook, by name and, for figures, by kind of value; with `READ` behind it, as it is read."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def __call__(self, look: str, value: str = "") -> Format:
        """The format of a look; `value` is the kind of value of a figure."""
        key = (look, value)
        if key not in self._made:
            wanted = {"font_name": BODY, "font_size": 11, **_LOOKS[look]}
            if value:
                wanted["num_format"] = _NUMBER[value]
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def bare(self, look: str) -> Format:
        """A look laid over another one: its colours and nothing else."""
        key = (look, "bare")
        if key not in self._made:
            self._made[key] = self._book.add_format(_LOOKS[look])
        return self._made[key]
