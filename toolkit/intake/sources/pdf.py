"""A PDF: its ruled tables as grids, and the text outside them as lines, without page numbers and running heads.

pdfplumber is imported only where a PDF is read; nothing is read into pictures.
"""

from __future__ import annotations

import io
import logging
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text
from toolkit.ground.limits import limits
from toolkit.ground.patterns import pattern
from toolkit.intake.sources import Document, unpacking
from toolkit.intake.sources.ruled import Box, Drawn, Sign, grids, joined
from toolkit.intake.sources.ruled import lines as in_lines
from toolkit.intake.sources.text import page_number

_STROKE = pattern(rb"\s(?:re|l)(?=\s)")
_THIN = 3.0
_MARGIN = 0.12
"""The part of a page's height, above and below, in which running heads and page numbers stand."""

_LEAST_MARGIN = 54.0
"""And so many points at least: a short page has a running head as far down as a long one."""

_NUMBER = pattern(r"[-—–－·~\s]*[0-9０-９]{1,4}(?:\s*[/／]\s*[0-9]{1,4})?[-—–－·~\s]*")
_OWN_LINE = pattern(r"[（(]?[一二三四五六七八九十]{1,3}[、.．)）]|第[一二三四五六七八九十]{1,3}[章节条部]")
_FIGURES = pattern(r"(?:^|\s)[0-9.]+\s+[0-9.]+(?:\s|$)")
_SILENT = logging.NullHandler()


class _Line(NamedTuple):
    """A line of text on a page; whether it reaches the right margin, and begins away from the left one."""

    page: int
    said: str
    top: float
    margin: bool
    full: bool
    indented: bool


class _Page(NamedTuple):
    lines: tuple[_Line, ...]
    tables: tuple[tuple[Box, tuple[Box, ...], tuple[Sign, ...]], ...]
    pictures: int
    signs: int


def read(content: bytes) -> Document:
    """The tables and lines of a PDF. One without any text is as many pictures as it has, or pages.

    Raises:
        Unreadable: pdfplumber is not installed; or it is damaged, needs a password, or is larger than any report.
    """
    most = limits().document_mb
    if len(content) > most << 20:
        raise Unreadable(text("a PDF of more than {size} MB; save the report's own pages alone", size=most))
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError as error:
        missing = text("a PDF needs one more library; install it: `pip install xls-annual-report[pdf]`")
        raise Unreadable(missing) from error
    for library in ("pdfminer", "pdfplumber"):
        logging.getLogger(library).addHandler(_SILENT)
    unpacking.bound()
    try:
        with pdfplumber.open(io.BytesIO(content)) as opened:
            pages = tuple(_pages(opened))
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # whatever the library trips over, the file is not what it should be
        causes = tuple(_causes(error))
        if any(isinstance(each, PDFPasswordIncorrect) for each in causes):
            locked = text("it needs a password; open it with the password and save it without one")
            raise Unreadable(locked) from error
        refused = next((each for each in causes if isinstance(each, Unreadable)), None)
        damaged = text("a damaged PDF; open it in a PDF reader and print it to a new PDF")
        raise refused or Unreadable(damaged) from error
    return _document(pages)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, those it wraps and those it came from."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is None or each in seen:
            continue
        seen.append(each)
        yield each
        waiting += [each.__cause__, each.__context__, *(arg for arg in each.args if isinstance(arg, BaseException))]


def _pages(opened: Any) -> Iterator[_Page]:
    if not opened.pages:
        raise Unreadable(text("a damaged PDF; open it in a PDF reader and print it to a new PDF"))
    if len(opened.pages) > limits().pages:
        raise Unreadable(
            text("a PDF of more than {count} pages; save the report's own pages alone", count=limits().pages)
        )
    most, strokes = limits().drawn_mb << 20, limits().strokes
    for page in opened.pages:
        drawn = [stream.get_data() for stream in page.page_obj.contents if hasattr(stream, "get_data")]
        if sum(map(len, drawn)) > most or sum(len(_STROKE.findall(each)) for each in drawn) > strokes:
            raise Unreadable(
                text(
                    "page {page} draws more than any page of a report; save the report's own pages alone",
                    page=page.page_number,
                )
            )
        yield _page(page)
        page.close()


def _page(page: Any) -> _Page:
    # bold letters are sometimes the same letters printed twice, a hair apart: taken as they are, 2 would be 22
    kept = page.filter(_kept).dedupe_chars(tolerance=1, extra_attrs=())
    signs = tuple(_signs(page, kept))
    tables = []
    for table in kept.find_tables({"explicit_horizontal_lines": list(_ends(kept.edges))}):
        cells = tuple(Box(*map(float, cell)) for cell in table.cells)
        if len({round(cell.left) for cell in cells}) > 1:
            area = Box(*map(float, table.bbox))
            tables.append((area, cells, tuple(sign for sign in signs if _in(sign, area))))
    tables.sort(key=lambda each: each[0].top)
    outside = [sign for sign in signs if not any(_in(sign, area) for area, _, _ in tables)]
    return _Page(tuple(_lines(page, outside)), tuple(tables), len(page.images), len(signs))


