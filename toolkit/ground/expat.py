"""XML read into our own elements and written down again, by the standard library alone: prefixes, order and what
nobody knows stay as they are. A document with a doctype is refused, and with it every entity of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat as library

from toolkit.ground.patterns import pattern
from toolkit.ground.tree import USUAL, Element, split

DEEPEST = 256
"""Elements nested deeper are no part of any workbook; lxml has the same limit."""

XML = "http://www.w3.org/XML/1998/namespace"
_DECLARED = pattern(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_OWN = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf16"})
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def comment() -> None:
    """Stands for the name of a comment."""


def instruction() -> None:
    """Stands for the name of an instruction to a program."""


@dataclass(slots=True)
class Head:
    """What is known of a document beside its root: its encoding, whether it stands alone (None where it does not even
    say that it is XML), and what stands before and behind the root.
    """

    encoding: str | None = None
    standalone: bool | None = None
    before: list[Element] = field(default_factory=list)
    behind: list[Element] = field(default_factory=list)


def parsed(xml: bytes) -> Element:
    """A part of a package as a tree.

    Raises:
        SyntaxError: it is no XML, has a doctype, or is nested too deep.
    """
    return _Builder().built(xml)


class _Builder:
    """Takes what the parser meets and puts it into a tree."""

    def __init__(self) -> None:
        self._head = Head()
        self._open: list[Element] = []
        self._last: Element | None = None
        self._root: Element | None = None
        self._spaces: dict[str, str] = {}

    def built(self, xml: bytes) -> Element:
        parser = library.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._refused
        parser.StartNamespaceDeclHandler = self._space
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self._said
        parser.CommentHandler = self._commented
        parser.ProcessingInstructionHandler = self._instructed
        try:
            parser.Parse(_decoded(xml), True)
        except (library.ExpatError, LookupError, ValueError) as error:
            raise SyntaxError(str(error)) from error
        if self._root is None:
            raise SyntaxError("no element")
        return self._root

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self._head.encoding = encoding
        self._head.standalone = standalone > 0

    def _refused(self, *said: object) -> None:
        raise SyntaxError("a document type is declared")

    def _space(self, prefix: str | None, uri: str | None) -> None:
        self._spaces[prefix or ""] = uri or ""

    def _started(self, name: str, attributes: list[str]) -> None:
        tag, prefix = _named(name)
        made = Element(tag, None, self._head)
        made.prefix = prefix
        made.spaces, self._spaces = self._spaces, {}
        for at in range(0, len(attributes), 2):
            key, mark = _named(attributes[at])
            made.attrib[key] = attributes[at + 1]
            if mark:
                made.marks[key] = mark
        if len(self._open) >= DEEPEST:
            raise SyntaxError("nested too deep")
        self._put(made)
        self._open.append(made)
        self._last = None

    def _put(self, made: Element) -> None:
        if self._open:
            self._open[-1].read_in(made)
        elif isinstance(made.tag, str):
            self._root = made
        else:
            (self._head.before if self._root is None else self._head.behind).append(made)

    def _ended(self, name: str) -> None:
        self._last = self._open.pop()

    def _said(self, words: str) -> None:
        if self._last is not None:
            self._last.tail = (self._last.tail or "") + words
        elif self._open:
            self._open[-1].text = (self._open[-1].text or "") + words

    def _commented(self, words: str) -> None:
        self._silent(Element(comment), words)

    def _instructed(self, target: str, words: str) -> None:
        self._silent(Element(instruction), f"{target} {words}" if words else target)

    def _silent(self, made: Element, words: str) -> None:
        made.text = words
        self._put(made)
        if self._open:
            self._last = made


def _decoded(xml: bytes) -> bytes | str:
    """What the parser can read: it knows few encodings, Python all that are met."""
    found = _DECLARED.match(xml[:200])
    said = found[1].decode("ascii").lower() if found else "utf-8"
    return xml if said in _OWN else xml.decode(said)


def _named(name: str) -> tuple[str, str | None]:
    """A name as elements have it, and its prefix."""
    parts = name.split(" ")
    if len(parts) == 1:
        return name, None
    return f"{{{parts[0]}}}{parts[1]}", parts[2] if len(parts) > 2 else None


def serialized(root: Element) -> bytes:
    """A tree as the part it was read from is written."""
    head: Any = root.head or Head()
    encoding = head.encoding or "UTF-8"
    standalone = "" if head.standalone is None else f" standalone='{'yes' if head.standalone else 'no'}'"
    said = [f"<?xml version='1.0' encoding='{encoding}'{standalone}?>\n"]
    for each in head.before:
        said += _written(each, {})
    said += _written(root, {})
    for each in head.behind:
        said += _written(each, {})
    return "".join(said).encode(encoding, "xmlcharrefreplace")


def alone(element: Element) -> str:
    """An element as it can stand for itself: what it needs of namespaces is declared on it, and no more."""
    needed, known = _needed(element), _known(element)
    spaces = {prefix: uri for prefix, uri in known.items() if uri in needed}
    return "".join(_written(element, {}, spaces))


def _needed(element: Element) -> set[str]:
    return {
        split(key)[0]
        for each in element.iter()
        if isinstance(each.tag, str)
        for key in (each.tag, *(key for key in each.attrib if key.startswith("{")))
    }


def _known(element: Element) -> dict[str, str]:
    """The namespaces that are declared where an element stands, those on it first."""
    known = dict(element.spaces)
    for over in element.iterancestors():
        for prefix, uri in over.spaces.items():
            known.setdefault(prefix, uri)
    return known


def _written(element: Element, known: Mapping[str, str], spaces: Mapping[str, str] | None = None) -> Iterator[str]:
    """The pieces of an element, without what stands behind it. `spaces`: what to declare on it, in place of its own."""
    if not isinstance(element.tag, str):
        yield f"<!--{element.text}-->" if element.tag is comment else f"<?{element.text}?>"
        return
    own = dict(element.spaces if spaces is None else spaces)
    scope = {**known, **own}
    name = _name(element.tag, element.prefix, scope, own, attribute=False)
    keys = [(_name(key, element.marks.get(key), scope, own, attribute=True), value)
            for key, value in element.attrib.items()]  # fmt: skip
    yield f"<{name}"
    for prefix, uri in own.items():
        yield f' xmlns{":" if prefix else ""}{prefix}="{uri.translate(_VALUE)}"'
    for key, value in keys:
        yield f' {key}="{value.translate(_VALUE)}"'
    if not element.text and not len(element):
        yield "/>"
        return
    yield f">{(element.text or '').translate(_TEXT)}"
    for each in element:
        yield from _written(each, scope)
        if each.tail:
            yield each.tail.translate(_TEXT)
    yield f"</{name}>"


def _name(tag: str, prefix: str | None, scope: dict[str, str], own: dict[str, str], *, attribute: bool) -> str:
    """A name as it is written where some namespaces are known; one that nobody declared is declared here."""
    uri, name = split(tag)
    if not uri:
        if not attribute and scope.get(""):
            own[""] = scope[""] = ""
        return name
    if uri == XML:
        return f"xml:{name}"
    at = prefix or ""
    if not (scope.get(at) == uri and (at or not attribute)):
        fitting = (each for each, known in reversed(scope.items()) if known == uri and (each or not attribute))
        found = next(fitting, None)
        if found is None:
            usual = (prefix for prefix, known in USUAL.items() if known == uri)
            free = (each for each in (*usual, *(f"ns{n}" for n in range(len(scope) + 1))) if each not in scope)
            found = next(free)
            own[found] = scope[found] = uri
        at = found
    return f"{at}:{name}" if at else name
