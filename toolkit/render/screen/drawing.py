"""A sheet of the form drawn with box characters, its heads merged as printed. It takes the boxes of a layout and the
texts of the figures; what the figures are and where they come from is not its business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.text import Text

from toolkit.form.layout import Box, Sheet
from toolkit.form.parts import Ref
from toolkit.ground.wrapping import balanced, wrap
from toolkit.render import plain
from toolkit.render.screen.fitting import Fit, fit

RULE_STYLE = "dim"
HEAD_STYLE = "bold"

# by the strokes that meet: up, down, left, right
_JOINTS = " ╶╴─╷┌┐┬╵└┘┴│├┤┼"

_Painted = list[tuple[int, str, str]]
"""What stands on one line: column, text and style."""


def draw(
    sheet: Sheet, figure: Callable[[Ref], str], width: int, styles: Mapping[Ref, str] | None = None
) -> tuple[Text, ...]:
    """The lines of a sheet's tables, at most `width` cells wide; `styles` has Rich's style of what is emphasised.

    Nothing is cut: a figure without room for it on one line goes over several. Below 3 cells a column and 1 the sheet
    is wider than asked for.
    """
    boxes = _printed(sheet, figure)
    fitted = fit(boxes, sheet.width, sheet.stub, width)
    owners = _owners(boxes, sheet.width, len(fitted.heights))
    lines = _ruling(fitted, owners)
    tops = _tops(fitted)
    for box in boxes:
        _write(lines, box, fitted, tops[box.row], (styles or {}).get(box.ref, ""))
    return tuple(_line(painted) for painted in lines)


def _printed(sheet: Sheet, figure: Callable[[Ref], str]) -> tuple[Box, ...]:
    """The boxes of the tables, counted from the first row of the first one, with the texts of the figures."""
    boxes = [box for box in sheet.boxes if box.role in ("head", "label", "figure")]
    top = min(box.row for box in boxes)
    return tuple(replace(box, row=box.row - top, text=plain(figure(box.ref)) if box.ref else box.text) for box in boxes)


def _owners(boxes: Sequence[Box], columns: int, rows: int) -> list[list[int]]:
    """Which box each cell belongs to, framed by a row and a column of 0 on all sides; a cell of no box has its own."""
    owners = [[0] * (columns + 2) for _ in range(rows + 2)]
    for row in range(rows):
        for column in range(columns):
            owners[row + 1][column + 1] = -1 - row * columns - column
    for n, box in enumerate(boxes, start=1):
        for row in range(box.row + 1, box.row + box.rows + 1):
            owners[row][box.column + 1 : box.column + box.columns + 1] = [n] * box.columns
    return owners


def _lefts(fitted: Fit) -> list[int]:
    """Where the border left of each column stands, and that right of the last one."""
    lefts = [0]
    for width in fitted.widths:
        lefts.append(lefts[-1] + width + 1)
    return lefts


def _tops(fitted: Fit) -> list[int]:
    """The first line of each row."""
    tops, at = [], 0
    for height, ruled in zip(fitted.heights, fitted.ruled, strict=True):
        at += ruled
        tops.append(at)
        at += height
    return tops


def _ruling(fitted: Fit, owners: Sequence[Sequence[int]]) -> list[_Painted]:
    lines: list[_Painted] = []
    for row, height in enumerate(fitted.heights):
        if fitted.ruled[row]:
            lines.append(_rule(fitted, owners[row], owners[row + 1]))
        lines += [_rule(fitted, owners[row + 1], owners[row + 1]) for _ in range(height)]
    lines.append(_rule(fitted, owners[-2], owners[-1]))
    return lines


def _rule(fitted: Fit, above: Sequence[int], below: Sequence[int]) -> _Painted:
    """The strokes between two rows of cells; between a row and itself, those of its borders."""
    painted: _Painted = []
    for n, left in enumerate(_lefts(fitted)):
        up, down = above[n] != above[n + 1], below[n] != below[n + 1]
        before, after = above[n] != below[n], above[n + 1] != below[n + 1]
        painted.append((left, _JOINTS[up * 8 + down * 4 + before * 2 + after], RULE_STYLE))
        if after and n < len(fitted.widths):
            painted.append((left + 1, "─" * fitted.widths[n], RULE_STYLE))
    return [stroke for stroke in painted if stroke[1] != " "]


def _write(lines: list[_Painted], box: Box, fitted: Fit, top: int, style: str) -> None:
    """Put the text of a box in its place: figures to the right, heads in the middle, labels to the left."""
    room = fitted.across(box) - 2 * fitted.pad
    left = _lefts(fitted)[box.column] + 1 + fitted.pad
    said = () if not box.text else balanced(box.text, room) if box.role == "head" else wrap(box.text, room)
    first = top + (fitted.down(box) - len(said)) // 2 if box.rows > 1 else top
    for n, line in enumerate(said):
        blank = max(0, room - cell_len(line))
        indent = {"figure": blank, "head": blank // 2}.get(box.role, 0)
        lines[first + n].append((left + indent, line, style or (HEAD_STYLE if box.role == "head" else "")))


def _line(painted: _Painted) -> Text:
    line = Text(no_wrap=True, overflow="ignore")
    at = 0
    for left, said, style in sorted(painted):
        line.append(" " * (left - at)).append(said, style or None)
        at = left + cell_len(said)
    return line
