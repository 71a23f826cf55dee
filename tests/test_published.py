"""Published reports as web pages and Word files, drawn here: every figure in its place or refused, and said."""

from __future__ import annotations

import functools
import io
import random
import re
import zipfile
from collections.abc import Callable
from html import escape

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange

from tests.filings import filing, values
from toolkit.edition import named
from toolkit.errors import Unreadable
from toolkit.intake import of_bytes
from toolkit.language import speaking
from toolkit.model import Reading
from toolkit.sources import html
from toolkit.write import write

Cell = tuple[str, int, int]
Rows = list[list[Cell]]

TITLE = "甲县人民政府2023年政府信息公开工作年度报告"
SECTIONS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)  # fmt: skip


@functools.cache
def _drawn(edition: str) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
    """The tables of the form with a filing's figures, as cells with their colspan and rowspan."""
    stated = named(edition)
    book = openpyxl.load_workbook(io.BytesIO(write(stated, filing(edition))), data_only=True)
    tables = []
    for name in dict.fromkeys(table.sheet for table in stated.tables):
        sheet = book[name]
        spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
        covered = {place for area in spans.values() for place in _places(area)} - set(spans)
        rows = []
        for row in sheet.iter_rows():
            cells = []
            for cell in row:
                at = (cell.row, cell.column)
                if at not in covered:
                    area = spans.get(at)
                    said = "" if cell.value is None else str(cell.value)
                    wide, tall = (area.size["columns"], area.size["rows"]) if area else (1, 1)
                    cells.append((said, wide, tall))
            rows.append(tuple(cells))
        tables.append(tuple(rows))
    return tuple(tables)


def _places(area: CellRange) -> list[tuple[int, int]]:
    return [(r, c) for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)]


def _table(rows: Rows, word: Callable[[str], str]) -> str:
    drawn = "".join(
        "<tr>" + "".join(f'<td colspan="{wide}" rowspan="{tall}"><p>{word(said)}</p></td>' for said, wide, tall in row)
        + "</tr>\n"
        for row in rows
    )  # fmt: skip
    return f"<table>{drawn}</table>"


def _page(tables: list[Rows], word: Callable[[str], str] = escape, head: str = '<meta charset="utf-8">') -> str:
    parts = [f"<p>{SECTIONS[0]}</p><p>全年平稳。</p>"]
    parts += [f"<p>{title}</p>{_table(rows, word)}" for title, rows in zip(SECTIONS[1:4], tables, strict=True)]
    parts += [f"<p>{SECTIONS[4]}</p><p>力量不足。</p><p>{SECTIONS[5]}</p><p>无。</p>"]
    return f"<html><head>{head}</head><body><h1>{TITLE}</h1>{''.join(parts)}</body></html>"


def _tables(edition: str = "2021") -> list[Rows]:
    return [[list(row) for row in table] for table in _drawn(edition)]


def _right(reading: Reading, edition: str = "2021") -> None:
    """No figure is wrong, a sign for none stays as it is printed; and where a figure is missing, something is said."""
    expected = values(filing(edition))
    found = values(reading.filing)
    assert {
        ref: value
        for ref, value in found.items()
        if value is not None and value != expected[ref] and (value, expected[ref]) != ("/", 0)
    } == {}
    if any(found.get(ref) is None for ref in expected):
        assert reading.findings


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_page_gives_every_figure_its_texts_and_where_they_stood(edition: str) -> None:
    back = of_bytes(_page(_tables(edition)).encode(), "a.html")
    assert back.filing.edition == edition
    assert values(back.filing) == values(filing(edition))
    assert (back.filing.year, back.filing.unit.name) == (2023, "甲县人民政府")
    assert dict(back.filing.texts) == {"overview": "全年平稳。", "problems": "力量不足。", "other_matters": "无。"}
    origins = [entry.origin for entry in back.filing.entries.values()]
    assert {each.sheet for each in origins} == {"表格1", "表格2", "表格3"}
    assert all(each.cell for each in origins)


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("gb18030", '<meta charset="gb2312">'), ("gbk", '<meta content="text/html;charset=GBK">'),
        ("gb18030", ""), ("utf-8-sig", ""), ("utf-16", ""), ("utf-8", '<meta charset="gb2312-wrong">'),
        ("gb18030", '<meta charset="utf-8">'),
    ],
)  # fmt: skip
def test_a_page_is_read_in_every_encoding_of_a_chinese_site(encoding: str, head: str) -> None:
    back = of_bytes(_page(_tables(), head=head).encode(encoding), "a.html")
    assert values(back.filing) == values(filing("2021"))


