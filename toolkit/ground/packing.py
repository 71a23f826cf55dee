"""Packages (.xlsx, .docx) put together from parts that are compressed already. What the parts say is not known here."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from copy import copy
from typing import NamedTuple


class Stored(NamedTuple):
    """A part of a package: its entry, and its bytes as they are stored."""

    entry: zipfile.ZipInfo
    stored: bytes


def taken_apart(content: bytes) -> tuple[Stored, ...]:
    """The parts of a package that zipfile wrote, in their order."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for entry in package.infolist():
            start = entry.header_offset + 30 + len(entry.filename.encode())
            parts.append(Stored(entry, content[start : start + entry.compress_size]))
    return tuple(parts)


def unpacked(part: Stored) -> bytes:
    """The content of a part."""
    return zlib.decompress(part.stored, -15) if part.entry.compress_type == zipfile.ZIP_DEFLATED else part.stored


def saying(part: Stored, said: bytes) -> Stored:
    """A part with another content, compressed as zipfile does."""
    entry = copy(part.entry)
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    stored = deflate.compress(said) + deflate.flush()
    entry.CRC, entry.file_size, entry.compress_size = zlib.crc32(said), len(said), len(stored)
    return Stored(entry, stored)


def packed(parts: Iterable[Stored]) -> bytes:
    """A package of parts, which are copied as they are stored."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for part in parts:
            entry = copy(part.entry)
            entry.header_offset = made.tell()
            made.write(entry.FileHeader(zip64=False) + part.stored)
            package.filelist.append(entry)  # zipfile itself would compress what is compressed already
        package.start_dir = made.tell()
        package._didModify = True  # type: ignore[attr-defined]
    return made.getvalue()
