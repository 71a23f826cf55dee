"""Make docs/pictures anew: sheets as LibreOffice prints them, screens as Rich draws them, all of samples/county.

Run by `make pictures`; needs LibreOffice and poppler (pdftoppm). Fonts differ by machine, and so do the pictures a
little: look at them before they are committed.
"""

from __future__ import annotations

import dataclasses
import html
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts.county_sample import UNITS, YEAR, filing
from toolkit.form.edition import edition
from toolkit.model import figures
from toolkit.model.filing import Entry
from toolkit.workbook.write import write

RECEIVED = "requests/received/person"
ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
COUNTY = ROOT / "samples" / "county"
MOST, MOST_IN_ALL = 150_000, 1_500_000
"""Bytes of a picture, and of all of them."""

_WIDTH, _MARGIN, _COLOURS, _COLUMNS = 1100, 14, 48, 80


class Sheet(NamedTuple):
    """A page of a document: of a workbook the first page of a sheet, named in its foot; of another the first page.

    `high` is how much of it is shown, in pixels of the picture.
    """

    file: str
    sheet: str = ""
    high: int = 620


SHEETS = {
    "cover": Sheet("blanks/云岭县南浦街道办事处-2024.xlsx", "封面", 980),
    "table": Sheet("town.xlsx", "表三", 900),
    "selfcheck": Sheet("town.xlsx", "自查"),
    "list": Sheet("marked/town.xlsx", "问题清单", 420),
    "county-cover": Sheet("county.xlsx", "封面", 1130),
    "ledger": Sheet("county.xlsx", "台账", 760),
    "key": Sheet("county.xlsx", "主要指标"),
    "charts": Sheet("county.xlsx", "图表", 1000),
    "letter": Sheet("letters/云岭县卫生健康局-退回.docx", "", 1200),
    "report": Sheet("report.docx", "", 1200),
}
SCREENS = {
    "year": "xls",
    "check": "xls check town.xlsx --prior last-year-town.json",
    "check-many": "xls check inbox --roster roster.csv",
    "merge": "xls merge inbox --roster roster.csv --unit 云岭县人民政府 -o county.xlsx --force",
    "diff": "xls diff last-year.json county.xlsx",
}
_MOST_LINES = 36
"""Lines of a screen that a picture shows."""

_BEFORE = (
    "xls check town.xlsx --prior last-year-town.json --mark marked --from 云岭县人民政府办公室 --deadline 2025-01-20",
    "xls new 2024 --roster roster.csv -o blanks",
    "xls check inbox --roster roster.csv --mark returned --from 云岭县人民政府办公室 --deadline 2025-01-20",
    "xls merge inbox --roster roster.csv --unit 云岭县人民政府 -o county.xlsx --letters letters "
    "--from 云岭县人民政府办公室 --deadline 2025-01-20",
    "xls report county.xlsx -o report.docx --draft",
)


def names() -> set[str]:
    """The files there are: a picture of every sheet, one of every screen in each language."""
    return {f"{name}.png" for name in SHEETS} | {f"{name}.{lang}.svg" for name in SCREENS for lang in ("zh", "en")}


def main() -> None:
    """Draw all of them."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(shutil.copytree(COUNTY, Path(scratch) / "practice"))
        (work / "town.xlsx").write_bytes(_town())
        for command in _BEFORE:
            _said(command, work, "zh")
        for name, command in SCREENS.items():
            for language in ("zh", "en"):
                (FOLDER / f"{name}.{language}.svg").write_text(_screen(command, work, language), encoding="utf-8")
        for name, sheet in SHEETS.items():
            _picture(_page(work / sheet.file, sheet.sheet, Path(scratch)), sheet.high).save(
                FOLDER / f"{name}.png", optimize=True
            )
    made = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    print("\n".join(f"{size:>8,} {name}" for name, size in sorted(made.items())))
    assert set(made) == names()
    assert max(made.values()) <= MOST
    assert sum(made.values()) <= MOST_IN_ALL


def _town() -> bytes:
    """A street office's workbook in which two digits of one figure were typed the wrong way round."""
    right = filing(UNITS[4], 4)
    stated = edition(YEAR)
    values = {ref: right.entries[ref] for ref in stated.entries}
    typed = str(values[RECEIVED].value)[::-1]
    entries = figures.filled(stated, {**values, RECEIVED: Entry(int(typed))})
    return write(stated, dataclasses.replace(right, entries={ref: entries[ref] for ref in stated.figures}))


