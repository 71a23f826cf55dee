"""Every hostile input by its name, with the file name it comes under and what is to be said of it."""

# ruff: noqa: E501 - an input is one thing to read

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from tests.hostile import packages
from tests.hostile.packages import BOOK, SHEET, STRINGS, added, after_data, changed, dimensioned, in_first_number, row

READ = "READ"
"""What is said of an input that is read all the same."""

STRAY, DAMAGED, SENT = "stray cell far outside", "damaged or cut off", "is not what was packed"
NO_BOOK, NO_FORM = "not a workbook", "no .*table of the form"


class Hostile(NamedTuple):
    """An input: its name, its file's ending, what makes it, and a pattern of what is said."""

    name: str
    ending: str
    make: Callable[[], bytes]
    said: str


def hostile() -> tuple[Hostile, ...]:
    """All of them, every name once."""
    return tuple(
        Hostile(*each)
        for kind in (_bombs, _far, _members, _parts, _values, _active, _cut, _ods, _other, _words, _pages, _pdf, _json)
        for each in kind()
    )


_Made = Iterator[tuple[str, str, Callable[[], bytes], str]]


def _bombs() -> _Made:
    big = 300 << 20
    yield "bomb-flat", ".xlsx", lambda: added(("xl/media/a.bin", bytes(60 << 20))), "more than 50 MB"
    yield "bomb-many", ".xlsx", lambda: added(*((f"xl/media/{n}.bin", bytes(30 << 20)) for n in range(9))), "256 MB"
    yield (
        "bomb-nested",
        ".xlsx",
        lambda: packages.packed([("a.zip", packages.packed([("b.zip", bytes(9 << 20))]))]),
        ("an archive"),
    )
    yield "bomb-lying-small", ".xlsx", lambda: packages.lying_size(
        changed(STRINGS, lambda xml: xml + b" " * (40 << 20)), STRINGS, 999
    ), SENT  # fmt: skip
    yield (
        "bomb-lying-large",
        ".xlsx",
        lambda: packages.lying_size(packages.good(), STRINGS, big),
        "more than (50|256) MB",
    )
    yield "bomb-entities", ".xlsx", lambda: changed(STRINGS, _laughs), f"{DAMAGED}|{READ}|no table"
    yield "bomb-entities-in-book", ".xlsx", lambda: changed(BOOK, _laughs), f"{DAMAGED}|{READ}|no sheet"
    yield "bomb-entities-in-sheet", ".xlsx", lambda: changed(SHEET, _laughs), f"{DAMAGED}|{READ}"
    yield "bomb-external-entity", ".xlsx", lambda: changed(STRINGS, _external), f"{DAMAGED}|{READ}|no table"
    yield "parts-100000", ".xlsx", lambda: added(*((f"xl/x/{n}.xml", b"") for n in range(100_000))), "parts, which no"
    yield "elements", ".xlsx", lambda: changed(SHEET, after_data("<a/>" * 4_000_000)), "more in it than"
    yield "names-100000", ".xlsx", lambda: changed(
        BOOK, lambda xml: xml.replace(b"<definedNames>", b"<definedNames>" + _repeat('<definedName name="n{}">1</definedName>', 100_000))
    ), READ  # fmt: skip
    yield "validations-100000", ".xlsx", lambda: changed(
        SHEET, after_data("<dataValidations>" + "<dataValidation sqref='A1'/>" * 100_000 + "</dataValidations>")
    ), READ  # fmt: skip
    yield "merged-100000", ".xlsx", lambda: changed(
        SHEET, after_data("<mergeCells>" + "<mergeCell ref='A1:B2'/>" * 100_000 + "</mergeCells>")
    ), "merged cells"  # fmt: skip
    yield "sheets-5000", ".xlsx", lambda: changed(
        BOOK, lambda xml: xml.replace(b"</sheets>", _repeat('<sheet name="s{0}" sheetId="{0}" r:id="rId1"/>', 5000) + b"</sheets>")
    ), "more than 500 sheets"  # fmt: skip
    yield "text-of-2000000", ".xlsx", lambda: changed(
        SHEET, row('<c r="A900" t="inlineStr"><is><t>' + "长" * 2_000_000 + "</t></is></c>")
    ), "a text of more than"  # fmt: skip
    for said in ("4294967296", " +4294967296", "00099999999999"):
        yield (
            f"strings-say-{said.strip()}",
            ".xlsx",
            partial(changed, STRINGS, _counted(said)),
            f"more in it than|{DAMAGED}",
        )
    yield (
        "nested-elements",
        ".xlsx",
        lambda: changed(SHEET, after_data("<a>" * 100_000 + "</a>" * 100_000)),
        (f"{READ}|{DAMAGED}"),
    )


