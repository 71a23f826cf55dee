"""A cluster reads, and one of its workers is killed in the middle: the sum and the ledger are those of one process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks import made
from toolkit.county.inbox import Asked
from toolkit.county.inputs import Input
from toolkit.county.merge_files import merge_files
from toolkit.form.edition import named
from toolkit.model.filing import Unit
from toolkit.model.ledger import Merged
from toolkit.render.data.documents import dumps
from toolkit.render.data.ledger import document
from toolkit.workbook.write import write

COUNT = 210
"""More than four batches, so that a worker is lost with some done, some being done and some to come."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, made.Made]:
    path = tmp_path_factory.mktemp("cluster") / "in"
    known = made.folder(path, COUNT)
    (path / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (path / "letter.txt").write_text("请查收。", encoding="utf-8")
    return path, known


def told(merged: Merged) -> tuple[str, bytes]:
    """All that a merge says, and the county workbook."""
    assert merged.filing is not None
    return dumps(document(merged)), write(named(merged.filing.edition), merged.filing, merged.before, merged)


def asked(scheduler: str = "") -> Asked:
    return Asked(unit=Unit("某县"), include_invalid=True, jobs=1, scheduler=scheduler)


@pytest.mark.exhaustive
@pytest.mark.timeout(300)
def test_a_worker_lost_in_the_middle_changes_nothing(folder: tuple[Path, made.Made], tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    path, known = folder
    alone = merge_files([str(path)], asked(), tmp_path / "sum.xlsx", lambda inputs: inputs)
    assert alone.filing is not None
    for ref, number in known.totals.items():
        assert alone.filing.entries[ref].value == number
    killed: list[int] = []

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        with Client(cluster.scheduler_address) as client:  # type: ignore[no-untyped-call]
            workers = client.run(os.getpid)

        def killing(inputs: Sequence[Input]) -> Iterator[Input]:
            for n, each in enumerate(inputs):
                if n == COUNT // 4:
                    killed.append(next(iter(workers.values())))
                    os.kill(killed[0], signal.SIGKILL)
                yield each

        together = merge_files([str(path)], asked(cluster.scheduler_address), tmp_path / "sum.xlsx", killing)
    assert killed
    assert told(together) == told(alone)
