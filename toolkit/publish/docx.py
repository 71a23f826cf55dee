"""The report as a Word document by GB/T 9704: page, fonts and grid are the standard's, what it says is `content`'s."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from toolkit.ground.patterns import pattern
from toolkit.publish import grid
from toolkit.publish.content import Content, Part

TITLE_FONT, FIRST_FONT, SECOND_FONT, BODY_FONT, PAGE_FONT = (
    "方正小标宋简体",
    "黑体",
    "楷体_GB2312",
    "仿宋_GB2312",
    "宋体",
)
TITLE_POINTS, BODY_POINTS, PAGE_POINTS = 22, 16, 14
LINE_POINTS = 29
"""22 lines in the 225 mm between the margins."""

LINE_TWIPS, CLOSER_TWIPS = LINE_POINTS * 20, -5
"""The pitch of a line, and by how much 28 characters in 156 mm stand closer than 16 points.

A grid of characters would say the same, but LibreOffice counts its cells by another font than Word.
"""

_TITLE_SIGNS = 20
"""Signs of the title's size in 156 mm."""

_SECOND = pattern(r"（[一二三四五六七八九十]{1,3}）[^。]{0,40}。?|[(][一二三四五六七八九十]{1,3}[)][^。]{0,40}。?")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def written(report: Content) -> bytes:
    """The document; the same report gives the same bytes."""
    from docx import Document

    document = Document()
    styled(document)
    paged(document)
    document.add_paragraph(_balanced(report.title, report.unit), "Title")
    for said in report.preamble:
        body(document, said)
    for part in report.parts:
        document.add_paragraph(part.title, "Heading 1")
        _part(document, part)
    signed(document, report.signed, report.date)
    if report.draft:
        stamped(document, report.draft)
    return saved(document, report.title, report.unit, report.year)


def _balanced(title: str, unit: str) -> str:
    """A title too long for a line is broken where its sense is: behind the unit (GB/T 9704: 回行时词意完整)."""
    signs = sum(1 if ord(sign) > 0xFF else 0.5 for sign in title)
    return f"{unit}\n{title[len(unit) :]}" if signs > _TITLE_SIGNS and unit and title.startswith(unit) else title


