"""The parts of an .xlsx package and how they hang together: relations, content types, sheets. Nothing of marks here.

A part that is not replaced keeps its bytes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from toolkit.workbook.inplace.cells import parsed, serialized, space_of

BOOK, TYPES = "xl/workbook.xml", "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_DAY = (1980, 1, 1, 0, 0, 0)


class Relation(NamedTuple):
    """A relation of a part to another; `kind` is the last word of its type."""

    id: str
    kind: str
    target: str


class Package:
    """A package that is being changed, part by part."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self._comment = archive.comment
            self._parts = {each.filename: (each, archive.read(each)) for each in archive.infolist()}

    def packed(self) -> bytes:
        """The package as a file: the parts in their order, new ones last."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.comment = self._comment
            for entry, content in self._parts.values():
                archive.writestr(entry, content)
        return buffer.getvalue()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._parts))

    def read(self, name: str) -> bytes:
        """A part's bytes."""
        return self._parts[name][1]

    def tree(self, name: str) -> Any:
        """A part as a tree."""
        return parsed(self.read(name))

    def put(self, name: str, content: bytes | Any) -> None:
        """Replace a part, or add one; a tree that says what the part says already changes nothing."""
        if name not in self._parts:
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
        else:
            entry = self._parts[name][0]
        self._parts[name] = (entry, content if isinstance(content, bytes) else serialized(content))

    def remove(self, name: str) -> None:
        """Take a part out, with its relations and its content type."""
        self._parts.pop(name, None)
        self._parts.pop(_relations_of(name), None)
        types = self.tree(TYPES)
        said = [each for each in types.iter("{*}Override") if each.get("PartName") == f"/{name}"]
        for each in said:
            types.remove(each)
        if said:
            self.put(TYPES, types)

    def add(self, stem: str, ending: str, content: bytes, kind: str) -> str:
        """Add a part under the first free number; `kind` is its content type."""
        number = next(n for n in range(1, len(self._parts) + 2) if f"{stem}{n}.{ending}" not in self._parts)
        name = f"{stem}{number}.{ending}"
        self.put(name, content)
        types = self.tree(TYPES)
        if ending != "xml":
            if not any(each.get("Extension", "").lower() == ending for each in types.iter("{*}Default")):
                types.insert(
                    0, types.makeelement(f"{space_of(types)}Default", {"Extension": ending, "ContentType": kind})
                )
        else:
            override = {"PartName": f"/{name}", "ContentType": kind}
            types.append(types.makeelement(f"{space_of(types)}Override", override))
        self.put(TYPES, types)
        return name

    def relations(self, name: str) -> tuple[Relation, ...]:
        """The relations of a part to other parts of the package, targets by their full names."""
        rels = _relations_of(name)
        if rels not in self:
            return ()
        folder = "/" + posixpath.dirname(name)
        return tuple(
            Relation(
                each.get("Id"),
                each.get("Type").rpartition("/")[2],
                posixpath.normpath(posixpath.join(folder, each.get("Target"))).lstrip("/"),
            )
            for each in self.tree(rels).iter("{*}Relationship")
            if each.get("TargetMode") != "External"
        )

    def relate(self, name: str, target: str, kind: str, strict: bool) -> str:
        """Relate a part to another; gives the id of the relation."""
        rels = _relations_of(name)
        empty = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONS}"/>'
        tree = self.tree(rels) if rels in self else parsed(empty.encode())
        taken = {each.get("Id") for each in tree}
        given = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        base = _STRICT if strict else _TRANSITIONAL
        said = {"Id": given, "Type": f"{base}/{kind}", "Target": f"/{target}"}
        tree.append(tree.makeelement(f"{space_of(tree)}Relationship", said))
        self.put(rels, tree)
        return given

    def unrelate(self, name: str, target: str) -> None:
        """Take away a part's relations to another; a part of relations that is empty then goes too."""
        gone = {each.id for each in self.relations(name) if each.target == target}
        if not gone:
            return
        tree = self.tree(_relations_of(name))
        for each in [each for each in tree if each.get("Id") in gone]:
            tree.remove(each)
        if len(tree):
            self.put(_relations_of(name), tree)
        else:
            del self._parts[_relations_of(name)]

    def related(self, name: str, kind: str) -> str | None:
        """The part that a part has a relation of a kind to."""
        return next((each.target for each in self.relations(name) if each.kind == kind), None)


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")
