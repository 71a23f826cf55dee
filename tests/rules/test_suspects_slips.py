"""Which cell is wrong: slips that spoil two cells or more, those of no equation, and two mistakes at once."""

from __future__ import annotations

from collections.abc import Mapping

from tests.filings import filing, prior, reading, typed
from tests.rules.test_suspects import WHOLE, ZERO, district, named_alone, ranked, suspects
from toolkit.form.parts import Ref, Value
from toolkit.ground.language import speaking
from toolkit.model.suspects import said
from toolkit.rules import check

BUSINESS: Mapping[Ref, Value] = {
    "requests/received/org.business": 130,
    "requests/done.granted/org.business": 118,
    "requests/done.partial/org.business": 4,
    "requests/done.unavailable.not_held/org.business": 8,
}
"""Figures of a second column."""
DISPUTES: Mapping[Ref, Value] = {"disputes/cases/review.upheld": 5, "disputes/cases/review.corrected": 2}


def test_two_figures_of_a_row_that_have_changed_places_where_totals_follow() -> None:
    made = district({**BUSINESS, "requests/done.partial/person": 4, "requests/done.partial/org.business": 21})
    found = check(reading(made))
    assert ranked(found)[0] == {"requests/done.partial/person": 21, "requests/done.partial/org.business": 4}
    with speaking("zh"):
        assert "两个数字填对调了" in str(said(suspects(found)[1]))


def test_two_figures_that_have_changed_places_among_typed_totals_are_named_alone() -> None:
    moved: dict[Ref, Value] = {"requests/done.partial/person": 4, "requests/done.partial/org.business": 21}
    assert named_alone(check(reading(typed(district(BUSINESS), moved)))) == [
        {"requests/done.partial/person": 21, "requests/done.partial/org.business": 4}
    ]


def test_a_figure_typed_over_two_columns_is_one_mistake() -> None:
    """12 and 3 stand in neighbouring cells for 123."""
    right = {"requests/done.partial/person": 123, "requests/received/person": 1510}
    made = district({**right, "requests/done.partial/person": 12, "requests/done.partial/org.business": 3})
    found = check(reading(made))
    assert ranked(found)[0] == {"requests/done.partial/person": 123, "requests/done.partial/org.business": 0}
    with speaking("zh"):
        assert "一个数字分填在两格里" in str(said(suspects(found)[1]))


def test_a_figure_typed_over_a_column_s_next_line_is_one_mistake() -> None:
    right = {"requests/received/person": 1387, "requests/done.partial/person": 0, "requests/carried_in/person": 0}
    made = district({**right, "requests/received/person": 138, "requests/carried_in/person": 7})
    last = prior("2021", {**dict.fromkeys(ZERO, 0), **WHOLE, "requests/done.partial/person": 0})
    assert ranked(check(reading(made), last))[0] == {"requests/received/person": 1387, "requests/carried_in/person": 0}


def test_two_figures_typed_into_one_cell_are_one_mistake() -> None:
    """21 and 4 stand as 214, and nothing in the second cell."""
    made = district({**BUSINESS, "requests/done.partial/person": 214, "requests/done.partial/org.business": None})
    found = check(reading(made))
    assert ranked(found)[0] == {"requests/done.partial/person": 21, "requests/done.partial/org.business": 4}
    with speaking("zh"):
        assert "两个数字连填在一格里" in str(said(suspects(found)[1]))


def test_a_wrong_sign_comes_before_whatever_else_would_make_up_for_it() -> None:
    """The balance is off by 42, and 1408 could be 1366 as well; but no figure is negative."""
    found = check(reading(district({"requests/done.partial/person": -21})))
    assert ranked(found)[0] == {"requests/done.partial/person": 21}
    assert {each.suspect.group for each in found.findings if each.suspect} == {1}


def test_a_wrong_sign_that_breaks_no_equation_is_a_cause_of_its_own() -> None:
    found = check(reading(filing("2021", {**DISPUTES, "disputes/cases/review.upheld": -5})))
    assert {"disputes/cases/review.upheld": 5} in [
        {each.ref: each.likely for each in one.repairs[0]} for one in suspects(found).values()
    ]
    assert named_alone(found) == []


def test_a_sign_that_the_balance_asks_for_is_not_turned() -> None:
    """With 21 in its place the column would be off."""
    made = district({"requests/done.partial/person": -21, "requests/received/person": 1366})
    assert suspects(check(reading(made))) == {}


