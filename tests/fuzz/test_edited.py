"""Workbooks that chance damaged, yet can be read, are marked: the copy opens wherever the original did.

XLS_FUZZED=200 for as many as were tried once; the tests try fewer.
"""

from __future__ import annotations

import io
import os
import shutil
import warnings
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import openpyxl
import pytest

from tests.fuzz.damage import damaged
from tests.office import opened_all
from toolkit.ground.errors import XlsError
from toolkit.intake import of_bytes
from toolkit.rules import check
from toolkit.workbook.mark_files import marked

COUNT = int(os.environ.get("XLS_FUZZED", "12"))


@pytest.fixture(scope="module")
def pairs() -> Mapping[int, tuple[bytes, bytes]]:
    """By seed, damaged workbooks that are read and marked, with their copies."""
    made: dict[int, tuple[bytes, bytes]] = {}
    for seed in count(10_000):
        each = damaged(seed)
        if each.name.endswith(".xlsx"):
            try:
                made[seed] = each.content, marked(check(of_bytes(each.content, each.name)), each.content)
            except XlsError:
                continue
            if len(made) == COUNT:
                break
    return made


def _openpyxl_opens(content: bytes) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            openpyxl.load_workbook(io.BytesIO(content))
        except Exception:  # it has errors of every kind
            return False
    return True


@pytest.mark.exhaustive
@pytest.mark.timeout(300 + 3 * COUNT)
def test_openpyxl_opens_the_copy_where_it_opens_the_original(pairs: Mapping[int, tuple[bytes, bytes]]) -> None:
    opens = {seed: _openpyxl_opens(original) for seed, (original, _) in pairs.items()}
    assert sum(opens.values()) > len(pairs) / 3, "enough of them can be opened for this to say something"
    assert [seed for seed, (_, copy) in pairs.items() if opens[seed] and not _openpyxl_opens(copy)] == []


@pytest.mark.exhaustive
@pytest.mark.timeout(300 + 3 * COUNT)
def test_libreoffice_opens_the_copy_where_it_opens_the_original(
    pairs: Mapping[int, tuple[bytes, bytes]], tmp_path: Path
) -> None:
    sources = []
    for seed, several in pairs.items():
        for kind, content in zip(("original", "copy"), several, strict=True):
            sources.append(tmp_path / f"{seed}-{kind}.xlsx")
            sources[-1].write_bytes(content)
    opened = {path.stem for path in opened_all(sources, tmp_path / "out")}
    shutil.rmtree(tmp_path / "out")
    originals = {name for name in opened if name.endswith("original")}
    assert len(originals) > len(pairs) / 2
    assert [name for name in originals if name.replace("original", "copy") not in opened] == []
