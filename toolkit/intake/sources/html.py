"""A published web page: its tables as grids, and the text outside them as lines. Scripts and styles are passed over."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text
from toolkit.ground.limits import limits
from toolkit.ground.patterns import pattern
from toolkit.intake.sources import Document, Laid
from toolkit.intake.sources.laying import all_laid_out

_CHARSET = pattern(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "hz-gb-2312", "x-gbk"})
_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template", "select"})
_BLOCKS = frozenset(
    {"p", "div", "br", "hr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "caption"}
    | {"section", "article", "header", "footer", "main", "nav", "aside", "blockquote", "pre", "center", "form"}
)
_BLANKS = pattern(r"[ \t\r\f\v\n]+")


def read(content: bytes) -> Document:
    """The tables and lines of a page in whatever encoding.

    Raises:
        Unreadable: it is too large, or text in no encoding we know.
    """
    most = limits().document_mb
    if len(content) > most << 20:
        raise Unreadable(text("a page of more than {size} MB; save the report's own page alone", size=most))
    root = _tree(decoded(content))
    if root is None:
        return Document((), ())
    tables = [each for each in root.iter("table") if _of_figures(each)]
    grids = all_laid_out(_rows(table) for table in tables)
    said = "".join(_pieces(root, frozenset(tables)))
    lines = tuple(_BLANKS.sub(" ", line).strip() for line in said.split("\n"))
    return Document(grids, tuple(line for line in lines if line), sum(1 for _ in root.iter("img")))


def _tree(page: str) -> Any:
    """The elements of a page, None where it has none.

    Raises:
        Unreadable: they are nested too deep.
    """
    deep = Unreadable(text("its elements are nested too deep; save its text as .txt"))
    try:
        from lxml import etree
    except ImportError:
        from toolkit.intake.sources import html_tree

        try:
            return html_tree.tree(page)
        except html_tree.TooDeep as error:
            raise deep from error
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(page.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    if any("depth" in str(said.message).lower() for said in parser.error_log):
        raise deep
    return root


def decoded(content: bytes) -> str:
    """The characters of a page: by its mark, by what its head says, else UTF-8 or GB18030.

    Raises:
        Unreadable: it is in none of them.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _first(content, encoding)
    found = _CHARSET.search(content[:4096])
    said = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    return _first(content, "gb18030" if said in _CHINESE else said, "utf-8", "gb18030", "big5")


def _first(content: bytes, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return content.decode(encoding).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable(text("not a page in UTF-8, UTF-16 or GB18030; open it in a browser and save it again as UTF-8"))


def _of_figures(table: Any) -> bool:
    """Whether a table is one, not a frame that the page is laid out with."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    return any(len(_cells(row)) > 1 for row in table.iter("tr"))


def _cells(row: Any) -> list[Any]:
    return [each for each in row if each.tag in ("td", "th")]


def _rows(table: Any) -> Iterator[list[Laid]]:
    for row in table.iter("tr"):
        yield [Laid(_words(cell), _span(cell, "colspan"), _span(cell, "rowspan", ends=0)) for cell in _cells(row)]


def _words(cell: Any) -> str:
    said = "".join(_pieces(cell, frozenset()))
    return "\n".join(line for part in said.split("\n") if (line := _BLANKS.sub(" ", part).strip("\u00a0\u3000 ")))


def _span(cell: Any, name: str, ends: int = 1) -> int:
    """How far a cell spans; rowspan 0 goes to the end of the table."""
    said = re.match(r"\s*([0-9]{1,5})", cell.get(name, "1"))
    return max(int(said[1]), ends) if said else 1


def _pieces(element: Any, tables: frozenset[Any]) -> Iterator[str]:
    """The words of an element; every block of it begins and ends a line, and so does a table of ours."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    own = element.tag in _BLOCKS
    if own:
        yield "\n"
    if element not in tables:
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _pieces(child, tables)
            yield (child.tail or "").replace("\n", " ")
    if own:
        yield "\n"
