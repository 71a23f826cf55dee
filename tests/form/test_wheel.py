"""The package as it is installed: its own editions inside it, a user's beside it, nothing of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.forms import variant

ROOT = Path(__file__).parents[2]


def test_a_variant_beside_the_installed_package_makes_the_round_trip(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
        carried = {name.rpartition("/")[2] for name in packed.namelist() if name.startswith("toolkit/templates/xlsx/")}
    assert carried == {"2019.toml", "2021.toml", "workbook.toml", "parsed.json"}
    variant(tmp_path / "forms")
    start = "import toolkit, sys; sys.stderr.write(toolkit.__file__); from toolkit.cli import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "XLS_LANG": "en", "XLS_FORMS": "forms"}

    def done(*words: str, status: int = 0) -> str:
        command = [sys.executable, "-c", start, *words]
        ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
        assert ran.returncode == status, (words, ran.stdout, ran.stderr)
        assert str(tmp_path / "site") in ran.stderr
        return ran.stdout

    assert "variant of" in done("editions")
    done("new", "2024", "--form", "hubei", "--unit", "甲厅", "--level", "province", "-o", "a.xlsx")
    done("fill-blanks", "a.xlsx", "--zero", "--yes")
    assert "其他主动公开文件" in done("show", "a.xlsx")
    assert '"edition": "hubei"' in done("check", "a.xlsx", "--format", "json")
    done("demo", "shown", "--form", "hubei")
    _is_typed_for_others(tmp_path, tmp_path / "site")


SCRIPT = """
import toolkit


def totals(paths: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for path in paths:
        reading: toolkit.Reading = toolkit.read(path)
        checked = toolkit.check(reading)
        found[reading.filing.unit.name] = sum(finding.level == "error" for finding in checked.findings)
    merged = toolkit.merge([toolkit.read(path) for path in paths], toolkit.Unit("某县"))
    rows: list[toolkit.Row] = toolkit.to_rows([] if merged.filing is None else [merged.filing])
    with toolkit.language("en"):
        print(len(rows), toolkit.__version__)
    return found
"""


def _is_typed_for_others(folder: Path, installed: Path) -> None:
    """A user's script is checked strictly against the installed package."""
    (folder / "script.py").write_text(SCRIPT, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--config-file=", "script.py"],
        cwd=folder, capture_output=True,
        encoding="utf-8", check=False, env={**os.environ, "MYPYPATH": str(installed)},
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout
