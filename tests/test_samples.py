"""Every sample is a folder that a test runs as it stands; `pytest --regenerate` writes its transcript anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.sessions import commands, transcribed
from toolkit.ground.files import SAMPLES

SESSIONS = sorted(SAMPLES.glob("*/session.txt"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.parent.name)
def test_a_sample_does_what_its_transcript_says(session: Path, tmp_path: Path, regenerate: bool) -> None:
    folder = tmp_path / session.parent.name
    shutil.copytree(session.parent, folder)
    expected = session.read_text(encoding="utf-8")
    said = transcribed(expected, folder)
    if regenerate:
        session.write_text(said, encoding="utf-8")
    assert commands(expected)
    assert said == session.read_text(encoding="utf-8")


def test_every_sample_has_a_transcript() -> None:
    assert {path.parent for path in SESSIONS} == {path for path in SAMPLES.iterdir() if path.is_dir()}
