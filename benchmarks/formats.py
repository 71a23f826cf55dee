"""Made filings in the formats that come in: most are workbooks, one in fifty each JSON, a page, a sheet of LibreOffice,
one in a thousand an old Excel's; where LibreOffice is missing these are workbooks, too. Several processes make them;
what is there already is not made again.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks import made
from toolkit.form.edition import named
from toolkit.publish import publish
from toolkit.render.data import documents

_FIRST = 600_000_001
_FIGURE = re.compile(r'office:value="(6000\d{5})"([^>]*)><text:p>6000\d{5}</text:p>')
_SIGN = re.compile("\ue0f1(.*?)\ue0f2")
_BATCH = 250


def folder(path: Path, count: int, processes: int) -> made.Made:
    """So many filings in a folder, and what is known of them."""
    path.mkdir(parents=True, exist_ok=True)
    office = shutil.which("soffice") is not None
    wanted = {f"{number:06}{_ending(number, office)}": number for number in range(count)}
    there = {each.name for each in path.iterdir()}
    for name in there - wanted.keys():
        (path / name).unlink()
    missing = [(path / name, number) for name, number in wanted.items() if name not in there]
    _by_office([each for each in missing if each[0].suffix == ".xls"])
    rest = [each for each in missing if each[0].suffix != ".xls"]
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        list(pool.map(_written, [rest[at : at + _BATCH] for at in range(0, len(rest), _BATCH)]))
    return made.Made(made.totals(range(count)), count)


def _ending(number: int, office: bool) -> str:
    at = number % 50
    if office and at in {46, 47}:
        return ".ods" if at == 47 else ".xls" if number % 1000 == 46 else ".xlsx"
    return {48: ".html", 49: ".json"}.get(at, ".xlsx")


def _written(wanted: list[tuple[Path, int]]) -> None:
    for path, number in wanted:
        beside = path.with_suffix(f"{path.suffix}.part")
        beside.write_bytes(_content(path.suffix, number))
        beside.rename(path)  # one that was cut off is made again


def _content(ending: str, number: int) -> bytes:
    if ending == ".json":
        return documents.line(documents.filing(made.filing(number), named(made.EDITION))).encode()
    if ending == ".html":
        return publish(named(made.EDITION), made.filing(number), ending)
    return _sheet(number) if ending == ".ods" else made.workbook(number)


def _sheet(number: int) -> bytes:
    """The filled-in workbook of a unit as LibreOffice would save it: one that it saved, with the unit's own put in."""
    whole = made.filing(number)
    figures = [each.value for each in whole.entries.values()]
    words = {"name": whole.unit.name, "code": whole.unit.code or "", **whole.texts}

    def figure(found: re.Match[str]) -> str:
        at = int(found[1]) - _FIRST
        value = figures[at] if at < len(figures) else 0
        return f'office:value="{value}"{found[2]}><text:p>{value}</text:p>'

    def word(found: re.Match[str]) -> str:
        return "</text:p><text:p>".join(map(escape, words[found[1]].split("\n")))

    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, said in _saved():
            own = _SIGN.sub(word, _FIGURE.sub(figure, said.decode())).encode() if name == "content.xml" else said
            book.writestr(zipfile.ZipInfo(name), own, zipfile.ZIP_DEFLATED if name != "mimetype" else None)
    return packed.getvalue()


@cache
def _saved() -> tuple[tuple[str, bytes], ...]:
    """The parts of the workbook with signs in place of figures and texts, saved by LibreOffice."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "signs.xlsx")
        source.write_bytes(made.signs())
        _convert([source], "ods:calc8", Path(scratch))
        with zipfile.ZipFile(Path(scratch, "signs.ods")) as book:
            return tuple((each.filename, book.read(each)) for each in book.infolist())


def _by_office(wanted: list[tuple[Path, int]]) -> None:
    """Have LibreOffice save workbooks as an old Excel does."""
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as scratch:
        sources = []
        for path, number in wanted:
            sources.append(Path(scratch, f"{path.stem}.xlsx"))
            sources[-1].write_bytes(made.workbook(number))
        _convert(sources, "xls:MS Excel 97", Path(scratch))
        for path, _ in wanted:
            shutil.move(Path(scratch, path.name), path)


def _convert(sources: list[Path], kind: str, to: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        words = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
        subprocess.run([*words, "--outdir", to, *sources], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)  # fmt: skip
