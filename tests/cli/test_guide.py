"""`xls` alone is a page of the year, `xls guide` tells a story; both in 80 columns, in one language at a time."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.conftest import Golden
from tests.sessions import run
from toolkit.cli import main
from toolkit.cli.registered import COMMANDS
from toolkit.ground.language import speaking
from toolkit.render.screen.stories import STORIES, story
from toolkit.render.screen.year import YEAR, year

NAMES = frozenset(each.name for each in COMMANDS)


def _shown(drawn: object, width: int) -> list[str]:
    console = Console(width=width, color_system=None)
    with console.capture() as caught:
        console.print(drawn)
    return [line.rstrip() for line in caught.get().splitlines()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_has_a_line_for_each_time_of_the_year(language: str) -> None:
    with speaking(language):
        said = _shown(year(80), 80)
        for n, each in enumerate(YEAR, start=1):
            (line,) = [line for line in said if line.startswith(f" {n} {each.name}")]
            assert line.endswith(str(each.comes))
            assert str(each.command or "") in line
    assert max(map(cell_len, said)) <= 80
    assert len(said) <= 15


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_nothing_is_wider_than_the_screen(width: int, language: str) -> None:
    with speaking(language):
        for drawn in (year(width), *(story(name, width) for name in STORIES)):
            assert max(map(cell_len, _shown(drawn, width))) <= width


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_page_and_the_stories_are_as_they_were_looked_at(language: str, width: int, golden: Golden) -> None:
    with speaking(language):
        for name, drawn in (("year", year(width)), *((f"guide-{each}", story(each, width)) for each in STORIES)):
            golden(f"{name}-{language}-{width}", "\n".join(_shown(drawn, width)) + "\n")


def test_the_page_is_what_the_command_alone_shows(tmp_path: Path) -> None:
    for language, first in (("zh", "政府信息公开工作年度报告：做到哪一步了？\n"), ("en", "The yearly report")):
        alone = run("xls", tmp_path, language=language)
        assert (alone.returncode, alone.stderr) == (0, "")
        assert alone.stdout.startswith(first)
        assert run(f"xls --lang {language}", tmp_path).stdout == alone.stdout
    assert not re.search("[a-z]{3,} [a-z]{3,} [a-z]{3,} [a-z]", run("xls", tmp_path).stdout)


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_story_has_its_steps_and_commands_that_are_there(name: str, language: str, tmp_path: Path) -> None:
    said = run(f"xls guide {name}", tmp_path, language=language, columns=300).stdout
    with speaking(language):
        for n, step in enumerate(STORIES[name], start=1):
            assert f"{n:2}  {step.what}\n    {step.how}\n" in said
            for command in map(str, step.commands):
                assert f"    $  {command}\n" in said
                assert command.split()[0] == "xls"
                assert command.split()[1] in NAMES


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_options_of_a_story_are_options_of_the_command(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {str(command) for steps in STORIES.values() for step in steps for command in step.commands}
    shown = told | {str(each.command) for each in YEAR if each.command}
    for command in sorted(shown):
        with pytest.raises(SystemExit):
            main(["--lang", language, command.split()[1], "--help"])
        known = capsys.readouterr().out
        for option in (word for word in shlex.split(command) if word.startswith("-")):
            assert option in known, command


def test_a_county_needs_few_commands() -> None:
    assert len(STORIES["county"]) == 12
    assert sum(len(step.commands) for step in STORIES["county"]) <= 25


def test_another_story_is_refused_with_those_there_are(tmp_path: Path) -> None:
    done = run("xls guide province", tmp_path, language="en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "it takes township, county" in done.stderr
