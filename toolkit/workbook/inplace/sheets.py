"""The sheets of a package: which there are, one put in, one taken out; what counts them by place is kept right."""

from __future__ import annotations

from typing import Any

from toolkit.ground.markup import space_of
from toolkit.ground.patterns import pattern
from toolkit.intake.sources.xlsx import relation_of
from toolkit.workbook.inplace.package import Package

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SELECTED = pattern(rb"""\s+tabSelected\s*=\s*(?:"[^"]*"|'[^']*')""")
_BEFORE_NAMES = frozenset({"sheets", "functionGroups", "externalReferences"})
_OF_ITS_OWN = frozenset({"printerSettings", "comments", "vmlDrawing", "drawing", "threadedComment"})


def sheets(package: Package) -> dict[str, str]:
    """The parts of the sheets by their names, in the order of the tabs."""
    targets = {each.id: each.target for each in package.relations(package.book)}
    return {each.get("name"): targets.get(relation_of(each), "") for each in _sheets(package.tree(package.book))}


def strict(package: Package) -> bool:
    """Whether the package is of the strict kind, whose namespaces have other names."""
    return "purl.oclc.org" in space_of(package.tree(package.book))


def _sheets(book: Any) -> Any:
    return book.find(f"{space_of(book)}sheets")


def insert(package: Package, name: str, content: bytes, *, first: bool) -> str:
    """Put a sheet in before all others, or very hidden behind them; gives its part."""
    book = package.tree(package.book)
    listed = _sheets(book)
    part = package.add("xl/worksheets/sheet", "xml", content, _SHEET)
    identity = next(key for each in listed for key in each.attrib if key.endswith("}id"))
    number = max(int(each.get("sheetId")) for each in listed) + 1
    said = {"name": name, "sheetId": str(number)} | ({} if first else {"state": "veryHidden"})
    sheet = listed.makeelement(f"{space_of(book)}sheet", said)
    sheet.set(identity, package.relate(package.book, part, "worksheet", strict(package)))
    listed.insert(0 if first else len(listed), sheet)
    if first:
        _shift(book, 0, 1)
    package.put(package.book, book)
    return part


def opened_at_first(package: Package) -> None:
    """Have the workbook open on its first sheet, and on no other beside it: of several, what is typed goes into all."""
    book = package.tree(package.book)
    for view in book.iter(f"{space_of(book)}workbookView"):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")
    package.put(package.book, book)
    for part in list(sheets(package).values())[1:]:
        if part in package and b"tabSelected" in (content := package.read(part)):
            package.put(part, _SELECTED.sub(b"", content, count=1))


def repeat_rows(package: Package, name: str, count: int) -> None:
    """Have the first rows of a sheet printed on every page of it."""
    book = package.tree(package.book)
    space, quoted = space_of(book), name.replace("'", "''")
    names = book.find(f"{space}definedNames")
    if names is None:
        names = book.makeelement(f"{space}definedNames", {})
        before = next(each for each in reversed(book) if str(each.tag).removeprefix(space) in _BEFORE_NAMES)
        before.addnext(names)
    at = list(sheets(package)).index(name)
    title = names.makeelement(f"{space}definedName", {"name": "_xlnm.Print_Titles", "localSheetId": str(at)})
    title.text = f"'{quoted}'!$1:${count}"
    names.append(title)
    package.put(package.book, book)


def remove(package: Package, name: str) -> None:
    """Take a sheet out with the parts that are its own."""
    part = sheets(package)[name]
    book = package.tree(package.book)
    listed = _sheets(book)
    at = next(n for n, each in enumerate(listed) if each.get("name") == name)
    listed.remove(listed[at])
    space = space_of(book)
    names = book.find(f"{space}definedNames")
    for each in [] if names is None else list(names):
        if each.get("localSheetId") == str(at):
            names.remove(each)
    if names is not None and not len(names):
        book.remove(names)
    _shift(book, at, -1)
    package.put(package.book, book)
    for each in package.relations(part):
        if each.kind in _OF_ITS_OWN:
            package.remove(each.target)
    package.unrelate(package.book, part)
    package.remove(part)


def _shift(book: Any, at: int, by: int) -> None:
    """Move what counts sheets by their place, where a sheet was put in or taken out at one."""
    space = space_of(book)
    for each in book.iter(f"{space}definedName"):
        local = each.get("localSheetId")
        if local is not None and int(local) >= at:
            each.set("localSheetId", str(int(local) + by))
    for view in book.iter(f"{space}workbookView"):
        for key in ("activeTab", "firstSheet"):
            place = int(view.get(key, "0"))
            if key == "firstSheet" and by > 0:
                continue  # the new first sheet is to be seen, as far as the tabs were scrolled
            moved = place + by if place >= at and (by > 0 or place > at) else place
            if key in view.attrib or moved:
                view.set(key, str(moved))