def _said(command: str, folder: Path, language: str) -> str:
    """What a command puts on a terminal of 80 columns, with its colours."""
    environment = {**os.environ, "XLS_LANG": language, "COLUMNS": str(_COLUMNS), "FORCE_COLOR": "1",
                   "PYTHONUTF8": "1"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", "from toolkit.cli import main; main()", *shlex.split(command)[1:]],
        cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode < 4, done.stderr
    return done.stdout


def _screen(command: str, folder: Path, language: str) -> str:
    """The screen after a command, as SVG without a font from elsewhere."""
    said = _said(command, folder, language).rstrip("\n").split("\n")
    console = Console(file=io.StringIO(), record=True, width=_COLUMNS, highlight=False, markup=False)
    console.print(Text(f"$ {command}", "bold"), soft_wrap=False)
    for line in [*said[:_MOST_LINES], *["…"] * (len(said) > _MOST_LINES)]:
        console.print(Text.from_ansi(line), soft_wrap=True)
    drawn = console.export_svg(title="xls", theme=DEFAULT_TERMINAL_THEME, unique_id="xls")
    return _SAID.sub(_spaced, re.sub(r"@font-face\s*\{.*?\}\s*", "", drawn, flags=re.DOTALL))


_SAID = re.compile(r'(<text class="xls-r\d+" x=")([\d.]+)(" y="[\d.]+" textLength=")[\d.]+(" [^>]*>)([^<]*)(</text>)')
_CELL = 12.2
"""What Rich makes of the width of a cell at its size of letters."""


def _spaced(said: re.Match[str]) -> str:
    """A piece of text as runs of wide and of narrow signs, each at its place: Rich gives a Chinese sign one cell."""
    left, made = float(said[2]), ""
    for _, signs in groupby(html.unescape(said[5]), cell_len):
        run = "".join(signs)
        wide = cell_len(run) * _CELL
        shown = html.escape(run).replace("\xa0", "&#160;").replace(" ", "&#160;")
        made += f"{said[1]}{left:.1f}{said[3]}{wide:.1f}{said[4]}{shown}{said[6]}"
        left += wide
    return made


def _page(document: Path, sheet: str, scratch: Path) -> Image.Image:
    """The first page of a sheet."""
    out = scratch / "out"
    profile = f"-env:UserInstallation=file://{scratch / 'profile'}"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", out, document],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    printed = out / f"{document.stem}.pdf"
    said = subprocess.run(["pdftotext", "-layout", printed, "-"], check=True, capture_output=True, encoding="utf-8")
    feet = [page.rstrip().rpartition("\n")[2].split() for page in said.stdout.split("\f")]
    number = next((n for n, foot in enumerate(feet, start=1) if foot[:1] == [sheet]), 1)
    made = subprocess.run(["pdftoppm", "-r", "150", "-f", str(number), "-l", str(number), "-png", printed],
                          check=True, capture_output=True)  # fmt: skip
    return Image.open(io.BytesIO(made.stdout)).convert("RGB")


def _picture(page: Image.Image, high: int) -> Image.Image:
    """What is on a page, without its margins, in few colours."""
    cut = _trimmed(page)
    scale = min(1.0, _WIDTH / cut.width)
    small = cut.resize((round(cut.width * scale), round(cut.height * scale)), Image.Resampling.LANCZOS)
    return _trimmed(small.crop((0, 0, small.width, min(high, small.height)))).quantize(_COLOURS)


def _trimmed(picture: Image.Image) -> Image.Image:
    """A picture with a narrow margin around what is on it."""
    bounds = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox() or (0, 0, *picture.size)
    left, top, right, bottom = bounds
    framed = Image.new("RGB", (right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN), "white")
    framed.paste(picture.crop(bounds), (_MARGIN, _MARGIN))
    return framed


if __name__ == "__main__":
    main()
