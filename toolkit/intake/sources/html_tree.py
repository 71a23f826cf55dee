"""A web page as a tree by the standard library alone, for where lxml is not to be had. What pages leave out is put in
as browsers do it, as far as tables and paragraphs go; nothing here knows what a page says.
"""

from __future__ import annotations

from html.parser import HTMLParser

from toolkit.ground.tree import Element

DEEPEST = 256
"""Elements nested deeper are no report."""

_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "div", "dl", "fieldset", "footer", "form", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
)
_ENDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_BLOCKS, frozenset({"p"})),
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "option": frozenset({"option"}),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th", "p"})),
    "tr": frozenset({"tr", "td", "th", "p"}),
    **dict.fromkeys(("tbody", "thead", "tfoot"), frozenset({"tbody", "thead", "tfoot", "tr", "td", "th", "p"})),
}
"""What the beginning of an element ends, where nobody ended it."""

_HOLDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("p", "div", "span"), frozenset({"td", "th", "table", "caption"})),
    **dict.fromkeys(("li", "dt", "dd"), frozenset({"ul", "ol", "dl", "td", "th", "table"})),
    **dict.fromkeys(("td", "th", "tr", "tbody", "thead", "tfoot"), frozenset({"table"})),
}
"""What stands around an element so that nothing outside of it is ended by it."""

_CELLS = frozenset({"td", "th", "table"})


class TooDeep(Exception):
    """A page whose elements are nested deeper than any report's."""


def tree(page: str) -> Element:
    """The elements of a page under one root.

    Raises:
        TooDeep: they are nested too deep.
    """
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Takes what the parser meets and puts it into a tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("html")
        self._open = [self.root]
        self._last: Element | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            return
        self._end_what_it_ends(tag)
        made = Element(tag, {key: value or "" for key, value in reversed(attrs)})
        self._open[-1].read_in(made)
        self._last = made
        if tag not in _VOID:
            if len(self._open) >= DEEPEST:
                raise TooDeep
            self._open.append(made)
            self._last = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # a browser knows no element that ends as it begins

    def handle_endtag(self, tag: str) -> None:
        if tag in ("html", "body") or tag in _VOID:
            return
        around = _HOLDS.get(tag, _CELLS if tag != "table" else frozenset())
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                self._end(at)
                return
            if self._open[at].tag in around:
                return

    def handle_data(self, data: str) -> None:
        if self._last is not None:
            self._last.tail = (self._last.tail or "") + data
        else:
            self._open[-1].text = (self._open[-1].text or "") + data

    def _end_what_it_ends(self, tag: str) -> None:
        ended, around = _ENDS.get(tag), _HOLDS.get(tag, _CELLS)
        if ended is None:
            return
        last = None
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag in around:
                break
            if self._open[at].tag in ended:
                last = at
        if last is not None:
            self._end(last)

    def _end(self, at: int) -> None:
        self._last = self._open[at]
        del self._open[at:]
