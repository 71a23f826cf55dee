"""Engines: the same results in the same order, wherever the work is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.county.test_merge import put, town
from tests.sessions import run
from toolkit.ground import engines
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import chosen, speaking


def twice(more: int, thing: int) -> tuple[int, str]:
    """Something worth sending away."""
    return 2 * thing + more, chosen()


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 2, 130])
def test_every_thing_has_its_result_in_order_and_in_the_language(jobs: int, count: int) -> None:
    with speaking("en"):
        found = list(engines.each(twice, 1, range(count), jobs))
    assert found == [(2 * thing + 1, "en") for thing in range(count)]


def test_a_cluster_gives_the_same(tmp_path: Path) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        found = list(engines.each(twice, 1, range(120), 0, cluster.scheduler_address))
        assert found == [(2 * thing + 1, "zh") for thing in range(120)]
        for n in range(3):
            put(tmp_path / "in", town(n))
        outputs = [tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"]
        ways = ("", " --jobs 2", f" --scheduler {cluster.scheduler_address}")
        for output, more in zip(outputs, ways, strict=True):
            assert run(f"xls merge {tmp_path}/in -o {output.name}{more}", tmp_path).returncode == 0
    assert len({output.read_bytes() for output in outputs}) == 1


def test_an_address_where_nothing_answers_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    def refused(*_: object, **__: object) -> None:
        raise OSError("timed out")

    monkeypatch.setattr(distributed, "Client", refused)
    with pytest.raises(WrongUse, match=r"127\.0\.0\.1:9"):
        engines.each(twice, 1, [1, 2], 0, "127.0.0.1:9")


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongUse, match=r"xls-annual-report\[dask\]"):
        engines.each(twice, 1, [1, 2], 0, "127.0.0.1:9")
