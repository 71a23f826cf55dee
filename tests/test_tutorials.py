"""The tutorials: their commands run as they stand on the samples, tell the story of `xls guide`, and have pictures."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts.pictures import FOLDER, MOST, MOST_IN_ALL, names
from tests import ROOT
from tests.sessions import run
from tests.test_readme import _pattern, examples
from toolkit.ground.files import SAMPLES
from toolkit.ground.language import speaking
from toolkit.render.screen.stories import STORIES

TUTORIALS = [(story, language) for story in STORIES for language in ("zh", "en")]
FILES = {"zh": "zh-CN.md", "en": "en.md"}


def _path(story: str, language: str) -> Path:
    return ROOT / "docs" / f"tutorial-{story}.{FILES[language]}"


def _read(story: str, language: str) -> str:
    return _path(story, language).read_text(encoding="utf-8")


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """The copy of the sample that a tutorial begins with."""
    return Path(shutil.copytree(SAMPLES / "county", tmp_path / "practice"))


@pytest.mark.exhaustive
@pytest.mark.parametrize(("story", "language"), TUTORIALS)
def test_its_commands_do_what_it_shows(story: str, language: str, practice: Path) -> None:
    for command, shown in examples(_read(story, language)):
        done = run(command, practice, language=language)
        said = done.stderr + done.stdout
        said += "" if not said or said.endswith("\n") else "\n"
        assert done.returncode < 4
        assert re.fullmatch(_pattern(shown), said), f"{command}\n{said}"


@pytest.mark.parametrize(("story", "language"), TUTORIALS)
def test_it_is_the_story_that_the_guide_tells(story: str, language: str) -> None:
    said = _read(story, language)
    with speaking(language):
        heads = [f"{n}. {step.what}" for n, step in enumerate(STORIES[story], start=1)]
    assert re.findall(r"^## (.*)$", said, re.M) == heads


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_county_needs_ten_commands_and_moves_no_file(language: str) -> None:
    said = _read("county", language)
    told = [str(command.template) for step in STORIES["county"] for command in step.commands]
    shown = [command for command, _ in examples(said)]
    assert len(shown) == len(told) == 10
    assert all(command.startswith(wanted) for command, wanted in zip(shown, told, strict=True))
    others = [line for line in re.findall(r"^\$ (.*)$", said, re.M) if not line.startswith("xls ")]
    assert others == ['export PATH="$PWD/.venv/bin:$PATH"', "cp -r samples/county practice", "cd practice"]


def test_the_two_languages_have_the_same_commands_and_pictures() -> None:
    for story in STORIES:
        chinese, english = (_read(story, language) for language in ("zh", "en"))
        assert [each for each, _ in examples(chinese)] == [each for each, _ in examples(english)]
        assert _pictures(chinese) == [each.replace(".en.", ".zh.") for each in _pictures(english)]


def _pictures(said: str) -> list[str]:
    return re.findall(r"!\[[^\]]*\]\(([^)]+)\)", said)


def test_every_picture_is_there_and_small_and_none_is_left_over() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(sizes) == names()
    assert max(sizes.values()) <= MOST
    assert sum(sizes.values()) <= MOST_IN_ALL
    pages = [_path(*each) for each in TUTORIALS] + [ROOT / "README.md", ROOT / "README.zh-CN.md"]
    shown = {path.parent / each for path in pages for each in _pictures(path.read_text(encoding="utf-8"))}
    assert {path.resolve() for path in shown} == {(FOLDER / name).resolve() for name in sizes}


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_readme_leads_with_three_pictures(readme: str) -> None:
    said = (ROOT / readme).read_text(encoding="utf-8")
    assert len(_pictures(said.partition("\n## ")[0])) == 3
    for story in STORIES:
        assert _path(story, "zh" if "zh" in readme else "en").name in said


def test_a_picture_of_a_screen_asks_for_nothing_from_elsewhere() -> None:
    for path in FOLDER.glob("*.svg"):
        said = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://(?!www\.textualize)|url\((?!#)|<script|<image", said), path.name
