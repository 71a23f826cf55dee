"""Packages (zip archives) that are damaged, lying or far too much, made out of a good workbook."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from tests.filings import filing, write
from toolkit.form.edition import named

SHEET, STRINGS, BOOK = "xl/worksheets/sheet3.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
Change = Callable[[bytes], bytes]


@cache
def good() -> bytes:
    """A filled workbook that keeps every rule."""
    made = filing("2021")
    return write(named(made.edition), made)


@cache
def parts() -> Mapping[str, bytes]:
    """The parts of the good workbook."""
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of some members; names may come twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = method
            archive.writestr(entry, content)
    return buffer.getvalue()


def changed(name: str, change: Change) -> bytes:
    """The good workbook with one part changed."""
    made = {**parts(), name: change(parts().get(name, b""))}
    return packed(made.items())


def added(*more: tuple[str, bytes]) -> bytes:
    """The good workbook with more parts."""
    return packed([*parts().items(), *more])


def without(name: str) -> bytes:
    """The good workbook without a part."""
    return packed([(each, content) for each, content in parts().items() if each != name])


def renamed(old: str, new: str) -> bytes:
    """The good workbook with a part called otherwise, wherever it is named."""
    short = (old.removeprefix("xl/").encode(), new.removeprefix("xl/").encode())
    return packed(
        (new if each == old else each, content.replace(*short) if each.endswith((".rels", "Types].xml")) else content)
        for each, content in parts().items()
    )


def row(cells: str, number: int = 900) -> Change:
    """A row more at the end of a sheet."""
    said = f'<row r="{number}">{cells}</row></sheetData>'.encode()
    return lambda xml: xml.replace(b"</sheetData>", said)


def after_data(said: str) -> Change:
    """Something behind the cells of a sheet."""
    return lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + said.encode(), 1)


def dimensioned(to: str, change: Change) -> Change:
    """A sheet that says of itself how far it reaches."""
    return lambda xml: change(re.sub(rb'<dimension ref="[^"]*"/>', f'<dimension ref="{to}"/>'.encode(), xml))


def in_first_number(value: str, more: str = "") -> Change:
    """Another value in the first cell of a sheet that holds a number."""
    said = value.encode()
    return lambda xml: re.sub(
        rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)>(<v>)[0-9.]+', rb"\1" + more.encode() + rb">\g<2>" + said, xml, count=1
    )


def headers(content: bytes, name: str, change: Callable[[bytearray, int, int], None]) -> bytes:
    """An archive with the headers of a member changed: `change(bytes, local header, entry of the directory)`."""
    made = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        local = archive.getinfo(name).header_offset
    at = struct.unpack_from("<I", content, content.rfind(b"PK\x05\x06") + 16)[0]
    while made[at + 46 : at + 46 + len(name)] != name.encode():
        at += 46 + sum(struct.unpack_from("<3H", made, at + 28))
    change(made, local, at)
    return bytes(made)


def lying_size(content: bytes, name: str, size: int) -> bytes:
    """An archive that says a member unpacks to so many bytes."""

    def lie(made: bytearray, local: int, at: int) -> None:
        struct.pack_into("<I", made, local + 22, size)
        struct.pack_into("<I", made, at + 24, size)

    return headers(content, name, lie)


def wrong_check(content: bytes, name: str) -> bytes:
    """An archive with another check sum for a member."""

    def lie(made: bytearray, local: int, at: int) -> None:
        struct.pack_into("<I", made, local + 14, 1)
        struct.pack_into("<I", made, at + 16, 1)

    return headers(content, name, lie)


def encrypted(content: bytes, name: str) -> bytes:
    """An archive that says a member is encrypted."""

    def lie(made: bytearray, local: int, at: int) -> None:
        made[local + 6] |= 1
        made[at + 8] |= 1

    return headers(content, name, lie)


def odd_method(content: bytes, name: str) -> bytes:
    """An archive that says a member is packed in a way nobody uses."""

    def lie(made: bytearray, local: int, at: int) -> None:
        struct.pack_into("<H", made, local + 8, 98)
        struct.pack_into("<H", made, at + 10, 98)

    return headers(content, name, lie)


def another_figure(content: bytes, name: str) -> bytes:
    """A member with one digit of a figure changed and the check sum left as it was: damaged on the way."""
    plain = parts()[name]
    place = re.search(rb"<v>([1-9])", plain)
    assert place is not None
    other = bytearray(plain)
    other[place.start(1)] ^= 1
    made = packed([(each, bytes(other) if each == name else said) for each, said in parts().items()])

    def lie(held: bytearray, local: int, at: int) -> None:
        struct.pack_into("<I", held, local + 14, zlib.crc32(plain))
        struct.pack_into("<I", held, at + 16, zlib.crc32(plain))

    return headers(made, name, lie)


def sheet_of_ods(rows: str) -> bytes:
    """An .ods of one sheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="表一">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind.decode()}"/></manifest:manifest>'
    )
    return packed([("mimetype", kind), ("content.xml", xml.encode()), ("META-INF/manifest.xml", manifest.encode())])


def document(body: str) -> bytes:
    """A Word document with a body."""
    xml = (
        '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return packed([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.encode())])


def pdf(*objects: bytes) -> bytes:
    """A PDF of some objects, the first one its catalogue."""
    made = b"%PDF-1.4\n"
    places = []
    for n, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % n + each + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
