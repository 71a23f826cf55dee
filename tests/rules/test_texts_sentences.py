"""The sentences of `tests/texts`: every one contradicts the tables it should, once, and no other."""

from __future__ import annotations

import pytest

from tests.sentences import Line, drawn, lines, wrongly
from toolkit.form.edition import named
from toolkit.rules.texts_figures import stated

TUNED = tuple(line for pattern in ("known*", "tuned*", "later*") for line in lines(pattern))
HELD = tuple(line for pattern in ("held*", "fresh*") for line in lines(pattern))


@pytest.mark.exhaustive
@pytest.mark.parametrize("line", TUNED, ids=str)
def test_a_sentence_is_found_where_it_contradicts_the_tables_and_only_there(line: Line) -> None:
    assert not wrongly(line)


def test_sentences_that_were_held_back_fare_as_well_as_is_aimed_at() -> None:
    missed = [str(line) for line in HELD if line.wrong and wrongly(line)]
    false = [str(line) for line in HELD if not line.wrong and wrongly(line)]
    assert len(missed) <= 0.05 * sum(line.wrong for line in HELD), missed
    assert len(false) <= 0.01 * sum(not line.wrong for line in HELD), false


def test_there_are_two_hundred_sentences_and_both_kinds_of_table() -> None:
    assert len({line.said for line in (*TUNED, *HELD)}) >= 300
    assert min(sum(line.wrong for line in TUNED), sum(not line.wrong for line in TUNED)) >= 200


def test_what_the_texts_state_is_told_by_figure() -> None:
    said = "收到申请20件，办结18件，结转下年度2件，没有上年结转的申请。收到申请20余件，其中自然人15件。"
    line = Line("", said, "new=20 done=18 out=2", wrong=False)
    assert dict(stated(drawn(line), named("2021"))) == {
        "requests/received/total": (20,),
        "requests/done.total/total": (18,),
        "requests/carried_out/total": (2,),
        "requests/carried_in/total": (0,),
        "requests/received/person": (15,),
    }