def test_a_slip_beside_a_wrong_sign_is_told_with_it() -> None:
    made = district({"requests/done.partial/person": -21, "requests/received/person": 1048})
    assert {"requests/done.partial/person": 21, "requests/received/person": 1408} in ranked(check(reading(made)))


def test_what_was_granted_in_part_and_counted_again_is_told_so() -> None:
    found = check(reading(district({"requests/done.refused.law/person": 21})))
    assert {"requests/done.refused.law/person": 0} in ranked(found)
    few = {"requests/received/person": 1328, "requests/done.unavailable.not_held/person": 7}
    again = check(reading(district({**few, "requests/done.granted/person": 1321})))
    assert ranked(again)[0] == {"requests/done.granted/person": 1300}
    with speaking("zh"):
        assert "“部分公开”在这里又计了一次" in str(said(suspects(again)[1]))


def test_two_columns_that_have_changed_places_are_told_by_what_last_year_carried_out() -> None:
    right: dict[Ref, Value] = {**BUSINESS, "requests/carried_in/person": 7, "requests/received/person": 1401}
    columns = ("person", "org.business")
    full = district(right)
    swapped: dict[Ref, Value] = {}
    for ref in full.entries:
        if ref.startswith("requests/") and ref.endswith(columns):
            row, column = ref.rsplit("/", 1)
            swapped[ref] = full.entries[f"{row}/{columns[1 - columns.index(column)]}"].value
    last = prior("2021", {**dict.fromkeys(ZERO, 0), **WHOLE, "requests/carried_out/person": 7,
                          "requests/received/person": 1415})  # fmt: skip
    found = check(reading(typed(full, swapped)), last)
    (repairs,) = suspects(found)[1].repairs
    assert {each.ref: each.likely for each in repairs} == {
        ref: full.entries[ref].value for ref, value in swapped.items() if full.entries[ref].value != value
    }
    assert named_alone(found) == []
    with speaking("zh"):
        told = str(said(suspects(found)[1]))
    assert f"另有 {len(repairs) - 1} 格" in told
    assert "“自然人”和“商业企业”两列对调了" in told


def test_a_column_does_not_carry_in_many_times_what_it_deals_with() -> None:
    """256 stands in both lines and 10 in one of them would do: it is what was carried in."""
    figures = {"requests/received/person": 256, "requests/done.granted/person": 266,
               "requests/done.partial/person": 0, "requests/done.unavailable.not_held/person": 0}  # fmt: skip
    made = district({**figures, "requests/carried_in/person": 256})
    assert ranked(check(reading(made)))[0] == {"requests/carried_in/person": 10}


def test_a_figure_in_the_wrong_row_comes_before_the_two_totals() -> None:
    moved: dict[Ref, Value] = {"requests/done.partial/person": 0, "requests/done.refused.secret/person": 21}
    assert ranked(check(reading(typed(district(), moved))))[0] == {
        "requests/done.partial/person": 21, "requests/done.refused.secret/person": 0}  # fmt: skip


def test_two_figures_in_the_wrong_one_of_two_columns_are_told_together() -> None:
    """4 of one line and 9 of another stand one column on, where neither line has 13."""
    business = {**BUSINESS, "requests/received/org.business": 143}
    lines = ("requests/done.refused.secret", "requests/done.refused.law")
    shown: dict[Ref, Value] = {f"{lines[0]}/person": 4, f"{lines[1]}/person": 9}
    made = district({**business, **dict.fromkeys((f"{line}/org.business" for line in lines), 0), **shown})
    assert {
        f"{lines[0]}/person": 0, f"{lines[0]}/org.business": 4,
        f"{lines[1]}/person": 0, f"{lines[1]}/org.business": 9,
    } in ranked(check(reading(made)))  # fmt: skip


def test_a_pair_of_slips_is_named_where_single_cells_are_few() -> None:
    """388 for 38 and a blank for 1: only two cells could make up for it by themselves."""
    figures = {"requests/received/person": 116, "requests/done.granted/person": 38,
               "requests/done.partial/person": 77, "requests/done.unavailable.not_held/person": 1}  # fmt: skip
    made = district({**figures, "requests/done.granted/person": 388,
                     "requests/done.unavailable.not_held/person": None})  # fmt: skip
    assert {"requests/done.granted/person": 38, "requests/done.unavailable.not_held/person": 1} in ranked(
        check(reading(made))
    )
