"""XML as a tree: the one way it is parsed and written here. Nothing outside it is fetched, no entity is filled in."""

from __future__ import annotations

from typing import Any


def parsed(xml: bytes) -> Any:
    """A part of a package as a tree.

    Raises:
        SyntaxError: it is no XML (lxml's own XMLSyntaxError is one).
    """
    from lxml import etree

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def serialized(root: Any) -> bytes:
    """A tree as the part it was read from is written."""
    from lxml import etree

    tree = root.getroottree()
    encoding = tree.docinfo.encoding or "UTF-8"
    said = {"xml_declaration": True, "encoding": encoding, "standalone": tree.docinfo.standalone}
    return bytes(etree.tostring(tree, **said))


def space_of(root: Any) -> str:
    """The namespace of a part's own elements, in braces; empty where it has none."""
    return root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
