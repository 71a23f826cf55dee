"""The comments of one sheet of a package: ours added behind what the unit's own say, and taken away again.

What is ours stands in a frame of words, so that it is known in any program's file; words outside the frame stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from toolkit.form.layout import address, located
from toolkit.form.words import Marking
from toolkit.ground.markup import parsed, space_of
from toolkit.ground.patterns import pattern
from toolkit.intake.sources.xlsx import relation_of
from toolkit.workbook.inplace.cells import At
from toolkit.workbook.inplace.package import Package
from toolkit.workbook.inplace.rows import Rows
from toolkit.workbook.inplace.sheets import strict
from toolkit.workbook.widths import BOX, high

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AUTHOR = "xls"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{}"><authors/><commentList/></comments>'
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AFTER_DRAWING = frozenset(
    ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"]
)
_SHAPE = pattern(rb"<v:shape[\s>].*?</v:shape>\s*", re.DOTALL)
_COLUMN = 64
"""The pixels of a column, as far as the boxes of comments reach over columns."""


def add(package: Package, part: str, sheet: Any, said: Mapping[At, str], words: Marking) -> None:
    """Add comments to the cells of a sheet; its tree `sheet` is given a drawing of boxes where it has none."""
    name = package.related(part, "comments")
    if name is None:
        empty = _EMPTY.format(_STRICT_MAIN if strict(package) else _MAIN)
        name = package.add("xl/comments", "xml", empty.encode(), _COMMENTS)
        package.relate(part, name, "comments", strict(package))
    root = package.tree(name)
    listed = root.find(f"{space_of(root)}commentList")
    there = {each.get("ref"): each for each in listed}
    bare = {}
    for at, words_of_cell in sorted(said.items()):
        framed = f"{words.comment_opens}\n{words_of_cell}\n{words.comment_closes}"
        if address(*at) in there:
            _append(there[address(*at)], "\n" + framed)
        else:
            listed.append(_comment(root, address(*at), framed))
            bare[at] = framed
    package.put(name, root)
    if bare:
        _draw(package, part, sheet, bare)


def _comment(root: Any, ref: str, said: str) -> Any:
    space = space_of(root)
    authors = root.find(f"{space}authors")
    names = [each.text for each in authors]
    if _AUTHOR not in names:
        author = authors.makeelement(f"{space}author", {})
        author.text = _AUTHOR
        authors.append(author)
        names.append(_AUTHOR)
    comment = root.makeelement(f"{space}comment", {"ref": ref, "authorId": str(names.index(_AUTHOR))})
    comment.append(root.makeelement(f"{space}text", {}))
    _append(comment, said)
    return comment


def _append(comment: Any, said: str) -> None:
    """Add a run to a comment's text, behind its own ones."""
    space = space_of(comment)
    body = comment.find(f"{space}text")
    plain = body.find(f"{space}t")
    if plain is not None:
        first = body.makeelement(f"{space}r", {})
        plain.addprevious(first)
        first.append(plain)
    run = body.makeelement(f"{space}r", {})
    look = run.makeelement(f"{space}rPr", {})
    for tag, value in (("sz", "10"), ("color", "FF000000"), ("rFont", "宋体"), ("family", "3"), ("charset", "134")):
        look.append(look.makeelement(f"{space}{tag}", {"rgb" if tag == "color" else "val": value}))
    shown = run.makeelement(f"{space}t", {_SPACE: "preserve"})
    shown.text = said
    run.extend([look, shown])
    runs = body.findall(f"{space}r")
    if runs:
        runs[-1].addnext(run)
    else:
        body.insert(0, run)


def _draw(package: Package, part: str, sheet: Any, said: Mapping[At, str]) -> None:
    """Draw the boxes of new comments beside the cells, one below the other, so that none lies on figures."""
    name = _drawing(package, part, sheet)
    if name is None:
        name = package.add("xl/drawings/vmlDrawing", "vml", b"", _VML)
        number = int(re.findall(r"\d+", name)[-1])
        package.put(name, _HEAD.format(number=number).encode() + b"</xml>")
        _point(sheet, package.relate(part, name, "vmlDrawing", strict(package)))
    drawing = package.read(name)
    base = re.search(rb'<o:idmap[^>]*data="(\d+)', drawing)
    taken = [int(each) for each in re.findall(rb"_x0000_s(\d+)", drawing)]
    free = max([1024 * int(base[1] if base else 1), *taken]) + 1
    rows, shapes = Rows(sheet), ""
    below = 0
    for n, (at, words) in enumerate(sorted(said.items())):
        top = max(rows.top(at[0]), below)
        bottom = top + high(words)
        below = bottom + 4
        shapes += _shape(free + n, at, rows, (top, bottom))
    end = drawing.rfind(b"</xml>")
    package.put(name, drawing[:end] + shapes.encode() + drawing[end:])


