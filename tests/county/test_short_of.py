"""Short of memory or of disk a merge ends in a sentence, and the county workbook that stood there is as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import many
from toolkit.ground.writing import is_unfinished

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there a process is held to its memory")

_LIMITED = """
import resource, sys
from toolkit.cli import main
resource.setrlimit(resource.{what}, ({most}, {most}))
main()
"""


_UNCOUNTED = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
"""What counts covered lines takes memory and disk of its own."""


def _merge(folder: Path, what: str, most: int, words: str = "") -> subprocess.CompletedProcess[str]:
    """A merge onto a workbook that is there, in a process that has no more than so many bytes of something."""
    return subprocess.run(
        [sys.executable, "-c", _LIMITED.format(what=what, most=most), "--lang", "en", "merge", "in", "-o", "sum.xlsx",
         "--force", *words.split()],
        cwd=folder, env={**_UNCOUNTED, "XLS_LANG": "en"}, capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip


@pytest.fixture
def county(tmp_path: Path) -> Path:
    many.put(tmp_path / "in", 110)
    (tmp_path / "sum.xlsx").write_bytes(b"what was there")
    return tmp_path


def _is_one_sentence(said: str) -> bool:
    return "Traceback" not in said and 20 < len(said) < 700 and len(said.strip().splitlines()) <= 4


def test_with_the_disk_full_the_old_file_is_whole(county: Path) -> None:
    done = _merge(county, "RLIMIT_FSIZE", 2**16)
    assert done.returncode == 3, done.stderr
    assert "disk is full" in done.stderr
    assert _is_one_sentence(done.stderr)
    assert (county / "sum.xlsx").read_bytes() == b"what was there"
    assert not [each for each in county.iterdir() if is_unfinished(each.name) and "merge" not in each.name]


def test_details_that_do_not_fit_are_said_and_the_sum_stands(county: Path) -> None:
    done = _merge(county, "RLIMIT_FSIZE", 2**20, "--details all.csv")
    assert done.returncode == 3, done.stderr
    assert "all.csv: the disk is full" in done.stderr
    assert _is_one_sentence(done.stderr)
    assert (county / "sum.xlsx").read_bytes().startswith(b"PK")
    assert not (county / "all.csv").exists()


def test_with_200_mb_of_memory_it_ends_well(county: Path) -> None:
    done = _merge(county, "RLIMIT_AS", 200 << 20)
    assert done.returncode == 1, done.stderr
    assert (county / "sum.xlsx").read_bytes().startswith(b"PK")
    assert not [each for each in county.iterdir() if is_unfinished(each.name)]


@pytest.mark.parametrize("step", ["toolkit.workbook.write.write_to", "toolkit.county.merge_files.merge"])
def test_with_less_it_ends_in_a_sentence_whatever_it_was_at(step: str, county: Path) -> None:
    """How much is less depends on what else is installed, so memory ends at a step."""
    module, _, name = step.rpartition(".")
    script = (
        f"import {module} as at\nfrom toolkit.cli import main\n"
        f"def full(*_, **__): raise MemoryError\nat.{name} = full\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--lang", "en", "merge", "in", "-o", "sum.xlsx", "--force"],
        cwd=county, capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert done.stderr == "there is not enough memory for it; close other programs, or give fewer files at once\n"
    assert (county / "sum.xlsx").read_bytes() == b"what was there"