def _ends(edges: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The line that is missing where a page break leaves a table open: lines down end there side by side."""
    across = _Placed((each["top"], each) for each in edges if each["orientation"] == "h")
    down = [each for each in edges if each["orientation"] == "v" and each["height"] > _THIN]
    for end in ("top", "bottom"):
        placed = _Placed((each[end], each) for each in down)
        for place in sorted({round(each[end]) for each in down}):
            here = placed.near(place, _THIN)
            left, right = min(each["x0"] for each in here), max(each["x0"] for each in here)
            closed = any(each["x0"] < right and each["x1"] > left for each in across.near(place, 2 * _THIN))
            if right - left > _THIN and not closed:
                edge = max(each[end] for each in here)
                yield {
                    "object_type": "line", "orientation": "h", "x0": left, "x1": right, "width": right - left,
                    "top": edge, "bottom": edge, "doctop": edge, "height": 0,
                }  # fmt: skip


class _Placed:
    """Lines by how far down they are; those near a place are found without going through all of them."""

    def __init__(self, lines: Iterable[tuple[float, dict[str, Any]]]) -> None:
        found = sorted(lines, key=lambda each: each[0])
        self._places, self._lines = [place for place, _ in found], [line for _, line in found]

    def near(self, place: float, most: float) -> Sequence[dict[str, Any]]:
        """The lines no further away than `most`."""
        return self._lines[bisect_left(self._places, place - most) : bisect_right(self._places, place + most)]


def _kept(drawn: dict[str, Any]) -> bool:
    """Whether something drawn is text or a line; the ground behind a paragraph is no table around it."""
    if drawn["object_type"] not in ("rect", "curve"):
        return True
    return bool(drawn["stroke"]) or min(float(drawn["width"]), float(drawn["height"])) <= _THIN


def _signs(page: Any, kept: Any) -> Iterator[Sign]:
    """The characters on a page, those beside it left out."""
    left, top, right, bottom = page.bbox
    for char in kept.chars:
        middle = (float(char["top"]) + float(char["bottom"])) / 2
        sign = Sign(char["text"], float(char["x0"]), float(char["x1"]), middle, float(char["size"]))
        if left <= (sign.left + sign.right) / 2 <= right and top <= middle <= bottom:
            yield sign


def _in(sign: Sign, area: Box) -> bool:
    return area.holds((sign.left + sign.right) / 2, sign.middle)


def _lines(page: Any, signs: Sequence[Sign]) -> Iterator[_Line]:
    found = [(said, line) for line in in_lines(signs) if (said := joined(line))]
    edges = [([sign for sign in line if sign.said.strip()], said) for said, line in found]
    long = [line for line, said in edges if len(said) > 10]
    left, right = min((line[0].left for line in long), default=0.0), max((line[-1].right for line in long), default=0.0)
    _, top, _, bottom = page.bbox
    for line, said in edges:
        margin = max(_MARGIN * (bottom - top), _LEAST_MARGIN)
        size = line[0].size
        yield _Line(
            page.page_number, said, line[0].middle, not top + margin < line[0].middle < bottom - margin,
            line[-1].right > right - 1.5 * size, line[0].left > left + 1.2 * size,
        )  # fmt: skip


def _document(pages: Sequence[_Page]) -> Document:
    running = _running(pages)
    kept = [[line for line in page.lines if not _beside(line, page, running)] for page in pages]
    drawn = []
    for number, (page, lines) in enumerate(zip(pages, kept, strict=True), 1):
        for at, (area, cells, signs) in enumerate(page.tables):
            on = at == 0 and not any(line.top < area.top for line in lines)
            off = at == len(page.tables) - 1 and not any(line.top > area.bottom for line in lines)
            drawn.append(Drawn(number, cells, signs, on, off))
    pictures = sum(page.pictures for page in pages)
    if not any(page.signs for page in pages):
        pictures = pictures or len(pages)
    return Document(grids(drawn), tuple(_paragraphs([line for lines in kept for line in lines])), pictures)


def _running(pages: Sequence[_Page]) -> frozenset[str]:
    """What stands at the head or foot of half the pages, whatever numbers are in it."""
    counts = Counter(said for page in pages for said in {_numberless(line) for line in page.lines if line.margin})
    return frozenset(said for said, count in counts.items() if count > 1 and 2 * count >= len(pages))


def _numberless(line: _Line) -> str:
    return re.sub(r"[0-9]+", "#", "".join(line.said.split()))


def _beside(line: _Line, page: _Page, running: frozenset[str]) -> bool:
    """Whether a line is a page number or a running head, and none of the text."""
    if page_number(line.said):
        return True
    if not line.margin or _FIGURES.search(line.said):
        return False
    ends = line in (page.lines[0], page.lines[-1])
    return (ends and _NUMBER.fullmatch(line.said) is not None) or _numberless(line) in running


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """The lines as they were typed: one that fills its line goes on in the next."""
    said = ""
    before: _Line | None = None
    for line in lines:
        if before is not None and not _wrapped(before, line):
            yield said
            said = ""
        said += line.said
        before = line
    if said:
        yield said


def _wrapped(above: _Line, below: _Line) -> bool:
    if not above.full or below.indented or _OWN_LINE.match(below.said) or len(above.said) < 10:
        return False
    return not (_FIGURES.search(above.said) or _FIGURES.search(below.said))
