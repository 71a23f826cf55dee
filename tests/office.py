"""A real LibreOffice as a second reader and calculator. Where it is missing the tests that need it fail, not skip."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8", "xls": "xls:MS Excel 97"}


def resaved(source: Path, ending: str, folder: Path) -> Path:
    """A workbook opened by LibreOffice and saved in another format, all formulas calculated anew."""
    return resaved_all([source], ending, folder)[0]


def resaved_all(sources: list[Path], ending: str, folder: Path) -> list[Path]:
    """Workbooks opened by one LibreOffice and saved in another format."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: apt-get install libreoffice-calc, or run `make test`, which does"
    profile = folder / "profile"
    _always_recalculate(profile)
    command = [
        program,
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        FORMATS.get(ending, ending),
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, sources)], check=True, capture_output=True, timeout=240
    )
    return [folder / f"{source.stem}.{ending}" for source in sources]


def _always_recalculate(profile: Path) -> None:
    """LibreOffice keeps stored values when it loads a workbook unless its profile says otherwise."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    always = 'oor:op="fuse"><value>0</value></prop></item>'
    keys = "".join(
        f'<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="{name}" {always}'
        for name in ("OOXMLRecalcMode", "ODFRecalcMode")
    )
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{keys}</oor:items>",
        encoding="utf-8",
    )
