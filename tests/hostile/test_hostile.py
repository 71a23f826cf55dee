"""Whatever comes, it is read or refused in a sentence of ours, in little memory and time, and nobody else's filing is
touched by it: the sum of a folder is the same with all of them in it.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.county.test_merge import put, town
from tests.filings import values
from tests.hostile.inputs import READ, Hostile, hostile
from toolkit.county.inbox import Asked
from toolkit.county.inputs import Input
from toolkit.county.merge import merge
from toolkit.county.merge_files import deliver
from toolkit.ground import engines
from toolkit.ground.language import Text, speaking, text
from toolkit.ground.limits import limited
from toolkit.model.filing import Unit
from toolkit.model.ledger import Delivery, Member, Unread

ALL = hostile()
LOST = "lost: "
LIMITS = "seconds=10,memory_mb=300"
"""What one input may take, seconds of computing; the system itself ends the process that takes more."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there a process is held to its memory")


ROSTER = tuple(Member(town(n).unit) for n in range(20))
GOOD = tuple(f"{n:03}.xlsx" for n in range(20))


class Came(NamedTuple):
    """What came of a hostile input, and of a good one that was read right after it, by the same process."""

    bad: Delivery | Unread
    beside: str
    good: Delivery | Unread

    @property
    def said(self) -> str:
        """What is said of it: a sentence, or that it is read."""
        return str(self.bad.reason) if isinstance(self.bad, Unread) else READ


def lost(asked: Asked, given: Input, reason: Text) -> Unread:
    """What is said where a sentence of ours is missing: it fails the test."""
    return Unread(given.source, text("lost: {file} {reason} {unit}", file=given.source, reason=reason, unit=asked.unit))


@cache
def _came(folder: Path) -> dict[str, Came]:
    """Every input read in a process of little memory and time, a good one after each; all of them once."""
    for n, name in enumerate(GOOD):
        put(folder / "good", town(n, n), name)
    mixed = []
    for n, each in enumerate(ALL):
        path, good = folder / f"{each.name}{each.ending}", GOOD[n % len(GOOD)]
        path.write_bytes(each.make())
        mixed += [Input(path.name, str(path)), Input(good, str(folder / "good" / good))]
    with speaking("en"), limited(LIMITS):
        made = tuple(engines.each(deliver, Asked(members=ROSTER), mixed, 2, lost=lost))
    bad = zip(ALL, made[::2], mixed[1::2], made[1::2], strict=True)
    return {each.name: Came(one, beside.source, good) for each, one, beside, good in bad}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which every hostile input is written."""
    return tmp_path_factory.mktemp("hostile")


def test_there_are_many_of_them_and_every_name_is_one_input() -> None:
    assert len({each.name for each in ALL}) == len(ALL) >= 120


@pytest.mark.exhaustive
@pytest.mark.timeout(900)
@pytest.mark.parametrize("each", ALL, ids=[each.name for each in ALL])
def test_it_is_read_or_refused_in_a_sentence_of_ours(each: Hostile, folder: Path) -> None:
    with speaking("en"):
        said = _came(folder)[each.name].said
    assert not said.startswith(LOST)
    assert re.search(each.said, said)
    if said != READ:
        assert said.startswith(f"{each.name}{each.ending}: "), "its file is named"
        assert "Traceback" not in said
        assert len(said) < 400


@pytest.mark.timeout(900)
def test_a_folder_of_twenty_good_filings_has_the_same_rows_and_sum_with_any_of_them_as_the_21st(folder: Path) -> None:
    came, asked = _came(folder), Asked(members=ROSTER)
    alone = {name: deliver(asked, Input(name, str(folder / "good" / name))) for name in GOOD}
    assert {each.beside: each.good for each in came.values()} == alone, "what is read after a hostile one is the same"
    whole = merge(alone.values(), Unit("县"), ROSTER)
    assert whole.ledger.count("merged") == 20
    assert whole.filing is not None
    for name, each in came.items():
        assert each.good == alone[each.beside], name
        made = merge([*alone.values(), each.bad], Unit("县"), ROSTER)
        assert tuple(row for row in made.ledger.rows if row.source in alone) == whole.ledger.rows, name
        assert made.ledger.count("merged") == 20, name
        assert (made.filing, made.contributions) == (whole.filing, whole.contributions), name


def test_what_is_read_in_spite_of_it_has_the_figures_it_had(folder: Path) -> None:
    """A far blank cell, more members, macros: nothing of that changes a figure."""
    from tests.filings import filing
    from toolkit.intake import intake

    came = _came(folder)
    kinds = (
        "member-",
        "far-",
        "bomb-",
        "unit-",
        "names-",
        "validations-",
        "archive-",
        "macros",
        "external-",
        "embedded",
    )
    read = [each for each in ALL if came[each.name].said == READ and each.name.startswith(kinds)]
    assert len(read) > 15
    for each in read:
        found = intake(folder / f"{each.name}{each.ending}").filing
        assert values(found) == values(filing("2021")), each.name
        assert isinstance(found.unit, Unit)
