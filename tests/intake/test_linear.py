"""Twice as much input is about twice as much work for every reader, counted in calls, not in seconds."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counting import MOST, counted
from tests.filings import filing
from tests.hostile import packages
from tests.hostile.packages import SHEET, STRINGS, changed, row
from toolkit.county import inputs, roster
from toolkit.form.edition import editions, named
from toolkit.intake import of_bytes
from toolkit.render.data import documents
from toolkit.workbook.fill_blanks import blanks


def _xlsx_rows(n: int) -> bytes:
    cells = "".join(f'<row r="{900 + at}"><c r="A{900 + at}"><v>{at}</v></c></row>' for at in range(n))
    return changed(SHEET, lambda xml: xml.replace(b"</sheetData>", cells.encode() + b"</sheetData>"))


def _xlsx_far(n: int) -> bytes:
    return changed(SHEET, row("".join(f'<c r="A{9000 + at}"><f>1+{at}</f><v>1</v></c>' for at in range(n)), 9000))


def _strings(n: int) -> bytes:
    said = "".join(f"<si><t>另外{at}</t></si>" for at in range(n)).encode()
    return changed(STRINGS, lambda xml: xml.replace(b"</sst>", said + b"</sst>"))


def _parts(n: int) -> bytes:
    return packages.added(*((f"xl/x/{at}.xml", b"<a/>") for at in range(n)))


def _ods(n: int) -> bytes:
    cell = "<table:table-cell><text:p>1</text:p></table:table-cell>"
    return packages.sheet_of_ods(f"<table:table-row>{cell * 3}</table:table-row>" * n)


def _paragraphs(n: int) -> bytes:
    return packages.document("".join(f"<w:p><w:r><w:t>第{at}段的话。</w:t></w:r></w:p>" for at in range(n)))


def _tables(n: int) -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc>"
    return packages.document(f"<w:tbl><w:tr>{cell * 3}</w:tr></w:tbl><w:p/>" * n)


def _table_rows(n: int) -> bytes:
    cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc>"
    return packages.document("<w:tbl>" + f"<w:tr>{cell * 3}</w:tr>" * n + "</w:tbl>")


def _html_rows(n: int) -> bytes:
    rows = "".join(f"<tr><td rowspan=3>第{at}项<td colspan=2>3<td>4</tr>" for at in range(n))
    return f"<html><body><table>{rows}</table></body></html>".encode()


def _html_tables(n: int) -> bytes:
    return ("<html><body>" + "<p>话。</p><table><tr><td>3<td>4</table>" * n + "</body></html>").encode()


def _lines(n: int) -> bytes:
    return "\n".join(f"第{at}行说的是别的事情。" for at in range(n)).encode()


def _bars(n: int) -> bytes:
    return "\n".join(f"| 第{at}项 | 3 | 4 | 5 |" for at in range(n)).encode()


def _json(n: int) -> bytes:
    said = documents.filing(filing("2021"), named("2021"))
    said["texts"] = {f"别的{at}": "话" for at in range(n)}
    return json.dumps(said, ensure_ascii=False, default=str).encode()


def _pdf(drawn: bytes) -> bytes:
    said = zlib.compress(drawn)
    stream = f"<</Length {len(said)}/Filter/FlateDecode>>stream\n".encode() + said + b"\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, font)
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (at, each) for at, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n"


def _pdf_rectangles(n: int) -> bytes:
    return _pdf(b"".join(b"%d %d 5 5 re S\n" % (at * 7 % 590, at * 11 % 790) for at in range(n)))


def _pdf_lines_down(n: int) -> bytes:
    return _pdf(b"".join(b"%d %d m %d 790 l S\n" % (at % 590, at % 780, at % 590) for at in range(n)))


def _pdf_words(n: int) -> bytes:
    return _pdf(b"".join(b"BT /F 6 Tf %d %d Td (abc) Tj ET\n" % (at % 40 * 14, at // 40 * 7) for at in range(n)))


READERS: tuple[tuple[str, Callable[[int], bytes], int], ...] = (
    (".xlsx", _xlsx_rows, 1500), (".xlsx", _xlsx_far, 1500), (".xlsx", _strings, 4000), (".xlsx", _parts, 1000),
    (".ods", _ods, 2000), (".docx", _paragraphs, 1500), (".docx", _tables, 600), (".docx", _table_rows, 1000),
    (".html", _html_rows, 700), (".html", _html_tables, 700), (".txt", _lines, 1500), (".txt", _bars, 1000),
    (".json", _json, 3000), (".pdf", _pdf_rectangles, 600), (".pdf", _pdf_lines_down, 500), (".pdf", _pdf_words, 500),
)  # fmt: skip


def _ratio(work: Callable[[int], Callable[[], object]], n: int) -> float:
    """How much more work twice as much is, what is done whatever comes taken off."""
    counted(work(n))  # what is loaded and made once is no work of theirs
    least, once, twice = (counted(work(size)) for size in (1, n, 2 * n))
    return (twice - least) / max(1, once - least)  # of some all of it is one call


@pytest.mark.exhaustive
@pytest.mark.parametrize(("ending", "make", "n"), READERS, ids=[f"{each[1].__name__[1:]}" for each in READERS])
def test_twice_as_much_is_twice_the_work(ending: str, make: Callable[[int], bytes], n: int) -> None:
    def work(size: int) -> Callable[[], object]:
        content = make(size)
        return lambda: of_bytes(content, f"a{ending}")

    assert _ratio(work, n) < MOST


def test_twice_as_many_units_on_a_roster_are_twice_the_work() -> None:
    def work(size: int) -> Callable[[], object]:
        rows = "".join(f"U{at:06},第{at}镇人民政府,township\n" for at in range(size))
        return lambda: roster.understood(f"code,name,level\n{rows}".encode(), "r.csv", editions()[-1])

    assert _ratio(work, 600) < MOST


def test_twice_as_many_members_of_an_archive_are_twice_the_work(tmp_path: Path) -> None:
    def work(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.zip"
        path.write_bytes(packages.packed((f"{at}.txt", b"x") for at in range(size)))
        return lambda: [(inputs.content(each), inputs.saved(each)) for each in inputs.inputs([str(path)]).inputs]

    assert _ratio(work, 200) < MOST


def test_twice_as_many_rows_are_twice_the_work_of_an_editor() -> None:
    def work(size: int) -> Callable[[], object]:
        content = _xlsx_rows(size)
        return lambda: blanks(content, "a.xlsx")

    assert _ratio(work, 800) < MOST