def test_labels_cut_into_spans_and_a_table_of_metadata_first_change_nothing() -> None:
    def cut(said: str) -> str:
        return "".join(f"<span>{escape(sign)}</span>" for sign in said)

    page = _page(_tables(), cut).replace("<h1>", "<table><tr><td>索引号</td><td>014/2024-2</td></tr></table><h1>")
    assert values(of_bytes(page.encode(), "a.html").filing) == values(filing("2021"))


def test_titles_with_other_numerals_are_the_same_sections() -> None:
    page = _page(_tables()).replace("五、存在的主要问题及改进情况", "七、存在的主要问题及整改措施")
    assert of_bytes(page.encode(), "a.html").filing.texts["problems"] == "力量不足。"


def test_a_row_whose_blank_cells_collapsed_is_refused_not_shifted() -> None:
    tables = _tables()
    at = next(n for n, row in enumerate(tables[1]) if "新收" in "".join(said for said, *_ in row))
    tables[1][at] = [tables[1][at][0], ("3", 1, 1), ("3", 1, 1)]
    back = of_bytes(_page(tables).encode(), "a.html")
    assert not [ref for ref in values(back.filing) if ref.startswith("requests/received/")]
    assert any("新收" in str(each.message) for each in back.findings)


def test_an_extra_row_of_the_province_is_listed_and_no_figure_moves() -> None:
    tables = _tables()
    tables[0].append([("其他主动公开文件", 1, 1), ("77", 1, 1), ("8", 1, 1), ("9", 1, 1)])
    back = of_bytes(_page(tables).encode(), "a.html")
    assert values(back.filing) == values(filing("2021"))


def test_tables_as_pictures_are_said_and_nothing_is_read() -> None:
    page = re.sub(r"<table>.*?</table>", '<img src="t.png">', _page(_tables()), flags=re.DOTALL)
    with speaking("en"), pytest.raises(Unreadable, match="pictures"):
        of_bytes(page.encode(), "a.html")


QUIRKS = ("spans", "blanks", "break", "heads", "province", "collapse", "lost", "halfwidth", "none")


def _varied(seed: int) -> bytes:
    """A page with two quirks, by its seed."""
    chance = random.Random(seed)
    quirks = chance.sample(QUIRKS, 2)
    tables = _tables()
    rows = tables[1]
    body = [n for n, row in enumerate(rows) if len(row) > 6 and any(said.isdigit() for said, *_ in row)]
    if "collapse" in quirks:
        at = chance.choice(body)
        del rows[at][chance.randrange(len(rows[at]) - 6, len(rows[at]))]
    if "lost" in quirks:
        at = chance.choice(body)
        rows[at] = [(said[:-1] if not said.isdigit() else said, wide, tall) for said, wide, tall in rows[at]]
    if "province" in quirks:
        tables[0].append([("其他主动公开文件", 1, 1), ("7", 1, 1), ("8", 1, 1), ("9", 1, 1)])
    if "none" in quirks:
        rows[body[0]] = [("/" if said == "0" else said, wide, tall) for said, wide, tall in rows[body[0]]]

    def word(said: str) -> str:
        if said and not re.fullmatch(r"[0-9./]+", said):
            said = " ".join(said) if "blanks" in quirks and chance.random() < 0.3 else said
            said = said.replace("（", "(").replace("）", ")") if "halfwidth" in quirks else said
        said = escape(said)
        if "break" in quirks and len(said) > 4:
            return said[:2] + "<br>" + said[2:]
        return f"<span>{said[:1]}</span>{said[1:]}" if "spans" in quirks else said

    page = _page(tables, word)
    return page.replace("三、收到", "四、收到").encode() if "heads" in quirks else page.encode()


