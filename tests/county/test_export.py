"""A country's filings as one long table: the same in every way of reading them, in memory that does not grow with
them, and what a province asks of it in SQL.
"""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from benchmarks import made
from tests.sessions import run
from toolkit.county.inbox import Asked, each_of
from toolkit.county.outgoing import Outgoing, Spool, outgoing
from toolkit.form.edition import named
from toolkit.model.filing import Reading
from toolkit.render.data import exported

COUNT = 60


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    made.folder(folder / "in", COUNT)
    (folder / "in" / "again.xlsx").write_bytes(made.workbook(3) + b"\0")
    assert run("xls export in -o returns.parquet --jobs 2", folder).returncode == 0
    return folder / "returns.parquet"


def rows(asked: str) -> list[tuple[object, ...]]:
    """What a question in SQL gives."""
    found = duckdb.sql(asked)
    assert found is not None
    return list(found.fetchall())


@pytest.mark.exhaustive
def test_processes_give_the_table_that_one_gives(table: Path) -> None:
    for ending in ("parquet", "csv", "jsonl"):
        for jobs in (1, 2):
            assert run(f"xls export in -o {jobs}.{ending} --jobs {jobs}", table.parent).returncode == 0
        assert (table.parent / f"1.{ending}").read_bytes() == (table.parent / f"2.{ending}").read_bytes()


def test_the_sums_of_all_usable_filings_are_those_that_were_made(table: Path) -> None:
    asked = f"""
        SELECT ref, sum(value) FROM '{table}' WHERE kind = 'entry' AND status <> 'duplicate' GROUP BY ref
    """
    apart = made.totals([3])
    due = {ref: number - apart[ref] for ref, number in made.totals(range(COUNT)).items()}
    assert dict(rows(asked)) == due  # type: ignore[arg-type]


def test_the_units_with_most_requests_are_found(table: Path) -> None:
    asked = f"""
        SELECT unit, value FROM '{table}'
        WHERE ref = 'requests/received/total' AND status = 'ok' ORDER BY value DESC, unit LIMIT 5
    """
    received = {
        made.unit(number).name: sum(
            value for ref, value in made.values(number).items() if ref.startswith("requests/received/")
        )
        for number in range(COUNT)
        if number % 20 and number != 3  # one in twenty has a total typed wrong, one came twice
    }
    due = sorted(received.items(), key=lambda each: (-each[1], each[0]))[:5]
    assert rows(asked) == due


def test_the_share_of_units_that_took_fees_is_found_by_year_and_level(table: Path) -> None:
    asked = f"""
        SELECT year, level, count(*) FILTER (WHERE value > 0), count(DISTINCT source) FROM '{table}'
        WHERE ref = 'fees/fees/amount' GROUP BY year, level
    """
    took = sum(bool(made.values(number)["fees/fees/amount"]) for number in (*range(COUNT), 3))
    assert rows(asked) == [(made.YEAR, "township", took, COUNT + 1)]


def test_what_is_put_by_comes_back_as_it_was_read(tmp_path: Path) -> None:
    made.folder(tmp_path / "in", 21)
    (tmp_path / "in" / "part.json").write_text(
        '{"edition": "2021", "year": 2023, "unit": {"name": "x"}, "values": {"requests/received/person": "三件"}}',
        encoding="utf-8",
    )
    with closing(Spool()) as spool:
        for each in each_of(outgoing, [str(tmp_path / "in")], Asked(jobs=1), lambda inputs: inputs)[1]:
            assert isinstance(each, Outgoing)
            spool.put(each)
        back = list(spool.readings())
        assert spool.statuses() == ("rejected", *("ok",) * 19, "rejected", "rejected")
    values = {ref: entry.value for ref, entry in back[3].filing.entries.items()}
    assert values == {ref: entry.value for ref, entry in made.filing(3).entries.items()}
    assert {ref: entry.value for ref, entry in back[-1].filing.entries.items()} == {"requests/received/person": "三件"}


def most(count: int) -> int:
    """The most bytes that writing so many filings takes."""
    one = made.filing(1)
    figures = tuple(entry.value for entry in one.entries.values())
    assert tuple(one.entries) == tuple(named(one.edition).figures)

    class Nowhere(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, said: object) -> int:
            return memoryview(said).nbytes  # type: ignore[arg-type]

    with closing(Spool()) as spool:
        for number in range(count):
            spool.put(Outgoing(made.unit(number), 2023, one.edition, f"{number}.xlsx", False, None, figures))
        statuses = spool.statuses()
        tracemalloc.start()
        try:
            exported.write(io.BufferedWriter(Nowhere()), _counted(spool.readings(), count), ".parquet", statuses)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def _counted(readings: Iterator[Reading], count: int) -> Iterator[Reading]:
    came = 0
    for each in readings:
        came += 1
        yield each
    assert came == count


def test_memory_does_not_grow_with_the_filings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exported, "GROUP", 4000)
    most(40)  # what is made once
    assert most(400) <= most(100) * 1.1
