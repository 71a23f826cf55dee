"""How much of a kind a run goes through: a usual one some of it, `pytest --exhaustive` all.

What stands for a defect that was there, or for a figure that was promised, is never left out; only more of the same is.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from zlib import crc32

import pytest

EXHAUSTIVE = "XLS_TESTS_EXHAUSTIVE"
"""Set while all of every kind is gone through."""


def of(every: int, usual: int) -> int:
    """How many there are of a kind in an exhaustive run, and in a usual one."""
    return every if EXHAUSTIVE in os.environ else usual


def left_out(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """The cases that a usual run leaves out: of a test marked `exhaustive(one_in=N)` it has one in N, always the same
    ones, picked by their names so that no parameter goes with the turn; at least one.
    """
    cases: dict[tuple[str, int], list[pytest.Item]] = defaultdict(list)
    for item in items:
        mark = item.get_closest_marker("exhaustive")
        if mark is not None and (share := mark.kwargs.get("one_in", 1)) > 1:
            cases[item.nodeid.partition("[")[0], share].append(item)
    if EXHAUSTIVE in os.environ:
        return set()
    picked = lambda item: crc32(item.name.encode())  # noqa: E731
    return {each for (_, share), here in cases.items() for each in sorted(here, key=picked)[-(-len(here) // share) :]}
