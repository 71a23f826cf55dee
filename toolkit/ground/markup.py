"""XML as a tree: the one way it is parsed and written here. Nothing outside it is fetched, no entity is filled in.

lxml does it where it is installed; elsewhere, as in a browser, the standard library does it, to the same bytes.
"""

from __future__ import annotations

import copy
from typing import Any

from toolkit.ground.tree import USUAL, Element


def parsed(xml: bytes) -> Any:
    """A part of a package as a tree.

    Raises:
        SyntaxError: it is no XML (lxml's own XMLSyntaxError is one).
    """
    try:
        from lxml import etree
    except ImportError:
        from toolkit.ground import expat

        return expat.parsed(xml)
    for prefix, uri in USUAL.items():  # openpyxl does so, too: the bytes must not hang on who was loaded first
        etree.register_namespace(prefix, uri)
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def serialized(root: Any) -> bytes:
    """A tree as the part it was read from is written."""
    if isinstance(root, Element):
        from toolkit.ground import expat

        return expat.serialized(root)
    from lxml import etree

    tree = root.getroottree()
    encoding = tree.docinfo.encoding or "UTF-8"
    said = {"xml_declaration": True, "encoding": encoding, "standalone": tree.docinfo.standalone}
    return bytes(etree.tostring(tree, **said))


def alone(element: Any) -> str:
    """An element of a tree as XML that can stand for itself."""
    if isinstance(element, Element):
        from toolkit.ground import expat

        return expat.alone(element)
    from lxml import etree

    single = copy.deepcopy(element)
    single.tail = None
    etree.cleanup_namespaces(single)
    return str(etree.tostring(single, encoding="unicode"))


def space_of(root: Any) -> str:
    """The namespace of a part's own elements, in braces; empty where it has none."""
    return root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
