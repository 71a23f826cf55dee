"""What a check goes on with of each filing is little, and what is found of filings side by side is the same by it."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from tests.county.test_merge import put, town, unit
from toolkit.county.check_files import check_files, told
from toolkit.county.inbox import Asked, Taken, take
from toolkit.county.inputs import inputs
from toolkit.model.filing import Checked
from toolkit.render.data import documents

SAID = "{name}坚持以公开为常态、不公开为例外，全年通过政府网站、公告栏等渠道主动公开信息，" * 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three towns, of which two have the same figures, and two the same text."""
    for n in (1, 2, 3):
        texts = {"overview": SAID.format(name=unit(n).name)} if n < 3 else {}
        put(tmp_path / "in", dataclasses.replace(town(n, 1 if n != 2 else 5), texts=texts))
    return tmp_path / "in"


def test_figures_and_texts_stay_where_they_were_read(folder: Path) -> None:
    given = inputs([str(folder)]).inputs[0]
    whole, said = take(Asked(), given), told(Asked(), given)
    assert isinstance(whole, Taken)
    assert isinstance(said, Taken)
    assert whole.reading.filing.entries
    assert not said.reading.filing.entries
    assert not said.reading.filing.texts
    assert said.checked.findings == whole.checked.findings
    assert len(pickle.dumps(said)) * 5 < len(pickle.dumps(whole))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_said_is_the_same_without_the_figures(jobs: int, folder: Path) -> None:
    every = check_files([str(folder)], Asked(jobs=1), None, list)
    said = check_files([str(folder)], Asked(jobs=jobs), None, list, figures=False)
    assert documents.findings(said.results) == documents.findings(every.results)
    assert any(each.rule == "alike" for one in said.results if isinstance(one, Checked) for each in one.findings)


def test_whoever_goes_on_with_the_figures_has_them(folder: Path) -> None:
    for each in check_files([str(folder)], Asked(jobs=2), None, list).results:
        assert isinstance(each, Checked)
        assert each.reading.filing.entries
