"""Tables drawn with lines on the pages of a document: their cells known by where they stand, put together where a
table goes on over a page break. How a page is read does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from toolkit.ground.patterns import pattern
from toolkit.intake.sources import Grid, Laid, laid_out

NEAR = 3.0
"""Edges so many points apart are one edge: no column or row with words in it is narrower."""

SIDES = 6.0
"""A table that goes on over a page break keeps its sides, give or take so many points."""

PADDING = 13.0
"""What the two sides of a cell keep free of words, at most, in points: Word and LibreOffice keep 10.8."""

_NUMBER = pattern(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_OWN_ROW = pattern(r"[0-9]+[.．、]|[（(]?[一二三四五六七八九十]+[、.．)）]|第[一二三四五六七八九十]+[条章节部]|总\s*计")


class Box(NamedTuple):
    """A rectangle on a page, in points from its left and top."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, across: float, down: float) -> bool:
        """Whether a point stands in it."""
        return self.left <= across < self.right and self.top <= down < self.bottom


class Sign(NamedTuple):
    """A printed character, the middle of it, how wide it is and its size."""

    said: str
    left: float
    right: float
    middle: float
    size: float


class Drawn(NamedTuple):
    """A table, or what of it stands on one page. `on` and `off` say whether nothing stands above or below it there."""

    page: int
    cells: tuple[Box, ...]
    signs: tuple[Sign, ...]
    on: bool
    off: bool

    @property
    def sides(self) -> tuple[float, float]:
        """Its left and right edge."""
        return min(cell.left for cell in self.cells), max(cell.right for cell in self.cells)


def grids(drawn: Sequence[Drawn]) -> tuple[Grid, ...]:
    """The tables from the top, each with its pages in its name."""
    tables: list[list[Drawn]] = []
    for each in drawn:
        if tables and _goes_on(tables[-1][-1], each):
            tables[-1].append(each)
        else:
            tables.append([each])
    return tuple(laid_out(_name(at, parts), _rows(parts)) for at, parts in enumerate(tables, 1))


def _goes_on(above: Drawn, below: Drawn) -> bool:
    """Whether a table ends one page and begins the next, with the same sides."""
    near = all(abs(one - other) <= SIDES for one, other in zip(above.sides, below.sides, strict=True))
    return above.off and below.on and below.page == above.page + 1 and near


def _name(at: int, parts: Sequence[Drawn]) -> str:
    first, last = parts[0].page, parts[-1].page
    return f"表格{at}（第{first}页）" if first == last else f"表格{at}（第{first}—{last}页）"


def _rows(parts: Sequence[Drawn]) -> Iterator[list[Laid]]:
    """The cells of every row; the columns are those of all parts together, since they differ by a hair."""
    across = _edges([edge for part in parts for cell in part.cells for edge in (cell.left, cell.right)])
    rows: list[dict[int, Laid]] = []
    above: Drawn | None = None
    for part in parts:
        down = _edges([edge for cell in part.cells for edge in (cell.top, cell.bottom)])
        here = list(_of_part(part, across, down))
        again = 0  # rows of the head, printed once more
        while again < min(len(here), len(rows)) and _said(here[again]) == _said(rows[again]):
            again += 1
        if above is not None and again < len(here) and _halves(rows[-1], here[again], _full(above, across)):
            _put_together(rows[-1], here, again)
        repeated = all(cell.rows <= again - at for at, row in enumerate(here[:again]) for cell in row.values())
        rows += here[again:] if repeated else here
        above = part
    for row in rows:
        yield [row[column] for column in sorted(row)]


def _said(row: Mapping[int, Laid]) -> list[tuple[int, str]]:
    return [(column, "".join(row[column].words.split())) for column in sorted(row)]


def _full(part: Drawn, across: Sequence[float]) -> frozenset[int]:
    """The columns in which the last line of a part's last row has no room for one more sign."""
    bottom = max(cell.bottom for cell in part.cells)
    found = set()
    for cell in part.cells:
        if bottom - cell.bottom <= NEAR:
            inside = [sign for sign in part.signs if cell.holds((sign.left + sign.right) / 2, sign.middle)]
            printed = [[sign for sign in line if sign.said.strip()] for line in lines(inside)]
            last = next((line for line in reversed(printed) if line), None)
            if last is not None and _filled(last, cell):
                found.add(_nearest(across, cell.left))
    return frozenset(found)


def _halves(above: Mapping[int, Laid], below: Mapping[int, Laid], full: frozenset[int]) -> bool:
    """Whether a page break runs through a row: the figures stand on one side of it, and a label is cut in two.

    A label that begins with a number of its own begins a row, and below such a label one without is its rest.
    """
    over, under = (frozenset(at for at, cell in row.items() if _numeric(cell)) for row in (above, below))
    if over and under:
        return under < over and under <= full and _rest_of(above, below, full)
    if not over and not under:  # a head is cut
        return any(cell.words.strip() for cell in below.values()) and _rest_of(above, below, full)
    labels = [column for column in sorted(above) if above[column].words.strip() and not _numeric(above[column])]
    if not labels or labels[-1] not in below or labels[-1] in under:
        return False
    rest = below[labels[-1]].words.strip()
    if not rest:
        return any(map(_numeric, below.values()))
    numbered = _OWN_ROW.match(above[labels[-1]].words.strip())
    return (labels[-1] in full or bool(numbered)) and not _OWN_ROW.match(rest)


