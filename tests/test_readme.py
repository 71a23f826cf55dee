"""What the two READMEs show is what the command says: every example is run, in order, beside the samples."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests import ROOT
from tests.cli.test_cli import COMMANDS
from tests.sessions import run
from toolkit.ground.files import SAMPLES

READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
GAP = "…"
"""A line that stands for lines left out."""


def examples(readme: str) -> list[tuple[str, list[str]]]:
    """(command, lines shown) of every console block."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", readme, re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return [(command, shown) for command, shown in found if command.startswith("xls ")]


def _pattern(shown: list[str]) -> str:
    return "".join("(?:.*\n)*?" if line == GAP else re.escape(line.rstrip()) + "[ ]*\n" for line in shown)


@pytest.mark.exhaustive
@pytest.mark.parametrize("language", READMES)
def test_every_example_shows_what_the_command_says(language: str, tmp_path: Path, regenerate: bool) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    path = ROOT / READMES[language]
    readme = path.read_text(encoding="utf-8")
    for command, shown in examples(readme):
        done = run(command, tmp_path, language=language)
        said = done.stderr + done.stdout
        said += "" if not said or said.endswith("\n") else "\n"
        if regenerate and not re.fullmatch(_pattern(shown), said):
            old, new = (["$ " + command, *lines] for lines in (shown, _shortened(said.splitlines(), shown)))
            readme = readme.replace("\n".join(old) + "\n", "\n".join(new) + "\n")
            path.write_text(readme, encoding="utf-8")
        else:
            assert re.fullmatch(_pattern(shown), said), f"{command}\n{said}"


def _shortened(said: list[str], like: list[str]) -> list[str]:
    """What a command says, left out where the old example left something out."""
    said = [line.rstrip() for line in said]
    if GAP not in like:
        return said
    first, last = like.index(GAP), len(like) - 1 - like[::-1].index(GAP)
    behind = len(like) - 1 - last
    if len(said) <= first + behind:
        return said
    return [*said[:first], GAP, *said[len(said) - behind :]]


@pytest.mark.parametrize("language", READMES)
def test_every_command_has_an_example(language: str) -> None:
    shown = [command for command, _ in examples((ROOT / READMES[language]).read_text(encoding="utf-8"))]
    assert {command.split()[1] for command in shown} >= set(COMMANDS)


@pytest.mark.parametrize("language", READMES)
def test_the_two_commands_are_there(language: str) -> None:
    readme = (ROOT / READMES[language]).read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
