"""Whatever comes, it is read or refused in a sentence of ours, in little memory and time, and nobody else's filing is
touched by it: the sum of a folder is the same with all of them in it.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.county.test_merge import put, town
from tests.filings import values
from tests.hostile.inputs import READ, Hostile, hostile
from toolkit.county.inbox import Asked, take
from toolkit.county.inputs import Input
from toolkit.county.merge_files import deliver
from toolkit.ground import engines
from toolkit.ground.language import Text, speaking
from toolkit.ground.limits import limited
from toolkit.model.filing import Unit
from toolkit.model.ledger import Delivery, Unread

ALL = hostile()
LOST = "lost: "
LIMITS = "seconds=30,memory_mb=300"
"""What one input may take; the system itself ends the process that takes more. None takes
ten seconds on a machine with nothing else to do; beside other work computing itself takes longer."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there a process is held to its memory")


def said_of(asked: Asked, given: Input) -> str:
    """What is said of an input: a sentence, or that it is read."""
    made = take(asked, given)
    return str(made.reason) if isinstance(made, Unread) else READ


def lost(asked: Asked, given: Input, reason: Text) -> str:
    """What is said where a sentence of ours is missing: it fails the test."""
    return f"{LOST}{given.source} {asked.unit.name} {reason}"


@cache
def _said(folder: Path) -> dict[str, str]:
    """Every input read in a process of little memory and time, all of them once."""
    given = []
    for each in ALL:
        path = folder / f"{each.name}{each.ending}"
        path.write_bytes(each.make())
        given.append(Input(path.name, str(path)))
    with speaking("en"), limited(LIMITS):
        said = tuple(engines.each(said_of, Asked(), given, 2, lost=lost))
    return dict(zip((each.name for each in ALL), said, strict=True))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which every hostile input is written."""
    return tmp_path_factory.mktemp("hostile")


def test_there_are_many_of_them_and_every_name_is_one_input() -> None:
    assert len({each.name for each in ALL}) == len(ALL) >= 120


@pytest.mark.timeout(900)
@pytest.mark.parametrize("each", ALL, ids=[each.name for each in ALL])
def test_it_is_read_or_refused_in_a_sentence_of_ours(each: Hostile, folder: Path) -> None:
    said = _said(folder)[each.name]
    assert not said.startswith(LOST)
    assert re.search(each.said, said)
    if said != READ:
        assert said.startswith(f"{each.name}{each.ending}: "), "its file is named"
        assert "Traceback" not in said
        assert len(said) < 400


@pytest.mark.timeout(900)
def test_twenty_good_filings_are_the_same_with_any_of_them_beside(folder: Path, tmp_path: Path) -> None:
    """Each hostile input is the 21st of twenty good ones; all of them come at once, between any two good ones too."""
    good = [town(n, n) for n in range(20)]
    paths = [put(tmp_path, made, f"{n:03}.xlsx") for n, made in enumerate(good)]
    alone = [deliver(Asked(), Input(path.name, str(path))) for path in paths]
    _said(folder)
    bad = [Input(path.name, str(path)) for path in sorted(folder.iterdir())]
    mixed = [given for n, each in enumerate(bad) for given in (each, Input(paths[n % 20].name, str(paths[n % 20])))]
    with limited(LIMITS):
        made = list(engines.each(deliver, Asked(), mixed, 2, lost=_unread))
    assert all(isinstance(each, Delivery) and each.unit == town(n, n).unit for n, each in enumerate(alone))
    assert made[1::2] == [alone[n % 20] for n in range(len(bad))]


def _unread(asked: Asked, given: Input, reason: Text) -> Unread:
    return Unread(given.source, reason, "unreadable", None)


def test_what_is_read_in_spite_of_it_has_the_figures_it_had(folder: Path) -> None:
    """A far blank cell, more members, macros: nothing of that changes a figure."""
    from tests.filings import filing
    from toolkit.intake import intake

    said = _said(folder)
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
    read = [each for each in ALL if said[each.name] == READ and each.name.startswith(kinds)]
    assert len(read) > 15
    for each in read:
        found = intake(folder / f"{each.name}{each.ending}").filing
        assert values(found) == values(filing("2021")), each.name
        assert isinstance(found.unit, Unit)
