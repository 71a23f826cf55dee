"""The parts of an .xlsx package and how they hang together: relations, content types, sheets. Nothing of marks here.

A part that is not replaced keeps its bytes.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from toolkit.ground.errors import NotWritten, Unreadable, XlsError
from toolkit.ground.language import text
from toolkit.ground.markup import parsed, serialized, space_of
from toolkit.intake.sources.bounds import hold_all
from toolkit.intake.sources.xlsx import Parts, Relation, normal, relations, relations_of

TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_OPENED = frozenset({"worksheet", "chartsheet", "styles", "sharedStrings"})
_DAY = (1980, 1, 1, 0, 0, 0)


def can_be_edited(content: bytes) -> bool:
    """Whether bytes are a package of sheets (.xlsx, .xlsm), whatever their file is called."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(Parts(archive).book)
    except (zipfile.BadZipFile, ValueError, KeyError, NotImplementedError, SyntaxError):
        return False


def refuse_what_cannot_be_edited(content: bytes, source: str) -> None:
    """Refuse a package whose parts cannot be changed in place.

    Raises:
        NotWritten: it is none of that kind (.xls, .xlsb, .ods), or is signed.
    """
    if not can_be_edited(content):
        raise NotWritten(
            text(
                "{file}: only .xlsx and .xlsm are filled in place; save it as .xlsx in Excel, WPS or LibreOffice first",
                file=source,
            )
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        signed = any(normal(name).startswith("_xmlsignatures/") for name in archive.namelist())
    if signed:
        raise NotWritten(
            text("{file}: signed, and a change would void the signature; take the signature off first", file=source)
        )


@contextmanager
def changed(content: bytes, source: str) -> Iterator[Package]:
    """A package whose parts are changed while this lasts.

    Raises:
        NotWritten: it cannot be changed in place, is signed, or is damaged where the figures' reader did not look.
    """
    refuse_what_cannot_be_edited(content, source)
    try:
        hold_all(content, source)  # a sheet that nobody reads may be more than one can be, or not what was packed
        package = Package(content)
        package.refuse_damage()
        yield package
    except Unreadable as error:
        raise NotWritten(error.sentence) from error
    except XlsError:
        raise
    except Exception as error:  # in a stranger's package anything may be missing, doubled or of another kind
        damaged = text(
            "{file}: its parts do not fit together ({reason}), so no copy of it is made; open it in Excel or WPS, save "
            "it under another name and check that one",
            file=source,
            reason=type(error).__name__,
        )
        raise NotWritten(damaged) from error


class Package:
    """A package that is being changed, part by part."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self._comment = archive.comment
            self._parts = {normal(each.filename): (_named(each), archive.read(each)) for each in archive.infolist()}
            self.book = self._own(Parts(archive).book)

    def refuse_damage(self) -> None:
        """Refuse one whose book, styles, strings or sheets are no XML: a copy would be as little opened as it is.

        Raises:
            SyntaxError, KeyError: one is damaged, or not there.
        """
        for name in (TYPES, self.book):
            self.tree(name)
        for each in self.relations(self.book):
            if each.target in self and each.kind in _OPENED:
                self.tree(each.target)

    def packed(self) -> bytes:
        """The package as a file: the parts in their order, new ones last."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.comment = self._comment
            for entry, content in self._parts.values():
                archive.writestr(entry, content)
        return buffer.getvalue()

    def _own(self, name: str) -> str:
        """A part's name as the package writes it; another case is the same name."""
        if name in self._parts:
            return name
        return next((each for each in self._parts if each.casefold() == name.casefold()), name)

    def __contains__(self, name: str) -> bool:
        return self._own(name) in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._parts))

    def read(self, name: str) -> bytes:
        """A part's bytes."""
        return self._parts[self._own(name)][1]

    def tree(self, name: str) -> Any:
        """A part as a tree."""
        return parsed(self.read(name))

    def put(self, name: str, content: bytes | Any) -> None:
        """Replace a part, or add one; a tree that says what the part says already changes nothing."""
        name = self._own(name)
        if name not in self._parts:
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
        else:
            entry = self._parts[name][0]
        self._parts[name] = (entry, content if isinstance(content, bytes) else serialized(content))

    def remove(self, name: str) -> None:
        """Take a part out, with its relations and its content type."""
        self._parts.pop(self._own(name), None)
        self._parts.pop(self._own(relations_of(name)), None)
        types = self.tree(TYPES)
        said = [each for each in types.iter("{*}Override") if normal(each.get("PartName", "")) == name]
        for each in said:
            types.remove(each)
        if said:
            self.put(TYPES, types)

    def add(self, stem: str, ending: str, content: bytes, kind: str) -> str:
        """Add a part under the first free number; `kind` is its content type."""
        number = next(n for n in range(1, len(self._parts) + 2) if f"{stem}{n}.{ending}" not in self)
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
        rels = relations_of(name)
        found = relations(name, self.read(rels)) if rels in self else ()
        return tuple(each._replace(target=self._own(each.target)) for each in found)

    def relate(self, name: str, target: str, kind: str, strict: bool) -> str:
        """Relate a part to another; gives the id of the relation."""
        rels = relations_of(name)
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
        tree = self.tree(relations_of(name))
        for each in [each for each in tree if each.get("Id") in gone]:
            tree.remove(each)
        if len(tree):
            self.put(relations_of(name), tree)
        else:
            del self._parts[self._own(relations_of(name))]

    def target(self, name: str, relation: str) -> str | None:
        """The part that a relation of a part leads to; None where there is no such relation, or no such part."""
        return next((each.target for each in self.relations(name) if each.id == relation and each.target in self), None)

    def related(self, name: str, kind: str) -> str | None:
        """The part that a part has a relation of a kind to."""
        return next((each.target for each in self.relations(name) if each.kind == kind), None)


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _named(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """A member under its normal name: some packers write backslashes, which few programs open."""
    if normal(entry.filename) == entry.filename:
        return entry
    renamed = copy.copy(entry)
    renamed.filename = normal(entry.filename)
    return renamed