def _rest_of(above: Mapping[int, Laid], below: Mapping[int, Laid], full: frozenset[int]) -> bool:
    """Whether what stands below figures that filled their cells begins no row: it is the rest of a label, or none."""
    return all(
        not said or (at in full and at in above and not _OWN_ROW.match(said))
        for at, cell in below.items()
        if not _numeric(cell) and (said := cell.words.strip()) is not None
    )


def _numeric(cell: Laid) -> bool:
    return bool(_NUMBER.fullmatch(cell.words.strip()))


def _put_together(above: dict[int, Laid], here: list[dict[int, Laid]], at: int) -> None:
    """The second half of a row put to the first; what spans rows below it goes on there."""
    for column, cell in here.pop(at).items():
        if cell.rows > 1 and at < len(here):
            here[at][column] = Laid(cell.words, cell.columns, cell.rows - 1)
        elif column in above:
            begun = above[column]
            above[column] = Laid(begun.words + cell.words, begun.columns, begun.rows)


def _edges(said: Sequence[float]) -> list[float]:
    """Edges in their order, those near each other as one."""
    runs: list[list[float]] = []
    for edge in sorted(said):
        if runs and edge - runs[-1][0] <= NEAR:
            runs[-1].append(edge)
        else:
            runs.append([edge])
    return [sum(run) / len(run) for run in runs]


def _of_part(part: Drawn, across: Sequence[float], down: Sequence[float]) -> Iterator[dict[int, Laid]]:
    begun: dict[tuple[int, int], Laid] = {}
    taken: set[tuple[int, int]] = set()
    for cell in part.cells:
        left, right = _nearest(across, cell.left), _nearest(across, cell.right)
        top, bottom = _nearest(down, cell.top), _nearest(down, cell.bottom)
        places = {(row, column) for row in range(top, bottom) for column in range(left, right)}
        if places and not places & taken:
            taken |= places
            begun[top, left] = Laid(words(part.signs, cell), right - left, bottom - top)
    for row, (top_edge, bottom_edge) in enumerate(pairwise(down)):
        for first, last in _gaps({column for at, column in taken if at == row}, len(across) - 1):
            gap = Box(across[first], top_edge, across[last + 1], bottom_edge)
            begun[row, first] = Laid(words(part.signs, gap), last + 1 - first)
        yield {column: begun[row, column] for column in range(len(across) - 1) if (row, column) in begun}


def _nearest(edges: Sequence[float], wanted: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - wanted))


def _gaps(taken: set[int], width: int) -> Iterator[tuple[int, int]]:
    """The runs of columns of a row in which no cell is drawn: a line of it is missing, its words are there."""
    first: int | None = None
    for column in range(width + 1):
        free = column < width and column not in taken
        if free and first is None:
            first = column
        elif not free and first is not None:
            yield first, column - 1
            first = None


def words(signs: Sequence[Sign], box: Box) -> str:
    """The words in a rectangle, line by line; a figure that filled its line goes on in the next."""
    inside = [sign for sign in signs if box.holds((sign.left + sign.right) / 2, sign.middle)]
    said = ""
    above: list[Sign] = []
    for line in lines(inside):
        printed = [sign for sign in line if sign.said.strip()]
        if not printed:
            continue
        broken = above and _figure(above) and _figure(printed) and _filled(above, box)
        said += "" if broken or not said else "\n"
        said += joined(line)
        above = printed
    return said


def _figure(line: Sequence[Sign]) -> bool:
    return all(sign.said in "0123456789.," for sign in line)


def _filled(line: Sequence[Sign], box: Box) -> bool:
    """Whether a line has no room for one more digit, with what a table keeps free at the sides of its cells."""
    digit = max(sign.right - sign.left for sign in line)
    return (box.right - box.left) - (line[-1].right - line[0].left) < digit + PADDING


def lines(signs: Sequence[Sign]) -> list[list[Sign]]:
    """Signs in lines from the top, each line from the left."""
    runs: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda sign: sign.middle):
        if runs and sign.middle - runs[-1][-1].middle <= sign.size / 4:
            runs[-1].append(sign)
        else:
            runs.append([sign])
    return [sorted(run, key=lambda sign: sign.left) for run in runs]


def joined(line: Sequence[Sign]) -> str:
    """The words of a line. Chinese signs spread out to fill it are no words of their own, figures always are."""
    said = ""
    before: Sign | None = None
    for sign in line:
        if not sign.said.strip():
            continue
        if before is not None:
            gap, size = sign.left - before.right, max(sign.size, before.size)
            spread = _chinese(sign.said) and _chinese(before.said)
            said += " " if gap > size * (1.0 if spread else 0.2) else ""
        said += sign.said
        before = sign
    return said


def _chinese(said: str) -> bool:
    return "\u2e80" <= said[:1] <= "\u9fff" or "\uff00" <= said[:1] <= "\uff65" or said[:1] in "“”‘’—…"
