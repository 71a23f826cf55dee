"""A command line run in a divided process says and does what the command does when it is started anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sessions import run, started

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be divided here")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [["new", "2023"], ["check", "none.xlsx"], ["--help"], ["merge", "--helf"], ["check", "--help"], ["editions"]],
)
def test_it_is_the_same_as_a_program_started_anew(words: list[str], language: str, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    divided = run(" ".join(["xls", *words]), folders[0], language=language)
    environment = {**os.environ, "XLS_LANG": language, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    anew = started(words, folders[1], environment)
    assert (divided.returncode, divided.stdout, divided.stderr) == (anew.returncode, anew.stdout, anew.stderr)
    written = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    assert written[0] == written[1]
