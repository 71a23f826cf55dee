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


@pytest.mark.parametrize("language", READMES)
def test_every_example_shows_what_the_command_says(language: str, tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    for command, shown in examples((ROOT / READMES[language]).read_text(encoding="utf-8")):
        done = run(command, tmp_path, language=language)
        said = done.stderr + done.stdout
        said += "" if not said or said.endswith("\n") else "\n"
        assert re.fullmatch(_pattern(shown), said), f"{command}\n{said}"


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
