"""Every rule of both editions comes with a filing that keeps it and one that breaks it, and no other finding."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from tests.filings import filing, prior, reading, typed, without
from toolkit.form.edition import named
from toolkit.ground.language import speaking
from toolkit.model.filing import Unit
from toolkit.rules import check, examples

READ_ONLY = {
    "form-moved", "county-units", "county-complete", "alike", "form-titles", "form-unplaced", "form-cover",
    "totals-stale", "totals-formula", "form-twice",
}  # fmt: skip
"""Rules that only a reader can see broken; test_read has a workbook for each."""


PAIRS = [(edition, rule) for edition in ("2019", "2021") for rule in examples.changes(edition)]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_filing_that_keeps_every_rule_has_no_finding(edition: str) -> None:
    checked = check(reading(filing(edition)), prior(edition))
    assert [(each.rule, str(each.message)) for each in checked.findings] == []
    assert checked.unassessed == ()


@pytest.mark.parametrize(("edition", "rule"), PAIRS)
def test_a_broken_rule_is_found_and_no_other(edition: str, rule: str) -> None:
    pair = examples.pair(edition, rule)
    assert pair is not None
    right, wrong = pair
    assert check(reading(right.filing), right.prior).findings == ()
    checked = check(reading(wrong.filing), wrong.prior)
    assert {each.rule for each in checked.findings} == {rule}, [str(each.message) for each in checked.findings]
    assert all(each.level == named(edition).rule(rule).level for each in checked.findings)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_rule_has_its_pair(edition: str) -> None:
    rules = {rule.id for rule in named(edition).rules} - READ_ONLY
    if edition == "2019":
        rules -= {"form-layout"}  # no edition before it had another layout
    assert set(examples.changes(edition)) == rules


def test_a_total_typed_wrong_is_found_once() -> None:
    for ref in ("requests/received/total", "requests/done.total/person", "requests/done.total/total"):
        made = typed(filing("2021"), {ref: 99})
        assert len(check(reading(made), prior("2021")).findings) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"documents/regulations/issued": 2}, "“规章 本年制发件数”填了 2，应填 0；如属“行政规范性文件”，请填到那一行"),
        ({"requests/carried_in/person": 5}, "“上年结转”（自然人）填 5，与上年年报“结转下年度”"),
        (
            {"requests/received/org.business": 3},
            "本年新收 3 + 上年结转 0 = 3，办理结果总计 2 + 结转下年度 0 = 2，相差 1",
        ),
    ],
)
def test_a_sentence_says_what_is_there_and_what_should_be(changes: dict[str, int], said: str) -> None:
    with speaking("zh"):
        unit = dataclasses.replace(filing("2021").unit, level="township")
        found = check(reading(filing("2021", changes, unit=unit)), prior("2021")).findings
        assert len([each for each in found if said in str(each.message)]) == 1
        assert not [each for each in found if "左边" in str(each.message)]


def test_the_message_gives_place_both_sides_difference_and_direction() -> None:
    with speaking("en"):
        (found,) = check(reading(filing("2021", {"requests/received/org.business": 3})), prior("2021")).findings
        assert str(found.message) == (
            "表三: 商业企业: 本年新收 3 + 上年结转 0 = 3, 办理结果总计 2 + 结转下年度 0 = 2; they differ by 1"
        )
    assert (found.left, found.right, found.difference) == (3, 2, 1)
    assert [cell.ref for cell in found.cells] == [
        f"requests/{row}/org.business" for row in ("received", "carried_in", "done.total", "carried_out")
    ]
    assert found.cite.startswith("表三注")


def test_two_errors_that_cancel_in_the_total_are_both_found() -> None:
    made = filing("2021", {"requests/received/person": 11, "requests/carried_out/org.other": 1})
    found = check(reading(made), prior("2021")).findings
    assert [(each.rule, each.difference) for each in found] == [("requests-balance", 1), ("requests-balance", -1)]


def test_without_a_prior_the_rules_across_years_are_said_not_to_be_assessed() -> None:
    checked = check(reading(filing("2021")))
    assert checked.findings == ()
    assert {each.rule for each in checked.unassessed} == {
        rule.id
        for rule in named("2021").rules
        if rule.check in ("proportion", "copied-figures", "copied-texts")
        or (rule.equation and any(term.prior for term in rule.equation.right))
    }


def test_a_prior_of_the_earlier_form_is_compared_where_both_forms_have_the_figure() -> None:
    made = filing("2021", year=2021)
    checked = check(reading(made), prior("2019", {"requests/carried_out/person": 4}, year=2020))
    assert [each.rule for each in checked.findings] == ["requests-carried-in"]
    assert [each.rule for each in checked.unassessed] == ["documents-in-force-prior"]


def test_without_a_level_the_level_rules_are_said_not_to_be_assessed() -> None:
    checked = check(reading(filing("2021", unit=Unit("某单位"))), prior("2021"))
    assert {each.rule for each in checked.unassessed} == {
        "documents-regulations-level",
        "documents-regulations-department",
        "fees-in-yuan",
        "texts-topics-government",
    }


def test_text_in_a_number_cell_makes_its_rules_unassessed_not_kept() -> None:
    made = typed(filing("2021"), {"requests/received/person": "10 左右"})
    checked = check(reading(made), prior("2021"))
    assert [each.rule for each in checked.findings] == ["entries-text"]
    assert {"requests-balance", "requests-total"} <= {each.rule for each in checked.unassessed}


def test_a_missing_table_is_one_finding_and_its_rules_are_not_passed() -> None:
    made = filing("2021")
    checked = check(
        reading(without(made, *(ref for ref in made.entries if ref.startswith("disputes/")))), prior("2021")
    )
    assert [each.rule for each in checked.findings] == ["form-missing"]
    assert {f"disputes-{group}-total" for group in ("review", "suit-direct", "suit-after-review")} <= {
        each.rule for each in checked.unassessed
    }


def test_a_formula_that_was_never_calculated_is_no_number() -> None:
    made = typed(filing("2021"), {"requests/done.partial/person": "=1+2"})
    (found,) = check(reading(made), prior("2021")).findings
    assert found.rule == "entries-text"


def test_a_fraction_of_a_case_is_no_whole_number() -> None:
    made = filing("2021", {"services/licences/decisions": Decimal("1.5")})
    (found,) = check(reading(made), prior("2021")).findings
    assert found.rule == "entries-domain"


def test_a_finding_made_in_one_language_is_said_in_another() -> None:
    with speaking("zh"):
        found = check(reading(filing("2021")), prior("2021", {"requests/carried_out/person": 4})).findings[0]
        assert "上年" in str(found.message)
    with speaking("en"):
        assert "last year's report has 4 under “结转下年度”" in str(found.message)


def _told(year: int, prior_year: int, changes: dict[str, int], more: str = "") -> list[str]:
    """The rules of copying that a filing breaks beside last year's, of which some entries and a text were changed."""
    text = "{year}年，我镇把主动公开作为日常工作，比{last}年做得更好。" * 12
    now = filing("2021" if year > 2020 else "2019", year=year)
    last = dataclasses.replace(now, year=prior_year) if now.edition == "2021" or year < 2021 else now
    last = typed(last, changes)
    now = dataclasses.replace(now, texts={**now.texts, "overview": text.format(year=year, last=year - 1) + more})
    last = dataclasses.replace(
        last, texts={**last.texts, "overview": text.format(year=prior_year, last=prior_year - 1)}
    )
    found = check(reading(now), last).findings
    return [each.rule for each in found if each.rule.startswith("prior-copied")]


def test_figures_and_texts_of_last_year_are_noted_whatever_the_years_say() -> None:
    assert _told(2023, 2022, {}) == ["prior-copied-figures", "prior-copied-texts"]
    assert _told(2023, 2022, {"services/licences/decisions": 77}) == ["prior-copied-texts"]
    more = "新增了许多从前没有的内容：公开专区、主动推送、政策问答、开放日活动。" * 3
    assert _told(2023, 2022, {}, more) == ["prior-copied-figures"]


def test_two_quiet_years_are_no_copy() -> None:
    quiet = filing("2021", dict.fromkeys(named("2021").entries, 0))
    found = check(reading(quiet), dataclasses.replace(quiet, year=quiet.year - 1)).findings
    assert "prior-copied-figures" not in {each.rule for each in found}


def test_across_the_change_of_form_what_one_form_lacks_is_never_taken_for_0() -> None:
    made, last = filing("2021", year=2021), prior("2019", year=2020)
    checked = check(reading(made), last)
    assert "documents-in-force-prior" in {each.rule for each in checked.unassessed}
    assert "documents-in-force-prior" not in {each.rule for each in checked.findings}
