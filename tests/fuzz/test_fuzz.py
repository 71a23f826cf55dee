"""What chance did to good filings once is tried for ever, and a little more each time the tests run."""

from __future__ import annotations

import pytest

from tests.fuzz.damage import damaged, outcome

FOUND: tuple[int, ...] = (681969119557,)
"""Seeds that once ended otherwise than in a sentence of ours."""

FIRST = 400


@pytest.mark.timeout(300)
def test_the_first_seeds_end_in_a_sentence_or_the_same_figures() -> None:
    made = {seed: outcome(seed) for seed in range(FIRST)}
    assert {seed: said for seed, said in made.items() if said.startswith("WRONG")} == {}
    assert min(list(made.values()).count(each) for each in ("read", "refused")) > FIRST // 10, "both come"


@pytest.mark.parametrize("seed", FOUND or (0,))
def test_what_was_found_once_is_mended(seed: int) -> None:
    assert outcome(seed) in ("read", "refused")


def test_a_seed_gives_the_same_damage() -> None:
    assert [damaged(seed) for seed in range(20)] == [damaged(seed) for seed in range(20)]
