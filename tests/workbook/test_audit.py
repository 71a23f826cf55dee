"""A second opinion on what Excel and Word would say of what we write: schemas, relations, known repairs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.filings import filing, typed
from tests.office import resaved
from tests.sessions import run
from toolkit.form.edition import named
from toolkit.ground.files import SAMPLES
from toolkit.intake import of_bytes
from toolkit.rules import check
from toolkit.workbook.fill_blanks import blanks, zeroed
from toolkit.workbook.mark import mark
from toolkit.workbook.write import write

COMMANDS = (
    "new 2019 -o blank-2019.xlsx",
    "new 2024 -o blank-2024.xlsx --prior suqian-city-2023.json",
    "new 2024 -o blanks --roster roster.csv",
    "roster --new roster.xlsx",
    "import suqian-city-2024.json -o filled.xlsx",
    "fill-blanks blank-2019.xlsx --zero --yes",
    "merge inbox -o county.xlsx --unit 云岭县人民政府 --roster roster.csv --letters letters --details details.xlsx"
    " --include-invalid --prior inbox",
    "merge good -o whole.xlsx --against filled.xlsx",
    "check inbox --roster roster.csv --mark marked",
    "check good --prior inbox --mark marked",
    "report filled.xlsx -o report.docx --draft",
    "check report.docx --mark commented",
    "diff suqian-city-2023.json suqian-city-2024.json --all -o changes.xlsx",
    "export filled.xlsx -o long.xlsx",
)
PACKAGES = (".xlsx", ".xlsm", ".docx")


def _wrong(path: Path) -> list[str]:
    """What is said against a workbook or document."""
    found = OpenXmlValidator().validate(path)
    return [] if found.is_valid else [f"{each.part_uri}: {each.description}" for each in found.errors]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every kind of file that the commands write, made of the samples."""
    made = tmp_path_factory.mktemp("audit")
    shutil.copytree(SAMPLES / "county" / "inbox", made / "inbox")
    (made / "good").mkdir()
    for each in (SAMPLES / "county" / "roster.csv", *(SAMPLES / "years").glob("suqian*.json")):
        shutil.copy(each, made)
    for each in sorted((made / "inbox").glob("*镇*.xlsx"))[:2]:
        shutil.copy(each, made / "good")
    for command in COMMANDS:
        done = run(f"xls {command}", made)
        assert done.returncode in (0, 1, 3), f"{command}: {done.stderr}"
    for each in sorted((made / "inbox").iterdir()):  # by itself, since of several of a unit only one is marked
        if each.suffix in PACKAGES:
            run(f"xls check 'inbox/{each.name}' --mark marked --force", made)
    return made


@pytest.mark.exhaustive
@pytest.mark.timeout(400)
def test_every_workbook_and_document_that_is_written_passes(folder: Path) -> None:
    written = [
        each
        for each in sorted(folder.rglob("*"))
        if each.suffix in PACKAGES and "inbox" not in each.parts and "good" not in each.parts
        and "marked" not in each.parts
    ]  # fmt: skip
    names = {each.relative_to(folder).parts[0] for each in written}
    assert names >= {
        "blank-2019.xlsx", "blank-2024.xlsx", "blanks", "roster.xlsx", "filled.xlsx", "county.xlsx", "letters",
        "details.xlsx", "whole.xlsx", "report.docx", "changes.xlsx", "long.xlsx",
    }  # fmt: skip
    alike = [each for each in written if each.parent.name == "blanks"]  # but for the few strings of a unit
    letters = [each for each in written if each.parent.name == "letters" and each.suffix == ".xlsx"]
    wrong = {
        str(each.relative_to(folder)): said
        for each in written
        if each not in (*letters, *alike[3:])
        if (said := _wrong(each))
    }
    assert wrong == {}


@pytest.mark.exhaustive
def test_a_marked_copy_passes_whenever_its_original_does(folder: Path) -> None:
    """Those of the county that pass themselves, and letters' copies of them."""
    originals = [each for each in (folder / "inbox").iterdir() if each.suffix in PACKAGES]
    right = {each.stem for each in originals if each.read_bytes().startswith(b"PK") and not _wrong(each)}
    marked = [each for each in sorted((folder / "marked").iterdir()) if each.stem in right]
    assert len(marked) > 1
    assert {each.name: _wrong(each) for each in marked} == {each.name: [] for each in marked}


@pytest.mark.exhaustive
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("saved", ["as written", "by LibreOffice"])
def test_marked_and_filled_in_workbooks_full_of_errors_pass(edition: str, saved: str, tmp_path: Path) -> None:
    entries = dict.fromkeys(list(named(edition).entries)[::7], 3) | dict.fromkeys(list(named(edition).entries)[::11])
    made = typed(filing(edition), {**entries, list(named(edition).entries)[5]: "三件"})
    original = tmp_path / "a.xlsx"
    original.write_bytes(write(named(edition), made))
    if saved == "by LibreOffice":
        original = resaved(original, "xlsx", tmp_path)
    content = original.read_bytes()
    read = of_bytes(content, "a.xlsx")
    checked = check(read)
    assert len(checked.findings) > 10
    before = _wrong(original)
    for name, changed in (
        ("marked.xlsx", mark(content, "a.xlsx", checked)),
        ("zeroed.xlsx", zeroed(content, "a.xlsx", blanks(content, "a.xlsx"))),
    ):
        (tmp_path / name).write_bytes(changed)
        new = [each for each in _wrong(tmp_path / name) if each not in before]
        assert new == [], name
    assert saved == "by LibreOffice" or before == []
