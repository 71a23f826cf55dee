"""The published report: every figure in its cell, laid out by the standard, the same bytes each time, drafts marked."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path

import docx
import lxml.html
import pdfplumber
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from tests import ROOT
from tests.cli.test_cli import put
from tests.filings import filing, typed
from tests.office import resaved_all
from tests.sessions import run
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.ground.errors import WrongUse
from toolkit.intake import of_bytes
from toolkit.model.filing import Filing, Unit
from toolkit.publish import docx as docx_room
from toolkit.publish import publish
from toolkit.publish.content import said
from toolkit.publish.sentences import sentences

EDITIONS = ("2019", "2021")


def counted(edition: str) -> Filing:
    """A filing in which every figure is another number, so that none can stand in another's cell unseen."""
    made = filing(edition)
    entries = {ref: entry._replace(value=1001 + n) for n, (ref, entry) in enumerate(made.entries.items())}
    return dataclasses.replace(made, entries=entries)


def printed(edition: str) -> list[dict[tuple[int, int], str]]:
    """What each table must show, by row and column from its top, merged cells repeated."""
    made, tables = counted(edition), []
    for sheet in layout(named(edition)).sheets:
        boxes = [box for box in sheet.boxes if box.role in ("head", "label", "figure")]
        top = min(box.row for box in boxes)
        tables.append({
            (row - top, column): said(made.entries[box.ref].value) if box.ref else box.text
            for box in boxes
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        })  # fmt: skip
    return tables


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_label_and_figure_of_the_document_stands_in_its_cell(edition: str) -> None:
    document = docx.Document(io.BytesIO(publish(named(edition), counted(edition), ".docx")))
    tables = [
        {(r, c): cell.text for r, row in enumerate(table.rows) for c, cell in enumerate(row.cells)}
        for table in document.tables
    ]
    assert tables == printed(edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_label_and_figure_of_the_page_stands_in_its_cell(edition: str) -> None:
    page = lxml.html.fromstring(publish(named(edition), counted(edition), ".html").decode())
    tables = []
    for table in page.iter("table"):
        cells: dict[tuple[int, int], str] = {}
        for r, row in enumerate(table.iter("tr")):
            c = 0
            for cell in row.iterchildren():
                while (r, c) in cells:
                    c += 1
                for down in range(int(cell.get("rowspan", "1"))):
                    for across in range(int(cell.get("colspan", "1"))):
                        cells[r + down, c + across] = "".join(map(str, cell.itertext()))
        tables.append(cells)
    assert tables == printed(edition)
    assert page.get("lang") == "zh-CN"
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(cell.get("scope") for cell in page.iter("th"))
    assert not list(page.iter("script", "link", "img"))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_title_period_sections_and_signature_stand_in_their_order(edition: str, ending: str) -> None:
    made, stated = filing(edition), named(edition)
    written = publish(stated, made, ending, date="2024年1月15日")
    if ending == ".docx":
        lines = [each.text for each in docx.Document(io.BytesIO(written)).paragraphs if each.text]
        lines[0] = lines[0].replace("\n", "")  # too long for one line
    else:
        lines = [
            "".join(map(str, each.itertext())) for each in lxml.html.fromstring(written.decode()).iter("h1", "h2", "p")
        ]
    year = made.year
    assert lines[:2] == [
        f"城关镇人民政府{year}年政府信息公开工作年度报告",
        f"本报告所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。",
    ]
    assert [each for each in lines if each in {section.title for section in stated.sections}] == [
        section.title for section in stated.sections
    ]
    assert set("\n".join(made.texts.values()).split("\n")) <= set(lines)
    assert lines[-2:] == ["城关镇人民政府", "2024年1月15日"]


def test_the_page_is_the_standard_s() -> None:
    document = docx.Document(io.BytesIO(publish(named("2021"), filing("2021"), ".docx")))
    (section,) = document.sections
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round((each or Mm(0)).mm) for each in (*sides, section.left_margin, section.right_margin)] == [
        210,
        297,
        37,
        35,
        28,
        26,
    ]
    assert 'w:type="lines" w:linePitch="580"' in section._sectPr.xml
    assert Mm(225).pt / 22 == pytest.approx(580 / 20, 0.01)
    assert 27.9 < Mm(156).pt / (16 + docx_room.CLOSER_TWIPS / 20) < 29
    fonts = {name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Title", "Heading 1")}
    assert fonts == {"Title": "方正小标宋简体", "Heading 1": "黑体"}
    for footer in (section.footer, section.even_page_footer):
        assert re.fullmatch("— .* —", footer.paragraphs[0].text)
        assert "PAGE" in footer._element.xml
    second = document.tables[1]
    rows = [row._tr.trPr for row in second.rows]
    assert all(each.find(qn("w:cantSplit")) is not None for each in rows)
    assert [each.find(qn("w:tblHeader")) is not None for each in rows] == [True] * 3 + [False] * 25


@pytest.mark.parametrize(
    ("unit", "printed"),
    [
        ("甲镇", "甲镇2023年政府信息公开工作年度报告"),
        ("洪泽区人民政府", "洪泽区人民政府\n2023年政府信息公开工作年度报告"),
    ],
)
def test_a_title_of_two_lines_is_broken_behind_the_unit_and_read_as_one(unit: str, printed: str) -> None:
    made = filing("2021", unit=Unit(unit))
    written = publish(named("2021"), made, ".docx")
    assert docx.Document(io.BytesIO(written)).paragraphs[0].text == printed
    assert of_bytes(written, "a.docx").filing.unit.name == unit


def test_the_second_level_of_the_text_is_in_its_own_font() -> None:
    made = filing("2021", texts={"overview": "（一）主动公开情况。做好公开。\n普通一段。"})
    document = docx.Document(io.BytesIO(publish(named("2021"), made, ".docx")))
    (paragraph,) = (each for each in document.paragraphs if each.text.startswith("（一）"))
    assert [(run.text, run.font.name) for run in paragraph.runs] == [
        ("（一）主动公开情况。", "楷体_GB2312"),
        ("做好公开。", None),
    ]


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_the_same_filing_gives_the_same_bytes_and_signs_are_escaped(ending: str) -> None:
    made = filing("2021", texts={"overview": "<b>&amp; \x02“甲”</b>\x00"}, unit=Unit("甲\x01&<镇>" * 60))
    made = typed(made, {"requests/received/person": "三\x02件"})
    first, second = (publish(named("2021"), made, ending, draft=True) for _ in range(2))
    assert first == second
    if ending == ".html":
        assert "&lt;b&gt;&amp;amp; \\x02“甲”" in first.decode()
    else:
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "<b>&amp; \\x02“甲”</b>\\x00" in [each.text for each in docx.Document(io.BytesIO(first)).paragraphs]


def test_a_draft_says_so_on_every_page_and_a_report_does_not() -> None:
    for draft in (True, False):
        document = docx.Document(io.BytesIO(publish(named("2021"), filing("2021"), ".docx", draft=draft)))
        headers = (document.sections[0].header, document.sections[0].even_page_header)
        assert ['string="草稿"' in each._element.xml for each in headers] == [draft, draft]
        page = publish(named("2021"), filing("2021"), ".html", draft=draft).decode()
        assert (">草稿<" in page) is draft


def test_libreoffice_opens_the_documents_and_no_figure_is_lost(tmp_path: Path) -> None:
    sources = []
    for edition in EDITIONS:
        source = tmp_path / f"{edition}.docx"
        source.write_bytes(publish(named(edition), counted(edition), ".docx", draft=True))
        sources.append(source)
    for edition, target in zip(EDITIONS, resaved_all(sources, "odt", tmp_path), strict=True):
        with zipfile.ZipFile(target) as archive:
            shown = set(re.findall(r">([0-9.]+)<", archive.read("content.xml").decode()))
        assert {said(entry.value) for entry in counted(edition).entries.values()} <= shown


def test_every_table_stands_whole_on_the_page_of_its_title(tmp_path: Path) -> None:
    sources = []
    for edition in EDITIONS:
        for lines in (1, 6, 11):  # so that the tables would begin at other heights
            made = dataclasses.replace(counted(edition), texts={"overview": "全年平稳。\n" * lines})
            sources.append(tmp_path / f"{edition}-{lines}.docx")
            sources[-1].write_bytes(publish(named(edition), made, ".docx"))
    for path in resaved_all(sources, "pdf", tmp_path):
        with pdfplumber.open(path) as opened:
            pages = ["".join((page.extract_text() or "").split()) for page in opened.pages]
        for title, first, last in (
            ("二、主动公开", "第二十条第（一）项", "第二十条第（八）项"),
            ("三、收到和处理", "一、本年新收", "四、结转下年度"),
            ("四、政府信息公开行政复议", "行政诉讼", "复议后起诉"),
        ):
            (page,) = (page for page in pages if title in page)
            assert first in page
            assert last in page


def template(folder: Path, *lines: str) -> Path:
    """A Word template with a paragraph for each line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "own.docx"
    document.save(str(path))
    return path


def test_a_template_of_one_s_own_is_filled_in(tmp_path: Path) -> None:
    own = template(
        tmp_path, "{{ title }}", "{{ overview }}", "{{ requests }}", '{{ figures["requests/received/total"] }}'
    )
    made = filing("2021", texts={"overview": "甲 & 乙\n丙"})
    written = publish(named("2021"), made, ".docx", own=own.read_bytes(), draft=True)
    assert written == publish(named("2021"), made, ".docx", own=own.read_bytes(), draft=True)
    document = docx.Document(io.BytesIO(written))
    lines = [each.text for each in document.paragraphs if each.text]
    assert lines == ["城关镇人民政府2023年政府信息公开工作年度报告", "甲 & 乙", "丙", "12"]
    assert len(document.tables) == 1
    assert 'string="草稿"' in document.sections[0].header._element.xml


@pytest.mark.parametrize("line", ["{{ nonsense }}", "{% for x in %}", "{{ title.__class__.mro() }}"])
def test_a_template_that_cannot_be_filled_in_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(WrongUse):
        publish(named("2021"), filing("2021"), ".docx", own=template(tmp_path, line).read_bytes())
    with pytest.raises(WrongUse):
        publish(named("2021"), filing("2021"), ".docx", own=b"no document")


def test_the_command_writes_refuses_and_overwrites_as_it_says(tmp_path: Path) -> None:
    put(tmp_path, "good.xlsx", filing("2021"))
    put(tmp_path, "bad.xlsx", typed(filing("2021"), {"requests/received/total": 99}))
    done = run("xls report good.xlsx -o good.docx", tmp_path, language="en")
    assert (done.returncode, done.stdout, done.stderr) == (0, "good.docx\n", "")
    done = run("xls report good.xlsx -o good.docx", tmp_path, language="en")
    assert done.returncode == 3
    done = run("xls report bad.xlsx -o bad.html", tmp_path, language="en")
    assert (done.returncode, (tmp_path / "bad.html").exists()) == (1, False)
    assert done.stderr.endswith("bad.xlsx: not published, errors: 1; correct them, or give --draft\n")
    assert run("xls report bad.xlsx -o bad.html --draft", tmp_path).returncode == 0
    assert "草稿" in (tmp_path / "bad.html").read_text(encoding="utf-8")
    for wrong in (
        "xls report good.xlsx -o a.pdf",
        "xls report good.xlsx -o a.docx --sentences",
    ):
        assert run(wrong, tmp_path).returncode == 2


def test_the_command_prints_the_standard_sentences(tmp_path: Path) -> None:
    put(tmp_path, "good.xlsx", filing("2021"))
    done = run("xls report good.xlsx --sentences", tmp_path)
    assert done.stdout.splitlines() == list(sentences(named("2021"), filing("2021")))
    assert "本年新收政府信息公开申请12件，上年结转政府信息公开申请3件" in done.stdout


def test_every_variable_written_down_for_templates_is_there(tmp_path: Path) -> None:
    guide = (ROOT / "docs/report-template.md").read_text(encoding="utf-8")
    lines = re.findall(r"`(\{[{%][^`]*[}%]\})`", guide)
    assert len(lines) == 17
    written = publish(named("2021"), filing("2021"), ".docx", own=template(tmp_path, *lines).read_bytes())
    document = docx.Document(io.BytesIO(written))
    assert len(document.tables) == 3
    assert not [each.text for each in document.paragraphs if "{" in each.text or "\ue000" in each.text]
