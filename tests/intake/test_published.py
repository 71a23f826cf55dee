"""Published reports as web pages and Word files, drawn here: every figure in its place or refused, and said."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import pytest

from tests import quirks
from tests.filings import filing, values, varied
from tests.quirks import Cell, Rows
from tests.sessions import run
from toolkit.form.edition import named
from toolkit.form.parts import Ref
from toolkit.ground.errors import Unreadable
from toolkit.ground.files import sample
from toolkit.ground.language import speaking
from toolkit.intake import of_bytes
from toolkit.model import numbers
from toolkit.model.filing import Reading, Unit

EDITIONS = ("2019", "2021")
SECTIONS = tuple(section.title for section in named("2021").sections)
MADE = {
    edition: filing(
        edition,
        texts={"overview": "全年平稳。", "problems": "力量不足。", "other_matters": "无。"},
        unit=Unit("甲县人民政府"),
    )
    for edition in ("2019", "2021")
}


def _page(drawn: list[Rows], word: Callable[[str], str] = escape, head: str = '<meta charset="utf-8">') -> str:
    return quirks.page(MADE["2021"], drawn, word, head)


def _tables(edition: str = "2021") -> list[Rows]:
    return quirks.tables(MADE[edition])


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_page_gives_every_figure_its_texts_and_where_they_stood(edition: str) -> None:
    back = of_bytes(quirks.page(MADE[edition], _tables(edition)).encode(), "a.html")
    assert back.filing.edition == edition
    assert values(back.filing) == values(filing(edition))
    assert (back.filing.year, back.filing.unit.name) == (MADE[edition].year, "甲县人民政府")
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
    at = next(n for n, row in enumerate(tables[1]) if "新收" in "".join(cell.said for cell in row))
    tables[1][at] = [tables[1][at][0], Cell("3"), Cell("3")]
    back = of_bytes(_page(tables).encode(), "a.html")
    assert not [ref for ref in values(back.filing) if ref.startswith("requests/received/")]
    assert any("新收" in str(each.message) for each in back.findings)


def test_an_extra_row_of_the_province_is_listed_and_no_figure_moves() -> None:
    tables = _tables()
    tables[0].append([Cell("其他主动公开文件"), Cell("77"), Cell("8"), Cell("9")])
    back = of_bytes(_page(tables).encode(), "a.html")
    assert values(back.filing) == values(filing("2021"))


def test_tables_as_pictures_are_said_and_nothing_is_read() -> None:
    page = re.sub(r"<table>.*?</table>", '<img src="t.png">', _page(_tables()), flags=re.DOTALL)
    with speaking("en"), pytest.raises(Unreadable, match="pictures"):
        of_bytes(page.encode(), "a.html")


@pytest.mark.parametrize("seed", range(50))
def test_no_figure_is_wrong_in_any_variation_of_a_page(seed: int) -> None:
    """What is read is what stands in the figure's own cell; what stands there and is not read is said."""
    edition = EDITIONS[seed % 2]
    page, printed = quirks.varied(varied(edition, seed), seed)
    back = of_bytes(page.encode(), "a.html")
    _agree(back, printed)
    lost = {tuple(ref.split("/")[:2]) for ref in printed if ref not in values(back.filing)}
    assert len(back.findings) >= len(lost)


def test_the_variations_have_every_quirk_and_nearly_all_their_figures_are_read() -> None:
    some = [quirks.chosen(seed) for seed in range(50)]
    assert {each for drawings, typings in some for each in (*drawings, *typings)} == {*quirks.DRAWINGS, *quirks.TYPINGS}
    pages = (quirks.varied(varied(EDITIONS[seed % 2], seed), seed) for seed in range(50))
    assert sum(of_bytes(page.encode(), "a.html").found for page, _ in pages) > 50 * 199 * 0.97


QUIETLY = (
    quirks.zeros_left_blank, quirks.signs_for_none, quirks.organisations_blank, quirks.totals_blank,
    quirks.units_and_remarks, quirks.normative_without_administrative, quirks.row_of_the_province,
    quirks.row_of_the_printer, quirks.head_of_a_block_lost, quirks.line_of_2019, quirks.lines_in_another_order,
    quirks.column_without_words, quirks.heads_stand_apart, quirks.half_width, quirks.merged_cells_parted,
    quirks.broken_over_pages, quirks.broken_with_heads_again,
)  # fmt: skip


@pytest.mark.parametrize("quirk", QUIETLY, ids=lambda quirk: quirk.__name__)
@pytest.mark.parametrize("seed", range(3))
def test_a_quirk_alone_costs_no_figure(quirk: quirks.Drawing, seed: int) -> None:
    made = varied("2021", seed)
    drawn = quirks.tables(made)
    quirk(drawn, random.Random(seed))
    back = of_bytes(quirks.page(made, drawn, lambda said: escape(said).replace("\n", "<br>")).encode(), "a.html")
    assert set(values(back.filing)) == set(quirks.printed(drawn))


