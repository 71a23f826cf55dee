"""Every rule of both editions comes with a filing that keeps it and one that breaks it, and no other finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from tests.filings import TEXTS, TOWN, filing, prior, reading, typed, without
from toolkit.check import check
from toolkit.edition import named
from toolkit.language import speaking, text
from toolkit.model import Entry, Filing, Unit

Broken = Callable[[], tuple[Filing, Filing | None]]
LEVELS = {"county": Unit("某县", "1", "county"), "department": Unit("省某厅", "2", "province-department")}

READ_ONLY = {"form-moved", "form-unplaced", "form-cover", "totals-stale"}
"""Rules that only a reader can see broken; test_read has a workbook for each."""


def _entry_with_remark(edition: str) -> Filing:
    made = filing(edition)
    remarked = Entry(10, remark=text("“{typed}” is read as {value}", typed="１０件", value=10))
    return Filing(
        made.edition, made.year, made.unit, {**made.entries, "requests/received/person": remarked}, made.texts
    )


def _common(edition: str) -> Mapping[str, Broken]:
    """The pairs of the rules that both editions have."""
    sheet_two = [ref for ref in named(edition).entries if ref.split("/")[0] not in ("requests", "disputes")]
    regulation = "issued" if edition == "2021" else "made"
    public = {"2021": {"documents/regulations/in_force": 1}, "2019": {"documents/regulations/public": 1}}[edition]
    before = prior(edition, {"documents/regulations/in_force": 0} if edition == "2021" else {})
    return {
        "documents-regulations-level": lambda: (
            filing(edition, {f"documents/regulations/{regulation}": 1, **public}),
            prior(edition, {"documents/regulations/in_force": 0} if edition == "2021" else {}),
        ),
        "documents-regulations-department": lambda: (
            filing(edition, {f"documents/regulations/{regulation}": 1, **public}, unit=LEVELS["department"]),
            before,
        ),
        "requests-total": lambda: (typed(filing(edition), {"requests/received/total": 13}), prior(edition)),
        "requests-done-total": lambda: (typed(filing(edition), {"requests/done.total/person": 12}), prior(edition)),
        "requests-balance": lambda: (filing(edition, {"requests/received/person": 11}), prior(edition)),
        "requests-carried-in": lambda: (filing(edition), prior(edition, {"requests/carried_out/person": 4})),
        "disputes-review-total": lambda: (typed(filing(edition), {"disputes/cases/review.total": 3}), prior(edition)),
        "disputes-suit-direct-total": lambda: (
            typed(filing(edition), {"disputes/cases/suit.direct.total": 0}),
            prior(edition),
        ),
        "disputes-suit-after-review-total": lambda: (
            typed(filing(edition), {"disputes/cases/suit.after_review.total": 7}),
            prior(edition),
        ),
        "disputes-review-pending": lambda: (filing(edition), prior(edition, {"disputes/cases/review.pending": 3})),
        "disputes-suit-direct-pending": lambda: (
            filing(edition),
            prior(edition, {"disputes/cases/suit.direct.pending": 3}),
        ),
        "disputes-suit-after-review-pending": lambda: (
            filing(edition),
            prior(edition, {"disputes/cases/suit.after_review.pending": 3}),
        ),
        "form-edition": lambda: (filing(edition, year=2022 if edition == "2019" else 2020), None),
        "form-missing": lambda: (without(filing(edition), "requests/done.partial/person"), prior(edition)),
        "form-empty": lambda: (typed(filing(edition), dict.fromkeys(sheet_two)), prior(edition)),
        "entries-text": lambda: (typed(filing(edition), {"requests/done.partial/person": "三件"}), prior(edition)),
        "entries-error": lambda: (typed(filing(edition), {"requests/done.partial/person": "#REF!"}), prior(edition)),
        "entries-domain": lambda: (
            filing(edition, {"requests/done.partial/person": -1, "requests/carried_out/person": 3}),
            prior(edition),
        ),
        "entries-none": lambda: (typed(filing(edition), {"requests/done.partial/person": "/"}), prior(edition)),
        "entries-blank": lambda: (typed(filing(edition), {"requests/done.partial/person": None}), prior(edition)),
        "entries-remark": lambda: (_entry_with_remark(edition), prior(edition)),
        "totals-blank": lambda: (typed(filing(edition), {"requests/received/total": None}), prior(edition)),
        "texts-present": lambda: (filing(edition, texts={**TEXTS, "overview": " "}), prior(edition)),
        "texts-problems": lambda: (filing(edition, texts={**TEXTS, "problems": "无。"}), prior(edition)),
        "prior-proportion": lambda: (
            filing(edition, {"requests/received/person": 70, "requests/done.granted/person": 68}),
            prior(edition),
        ),
    }


def _of_2019() -> Mapping[str, Broken]:
    bound = {"services": "other", "enforcement": "coercion", "fees": "fees"}
    pairs: dict[str, Broken] = {
        "documents-public-bound": lambda: (filing("2019", {"documents/normative/public": 1}), prior("2019")),
        "procurement-amount-and-projects": lambda: (
            filing("2019", {"procurement/central/amount": Decimal(0)}),
            prior("2019"),
        ),
        "services-decided-without-items": lambda: (filing("2019", {"services/other/decisions": 2}), prior("2019")),
        "enforcement-decided-without-items": lambda: (
            filing("2019", {"enforcement/coercion/decisions": 2}),
            prior("2019"),
        ),
    }
    for table, row in bound.items():
        pairs[f"{table}-items-bound"] = lambda table=table, row=row: (  # type: ignore[misc]
            filing("2019", {f"{table}/{row}/items_change": -1}),
            prior("2019"),
        )
        pairs[f"{table}-items-prior"] = lambda table=table, row=row: (  # type: ignore[misc]
            filing("2019"),
            prior("2019", {f"{table}/{row}/items_change": 1}),
        )
    return pairs


def _as_one_line() -> Filing:
    """A filing whose report printed （六）其他处理 as the one line it was in 2019."""
    made = filing("2021")
    lines = [ref for ref in made.entries if ref.startswith("requests/done.other.")]
    heads = {ref.replace(".uncorrected", ""): Entry(0) for ref in lines if ".uncorrected" in ref}
    return Filing(made.edition, made.year, made.unit, {**without(made, *lines).entries, **heads}, made.texts)


def _of_2021() -> Mapping[str, Broken]:
    return {
        "documents-in-force-bound": lambda: (
            filing("2021", {"documents/normative/issued": 11, "documents/normative/in_force": 9}),
            prior("2021", {"documents/normative/in_force": -1}),
        ),
        "documents-in-force-prior": lambda: (filing("2021"), prior("2021", {"documents/normative/in_force": 7})),
        "texts-processing-fee": lambda: (filing("2021", texts={**TEXTS, "other_matters": "无"}), prior("2021")),
        "form-layout": lambda: (_as_one_line(), prior("2021")),
    }


def _pairs(edition: str) -> dict[str, Broken]:
    return {**_common(edition), **(_of_2021() if edition == "2021" else _of_2019())}


PAIRS = [(edition, rule) for edition in ("2019", "2021") for rule in _pairs(edition)]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_filing_that_keeps_every_rule_has_no_finding(edition: str) -> None:
    checked = check(reading(filing(edition)), prior(edition))
    assert [(each.rule, str(each.message)) for each in checked.findings] == []
    assert checked.unassessed == ()


@pytest.mark.parametrize(("edition", "rule"), PAIRS)
def test_a_broken_rule_is_found_and_no_other(edition: str, rule: str) -> None:
    made, before = _pairs(edition)[rule]()
    checked = check(reading(made), before)
    assert {each.rule for each in checked.findings} == {rule}, [str(each.message) for each in checked.findings]
    assert all(each.level == named(edition).rule(rule).level for each in checked.findings)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_rule_has_its_pair(edition: str) -> None:
    rules = {rule.id for rule in named(edition).rules} - READ_ONLY
    if edition == "2019":
        rules -= {"form-layout"}  # no edition before it had another layout
    assert set(_pairs(edition)) == rules


def test_a_total_typed_wrong_is_found_once() -> None:
    for ref in ("requests/received/total", "requests/done.total/person", "requests/done.total/total"):
        made = typed(filing("2021"), {ref: 99})
        assert len(check(reading(made), prior("2021")).findings) == 1


def test_the_message_gives_place_both_sides_difference_and_direction() -> None:
    with speaking("en"):
        (found,) = check(reading(filing("2021", {"requests/received/org.business": 3})), prior("2021")).findings
        assert str(found.message) == (
            "表三: 商业企业: 本年新收 3 + 上年结转 0 = 3, "
            "办理结果总计 2 + 结转下年度 0 = 2; the left side is 1 too many"
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
        if rule.check == "proportion" or (rule.equation and any(term.prior for term in rule.equation.right))
    }


def test_a_prior_of_the_earlier_form_is_compared_where_both_forms_have_the_figure() -> None:
    made = filing("2021", year=2021)
    checked = check(reading(made), prior("2019", {"requests/carried_out/person": 4}, year=2020))
    assert [each.rule for each in checked.findings] == ["requests-carried-in"]
    assert [each.rule for each in checked.unassessed] == ["documents-in-force-prior"]


def test_without_a_level_the_level_rules_are_said_not_to_be_assessed() -> None:
    checked = check(reading(filing("2021", unit=Unit(TOWN.name))), prior("2021"))
    assert {each.rule for each in checked.unassessed} == {
        "documents-regulations-level",
        "documents-regulations-department",
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
        assert "last year's 结转下年度 4" in str(found.message)