def _part(document: Any, part: Part) -> None:
    if part.sheet is None:
        for said in part.paragraphs:
            body(document, said)
        return
    last = document.element.body[-1]
    last.addprevious(grid.table(part))
    after = document.add_paragraph()
    after.paragraph_format.line_spacing = _points(LINE_POINTS // 2)


def _points(points: float) -> Any:
    from docx.shared import Pt

    return Pt(points)


def body(document: Any, said: str) -> None:
    """A paragraph; what begins it as a heading of the second level is in that level's font."""
    worded(document.add_paragraph(style="Body Text"), said)


def led(document: Any, head: str, said: str) -> None:
    """A paragraph that begins with its own heading of the first level, for what is too short to stand below one."""
    paragraph = document.add_paragraph(style="Body Text")
    _font(paragraph.add_run(head).font, FIRST_FONT)
    paragraph.add_run(said)


def worded(paragraph: Any, said: str) -> None:
    """Write a paragraph's words; a heading of the second level before them is in that level's font."""
    head = _SECOND.match(said)
    if head:
        _font(paragraph.add_run(head[0]).font, SECOND_FONT)
    if rest := said[head.end() if head else 0 :]:
        paragraph.add_run(rest)


def signed(document: Any, unit: str, date: str) -> None:
    """Who says it and when, at the end and to the right, on one page with the end of what is said."""
    from docx.oxml.ns import qn

    before = document.element.body[-2]  # the last is the page
    if before.tag == qn("w:p"):
        before.get_or_add_pPr().get_or_add_keepNext()
    for said in (unit, date):
        paragraph = document.add_paragraph(said)
        paragraph.alignment = 2  # to the right
        paragraph.paragraph_format.right_indent = _points(4 * BODY_POINTS)
        paragraph.paragraph_format.keep_with_next = said is unit
        if said is unit:
            paragraph.paragraph_format.space_before = _points(2 * LINE_POINTS)


def _font(font: Any, name: str, points: float | None = None) -> None:
    """A font for Chinese and for everything else; the template's theme would win otherwise."""
    from docx.oxml.ns import qn

    font.name = name
    fonts = font.element.rPr.rFonts
    for key in [each for each in fonts.attrib if each.endswith("Theme")]:
        del fonts.attrib[key]
    fonts.set(qn("w:eastAsia"), name)
    if points is not None:
        font.size = _points(points)


def styled(document: Any) -> None:
    """Give a document the fonts, the sizes and the lines of the standard."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    relations = document.part.rels
    for name in [name for name, each in relations.items() if each.reltype.endswith("/stylesWithEffects")]:
        del relations[name]  # python-docx's own: styles once more, of Word 2010, which would not be these
    wanted = {
        "Normal": (BODY_FONT, BODY_POINTS), "Body Text": (BODY_FONT, BODY_POINTS), "Title": (TITLE_FONT, TITLE_POINTS),
        "Heading 1": (FIRST_FONT, BODY_POINTS), "Footer": (PAGE_FONT, PAGE_POINTS),
    }  # fmt: skip
    for name, (font, points) in wanted.items():
        style = document.styles[name]
        _font(style.font, font, points)
        style.font.bold, style.font.color.rgb = False, RGBColor(0, 0, 0)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = _points(0), _points(0)
        shape.line_spacing = _points({"Title": 36, "Footer": 18}.get(name, LINE_POINTS))
        properties = style.element.get_or_add_pPr()
        for border in properties.findall("{*}pBdr"):
            properties.remove(border)
        for sign in ("autoSpaceDE", "autoSpaceDN"):  # no blank beside figures: it would be more than 28 on a line
            properties.find(qn("w:spacing")).addprevious(parse_xml(f'<w:{sign} {_WORD} w:val="0"/>'))
        if points == BODY_POINTS:
            closer = parse_xml(f'<w:spacing {_WORD} w:val="{CLOSER_TWIPS}"/>')
            style.element.rPr.find(qn("w:sz")).addprevious(closer)
        if name in ("Body Text", "Heading 1"):
            shape.first_line_indent = _points(2 * BODY_POINTS)
            properties.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")
    title = document.styles["Title"].paragraph_format
    title.alignment, title.space_after = 1, _points(LINE_POINTS)
    for language in document.styles.element.iter("{*}lang"):
        for key in list(language.attrib):
            language.set(key, "zh-CN")


def paged(document: Any) -> None:
    """Give a document the page of the standard, with its numbers."""
    from docx.oxml import parse_xml
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(each) for each in (37, 35, 28, 26)
    )
    section.footer_distance = Mm(22)
    for old in section._sectPr.findall("{*}docGrid"):
        section._sectPr.remove(old)
    section._sectPr.append(parse_xml(f'<w:docGrid {_WORD} w:type="lines" w:linePitch="{LINE_TWIPS}"/>'))
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _numbered(footer.paragraphs[0], side)


def _numbered(paragraph: Any, side: str) -> None:
    """— 1 — one character from the outer edge."""
    from docx.oxml import parse_xml

    paragraph.style = "Footer"
    paragraph.alignment = 2 if side == "right" else 0
    setattr(paragraph.paragraph_format, f"{side}_indent", _points(PAGE_POINTS))
    paragraph.add_run("— ")
    paragraph._p.append(parse_xml(f'<w:fldSimple {_WORD} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    paragraph.add_run(" —")


def stamped(document: Any, said: str) -> None:
    """Print a word across every page of a document."""
    from docx.oxml import parse_xml

    for n, section in enumerate(document.sections):
        headers = [section.header, section.even_page_header, section.first_page_header]
        for m, header in enumerate(headers):
            if n and header.is_linked_to_previous:
                continue
            header.paragraphs[0].add_run()._r.append(parse_xml(_MARK.format(said=said, id=f"{n}{m}")))


_MARK = (
    f"<w:pict {_WORD} "
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="draft{id}" o:spid="_x0000_s20{id}" type="#_x0000_t136" alt="{said}" style="position:absolute;'
    "margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#c8c8c8" stroked="f">'
    '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="{said}"/>'
    "</v:shape></w:pict>"
)


def dated(document: Any, title: str, unit: str, year: int) -> None:
    """Give a document its properties, with days that no clock says."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = title[:255], unit[:255], "zh-CN"
    properties.last_modified_by, properties.comments, properties.keywords = unit[:255], "", ""
    properties.created = properties.modified = datetime(year + 1, 1, 1)
    properties.revision = 1


def saved(document: Any, title: str, unit: str, year: int) -> bytes:
    """The document as a file without a clock: dates of its properties and of its parts are fixed."""
    dated(document, title, unit, year)
    return packed(document)


def packed(document: Any) -> bytes:
    """The document as a file whose parts have no clock's dates."""
    buffer, fixed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return fixed.getvalue()