@pytest.mark.parametrize("quirk", [quirks.blanks_collapsed, quirks.one_zero_for_a_row])
@pytest.mark.parametrize("seed", range(5))
def test_a_line_that_lacks_cells_is_refused_by_name_and_the_others_are_read(quirk: quirks.Drawing, seed: int) -> None:
    made = varied("2021", seed)
    drawn = quirks.tables(made)
    quirk(drawn, random.Random(seed))
    quirks.column_without_words(drawn, random.Random(seed))
    back = of_bytes(quirks.page(made, drawn).encode(), "a.html")
    lost = {ref.split("/")[1] for ref in values(made) if ref not in values(back.filing)}
    assert len(lost) == 1
    label = next(line.label for line in named("2021").table("requests").rows if line.id in lost)
    assert [label in str(each.message) for each in back.findings] == [True]


def _agree(back: Reading, printed: Mapping[Ref, str]) -> None:
    """Every figure read is the one that stands in its cell."""
    figures = named(back.filing.edition).figures
    kinds = {ref: figures[ref].value if ref in figures else "count" for ref in values(back.filing)}
    assert values(back.filing) == {ref: numbers.read(printed[ref], kind)[0] for ref, kind in kinds.items()}


@pytest.mark.exhaustive(one_in=4)
@pytest.mark.parametrize("mark", quirks.MARKS.values(), ids=quirks.MARKS)
@pytest.mark.parametrize("seed", range(20))
def test_no_figure_is_wrong_however_the_cells_of_a_text_are_parted(mark: str, seed: int) -> None:
    made = varied(EDITIONS[seed % 2], seed)
    drawn = quirks.tables(made)
    apart = (quirks.merged_cells_parted, quirks.broken_over_pages, quirks.broken_with_heads_again)
    for draw in quirks.chosen(seed)[0]:
        if draw not in apart:
            draw(drawn, random.Random(seed))
    back = of_bytes(quirks.lines(made, drawn, mark).encode(), "a.txt")
    _agree(back, quirks.printed(drawn))
    assert dict(back.filing.texts) == dict(made.texts)
    assert back.findings or set(values(back.filing)) == set(quirks.printed(drawn))


