"""The parts of an .xlsx package found as its own relations say, by whatever names: backslashes, another case, a
workbook2.xml. What stands in them is not known here, but for the places of a sheet's cells.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from toolkit.form.layout import located
from toolkit.ground.markup import parsed, serialized


class Relation(NamedTuple):
    """A relation of a part to another; `kind` is the last word of its type."""

    id: str
    kind: str
    target: str


def normal(name: str) -> str:
    """A part's name as the standard has it, with slashes."""
    return name.replace("\\", "/").lstrip("/")


def relations_of(name: str) -> str:
    """The part that has the relations of a part; of the package itself where the name is empty."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def relations(name: str, xml: bytes) -> tuple[Relation, ...]:
    """The relations of a part to other parts of the package, targets by their full names."""
    folder = "/" + posixpath.dirname(name)
    return tuple(
        Relation(
            each.get("Id", ""),
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join(folder, each.get("Target", "").replace("\\", "/"))).lstrip("/"),
        )
        for each in parsed(xml).iter("{*}Relationship")
        if each.get("TargetMode") != "External"
    )


def relation_of(sheet: Any) -> str:
    """The id of the relation that leads to a sheet or a drawing; empty for a sheet without part, a module of macros."""
    return next((str(value) for key, value in sheet.attrib.items() if key.endswith("}id")), "")


class Parts:
    """The parts of a package that is only looked at."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names: Mapping[str, str] = {normal(each).casefold(): each for each in archive.namelist()}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._names

    def read(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            KeyError: there is no such part.
        """
        return self._archive.read(self._names[name.casefold()])

    @property
    def book(self) -> str:
        """The part that lists the sheets; empty where the package has none."""
        rels = relations_of("")
        found = [each.target for each in relations("", self.read(rels))] if rels in self else []
        kinds = [each for each in found if each in self and each.startswith("xl/")]
        return next(iter([*kinds, *(each for each in ("xl/workbook.xml",) if each in self)]), "")

    def sheet(self, name: str) -> bytes:
        """The part of a sheet.

        Raises:
            KeyError: there is no sheet of that name, or it has no part.
        """
        book = self.book
        listed = parsed(self.read(book)).iter("{*}sheet")
        wanted = next((relation_of(each) for each in listed if each.get("name") == name), "")
        for each in relations(book, self.read(relations_of(book))):
            if each.id == wanted:
                return self.read(each.target)
        raise KeyError(name)


def walked(root: Any) -> Iterator[tuple[int, int, Any]]:
    """The row, column and element of every cell of a sheet; one that does not say its own place follows the last."""
    at = -1
    for row in root.iter("{*}row"):
        at = int(row.get("r", at + 2)) - 1
        column = -1
        for cell in row.iterchildren("{*}c"):
            column = located(cell.get("r"))[1] if cell.get("r") else column + 1
            yield at, column, cell


def mended(content: bytes) -> bytes:
    """The same package as most programs would have written it, for a reader that knows the usual names alone: its list
    of sheets is xl/workbook.xml, and has only sheets that are there.

    Raises:
        KeyError: it has no list of sheets.
        ValueError, SyntaxError, zipfile.BadZipFile: it is damaged.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        parts = Parts(old)
        book = parts.book
        led = relations(book, parts.read(relations_of(book)))
        there = {each.id for each in led if each.target in parts}
        root = parsed(parts.read(book))
        for sheet in list(root.iter("{*}sheet")):
            if relation_of(sheet) not in there:
                sheet.getparent().remove(sheet)
        usual = {book.casefold(): "xl/workbook.xml", relations_of(book).casefold(): "xl/_rels/workbook.xml.rels"}
        for each in old.namelist():
            name = normal(each)
            said = serialized(root) if name.casefold() == book.casefold() else old.read(each)
            new.writestr(usual.get(name.casefold(), name), said)
    return buffer.getvalue()
