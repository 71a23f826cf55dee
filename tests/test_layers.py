"""Imports go down the list of rooms, and what belongs to one room stands in that one only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import ROOT

SOURCE = ROOT / "toolkit"

FLOORS = (
    "cli", "render", "county", "workbook", "rules", "years", "publish", "intake", "model", "form", "ground",
)  # fmt: skip
"""The rooms from the top. A room imports from those after it, never from those before; the public door may from all."""

KNOWN_IN = {"xlsxwriter": "workbook.write", "typer": "cli", "click": "cli", "python_calamine": "intake.sources",
            "openpyxl": "intake"}  # fmt: skip
"""Libraries that only one room knows."""

MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imported(path: Path) -> tuple[str, ...]:
    """The full name of every module imported, wherever in the file; of `from a import b` it is `a.b`."""
    return tuple(_names(path))


def _names(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: an import names its room in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _of_ours(path: Path) -> set[str]:
    """The modules of ours that a file imports from."""
    found = {name.removeprefix("toolkit.") for name in _imported(path) if name.startswith("toolkit.")}
    return {name if name in MODULES else name.rpartition(".")[0] for name in found} - {""}


def test_the_rooms_are_those_of_the_list() -> None:
    entries = {path.name for path in SOURCE.iterdir() if path.name != "__pycache__"}
    assert {name for name in entries if "." not in name} == set(FLOORS)
    assert len(entries) <= 14


@pytest.mark.parametrize("module", [name for name in MODULES if name.partition(".")[0] in FLOORS])
def test_a_room_imports_from_below(module: str) -> None:
    room = module.partition(".")[0]
    for other in _of_ours(MODULES[module]):
        assert FLOORS.index(room) <= FLOORS.index(other.partition(".")[0]), f"{module} must not import {other}"


def test_no_imports_go_in_a_circle() -> None:
    """Also within a room; imports inside functions count, since what they load is the same."""
    edges = {name: _of_ours(path) - {name} for name, path in MODULES.items()}
    left = dict(edges)
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}


@pytest.mark.parametrize(("library", "room"), KNOWN_IN.items())
def test_a_library_is_known_in_one_room_only(library: str, room: str) -> None:
    knowing = {
        module
        for module, path in MODULES.items()
        for name in _imported(path)
        if name.partition(".")[0] == library
    }  # fmt: skip
    assert all(module == room or module.startswith(f"{room}.") for module in knowing), knowing


@pytest.mark.parametrize("module", [name for name in MODULES if name.partition(".")[0] != "cli"])
def test_nothing_is_printed_below_the_command(module: str) -> None:
    for node in ast.walk(_tree(MODULES[module])):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        assert called != "print", f"{module}:{node.lineno} prints"  # type: ignore[attr-defined]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            said = f"{node.value.id}.{node.attr}"
            assert said not in ("sys.stdout", "sys.stderr", "sys.exit"), f"{module}:{node.lineno} uses {said}"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_one_room_and_says_which(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    said = ast.get_docstring(_tree(MODULES[module]))
    assert said, f"{module} does not say what it is"
    assert text.count("\n") <= 300, f"{module} has {text.count(chr(10))} lines: two rooms?"
