"""Which cell is wrong: the cells named for spoiled filings, their values and reasons, and what stays the same."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.filings import filing, prior, reading, typed
from toolkit.form.edition import named
from toolkit.form.parts import Ref, Value
from toolkit.ground.language import speaking
from toolkit.model.filing import Checked, Entry, Filing
from toolkit.model.suspects import Suspect, said
from toolkit.rules import check

WHOLE: Mapping[Ref, Value] = {
    "requests/received/person": 1408,
    "requests/done.granted/person": 1300,
    "requests/done.partial/person": 21,
    "requests/done.unavailable.not_held/person": 87,
    "requests/carried_in/person": 0,
    "requests/carried_out/person": 0,
}
"""Figures of a district in which 1408 can be typed 1048."""
ZERO = tuple(ref for ref in named("2021").entries if ref.startswith("requests/"))
"""The entries of the table of requests."""


def district(changes: Mapping[Ref, Value] | None = None) -> Filing:
    """The district's filing, every total the sum of its lines."""
    zeros = {ref: 0 for ref in named("2021").entries if ref.startswith("requests/")}
    return filing("2021", {**zeros, **WHOLE, **(changes or {})})


def suspects(checked: Checked) -> dict[int, Suspect]:
    """The suspects by group."""
    return {each.suspect.group: each.suspect for each in checked.findings if each.suspect}


def named_alone(checked: Checked) -> list[dict[Ref, object]]:
    """What is named for certain, each as the values its cells would take."""
    return [{each.ref: each.likely for each in one.repairs[0]} for one in suspects(checked).values() if one.certain]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_filing_that_keeps_every_rule_has_no_suspect(edition: str) -> None:
    assert suspects(check(reading(filing(edition)), prior(edition))) == {}