def _drawing(package: Package, part: str, sheet: Any) -> str | None:
    """The drawing that a sheet's comments have; that of the pictures in its header is another one."""
    pointer = sheet.find(f"{space_of(sheet)}legacyDrawing")
    return None if pointer is None else package.target(part, relation_of(pointer))


def _point(sheet: Any, relation: str) -> None:
    """Let a sheet name its drawing, where the order of its elements has it."""
    space = space_of(sheet)
    base = space[1:-1].replace("spreadsheetml/2006/main", "officeDocument/2006/relationships")
    base = base.replace("spreadsheetml/main", "officeDocument/relationships")
    made = sheet.makeelement(f"{space}legacyDrawing", {f"{{{base}}}id": relation})
    for each in sheet:
        if isinstance(each.tag, str) and each.tag.rpartition("}")[2] in _AFTER_DRAWING:
            each.addprevious(made)
            return
    sheet.append(made)


_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
    'data="{number}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
    'o:connecttype="rect"/></v:shapetype>'
)


def _shape(number: int, at: At, rows: Rows, across: tuple[int, int]) -> str:
    left = max(rows.width, at[1] + 1)
    (top, top_at), (bottom, bottom_at) = (rows.row(each) for each in across)
    right, rest = divmod(BOX + 15, _COLUMN)
    anchor = f"{left}, 15, {top}, {top_at}, {left + right}, {rest}, {bottom}, {bottom_at}"
    height = across[1] - across[0]
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:{BOX * 3 // 4}pt;'
        f'height:{height * 3 // 4}pt;z-index:{number - 1024};visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        f'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{at[0]}</x:Row><x:Column>{at[1]}</x:Column></x:ClientData></v:shape>"
    )


def remove(package: Package, part: str, words: Marking) -> bool:
    """Take our words out of a sheet's comments, with comments that say nothing else; whether there were any.

    Comments and boxes without any left are taken away with their parts.
    """
    name = package.related(part, "comments")
    if name is None or words.comment_opens not in _heard(package.read(name)):
        return False
    root = package.tree(name)
    listed = root.find(f"{space_of(root)}commentList")
    changed, gone = False, set()
    for comment in list(listed):
        if _cut(comment, words):
            changed = True
            if not "".join(each.text or "" for each in comment.iter(f"{space_of(root)}t")).strip():
                gone.add(located(comment.get("ref")))
                listed.remove(comment)
    if not changed:
        return False
    _forget(root)
    drawing = _drawing(package, part, parsed(package.read(part)))
    if drawing is not None:
        package.put(
            drawing, _SHAPE.sub(lambda found: b"" if _place(found[0]) in gone else found[0], package.read(drawing))
        )
    if len(listed):
        package.put(name, root)
    else:
        _drop(package, part, name, drawing)
    return True


def _heard(xml: bytes) -> str:
    return html.unescape(xml.decode("utf-8", "replace"))


def _forget(root: Any) -> None:
    """Take us out of the authors, if we are the last one and said nothing else."""
    authors = root.find(f"{space_of(root)}authors")
    last = len(authors) - 1
    used = {each.get("authorId") for each in root.iter(f"{space_of(root)}comment")}
    if last >= 0 and authors[last].text == _AUTHOR and str(last) not in used:
        authors.remove(authors[last])


def _drop(package: Package, part: str, comments: str, drawing: str | None) -> None:
    package.unrelate(part, comments)
    package.remove(comments)
    if drawing is None or _SHAPE.search(package.read(drawing)):
        return
    package.unrelate(part, drawing)
    package.remove(drawing)
    sheet = parsed(package.read(part))
    for each in sheet.findall(f"{space_of(sheet)}legacyDrawing"):
        sheet.remove(each)
    package.put(part, sheet)


def _place(shape: bytes) -> At | None:
    row, column = re.search(rb"<x:Row>\s*(\d+)", shape), re.search(rb"<x:Column>\s*(\d+)", shape)
    return (int(row[1]), int(column[1])) if row and column else None


def _cut(comment: Any, words: Marking) -> bool:
    """Cut what stands in our frame out of a comment's runs; an open frame is somebody else's by now and stays."""
    shown = list(comment.iter(f"{space_of(comment)}t"))
    whole = "".join(each.text or "" for each in shown)
    start = whole.find(words.comment_opens)
    end = whole.find(words.comment_closes, start)
    if start < 0 or end < 0:
        return False
    end += len(words.comment_closes)
    start -= whole[:start].endswith("\n")
    at = 0
    for each in shown:
        here = each.text or ""
        each.text = here[: max(0, start - at)] + here[max(0, end - at) :]
        at += len(here)
        run = each.getparent()
        if here and not each.text and run.tag.endswith("}r"):
            run.getparent().remove(run)
    return True
