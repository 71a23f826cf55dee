"""An element of XML as Python holds it alone: what of lxml's elements the editor and the readers use, the same way.
It stands in where lxml is not to be had, as in a browser; how it is read and written down is `expat`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from toolkit.ground.patterns import pattern

USUAL = {"r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}
"""The prefix of a namespace that nobody declared yet."""

_STEP = pattern(r"(?:\{[^}]*\})?[^/{}]+")


def split(tag: str) -> tuple[str, str]:
    """The namespace of a name, empty where it has none, and the name in it."""
    space, _, name = tag.rpartition("}")
    return space[1:], name


class Element:
    """An element with its children; `tag` is no text for a comment or an instruction, whose words are `text`.

    `prefix` is the one it was written with, `spaces` the namespaces declared on it by prefix, `marks` the prefixes of
    its attributes where they have one. `head` is what is known of the whole document.
    """

    __slots__ = ("_children", "_parent", "attrib", "head", "marks", "prefix", "spaces", "tag", "tail", "text")

    def __init__(self, tag: Any, attrib: Mapping[str, str] | None = None, head: Any = None) -> None:
        self.tag: Any = tag
        self.attrib: dict[str, str] = dict(attrib or {})
        self.text: str | None = None
        self.tail: str | None = None
        self.prefix: str | None = None
        self.spaces: dict[str, str] = {}
        self.marks: dict[str, str] = {}
        self.head = head
        self._children: list[Element] = []
        self._parent: Element | None = None

    # ------------------------------------------------------------------------------------------------ what it says

    def get(self, key: str, default: Any = None) -> Any:
        """An attribute, or what stands for one that is not there."""
        return self.attrib.get(key, default)

    def set(self, key: str, value: str) -> None:
        """Give an attribute a value."""
        self.attrib[key] = value

    def __len__(self) -> int:
        return len(self._children)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Element]:
        return iter(self._children)

    def __reversed__(self) -> Iterator[Element]:
        return reversed(self._children)

    def __getitem__(self, at: int) -> Element:
        return self._children[at]

    def __setitem__(self, at: slice, elements: Iterable[Element]) -> None:
        """Replace the children of a slice."""
        kept = list(self._children)
        kept[at] = list(elements)
        for each in self._children:
            each._parent = None
        self._children = kept
        for each in kept:
            each._parent = self

    def __deepcopy__(self, memo: object) -> Element:
        made = Element(self.tag, self.attrib, self.head)
        made.text, made.tail, made.prefix = self.text, self.tail, self.prefix
        made.spaces, made.marks = dict(self.spaces), dict(self.marks)
        for each in self._children:
            made.read_in(each.__deepcopy__(memo))
        return made

    # -------------------------------------------------------------------------------------------------- looking around

    def getparent(self) -> Element | None:
        """The element it stands in."""
        return self._parent

    def iterancestors(self, *tags: str) -> Iterator[Element]:
        """The elements it stands in, the nearest first."""
        fits, over = _fitting(tags), self._parent
        while over is not None:
            if fits(over):
                yield over
            over = over._parent

    def iter(self, *tags: str) -> Iterator[Element]:
        """It and everything in it that has one of the names, in the order of the document."""
        fits, waiting = _fitting(tags), [iter((self,))]
        while waiting:
            for each in waiting[-1]:
                if fits(each):
                    yield each
                if each._children:
                    waiting.append(iter(tuple(each._children)))
                    break
            else:
                waiting.pop()

    def iterdescendants(self, *tags: str) -> Iterator[Element]:
        """Everything in it that has one of the names."""
        for each in tuple(self._children):
            yield from each.iter(*tags)

    def iterchildren(self, *tags: str) -> Iterator[Element]:
        """Its children that have one of the names."""
        return filter(_fitting(tags), tuple(self._children))

    def itertext(self) -> Iterator[str]:
        """The texts in it, in their order."""
        if isinstance(self.tag, str) and self.text:
            yield self.text
        for each in self._children:
            yield from each.itertext()
            if each.tail:
                yield each.tail

    def iterfind(self, path: str) -> Iterator[Element]:
        """What a path of names, one in the other, leads to."""
        found: Iterable[Element] = (self,)
        for step in _STEP.findall(path):
            found = [inner for each in found for inner in each.iterchildren(step)]
        return iter(found)

    def findall(self, path: str) -> list[Element]:
        """All that a path leads to."""
        return list(self.iterfind(path))

    def find(self, path: str) -> Element | None:
        """The first that a path leads to."""
        return next(self.iterfind(path), None)

    def findtext(self, path: str) -> str | None:
        """The text of the first that a path leads to."""
        found = self.find(path)
        return None if found is None else found.text or ""

    # ------------------------------------------------------------------------------------------------------- changing

    def makeelement(self, tag: str, attrib: Mapping[str, str] | None = None) -> Element:
        """A new element that stands nowhere yet."""
        return Element(tag, attrib)

    def append(self, element: Element) -> None:
        """Put an element behind its children."""
        self.insert(len(self._children), element)

    def extend(self, elements: Iterable[Element]) -> None:
        """Put elements behind its children."""
        for each in elements:
            self.append(each)

    def insert(self, at: int, element: Element) -> None:
        """Put an element before the child of a number; what stood behind it goes with it, a namespace that is known
        there is not declared again.
        """
        if element._parent is not None:
            element._parent.remove(element)
        if element.spaces:
            known = {uri for over in (self, *self.iterancestors()) for uri in over.spaces.values()}
            element.spaces = {prefix: uri for prefix, uri in element.spaces.items() if uri not in known}
        self._children.insert(at, element)
        element._parent = self

    def read_in(self, element: Element) -> None:
        """Put an element behind its children as it was read."""
        self._children.append(element)
        element._parent = self

    def remove(self, element: Element) -> None:
        """Take a child out, with what stands behind it.

        Raises:
            ValueError: it is none of its children.
        """
        at = next((n for n, each in enumerate(self._children) if each is element), None)
        if at is None:
            raise ValueError("not a child of this element")
        del self._children[at]
        element._parent = None

    def addprevious(self, element: Element) -> None:
        """Put an element before it."""
        parent, _ = self._place()
        if element._parent is not None:
            element._parent.remove(element)
        parent.insert(self._place()[1], element)

    def addnext(self, element: Element) -> None:
        """Put an element behind it and behind the text that follows it."""
        parent, _ = self._place()
        if element._parent is not None:
            element._parent.remove(element)
        parent.insert(self._place()[1] + 1, element)

    def _place(self) -> tuple[Element, int]:
        parent = self._parent
        if parent is None:
            raise TypeError("nothing stands beside a root")
        return parent, next(n for n, each in enumerate(parent._children) if each is self)


def _fitting(tags: tuple[str, ...]) -> Callable[[Element], bool]:
    """Whether an element has one of the names; `{*}name` is one of any namespace."""
    if not tags:
        return lambda each: True
    names = {tag[3:] for tag in tags if tag.startswith("{*}")}
    exact = frozenset(tags)

    def fits(each: Element) -> bool:
        tag = each.tag
        return isinstance(tag, str) and (tag in exact or (bool(names) and tag.rpartition("}")[2] in names))

    return fits
