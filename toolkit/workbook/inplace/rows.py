"""How high the rows of a sheet are, in pixels, and how far its cells reach to the right."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from toolkit.ground.markup import space_of
from toolkit.intake.sources.xlsx import walked

_MOST = 2000


class Rows:
    """The rows of a sheet from the top; `width` is the first column that no cell stands in."""

    def __init__(self, sheet: Any) -> None:
        space = space_of(sheet)
        usual = sheet.find(f"{space}sheetFormatPr")
        height = float(usual.get("defaultRowHeight", 15)) if usual is not None else 15.0
        said: dict[int, Any] = {}
        for row in sheet.iter(f"{space}row"):
            said[int(row.get("r", next(reversed(said), 0) + 1))] = row
        self._tops = [0]
        for number in range(1, min(max(said, default=1), _MOST) + 200):
            row = said.get(number)
            points = float(row.get("ht", height)) if row is not None else height
            hidden = row is not None and row.get("hidden") in ("1", "true")
            self._tops.append(self._tops[-1] + (0 if hidden else round(points * 4 / 3)))
        self.width = 1 + max((column for _, column, _ in walked(sheet)), default=0)

    def top(self, row: int) -> int:
        """Where a row begins."""
        return self._tops[min(row, len(self._tops) - 1)]

    def row(self, at: int) -> tuple[int, int]:
        """The row at a height, and how far below its top that is."""
        row = max(0, bisect_right(self._tops, at) - 1)
        return row, at - self._tops[row]
