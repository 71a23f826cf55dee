"""Many filings in a folder at the cost of writing a few: copies of one with the unit's own words put in."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

from tests.filings import TEXTS, filing, typed
from toolkit.form.edition import named
from toolkit.model.filing import Unit
from toolkit.workbook.write import write

WRONG = 40
"""Every unit whose number it divides has a total that is typed wrong, so that a letter goes out."""


@cache
def _written(wrong: bool) -> bytes:
    unit = Unit("某某镇人民政府", "CODE00000", "township")
    texts = {section: f"{said}另有其他工作7654321项。" for section, said in TEXTS.items()}
    made = filing("2021", {"services/licences/decisions": 7654321}, unit=unit, texts=texts)
    if wrong:
        made = typed(made, {"requests/received/total": 9999})
    return write(named(made.edition), made)


def workbook(number: int) -> bytes:
    """The workbook of the unit of a number; every fortieth has an error."""
    words = (("某某镇".encode(), f"第{number}镇".encode()), (b"CODE00000", b"CODE%05d" % number),
             (b"7654321", b"%d" % (1000 + number)))  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_written(number % WRONG == 0))) as given, zipfile.ZipFile(made, "w") as packed:
        for entry in given.infolist():
            content = given.read(entry)
            for old, new in words:
                content = content.replace(old, new)
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED, 1)
    return made.getvalue()


def put(folder: Path, count: int) -> None:
    """The workbooks of so many units in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:05}.xlsx").write_bytes(workbook(number))
