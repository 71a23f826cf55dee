"""A good input of every kind, small where that loses no part of the reader, so that an hour tries many."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from functools import cache

from tests import ROOT
from tests.filings import filing
from tests.hostile import packages
from toolkit.form.edition import named
from toolkit.publish import publish
from toolkit.render.data import documents

_SELF_CHECK = "xl/worksheets/sheet6.xml"
_BLANK = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
)
_ROSTER = (
    "单位名称,机构代码,级别,联系人,电话,上级,启用年度,停用年度,接替单位\n"
    "云岭县人民政府,A1,县级,张三,0000-1234567,,,,\n云岭县白塔镇人民政府,A2,乡级,李四,,云岭县人民政府,2019,,\n"
    "云岭县石桥乡人民政府,A3,乡级,,,云岭县人民政府,,2020,云岭县白塔镇人民政府\n云岭县财政局,A4,县级部门,,,,,,\n"
)


@cache
def originals() -> Mapping[str, bytes]:
    """By the name that it has as a file; two of one ending are two kinds."""
    made = filing("2021")
    stated = named(made.edition)
    page = publish(stated, made, ".html", draft=True)
    return {
        "whole.xlsx": packages.good(),
        "small.xlsx": packages.packed({**packages.parts(), _SELF_CHECK: _BLANK}.items()),
        "filing.json": json.dumps(documents.filing(made, stated), ensure_ascii=False, default=str).encode(),
        "report.html": page,
        "report.docx": publish(stated, made, ".docx", draft=True),
        "report.txt": re.sub(rb"<[^>]*>", b"|", page),
        "report.pdf": paper(),
        "roster.csv": _ROSTER.encode(),
        "form.toml": (ROOT / "templates" / "xlsx" / "2021.toml").read_bytes(),
        "returns.zip": _archive(),
        "old.xls": next((ROOT / "samples" / "county" / "inbox").glob("*.xls")).read_bytes(),
        "open.ods": next((ROOT / "samples" / "county" / "inbox").glob("*.ods")).read_bytes(),
    }


def _archive() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("云岭县白塔镇人民政府.json", "财政局/年报.json", "__MACOSX/._a.json", "内层.zip"):
            archive.writestr(zipfile.ZipInfo(name), b'{"edition": "2021", "year": 2024, "values": {}}')
    return made.getvalue()


def paper() -> bytes:
    """A PDF of one page with a ruled table of the form, its Chinese in a font that every reader knows."""
    rows = (
        ("第二十条第（一）项",), ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "0", "0", "0"),
        ("行政规范性文件", "3", "1", "12"), ("第二十条第（五）项",), ("信息内容", "本年处理决定数量"),
        ("行政许可", "45"),
    )  # fmt: skip
    drawn = ["BT /F 12 Tf 60 800 Td " + _said("云岭县白塔镇人民政府2024年政府信息公开工作年度报告") + " Tj ET"]
    drawn.append("BT /F 12 Tf 60 780 Td " + _said("二、主动公开政府信息情况") + " Tj ET")
    for at, row in enumerate(rows):
        wide, bottom = 480 // len(row), 740 - 20 * at
        for n, cell in enumerate(row):
            drawn.append(f"{60 + n * wide} {bottom} {wide} 20 re S")
            drawn.append(f"BT /F 9 Tf {64 + n * wide} {bottom + 6} Td {_said(cell)} Tj ET")
    said = "\n".join(drawn).encode()
    return packages.pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(said) + said + b"\nendstream",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120>>",
    )


def _said(words: str) -> str:
    return f"<{words.encode('utf-16-be').hex()}>"
