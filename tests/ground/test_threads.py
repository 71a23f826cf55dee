"""Several threads at once, each in its own language: nothing of the process is turned over while one of them works."""

from __future__ import annotations

import os
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.filings import agree, filing, typed
from toolkit.form.edition import named
from toolkit.ground import files
from toolkit.ground.language import carried, chosen, speaking
from toolkit.intake.workbook import read
from toolkit.rules import check
from toolkit.workbook.write import book as strict
from toolkit.workbook.write import write

WORKERS = 8


def test_eight_threads_write_read_check_and_save_in_two_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filing("2021")
    wrong = typed(made, {"requests/received/total": 99})
    mask = os.umask(0)
    os.umask(mask)
    before = list(warnings.filters)
    monkeypatch.setattr(os, "umask", lambda mask: pytest.fail("the umask is the whole process's"))
    start = threading.Barrier(WORKERS)

    def work(number: int) -> tuple[str, str]:
        with speaking("zh" if number % 2 else "en"):
            start.wait(30)
            path = tmp_path / f"{number}.xlsx"
            content = write(named("2021"), made)
            files.save(path, content)
            agree(read(files.content(path), str(path)), made)
            broken = read(write(named("2021"), wrong), "wrong.xlsx")
            (said,) = [each for each in check(broken).findings if each.level == "error"]
            return str(said.message), content.hex()

    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(work, range(WORKERS)))
    assert len({content for _, content in results}) == 1
    assert ["add up to" in said for said, _ in results] == [True, False] * (WORKERS // 2)
    assert warnings.filters == before
    assert {(tmp_path / f"{n}.xlsx").stat().st_mode & 0o777 for n in range(WORKERS)} == {0o666 & ~mask}


def test_a_language_is_carried_into_a_thread() -> None:
    with speaking("en"), ThreadPoolExecutor(1) as pool:
        assert pool.submit(carried(chosen)).result() == "en"


def test_what_xlsxwriter_refuses_is_an_error_where_it_is_called(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as stream:
        made = strict.book(stream)
        page = made.add_worksheet("a")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pytest.raises(strict.Refused):
                made.define_name("1 a", "=a!$A$1")
            with pytest.raises(strict.Refused):
                page.data_validation("A1", {"validate": "nothing"})
        made.close()