@pytest.mark.parametrize("mark", quirks.MARKS.values(), ids=quirks.MARKS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_text_as_it_was_copied_gives_every_figure(edition: str, mark: str) -> None:
    made = varied(edition, 5)
    assert values(of_bytes(quirks.lines(made, quirks.tables(made), mark).encode(), "a.txt").filing) == values(made)


@pytest.mark.parametrize("mark", [quirks.MARKS["bars"], quirks.MARKS["tabs"]])
@pytest.mark.parametrize("quirk", [quirks.organisations_blank, quirks.totals_blank])
def test_blank_cells_between_marks_stay_blank(quirk: quirks.Drawing, mark: str) -> None:
    made = varied("2021", 4)
    drawn = quirks.tables(made)
    quirk(drawn, random.Random(4))
    back = of_bytes(quirks.lines(made, drawn, mark).encode(), "a.txt")
    _agree(back, quirks.printed(drawn))
    read = {ref for ref in quirks.printed(drawn) if not ref.startswith("disputes/")}
    assert read <= set(values(back.filing))


def test_a_head_that_claims_more_columns_than_there_are_costs_no_figure() -> None:
    made = varied("2021", 6)
    page = quirks.page(made, quirks.tables(made)).replace(
        'colspan="7" rowspan="1"><p>申请人情况', 'colspan="9" rowspan="1"><p>申请人情况'
    )
    assert 'colspan="9"' in page
    assert values(of_bytes(page.encode(), "a.html").filing) == values(made)


def test_a_table_that_goes_on_under_no_head_is_joined_only_where_the_form_says_so() -> None:
    made = varied("2021", 1)
    drawn = quirks.tables(made)
    quirks.broken_over_pages(drawn, random.Random(2))
    at = drawn[1].index([])
    back = of_bytes(quirks.page(made, drawn).encode(), "a.html")
    assert values(back.filing) == values(made)
    assert {each.origin.sheet for each in back.filing.entries.values()} == {"表格1", "表格2、表格3", "表格4"}
    backwards = [drawn[0], [*drawn[1][:3], *drawn[1][at + 1 :], [], *drawn[1][3:at]], drawn[2]]
    back = of_bytes(quirks.page(made, backwards).encode(), "a.html")
    assert values(back.filing).items() <= values(made).items()
    unnamed = [line.label for line in named("2021").table("requests").rows[:2] if line.kind == "entry"]
    assert all(any(label in str(each.message) for each in back.findings) for label in unnamed)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _docx(tables: list[Rows]) -> bytes:
    """The same report as a Word document: merged cells as gridSpan and vMerge."""
    body = [_p(quirks.TITLE.format(2023)), _p(SECTIONS[0]), _p("全年平稳。")]
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
                said, wide, tall, *_ = left.pop(0)
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


def _inside(xml: bytes, before: str, after: str) -> bytes:
    """A document with its body put into something else."""
    return _package(
        xml.replace(b"<w:body>", f"<w:body>{before}".encode()).replace(b"</w:body>", f"{after}</w:body>".encode())
    )


def test_a_report_inside_a_frame_and_beside_a_text_box_is_the_same_report() -> None:
    with zipfile.ZipFile(io.BytesIO(_docx(_tables()))) as archive:
        xml = archive.read("word/document.xml")
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{_p('公章')}</w:txbxContent>"
    both = f"<mc:AlternateContent {compatible}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    boxed = f"<w:p><w:r>{both}</mc:AlternateContent></w:r><w:r><w:t>（盖章）</w:t></w:r></w:p>"
    for document in (
        _inside(xml, "<w:tbl><w:tr><w:tc>", f"{_p('')}</w:tc></w:tr></w:tbl>"),
        _package(xml.replace("全年平稳。</w:t></w:r></w:p>".encode(), f"全年平稳。</w:t></w:r></w:p>{boxed}".encode())),
    ):
        back = of_bytes(document, "a.docx")
        assert values(back.filing) == values(filing("2021"))
        assert back.filing.texts["overview"].split("\n") in (["全年平稳。"], ["全年平稳。", "（盖章）", "公章"])


ENTITIES = f'<!DOCTYPE a [<!ENTITY x "{"y" * 50}">]><w:document {W}><w:body>{_p("@")}</w:body></w:document>'
REFUSED = {
    "plain.html": (b"<html><body><p>no table here</p></body></html>", "no table of the form"),
    "broken.html": (b"<html>\x81\xff\xff\xfe\x00\xd8" + b"\xff" * 5, "not a page in"),
    "deep.html": (b"<html>" + b"<div>" * 5000 + b"x", "nested too deep|no table"),
    "large.html": (b"<html>" + b" " * (50 << 20), "more than 50 MB"),
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


def _after(one: str, other: str) -> bytes:
    return one.replace("</body>", other.partition("<body>")[2]).encode()


def _two_reports() -> dict[str, tuple[bytes, str]]:
    """Documents with two reports, by what tells them apart."""
    one = _page(_tables())
    town = sample("jinbi-town-2020/jinbi-town-2020.txt").read_text(encoding="utf-8")
    lines = "\n".join(" ".join(cell.said for cell in row) for rows in _tables() for row in rows)
    return {
        "figures": (_after(one, re.sub(r"<p>([1-9])</p>", r"<p>9\1</p>", one)), "a.html"),
        "titles": (_after(one, one.replace("甲县", "乙县")), "a.html"),
        "forms": (_after(one, quirks.page(MADE["2019"], _tables("2019"))), "a.html"),
        "lines": ((town + town.replace("2", "7")).encode(), "a.txt"),
        "forms in lines": ((town + lines).encode(), "a.txt"),
    }


@pytest.mark.parametrize("apart", _two_reports())
def test_two_reports_in_one_document_are_refused_whatever_tells_them_apart(apart: str) -> None:
    with speaking("en"), pytest.raises(Unreadable, match="two reports"):
        of_bytes(*_two_reports()[apart])


def test_a_report_printed_twice_and_a_list_of_others_are_one_report() -> None:
    links = "".join(f"<li>甲县人民政府{year}年政府信息公开工作年度报告</li>" for year in (2021, 2022))
    one = _page(_tables())
    for page in (_after(one, one), one.replace("</body>", links + "</body>").encode()):
        assert values(of_bytes(page, "a.html").filing) == values(filing("2021"))


def test_a_date_left_open_is_still_the_signature_and_no_text() -> None:
    signed = _page(_tables()).replace("<p>无。</p>", "<p>甲县人民政府</p><p>2024年　月　日</p>")
    assert "other_matters" not in of_bytes(signed.encode(), "a.html").filing.texts


def test_the_command_says_one_sentence_and_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_bytes(b"old")
    documents = {name: content for name, (content, _) in REFUSED.items() if "large" not in name}
    documents |= {f"two-{at}-{name}": content for at, (content, name) in enumerate(_two_reports().values())}
    for name, content in documents.items():
        (tmp_path / name).write_bytes(content)
        done = run(f"xls import {name} -o out.xlsx --force", tmp_path, columns=400)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
        assert done.stderr.startswith(f"{name}：")
    assert (tmp_path / "out.xlsx").read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"out.xlsx", *documents}
