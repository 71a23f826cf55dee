"""Imports go down the list of rooms, and what belongs to one room stands in that one only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "toolkit"

FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"language"}),
    frozenset({"errors"}),
    frozenset({"wording"}),
    frozenset({"form"}),
    frozenset({"model"}),
    frozenset({"equation", "numbers", "files", "samples", "changes", "ledger", "engines"}),
    frozenset(
        {
            "keys",
            "schema",
            "tables",
            "phrases",
            "edition",
            "layout",
            "beside",
            "tally",
            "figures",
            "findings",
            "sentences",
            "explanations",
        }
    ),
    frozenset(
        {
            "write",
            "read",
            "doubtful",
            "locate",
            "sources",
            "check",
            "suspects",
            "diff",
            "roster",
            "package",
            "answers",
            "tallied",
            "identity",
        }
    ),
    frozenset(
        {
            "blanks",
            "chains",
            "comparing",
            "deliveries",
            "examples",
            "explain",
            "intake",
            "prior",
            "checking",
            "issue",
            "mark",
            "merge",
            "merging",
            "publish",
            "published",
            "letters",
            "upgrade",
        }
    ),
    frozenset({"marking", "render"}),
    frozenset({"cli"}),
)
"""The rooms from the lowest floor up. Those above `samples` that are not built yet have their place already."""

NEIGHBOURS: dict[tuple[str, str], str] = {
    ("schema", "keys"): "what it looks for in a file",
    ("tables", "keys"): "the numbers a named check takes",
    ("edition", "schema"): "the keys of the file",
    ("tables", "schema"): "a line that is wrong is the fault of a file, too",
    ("phrases", "schema"): "a phrase that is wrong is the fault of a file, too",
    ("edition", "phrases"): "its phrases are read by their own room",
    ("edition", "tables"): "a file is its tables and what stands around them",
    ("locate", "sources"): "what is looked through is a grid or lines of text",
    ("read", "sources"): "a workbook is a source, and its doubtful cells are looked up there",
    ("read", "locate"): "a workbook whose labels moved is read by them",
    ("read", "doubtful"): "the cells it doubts are looked up there",
    ("read", "answers"): "what the unit wrote on its list of findings is read with the figures",
    ("read", "identity"): "what the workbook says it is",
    ("identity", "sources"): "it says so on sheets and in properties",
    ("identity", "answers"): "a list of findings does not say whose filing it is",
    ("answers", "sources"): "a list of findings is a sheet of a workbook",
    ("doubtful", "sources"): "they are looked up in the file itself",
    ("package", "sources"): "which part a sheet is, and which cell an address",
    ("tally", "layout"): "the sheets of a county workbook name their cells",
    ("tallied", "sources"): "what a county workbook is made of stands on its sheets",
    ("read", "tallied"): "a county workbook says what its figures are made of",
    ("merging", "deliveries"): "what was read is made ready to be added",
    ("chains", "deliveries"): "last year's filings are made ready to be added",
    ("merging", "merge"): "what was taken in is added up",
    ("merging", "intake"): "what is merged was taken in",
    ("merging", "prior"): "what is merged is held against last year's",
    ("merging", "chains"): "what is merged is held against last year's",
    ("chains", "merge"): "last year's filings of the units are added up",
    ("chains", "prior"): "last year's filings are found by unit",
    ("beside", "layout"): "what stands beside a sheet follows from where the sheet ends",
    ("write", "diff"): "which figures of last year's form are those of this one",
    ("roster", "sources"): "a roster may be a workbook",
    ("examples", "intake"): "the samples are filings in our JSON",
    ("explain", "examples"): "a rule is explained by its examples",
    ("prior", "intake"): "last year's filings are taken in as this year's are",
    ("checking", "chains"): "last year's filing of a unit of the roster may be that of several units",
    ("publish", "letters"): "a letter is a document like the report",
    ("intake", "published"): "what is neither a workbook nor ours is a published report",
    ("checking", "intake"): "what is checked was taken in",
    ("comparing", "intake"): "what is compared was taken in",
    ("issue", "prior"): "what a roster does not say of a unit its filing of last year does",
    ("checking", "prior"): "what is checked is held against last year's",
}
"""Imports within a floor, and why."""

ROOMS = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
MODULES = {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in sorted(SOURCE.rglob("*.py"))}
INSIDE = {name: path for name, path in MODULES.items() if name != "__init__"}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imported(path: Path) -> Iterator[str]:
    """The full name of every module imported, wherever in the file; of `from a import b` it is `a.b`."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: an import names its room in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _neighbours(module: str) -> Iterator[str]:
    """The rooms of ours that a module imports from, its own left out."""
    for name in _imported(INSIDE[module]):
        package, _, rest = name.partition(".")
        if package == "toolkit" and (room := rest.partition(".")[0]) != module.partition(".")[0]:
            yield room


@pytest.mark.parametrize("module", INSIDE)
def test_a_room_imports_from_below_or_for_a_reason_from_beside(module: str) -> None:
    room = module.partition(".")[0]
    assert room in ROOMS, f"{room} has no floor yet"
    for other in _neighbours(module):
        assert other in ROOMS, f"{room} imports {other}, which has no floor yet"
        assert ROOMS[other] < ROOMS[room] or (room, other) in NEIGHBOURS, f"{room} must not import {other}"


def test_every_reason_is_still_needed() -> None:
    used = {(module.partition(".")[0], other) for module in INSIDE for other in _neighbours(module)}
    assert NEIGHBOURS.keys() - used == set()
    assert {(one, other) for one, other in NEIGHBOURS if ROOMS[one] != ROOMS[other]} == set()


@pytest.mark.parametrize(("library", "room"), [("xlsxwriter", "write"), ("typer", "cli"), ("click", "cli")])
def test_a_library_is_known_in_one_room_only(library: str, room: str) -> None:
    knowing = {
        module.partition(".")[0]
        for module, path in MODULES.items()
        for name in _imported(path)
        if name.partition(".")[0] == library
    }
    assert knowing <= {room}


@pytest.mark.parametrize("module", [name for name in MODULES if name.partition(".")[0] != "cli"])
def test_nothing_is_printed_below_the_command(module: str) -> None:
    for node in ast.walk(_tree(MODULES[module])):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        assert called != "print", f"{module}:{node.lineno} prints"  # type: ignore[attr-defined]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            said = f"{node.value.id}.{node.attr}"
            assert said not in ("sys.stdout", "sys.stderr", "sys.exit"), f"{module}:{node.lineno} uses {said}"