def test_a_filing_without_a_broken_equation_does_not_load_the_diagnosis() -> None:
    script = (
        "import sys; from tests.filings import filing, reading; from toolkit.rules import check; "
        "check(reading(filing('2021'))); assert not [each for each in sys.modules if 'suspects_' in each]"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_one_swapped_number_among_typed_totals_is_one_group() -> None:
    made = typed(district(), {"requests/received/person": 1048})
    checked = check(reading(made))
    assert len(checked.findings) > 1
    assert {each.suspect.group for each in checked.findings if each.suspect} == {1}
    assert named_alone(checked) == [{"requests/received/person": 1408}]
    with speaking("en"):
        assert "two digits are swapped" in str(said(suspects(checked)[1]))


def test_the_words_say_suspected_the_reason_the_value_and_what_holds() -> None:
    made = typed(district(), {"requests/received/person": 1048})
    with speaking("zh"):
        first, *rest = check(reading(made)).findings
        assert str(first.remedy) == "疑似 本年新收 自然人：1048 应为 1408（数字颠倒），改后 2 条勾稽关系全部成立"
        assert all("同一原因" in str(each.remedy) for each in rest)


def test_a_total_typed_wrong_is_told_from_an_entry_typed_wrong() -> None:
    made = typed(district(), {"requests/done.granted/total": 1030})
    assert named_alone(check(reading(made))) == [{"requests/done.granted/total": 1300}]


def test_where_totals_are_formulas_other_cells_could_be_it_and_at_most_five_are_named() -> None:
    checked = check(reading(district({"requests/received/person": 1407})))
    (suspect,) = suspects(checked).values()
    assert not suspect.certain
    assert 1 < len(suspect.repairs) <= 5
    assert {"requests/received/person"} in [{each.ref for each in repair} for repair in suspect.repairs]


def test_two_totals_left_0_are_both_named() -> None:
    lines = {"disputes/cases/review.upheld": 10, "disputes/cases/review.corrected": 1,
             "disputes/cases/suit.after_review.upheld": 5}  # fmt: skip
    zero = {ref: 0 for ref in named("2021").entries if ref.startswith("disputes/")}
    made = typed(filing("2021", {**zero, **lines}),
                 {"disputes/cases/review.total": 0, "disputes/cases/suit.after_review.total": 0})  # fmt: skip
    found = suspects(check(reading(made))).values()
    first = [each.repairs[0][0] for each in found]
    assert [(each.ref, each.likely) for each in first] == [
        ("disputes/cases/review.total", 11), ("disputes/cases/suit.after_review.total", 5)]  # fmt: skip


def test_two_errors_that_cancel_are_one_misplaced_application() -> None:
    """60 + 0 ≠ 61 + 0 and 1 + 0 ≠ 0 + 0, 62 = 62."""
    made = district({"requests/received/person": 1407, "requests/received/org.other": 1})
    found = suspects(check(reading(made)))
    assert len(found) == 1
    assert all({each.ref.split("/")[2] for each in one} == {"person", "org.other"} for one in found[1].repairs)
    assert {"requests/received/person": 1408, "requests/received/org.other": 0} in [
        {each.ref: each.likely for each in one} for one in found[1].repairs
    ]


@pytest.mark.parametrize(
    ("ref", "wrong"),
    [
        ("requests/received/person", 1048),
        ("requests/done.granted/person", 13000),
        ("requests/done.partial/person", None),
        ("requests/done.granted/total", 1030),
    ],
)
def test_the_only_repair_leaves_no_failing_rule(ref: Ref, wrong: Value) -> None:
    made = typed(district(), {ref: wrong})
    (repair,) = named_alone(check(reading(made)))
    right = typed(made, repair)  # type: ignore[arg-type]
    assert [each.rule for each in check(reading(right)).findings] == []


def test_findings_and_their_levels_are_those_without_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    made = typed(district(), {"requests/received/person": 1048, "requests/done.partial/total": 12})
    told = check(reading(made)).findings
    monkeypatch.setattr("toolkit.rules._suspected", lambda case, found, level: found)
    bare = check(reading(made)).findings
    assert [(each.rule, each.level, each.cells, each.difference) for each in told] == [
        (each.rule, each.level, each.cells, each.difference) for each in bare
    ]


def test_a_value_that_only_last_year_speaks_for_is_not_named_alone() -> None:
    """534 is far from last year's 23, but with a second mistake in its column the balance gives 33 and not 34."""
    right = {"requests/received/person": 1408, "requests/done.partial/person": 34,
             "requests/done.unavailable.not_held/person": 74}  # fmt: skip
    before = {ref: 0 for ref in named("2021").entries if ref.startswith("requests/")}
    last = {**before, **WHOLE, "requests/done.partial/person": 23, "requests/done.unavailable.not_held/person": 85}
    made = district({**right, "requests/done.partial/person": 534, "requests/done.granted/person": 1301})
    checked = check(reading(made), prior("2021", last))
    assert named_alone(checked) == []
    assert {each.ref for each in suspects(checked)[1].repairs[0]} == {"requests/done.partial/person"}


def test_rules_that_fail_by_one_and_meet_may_have_a_reason_each() -> None:
    """One application too few in a row, another one in a column of another cell: they meet in a cell that is right."""
    business = {"requests/received/org.business": 5, "requests/done.granted/org.business": 3,
                "requests/done.partial/org.business": 2}  # fmt: skip
    wrong: dict[Ref, Value] = {"requests/done.granted/person": 1301, "requests/done.partial/person": 20,
                               "requests/done.partial/org.business": 3}  # fmt: skip
    checked = check(reading(typed(district(business), wrong)))
    assert {"requests/done.granted/org.business": 2} in [
        {each.ref: each.likely for each in one} for said in suspects(checked).values() for one in said.repairs
    ]
    assert named_alone(checked) == []


def test_two_cells_that_share_a_rule_are_not_named_alone() -> None:
    """3 requests in the wrong column, and a slip in the line below, fail as two slips in that line would."""
    business = {"requests/received/org.business": 3, "requests/done.granted/org.business": 3}
    made = typed(district(business), {
        "requests/done.granted/person": 1303, "requests/done.granted/org.business": 0,
        "requests/done.partial/person": 30,
    })  # fmt: skip
    checked = check(reading(made))
    assert {"requests/done.partial/person": 18, "requests/done.partial/org.business": 3} in [
        {each.ref: each.likely for each in repair} for repair in suspects(checked)[1].repairs
    ]
    assert named_alone(checked) == []


def test_a_part_of_a_figure_in_the_next_column_is_not_named_alone() -> None:
    """All 40 stand one column on, and one more does in another row: the balances say 39."""
    lines = ("granted", "partial", "unavailable.not_held", "declined.repeat")
    made = district({
        **{f"requests/done.{line}/person": 10 for line in lines},
        "requests/received/person": 0, "requests/received/org.business": 45,
        "requests/done.granted/person": 9, "requests/done.granted/org.business": 6,
    })  # fmt: skip
    checked = check(reading(made))
    first = suspects(checked)[1].repairs[0]
    assert {each.ref: each.likely for each in first} == {
        "requests/received/person": 39, "requests/received/org.business": 6}  # fmt: skip
    assert named_alone(checked) == []
    with speaking("zh"):
        told = str(said(suspects(checked)[1]))
    assert told.startswith("疑似 本年新收 自然人：0 应为 39")
    assert told.endswith("，但不能确定")


def test_a_sentence_and_a_proportion_that_the_same_cell_breaks_have_the_same_cause() -> None:
    """The text says 1408 and last year it was 1350; 14080 stands there."""
    texts = {"overview": "本年新收政府信息公开申请1408件。", "problems": "略", "other_matters": "略"}
    before = {ref: 0 for ref in named("2021").entries if ref.startswith("requests/")}
    last = prior("2021", {**before, **WHOLE, "requests/received/person": 1350, "requests/carried_out/person": 0})
    made = typed(dataclasses.replace(district(), texts=texts), {"requests/received/person": 14080})
    found = check(reading(made), last).findings
    assert named_alone(check(reading(made), last)) == [{"requests/received/person": 1408}]
    groups = {each.rule: each.suspect.group if each.suspect else None for each in found}
    of_it = ("requests-total", "requests-balance", "prior-proportion", "texts-figures")
    assert [groups[rule] for rule in of_it] == [1, 1, 1, 1]
    assert {rule for rule, group in groups.items() if group} == set(of_it)


def test_a_finding_that_stands_after_the_repair_has_another_cause() -> None:
    """A blank cell elsewhere in the table, and a second figure out of proportion, stay findings of their own."""
    before = {ref: 0 for ref in named("2021").entries if ref.startswith("requests/")}
    last = prior("2021", {**before, **WHOLE, "requests/done.granted/person": 100})
    made = typed(district(), {"requests/received/person": 14080, "requests/done.granted/org.legal": None})
    found = check(reading(made), last).findings
    assert {each.rule: each.suspect for each in found if each.rule in ("prior-proportion", "entries-blank")} == {
        "prior-proportion": None, "entries-blank": None}  # fmt: skip


def ranked(checked: Checked) -> list[dict[Ref, object]]:
    """The repairs of the only cause, the likeliest first."""
    (suspect,) = suspects(checked).values()
    return [{each.ref: each.likely for each in repair} for repair in suspect.repairs]


def test_a_figure_that_the_other_columns_never_have_is_the_likeliest() -> None:
    """7 where there is never one, in a table whose totals follow; 21 and 14 would be as good slips elsewhere."""
    business = {"requests/received/org.business": 140, "requests/done.granted/org.business": 130,
                "requests/done.partial/org.business": 2,
                "requests/done.unavailable.not_held/org.business": 8}  # fmt: skip
    made = district({**business, "requests/done.declined.publication/person": 7})
    assert ranked(check(reading(made)))[0] == {"requests/done.declined.publication/person": 0}


def test_a_dropped_digit_may_leave_a_0_that_is_not_shown() -> None:
    """108 without its 1 is 8; 1279 may be 1379 and 1408 be 1308, but the 87 of last year is near the 108."""
    right = {"requests/done.unavailable.not_held/person": 108, "requests/done.granted/person": 1279}
    last = prior("2021", {**dict.fromkeys(ZERO, 0), **WHOLE})
    made = district({**right, "requests/done.unavailable.not_held/person": 8})
    assert ranked(check(reading(made), last))[0] == {"requests/done.unavailable.not_held/person": 108}


def test_a_single_request_in_the_wrong_column_is_not_named_alone() -> None:
    """Last year there was one of these, too, but one request that went astray may be of any row."""
    business = {"requests/received/org.business": 40, "requests/done.granted/org.business": 40}
    right = {**business, "requests/done.unavailable.not_held/person": 86, "requests/done.declined.repeat/person": 1}
    moved: dict[Ref, Value] = {
        "requests/done.declined.repeat/person": 0, "requests/done.declined.repeat/org.business": 1}  # fmt: skip
    last = prior("2021", {**dict.fromkeys(ZERO, 0), **WHOLE, **right})
    checked = check(reading(typed(district(right), moved)), last)
    assert ranked(checked)[0] == {
        "requests/done.declined.repeat/person": 1, "requests/done.declined.repeat/org.business": 0}  # fmt: skip
    assert named_alone(checked) == []


def test_a_blank_says_little_where_every_0_was_left_blank() -> None:
    """All cells with nothing are blank; the 1048 that is 1408 comes before any of them."""
    made = district({"requests/received/person": 1048})
    blank = {ref: None for ref, entry in made.entries.items() if entry.value == 0 and ref in named("2021").entries}
    assert ranked(check(reading(district({"requests/received/person": 1048, **blank}))))[0] == {
        "requests/received/person": 1408}  # fmt: skip


@pytest.mark.parametrize("wrong", [-3, 10**400])
def test_a_figure_that_no_unit_has_is_weighed_like_others(wrong: int) -> None:
    assert suspects(check(reading(typed(district(), {"requests/done.partial/person": wrong}))))
    assert suspects(check(reading(district({"requests/done.partial/person": wrong}))))


def test_a_sum_of_money_of_0_was_not_left_blank() -> None:
    made = district({"requests/done.granted/person": Decimal(0)})
    with speaking("en"):
        told = str(said(suspects(check(reading(made)))[1]))
    assert "1408 should be 108 (a digit is too many)" in told
    assert "left blank" not in told


def test_a_figure_in_the_row_beside_its_own_where_totals_follow() -> None:
    """8 carried in are typed one row on, as granted, so that the balance is off by 16."""
    right = {"requests/carried_in/person": 8, "requests/done.granted/person": 0, "requests/received/person": 100}
    made = district({**right, "requests/carried_in/person": 0, "requests/done.granted/person": 8})
    assert {"requests/carried_in/person": 8, "requests/done.granted/person": 0} in ranked(check(reading(made)))


def test_two_slips_in_one_column_whose_totals_follow_are_found_together() -> None:
    """1408 became 1048 and 21 became 12: no slip of one figure makes up for both."""
    made = district({"requests/received/person": 1048, "requests/done.partial/person": 12})
    assert {"requests/received/person": 1408, "requests/done.partial/person": 21} in ranked(check(reading(made)))


def test_a_figure_in_the_wrong_column_and_a_slip_in_one_of_them_are_told_together() -> None:
    """The 40 granted stand one column on, and 1408 became 1048."""
    business = {"requests/received/org.business": 440, "requests/done.granted/org.business": 400,
                "requests/done.partial/org.business": 40}  # fmt: skip
    made = district({**business, "requests/received/person": 1048, "requests/done.partial/org.business": 0,
                     "requests/done.partial/person": 61})  # fmt: skip
    assert {"requests/received/person": 1408, "requests/done.partial/person": 21,
            "requests/done.partial/org.business": 40} in ranked(check(reading(made)))  # fmt: skip


def test_a_heading_that_stands_for_its_lines_is_a_cell_like_others() -> None:
    """其他处理 is one row, as in 2019, and two columns fail by what does not cancel."""
    made = district({"requests/received/person": 1048, "requests/received/org.business": 5})
    entries = {ref: each for ref, each in made.entries.items() if not ref.startswith("requests/done.other.")}
    columns = ("person", "org.business", "org.research", "org.welfare", "org.legal", "org.other")
    entries |= {f"requests/done.other/{column}": Entry(0) for column in columns}
    found = suspects(check(reading(dataclasses.replace(made, entries=entries))))
    assert {"requests/received/person": 1408} in [
        {each.ref: each.likely for each in one} for said in found.values() for one in said.repairs
    ]
