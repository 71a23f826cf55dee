"""XlsxWriter whose refusals are errors: it answers a name or a rule that Excel would not take with -1 and goes on. Told
by what each call gives back, so that threads may write at the same time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import chain
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

from toolkit.ground.language import text
from toolkit.ground.patterns import pattern

_OF_PAGE = (
    "write", "write_string", "write_number", "write_formula", "write_array_formula", "write_blank", "write_url",
    "write_comment", "write_rich_string", "write_row", "write_column", "merge_range", "data_validation",
    "conditional_format", "set_row", "set_column", "insert_chart", "insert_image", "repeat_rows", "print_area",
    "autofilter", "add_table",
)  # fmt: skip
_NUMBERS = ("write_number", "write_blank")
_OF_FORMULAS = ("write_formula", "write_array_formula")
_OF_BOOK = ("define_name", "set_size", "add_vba_project", "set_custom_property")

LONGEST = 32_767
"""The most characters, halves of pairs counted, that a cell takes."""

_NO_SIGN = pattern("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Refused(ValueError):
    """XlsxWriter refused what it was given: a fault of ours."""


def storable(said: str) -> str:
    """A text as a cell can hold it: what is no character is shown as unknown, what is too long says so at its end."""
    if len(said) <= LONGEST // 2 and said.isprintable():
        return said
    if len(said) > LONGEST // 2 and len(said.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST:
        said = said[: LONGEST // 2 - 100] + str(
            text("… (cut: {count} characters, more than a cell takes)", count=len(said))
        )
    return _NO_SIGN.sub("\ufffd", said) if _NO_SIGN.search(said) else said


def _nameable(said: str) -> str:
    """A text as a formula, its value, a name or a property can hold it: without control characters."""
    if len(said) <= LONGEST // 2 and said.isprintable():
        return said
    return _CONTROL.sub("\ufffd", storable(said))


def _strict(call: Callable[..., Any]) -> Callable[..., Any]:
    plain = _nameable if call.__name__ in _OF_BOOK or call.__name__ in _OF_FORMULAS else storable

    @wraps(call)
    def held(self: Any, *given: Any, **named: Any) -> Any:
        said = [plain(each) if isinstance(each, str) else each for each in given]
        if named:
            named = {name: plain(each) if isinstance(each, str) else each for name, each in named.items()}
        answer = call(self, *said, **named)
        if isinstance(answer, int) and answer < 0:
            raise Refused(f"XlsxWriter refused {call.__name__}{given!r}")
        return answer

    return held


def _strict_of_numbers(call: Callable[..., Any]) -> Callable[..., Any]:
    """The same of a call that takes no text; a county's workbook has a cell for every figure of every unit."""

    @wraps(call)
    def held(self: Any, *given: Any) -> Any:
        answer = call(self, *given)
        if answer < 0:
            raise Refused(f"XlsxWriter refused {call.__name__}{given!r}")
        return answer

    return held


def _write_cell(self: Any, row: int, column: int, cell: Any) -> None:
    """Write a number as XlsxWriter does, in one step; every other cell is left to it."""
    look = cell.format
    if type(cell).__name__ == "Number" and look:
        where = xl_rowcol_to_cell_fast(row, column)
        self.fh.write(f'<c r="{where}" s="{look._get_xf_index()}"><v>{cell.number:.16G}</v></c>')
    else:
        Worksheet._write_cell(self, row, column, cell)


def _held(kind: type, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: (_strict_of_numbers if name in _NUMBERS else _strict)(getattr(kind, name))
        for name in names
        if hasattr(kind, name)
    }


def _as_it_is(self: Any, formula: str, expand_future_functions: bool = False) -> str:
    """A formula without its sign: XlsxWriter looks through each for functions that Excel 2010 does not know, which
    took a third of the time of a workbook; ours have none of them.
    """
    return formula.removeprefix("=")


def _calculate_spans(self: Any) -> None:
    """The first and last column of every sixteen rows; XlsxWriter asks each row for every column of the sheet."""
    ends: dict[int, list[int]] = {}
    for row, columns in chain(self.table.items(), self.comments.items()):
        if columns:
            ends.setdefault(row // 16, []).extend((min(columns), max(columns)))
    self.row_spans = {block: f"{min(each) + 1}:{max(each) + 1}" for block, each in ends.items()}


def _write_single_row(self: Any, current_row_num: int = 0) -> None:
    """Write a row of a sheet that is streamed, and forget its height, too."""
    written = self.previous_row
    Worksheet._write_single_row(self, current_row_num)
    if written != current_row_num:
        self.row_info.pop(written, None)
        self.row_sizes.pop(written, None)


class _Target:
    """A stream, until it is let go: XlsxWriter leaves a package open that was cut off, which is ended at some time."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, said: Any) -> int:
        return int(self.stream.write(said)) if self.stream is not None else len(said)

    def tell(self) -> int:
        return int(self.stream.tell()) if self.stream is not None else 0

    def seek(self, *to: int) -> int:
        return int(self.stream.seek(*to)) if self.stream is not None else 0

    def flush(self) -> None:
        if self.stream is not None:
            self.stream.flush()


def let_go(book: Any) -> None:
    """Close what a workbook has open, also where writing it was cut off."""
    book.filename.stream = None
    for page in book.worksheets():
        if page.row_data_fh is not None:
            page.row_data_fh.close()


_QUICK = {
    "_prepare_formula": _as_it_is,
    "_write_cell": _write_cell,
    "_write_single_row": _write_single_row,
    "_calculate_spans": _calculate_spans,
}
Page = type("Page", (Worksheet,), {**_held(Worksheet, _OF_PAGE), **_QUICK})
"""A sheet whose refusals are errors."""

_Book = type("_Book", (xlsxwriter.Workbook,), _held(xlsxwriter.Workbook, _OF_BOOK))


def book(stream: Any, scratch: str = "") -> Any:
    """A workbook to be written to a stream; a text that begins with = is a text. With a folder `scratch` what is in it
    stands there until it is closed, else in memory.

    Its calls raise `Refused` where XlsxWriter would warn.
    """
    where = {"tmpdir": scratch} if scratch else {"in_memory": True}
    made = _Book(_Target(stream), {**where, "strings_to_formulas": False, "strings_to_urls": False})
    made.worksheet_class = Page
    return made