@pytest.mark.parametrize("seed", range(50))
def test_no_figure_is_wrong_in_any_variation_of_a_page(seed: int) -> None:
    _right(of_bytes(_varied(seed), "a.html"))


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _docx(tables: list[Rows]) -> bytes:
    """The same report as a Word document: merged cells as gridSpan and vMerge."""
    body = [_p(TITLE), _p(SECTIONS[0]), _p("全年平稳。")]
    for title, rows in zip(SECTIONS[1:4], tables, strict=True):
        body += [_p(title), "<w:tbl>", *_tr(rows), "</w:tbl>"]
    body += [_p(SECTIONS[4]), _p("力量不足。"), _p(SECTIONS[5]), _p("无。")]
    return _package(f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>".encode())


def _package(xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return buffer.getvalue()


def _p(said: str) -> str:
    return f"<w:p><w:r><w:t>{escape(said)}</w:t></w:r></w:p>"


def _tr(rows: Rows) -> list[str]:
    drawn: list[str] = []
    open_: dict[int, tuple[int, int]] = {}
    for row in rows:
        cells, column, left = [], 0, list(row)
        while left or column in open_:
            if column in open_:
                wide, tall = open_.pop(column)
                said, merge = "", "<w:vMerge/>"
            else:
                said, wide, tall = left.pop(0)
                merge = '<w:vMerge w:val="restart"/>' if tall > 1 else ""
            if tall > 1:
                open_ |= {column: (wide, tall - 1)}
            cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/>{merge}</w:tcPr>{_p(said)}</w:tc>')
            column += wide
            if column > 60:
                break
        drawn.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return drawn


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_word_document_gives_every_figure_and_text(edition: str) -> None:
    back = of_bytes(_docx(_tables(edition)), "a.docx")
    assert values(back.filing) == values(filing(edition))
    assert dict(back.filing.texts) == {"overview": "全年平稳。", "problems": "力量不足。", "other_matters": "无。"}


ENTITIES = f'<!DOCTYPE a [<!ENTITY x "{"y" * 50}">]><w:document {W}><w:body>{_p("@")}</w:body></w:document>'
REFUSED = {
    "plain.html": (b"<html><body><p>no table here</p></body></html>", "no table of the form"),
    "broken.html": (b"<html>\x81\xff\xff\xfe\x00\xd8" + b"\xff" * 5, "not a page in"),
    "deep.html": (b"<html>" + b"<div>" * 5000 + b"x", "nested too deep|no table"),
    "large.html": (b"<html>" + b" " * html.LARGEST, "more than 50 MB"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
    "damaged.docx": (_docx(_tables())[:2000], "damaged Word document"),
    "bomb.docx": (_package(b" " * (51 * 1024 * 1024)), "more than 50 MB"),
    "entities.docx": (_package(ENTITIES.replace("@", "and").encode()), "no table of the form"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_holds_no_filing_is_refused_in_one_sentence(name: str) -> None:
    content, said = REFUSED[name]
    with speaking("en"), pytest.raises(Unreadable, match=said):
        of_bytes(content, name)


def test_a_page_with_two_reports_gives_no_figure_of_either_for_the_other() -> None:
    one = _page(_tables())
    other = re.sub(r"<p>([1-9])</p>", "<p>9\\1</p>", one)
    try:
        back = of_bytes(one.replace("</body>", other).encode(), "a.html")
    except Unreadable:
        return
    _right(back)


def test_a_date_left_open_is_still_the_signature_and_no_text() -> None:
    signed = _page(_tables()).replace("<p>无。</p>", "<p>甲县人民政府</p><p>2024年　月　日</p>")
    assert "other_matters" not in of_bytes(signed.encode(), "a.html").filing.texts
