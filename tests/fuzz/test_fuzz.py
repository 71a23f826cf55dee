"""What chance did to good inputs once is tried for ever, and a little more each time the tests run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests import breadth
from tests.fuzz.damage import OFTEN, Damaged, damaged
from tests.fuzz.originals import originals
from tests.fuzz.outcome import outcome

CORPUS = sorted(Path(__file__).with_name("corpus").iterdir())
"""Inputs that once ended otherwise than in a sentence of ours: what was wrong with them, and of what kind they are."""

FIRST = breadth.of(800, usual=300)


@pytest.mark.exhaustive
@pytest.mark.timeout(300)
def test_the_first_seeds_end_in_a_sentence_or_the_same_figures() -> None:
    made = {seed: outcome(damaged(seed), seed) for seed in range(FIRST)}
    assert {seed: said for seed, said in made.items() if said.startswith("WRONG")} == {}
    counted = Counter(made.values())
    assert min(counted["read"], counted["refused"]) > FIRST // 5, "both come"
    assert counted["edited"] > FIRST // 100


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: str(path.name))
def test_what_was_found_once_is_mended(path: Path) -> None:
    made = Damaged(path.name.split(".", 1)[1], path.read_bytes())
    assert outcome(made, edit=True) in ("read", "edited", "refused")


@pytest.mark.parametrize("name", OFTEN)
def test_every_kind_is_good_before_it_is_damaged(name: str) -> None:
    assert outcome(Damaged(name, originals()[name], told=name.endswith(".xlsx")), edit=True) in ("read", "edited")


def test_a_seed_gives_the_same_damage() -> None:
    assert [damaged(seed) for seed in range(20)] == [damaged(seed) for seed in range(20)]
