"""Where the page keeps what it was given and what it gives back: a few folders in memory."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

WORK = Path("/work")
COUNTY, LAST, ROSTER, ONE, OUT = "county", "last", "roster", "one", "out"


def at(*parts: str) -> Path:
    """A place in memory."""
    return WORK.joinpath(*parts)


def emptied(*names: str) -> None:
    """Empty folders, making those that are not there."""
    WORK.mkdir(parents=True, exist_ok=True)
    os.chdir(WORK)  # a browser's file system does not take away the folder one is in
    for name in names:
        shutil.rmtree(at(name), ignore_errors=True)
        at(name).mkdir(parents=True)


def files(*parts: str) -> tuple[Path, ...]:
    """Every file under a place, by name."""
    return tuple(sorted(each for each in at(*parts).rglob("*") if each.is_file()))


def given_back(name: str, content: bytes, kind: str) -> dict[str, str]:
    """A file for the user to take: its name, where it lies, what it is."""
    emptied(OUT)
    path = at(OUT, "file")
    path.write_bytes(content)
    return {"name": name, "path": str(path), "kind": kind}


def zipped(made: Iterable[tuple[str, bytes]]) -> bytes:
    """Named files in an archive that is the same each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in made:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