def _counted(said: str) -> packages.Change:
    return lambda xml: re.sub(rb'uniqueCount="[0-9]+"', f'uniqueCount="{said}"'.encode(), xml)


def _repeat(said: str, times: int) -> bytes:
    return "".join(said.format(n + 100) for n in range(times)).encode()


def _laughs(xml: bytes) -> bytes:
    doctype = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    return _before_root(xml, f"<!DOCTYPE x [{doctype}]>").replace(b"</t>", b"&l9;</t>", 1)


def _external(xml: bytes) -> bytes:
    return _before_root(xml, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>').replace(b"</t>", b"&e;</t>", 1)


def _before_root(xml: bytes, said: str) -> bytes:
    head, end, rest = xml.partition(b"?>")
    return head + end + said.encode() + rest


def _far() -> _Made:
    far = {
        "far-plain": ('<c r="XFD1048576"><v>1</v></c>', 1048576),
        "far-single-quotes": ("<c r='XFD1048576'><v>1</v></c>", 1048576),
        "far-blanks": ('<c  s="0"\n r = "XFD1048576" ><v>1</v></c>', 1048576),
        "far-entity": ('<c r="&#88;FD1048576"><v>1</v></c>', 1048576),
        "far-prefixed": ('<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576">'
                         "<x:v>1</x:v></x:c>", 1048576),
        "far-in-near-row": ('<c r="XFD1048576"><v>1</v></c>', 900),
        "far-row-without-addresses": ("<c><v>1</v></c>" * 5000, 1048576),
        "far-text": ('<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>', 1048576),
        "far-formula": ('<c r="XFD1048576"><f>1+1</f><v>2</v></c>', 1048576),
        "far-beyond-the-sheet": ('<c r="ZZZZZ99999999"><v>1</v></c>', 900),
        "far-beyond-counting": (f'<c r="K{"7" * 50}"><v>1</v></c>', 900),
    }  # fmt: skip
    for name, (cells, number) in far.items():
        said = STRAY if not name.startswith("far-beyond") else f"{STRAY}|{DAMAGED}"
        yield name, ".xlsx", partial(changed, SHEET, row(cells, number)), said
    one = row('<c r="XFD1048576"><v>1</v></c>', 1048576)
    yield "far-dimension-says-a1", ".xlsx", lambda: changed(SHEET, dimensioned("A1", one)), STRAY
    yield "far-part-of-another-name", ".xlsx", lambda: _moved(one), STRAY
    yield "far-in-utf-16", ".xlsx", lambda: changed(
        SHEET, lambda xml: one(xml).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    ), f"{STRAY}|{DAMAGED}"  # fmt: skip
    yield "far-two-cells", ".xlsx", lambda: changed(
        SHEET, row('<c r="A1048576"><v>1</v></c></row><row r="901"><c r="XFD901"><v>1</v></c>', 1048576)
    ), STRAY  # fmt: skip
    yield "far-blank-style", ".xlsx", lambda: changed(SHEET, row('<c r="XFD1048576" s="1"/>', 1048576)), READ
    yield "far-dimension-alone", ".xlsx", lambda: changed(SHEET, dimensioned("A1:XFD1048576", lambda xml: xml)), READ
    yield "far-merged", ".xlsx", lambda: changed(
        SHEET, after_data('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ), READ  # fmt: skip


def _moved(change: packages.Change) -> bytes:
    made = packages.renamed(SHEET, "xl/tabelle/eins.xml")
    import zipfile

    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return packages.packed({**held, "xl/tabelle/eins.xml": change(held["xl/tabelle/eins.xml"])}.items())


def _members() -> _Made:
    yield "member-up-and-out", ".xlsx", lambda: added(("../../../tmp/out.xml", b"<a/>")), READ
    yield "member-absolute", ".xlsx", lambda: added(("/etc/cron.d/x", b"* * * * *")), READ
    yield "member-windows", ".xlsx", lambda: added(("C:\\Windows\\x.xml", b"<a/>")), READ
    yield "member-twice", ".xlsx", lambda: _twice(SHEET), "two of its parts"
    yield "member-twice-by-case", ".xlsx", lambda: added((SHEET.upper(), packages.parts()[SHEET])), "two of its parts"
    yield "member-encrypted", ".xlsx", lambda: packages.encrypted(packages.good(), SHEET), "encrypted"
    yield "member-encrypted-book", ".xlsx", lambda: packages.encrypted(packages.good(), BOOK), "encrypted"
    yield "member-wrong-check", ".xlsx", lambda: packages.wrong_check(packages.good(), SHEET), SENT
    yield "member-wrong-check-strings", ".xlsx", lambda: packages.wrong_check(packages.good(), STRINGS), SENT
    yield "member-another-figure", ".xlsx", lambda: packages.another_figure(packages.good(), SHEET), SENT
    yield "member-odd-method", ".xlsx", lambda: packages.odd_method(packages.good(), SHEET), SENT
    yield "member-size-too-small", ".xlsx", lambda: packages.lying_size(packages.good(), SHEET, 10), SENT
    yield "member-size-too-large", ".xlsx", lambda: packages.lying_size(packages.good(), SHEET, 1 << 20), SENT
    yield "member-of-64k-name", ".xlsx", lambda: added(("x" * 60_000, b"")), READ
    yield "member-stored", ".xlsx", lambda: packages.packed(packages.parts().items(), 0), READ
    yield "archive-comment", ".xlsx", _commented, READ


def _twice(name: str) -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return added((name, packages.parts()[name]))


def _commented() -> bytes:
    made = packages.good()
    return made[:-2] + struct.pack("<H", 65_000) + b"x" * 65_000


def _parts() -> _Made:
    for name, part in (("book", BOOK), ("sheet", SHEET), ("strings", STRINGS), ("styles", "xl/styles.xml"),
                       ("relations", "xl/_rels/workbook.xml.rels"), ("types", "[Content_Types].xml")):  # fmt: skip
        yield f"no-{name}", ".xlsx", partial(packages.without, part), f"{READ}|{DAMAGED}|no table|no sheet"
        yield (
            f"{name}-empty",
            ".xlsx",
            partial(changed, part, lambda _: b""),
            (f"{READ}|{DAMAGED}|no table|no sheet"),
        )
        yield (
            f"{name}-not-xml",
            ".xlsx",
            partial(changed, part, lambda _: b"\x00\xff<<<>>&&"),
            (f"{READ}|{DAMAGED}|no table|no sheet"),
        )
        yield (
            f"{name}-cut",
            ".xlsx",
            partial(changed, part, lambda xml: xml[: len(xml) // 2]),
            (f"{READ}|{DAMAGED}|no table|no sheet"),
        )
    yield "relation-to-itself", ".xlsx", lambda: changed(
        "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"worksheets/sheet3.xml", b"workbook.xml")
    ), f"{READ}|{DAMAGED}"  # fmt: skip
    yield "relation-to-the-web", ".xlsx", lambda: changed(
        "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"worksheets/sheet3.xml", b"http://192.0.2.1/a.xml")
    ), f"{READ}|{DAMAGED}"  # fmt: skip
    yield "string-index-out-of-range", ".xlsx", lambda: changed(
        SHEET, row('<c r="A900" t="s"><v>99999999</v></c>')
    ), f"{READ}|{DAMAGED}"  # fmt: skip
    yield (
        "string-index-negative",
        ".xlsx",
        lambda: changed(SHEET, row('<c r="A900" t="s"><v>-1</v></c>')),
        (f"{READ}|{DAMAGED}"),
    )
    yield (
        "style-out-of-range",
        ".xlsx",
        lambda: changed(SHEET, row('<c r="A900" s="999999"><v>1</v></c>')),
        (f"{READ}|{DAMAGED}"),
    )


def _values() -> _Made:
    for name, value in (
        ("inf", "INF"), ("minus-inf", "-INF"), ("nan", "NaN"), ("1e400", "1e400"), ("1e308", "1e308"), ("1e-400", "1e-400"),
        ("twenty-digits", "12345678901234567890"), ("minus-zero", "-0"), ("hex", "0x10"), ("empty-value", ""),
        ("word", "abc"), ("entity", "&#49;"), ("underscore", "1_000"), ("full-width", "１２"), ("plus", "+5"),
    ):  # fmt: skip
        yield f"value-{name}", ".xlsx", partial(changed, SHEET, in_first_number(value)), f"{READ}|{DAMAGED}"
    yield (
        "value-date-far",
        ".xlsx",
        lambda: changed(SHEET, in_first_number("99999999999", ' t="d"')),
        f"{READ}|{DAMAGED}",
    )
    yield "value-boolean", ".xlsx", lambda: changed(SHEET, in_first_number("1", ' t="b"')), READ
    yield "value-error", ".xlsx", lambda: changed(SHEET, in_first_number("#REF!", ' t="e"')), READ
    yield "value-unknown-type", ".xlsx", lambda: changed(SHEET, in_first_number("1", ' t="zz"')), f"{READ}|{DAMAGED}"
    for name, said in (
        ("escape", "镇_x001B_[31m人民政府"), ("bidi", "镇\u202e府政民人"), ("40000", "镇" * 40_000), ("formula", "=1+1"),
        ("dde", "=cmd|'/C calc'!A0"), ("markup", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("path", "../../../../etc/passwd"),
        ("nul-escape", "镇_x0000_府"), ("surrogate-escape", "镇_xD800_府"), ("noncharacter", "镇\ufffe府"),
    ):  # fmt: skip
        yield f"unit-{name}", ".xlsx", partial(changed, STRINGS, _named(said)), f"{READ}|{DAMAGED}"


def _named(said: str) -> packages.Change:
    from tests.filings import TOWN

    return lambda xml: xml.replace(TOWN.name.encode(), said.encode())


def _active() -> _Made:
    yield "macros", ".xlsm", lambda: added(("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(9000))), READ
    yield "external-links", ".xlsx", lambda: added(
        ("xl/externalLinks/externalLink1.xml", b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>')
    ), READ  # fmt: skip
    yield "link-to-a-share", ".xlsx", lambda: changed(
        SHEET, after_data('<hyperlinks><hyperlink ref="A1" location="\\\\192.0.2.1\\a"/></hyperlinks>')
    ), READ  # fmt: skip
    yield "web-service", ".xlsx", lambda: changed(
        SHEET, row('<c r="A900"><f>WEBSERVICE("http://192.0.2.1/")</f><v>1</v></c>')
    ), READ  # fmt: skip
    yield "embedded-program", ".xlsx", lambda: added(("xl/embeddings/a.exe", b"MZ" + bytes(9000))), READ


def _cut() -> _Made:
    whole = packages.good()
    for kilobytes in range(1, 12):
        yield (
            f"cut-after-{kilobytes}-kb",
            ".xlsx",
            partial(bytes, whole[: kilobytes << 10]),
            (f"{DAMAGED}|{SENT}"),
        )
    yield "cut-at-the-end", ".xlsx", lambda: whole[:-10], f"{DAMAGED}|{SENT}"
    yield "cut-in-front", ".xlsx", lambda: whole[100:], f"{NO_BOOK}|{DAMAGED}|{SENT}"
    yield "middle-of-zeros", ".xlsx", lambda: whole[:6000] + bytes(2000) + whole[8000:], f"{DAMAGED}|{SENT}"


def _ods() -> _Made:
    cell = "<table:table-cell{}><text:p>1</text:p></table:table-cell>"
    columns, rows = ' table:number-columns-repeated="16384"', ' table:number-rows-repeated="1048576"'
    yield "ods-repeats-both", ".ods", lambda: packages.sheet_of_ods(
        f"<table:table-row{rows}>{cell.format(columns)}</table:table-row>"
    ), STRAY  # fmt: skip
    yield "ods-repeats-blanks-before", ".ods", lambda: packages.sheet_of_ods(
        f"<table:table-row{rows}><table:table-cell/></table:table-row><table:table-row><table:table-cell{columns}/>"
        f"{cell.format('')}</table:table-row>"
    ), STRAY  # fmt: skip
    yield "ods-repeats-numbers", ".ods", lambda: packages.sheet_of_ods(
        '<table:table-row table:number-rows-repeated="99999999999999999999">' + cell.format("") + "</table:table-row>"
    ), f"{STRAY}|{DAMAGED}|{NO_FORM}"  # fmt: skip
    yield "ods-repeats-of-a-value", ".ods", lambda: packages.sheet_of_ods(
        f'<table:table-row{rows}><table:table-cell office:value-type="float" office:value="1"{columns}/></table:table-row>'
    ), STRAY  # fmt: skip
    yield "ods-trailing-blanks", ".ods", lambda: packages.sheet_of_ods(
        f"<table:table-row>{cell.format('')}</table:table-row><table:table-row{rows}><table:table-cell{columns}/></table:table-row>"
    ), NO_FORM  # fmt: skip
    yield "ods-empty", ".ods", lambda: packages.sheet_of_ods(""), NO_FORM
    yield "ods-not-xml", ".ods", lambda: packages.packed([("mimetype", b"x"), ("content.xml", b"<")]), DAMAGED


def _other() -> _Made:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "empty", ".xlsx", lambda: b"", "is empty"
    yield "blanks", ".xlsx", lambda: b" \n" * 5000, "is empty"
    yield "zeros", ".xlsx", lambda: bytes(100_000), NO_BOOK
    yield "text-as-workbook", ".xlsx", lambda: "年度报告".encode() * 1000, NO_BOOK
    yield "page-as-workbook", ".xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "web page"
    yield "picture-as-workbook", ".xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000), "a picture"
    yield "pdf-as-workbook", ".xlsx", lambda: b"%PDF-1.4\n", "a PDF"
    yield "rar-as-workbook", ".xlsx", lambda: b"Rar!\x1a\x07\x00" + bytes(100), "an archive"
    yield "zip-end-alone", ".xlsx", lambda: b"PK\x05\x06" + bytes(18), f"{NO_BOOK}|{DAMAGED}"
    yield "old-excel-header-alone", ".xls", lambda: ole + bytes(600), DAMAGED
    yield "old-excel-noise", ".xls", lambda: ole + bytes(range(256)) * 40, DAMAGED
    yield "encrypted-workbook", ".xlsx", lambda: ole + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"
    yield "word-97-as-docx", ".docx", lambda: ole + bytes(600) + "WordDocument".encode("utf-16-le"), "Word document"
    yield "word-97", ".doc", lambda: ole + bytes(600), "an old Word document"
    yield "noise", ".xlsx", lambda: bytes(n * 7919 % 251 for n in range(50_000)), NO_BOOK
    yield "binary-workbook", ".xlsb", lambda: packages.packed([("xl/workbook.bin", b"\0" * 99)]), "binary workbook"
    yield "one-long-line", ".txt", lambda: "年".encode() * 3_000_000, "more than 5 MB"
    yield "bars", ".txt", lambda: b"|" * 2_000_000, NO_FORM
    yield "lines-200000", ".txt", lambda: "一、总体情况 1 2 3\n".encode() * 200_000, f"{NO_FORM}|5 MB|year"
    yield "text-of-nul", ".txt", lambda: b"\0" * 1000, "kind of document|empty"


def _words() -> _Made:
    cell, para = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>", "<w:p><w:r><w:t>一</w:t></w:r></w:p>"
    table = f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"
    yield "docx-tables-50000", ".docx", lambda: packages.document(table * 50_000), "tables|" + NO_FORM
    yield "docx-paragraphs-200000", ".docx", lambda: packages.document(para * 200_000), NO_FORM
    yield "docx-nested-tables", ".docx", lambda: packages.document(
        "<w:tbl><w:tr><w:tc>" * 60 + table + "</w:tc></w:tr></w:tbl>" * 60
    ), f"{NO_FORM}|damaged"  # fmt: skip
    yield "docx-nested-too-deep", ".docx", lambda: packages.document("<w:p>" * 5000 + "</w:p>" * 5000), "damaged"
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999"/></w:tcPr><w:p/></w:tc>'
    yield (
        "docx-spans",
        ".docx",
        lambda: packages.document(f"<w:tbl><w:tr>{wide * 50}</w:tr></w:tbl>" * 300),
        (f"{NO_FORM}|tables"),
    )
    down = '<w:tc><w:tcPr><w:vMerge w:val="{}"/></w:tcPr><w:p/></w:tc>'
    yield "docx-merged-down", ".docx", lambda: packages.document(
        f"<w:tbl><w:tr>{down.format('restart') * 2}</w:tr>" + f"<w:tr>{down.format('continue') * 2}</w:tr>" * 8000 + "</w:tbl>"
    ), NO_FORM  # fmt: skip
    yield "docx-bomb", ".docx", lambda: packages.document(" " * (60 << 20)), "more than 50 MB"
    yield "docx-not-xml", ".docx", lambda: packages.packed([("word/document.xml", b"\0<")]), "damaged"
    yield "docx-no-body", ".docx", lambda: packages.packed([("word/document.xml", b"<a/>")]), "damaged"
    yield (
        "docx-wrong-check",
        ".docx",
        lambda: packages.wrong_check(packages.document(para), "word/document.xml"),
        ("damaged"),
    )
    yield (
        "docx-encrypted-part",
        ".docx",
        lambda: packages.encrypted(packages.document(para), "word/document.xml"),
        ("damaged|encrypted"),
    )


def _pages() -> _Made:
    yield "html-nested", ".html", lambda: b"<html><body>" + b"<div>" * 100_000, "nested too deep"
    yield "html-spans", ".html", lambda: (
        b"<html><table>" + b"<tr><td colspan=1000 rowspan=1000>1</td><td>2</td></tr>" * 2000 + b"</table>"
    ), f"{NO_FORM}|tables"  # fmt: skip
    yield "html-tables-50000", ".html", lambda: (
        b"<html><body>" + b"<table><tr><td>1</td><td>2</td></tr></table>" * 50_000
    ), f"{NO_FORM}|tables"  # fmt: skip
    yield "html-attributes", ".html", lambda: b"<html><p " + b"a=1 " * 300_000 + b">", NO_FORM
    yield "html-wrong-encoding", ".html", lambda: b'<html><meta charset="utf-7"><p>+ADw-script+AD4-', NO_FORM
    yield "html-unclosed", ".html", lambda: b"<html><table><tr><td>" * 100, f"{NO_FORM}|nested"


def _pdf() -> _Made:
    yield "pdf-header-alone", ".pdf", lambda: b"%PDF-1.7\n", "damaged PDF"
    yield "pdf-noise", ".pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 200, "damaged PDF"
    yield (
        "pdf-pages-loop",
        ".pdf",
        lambda: _pdf_of("<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "damaged PDF|picture",
    )
    yield (
        "pdf-one-page-5000-times",
        ".pdf",
        lambda: _pdf_of("<</Type/Pages/Kids[" + "3 0 R " * 5000 + "]/Count 5000>>"),
        ("more than 500 pages|damaged PDF|picture"),
    )
    yield "pdf-form-loop", ".pdf", lambda: _pdf_of(None, b"/F Do"), "damaged PDF|picture|draws"
    yield "pdf-forms-doubling", ".pdf", _pdf_forms, "draws more than"
    yield "pdf-bomb", ".pdf", lambda: _pdf_of(None, b" " * (60 << 20), packed=True), "more than 50 MB|draws"
    yield "pdf-rectangles", ".pdf", lambda: _pdf_of(
        None, b"".join(b"%d %d 5 5 re S\n" % (n % 600, n // 600) for n in range(20_000)), packed=True
    ), "draws|picture|no table"  # fmt: skip


def _pdf_of(pages: str | None, drawn: bytes = b"", *, packed: bool = False) -> bytes:
    said = zlib.compress(drawn) if packed else drawn
    how = "/Filter/FlateDecode" if packed else ""
    stream = f"<</Length {len(said)}{how}>>stream\n".encode() + said + b"\nendstream"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 5>>stream\n/F Do\nendstream"
    return packages.pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        (pages or "<</Type/Pages/Kids[3 0 R]/Count 1>>").encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        stream,
        form,
    )


def _pdf_forms() -> bytes:
    """Forms of which each draws the next one twice."""
    forms = [
        f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {6 + n} 0 R>>>>/Length 11>>"
        "stream\n/F Do /F Do\nendstream".encode()
        for n in range(40)
    ]
    return packages.pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/F Do\nendstream",
        *forms,
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 14>>stream\n0 0 5 5 re S  \nendstream",
    )


def _json() -> _Made:
    said = {"edition": "2021", "year": 2024, "unit": {"name": "甲镇"}, "values": {"requests/received/person": 1}}
    figure = "requests/received/person"

    def with_value(value: str) -> Callable[[], bytes]:
        return lambda: json.dumps({**said, "values": {figure: "@"}}).replace('"@"', value).encode()

    yield "json-deep", ".json", lambda: b'{"a":' * 100_000, "JSON, but no filing"
    yield "json-brackets", ".json", lambda: b'{"values":' + b"[" * 200_000, "JSON, but no filing"
    yield "json-large-exponent", ".json", with_value("1e9999999"), "JSON, but no filing"
    yield "json-small-exponent", ".json", with_value("1e-9999999"), "JSON, but no filing"
    yield "json-many-digits", ".json", with_value("9" * 4000), "JSON, but no filing"
    yield "json-more-digits", ".json", with_value("9" * 100_000), "JSON, but no filing"
    yield "json-infinity", ".json", with_value("Infinity"), "JSON, but no filing"
    yield "json-nan", ".json", with_value("NaN"), "JSON, but no filing"
    yield "json-list-for-a-number", ".json", with_value("[1]"), "JSON, but no filing"
    yield "json-true", ".json", with_value("true"), "JSON, but no filing"
    yield "json-cut", ".json", lambda: json.dumps(said).encode()[:-5], "JSON, but no filing"
    yield (
        "json-surrogate",
        ".json",
        lambda: json.dumps({**said, "unit": {"name": "\ud800镇"}}).encode(),
        (f"{READ}|JSON, but no filing"),
    )
    yield "json-named-xlsx", ".xlsx", lambda: json.dumps(said).encode(), f"{READ}|JSON"
    yield "json-unit-a-list", ".json", lambda: json.dumps({**said, "unit": [1]}).encode(), "JSON, but no filing"
    yield (
        "json-unit-of-numbers",
        ".json",
        lambda: json.dumps({**said, "unit": {"name": 1, "code": [2], "level": {}}}).encode(),
        (f"{READ}|JSON, but no filing"),
    )
    yield "json-texts-a-word", ".json", lambda: json.dumps({**said, "texts": "x"}).encode(), "JSON, but no filing"
    yield (
        "json-year-huge",
        ".json",
        lambda: json.dumps({**said, "edition": None, "year": 10**30}).encode(),
        ("JSON, but no filing|year|edition"),
    )
