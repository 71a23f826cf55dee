"""What a program takes: seconds of computing and on the clock, and the most memory; programs that take turns.

Computing (user and system, of a program and all it started) is what counts where a machine does other things besides;
the clock is right on an idle one only.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Taken(NamedTuple):
    """Seconds of computing, seconds on the clock, and megabytes at most in one process."""

    computing: float
    clock: float
    memory: float


def taken(words: Sequence[str], output: Path, statuses: Sequence[int] = (0,)) -> Taken:
    """What a program takes; what it prints goes into a file.

    Raises:
        RuntimeError: it ends with another status.
    """
    start = time.perf_counter()
    with output.open("wb") as stream, output.with_suffix(".err").open("wb") as errors:
        running = subprocess.Popen([*words], stdout=stream, stderr=errors)
        _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in statuses:
        said = output.with_suffix(".err").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(words[:6])} …: status {running.returncode}\n{said}")
    return Taken(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def in_turns(works: Mapping[str, Callable[[], Taken]], rounds: int) -> dict[str, Taken]:
    """The medians of works that take turns, so that a machine that is busy is busy for all of them."""
    came: dict[str, list[Taken]] = {name: [] for name in works}
    for n in range(rounds):
        for name, work in works.items():
            sys.stderr.write(f"\r\x1b[K{n + 1}/{rounds} {name}")
            sys.stderr.flush()
            came[name].append(work())
    sys.stderr.write("\r\x1b[K")
    return {name: Taken(*(statistics.median(each) for each in zip(*said, strict=True))) for name, said in came.items()}
