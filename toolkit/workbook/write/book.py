"""XlsxWriter whose refusals are errors: it answers a name or a rule that Excel would not take with -1 and goes on. Told
by what each call gives back, so that threads may write at the same time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

_OF_PAGE = (
    "write", "write_string", "write_number", "write_formula", "write_blank", "write_url", "write_comment",
    "write_rich_string", "write_row", "write_column", "merge_range", "data_validation", "conditional_format", "set_row",
    "set_column", "insert_chart", "insert_image", "repeat_rows", "print_area", "autofilter", "add_table",
)  # fmt: skip
_OF_BOOK = ("define_name", "set_size", "add_vba_project")


class Refused(ValueError):
    """XlsxWriter refused what it was given: a fault of ours."""


def _strict(call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def held(self: Any, *given: Any, **named: Any) -> Any:
        answer = call(self, *given, **named)
        if isinstance(answer, int) and answer < 0:
            raise Refused(f"XlsxWriter refused {call.__name__}{given!r}")
        return answer

    return held


def _held(kind: type, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _strict(getattr(kind, name)) for name in names if hasattr(kind, name)}


Page = type("Page", (Worksheet,), _held(Worksheet, _OF_PAGE))
"""A sheet whose refusals are errors."""

_Book = type("_Book", (xlsxwriter.Workbook,), _held(xlsxwriter.Workbook, _OF_BOOK))


def book(stream: Any, *, in_memory: bool = True) -> Any:
    """A workbook to be written to a stream; a text that begins with = is a text.

    Its calls raise `Refused` where XlsxWriter would warn.
    """
    made = _Book(stream, {"in_memory": in_memory, "strings_to_formulas": False, "strings_to_urls": False})
    made.worksheet_class = Page
    return made
