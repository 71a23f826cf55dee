"""A filing beside last year's: what is said of figures that are out of all proportion to it."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from tests.filings import filing, prior, reading
from toolkit.ground.language import speaking
from toolkit.model.filing import Finding, Unit
from toolkit.rules import check

FEES = "fees/fees/amount"


def told(now: str, before: str | None, text: str = "略", **unit: str) -> dict[str, Finding]:
    """What is said of fees, by rule."""
    made = filing("2021", {FEES: Decimal(now)})
    whose = dataclasses.replace(made.unit, **unit) if unit else made.unit
    made = dataclasses.replace(made, unit=whose, texts={**made.texts, "other_matters": text})
    last = None if before is None else prior("2021", {FEES: Decimal(before)})
    found = check(reading(made), last).findings
    return {each.rule: each for each in found if [cell.ref for cell in each.cells] == [FEES]}


@pytest.mark.parametrize(
    ("now", "before", "meant"),
    [("119253", "11.5", "11.9253"), ("3250000", "300", "325"), ("1192530", "119.253", "119.253")],
)
def test_an_amount_ten_thousand_times_last_years_is_suspected_to_be_in_yuan(now: str, before: str, meant: str) -> None:
    found = told(now, before)
    assert found.keys() == {"fees-in-yuan"}
    (said,) = found.values()
    assert (said.level, said.suspect and said.suspect.certain) == ("verify", False)
    assert said.suspect is not None
    assert [(each.ref, each.likely) for each in said.suspect.repairs[0]] == [(FEES, Decimal(meant))]
    with speaking("zh"):
        assert f"{now} 应为 {meant}（以元填报，应为万元），但不能确定" in str(said.remedy)
        assert str(said.remedy).endswith("请核实数字；如果无误，请在情况说明中说明差异原因")


@pytest.mark.parametrize(("now", "before"), [("1000", "11.5"), ("11.5", "119253"), ("0", "500")])
def test_an_amount_that_would_not_fit_as_yuan_is_only_out_of_proportion(now: str, before: str) -> None:
    found = told(now, before)
    assert found.keys() == {"prior-proportion"}
    assert found["prior-proportion"].suspect is None


@pytest.mark.parametrize(
    ("now", "level", "meant"),
    [("3250000", "township", "325"), ("119253", "county-department", "11.9253"), ("1001", "township", "0.1001"),
     ("1000", "township", None), ("50000", "county-department", None), ("72701.2578", "city", None)],
)  # fmt: skip
def test_without_last_year_an_amount_beyond_what_its_level_has_is_verified(
    now: str, level: str, meant: str | None
) -> None:
    for before in (None, "0"):
        found = told(now, before, level=level).get("fees-in-yuan")
        assert (found is None) == (meant is None)
        if found is not None and found.suspect is not None:
            assert [str(each.likely) for each in found.suspect.repairs[0]] == [meant]


@pytest.mark.parametrize(
    ("said", "certain"),
    [
        ("全年行政事业性收费金额0.325万元。", True),
        ("全年行政事业性收费3250元。", True),
        ("全年行政事业性收费约0.3256万元。", False),
        ("全年行政事业性收费2万元。", None),
        ("全年没有信息处理费。", None),
    ],
)
def test_an_amount_that_the_text_says_in_10000_yuan_is_typed_in_yuan(said: str, certain: bool | None) -> None:
    found = told("3250", "0", f"{said}其他没有。", level="county-department").get("fees-in-yuan")
    assert (found is None) == (certain is None)
    if found is not None:
        assert found.suspect is not None
        assert (found.suspect.certain, found.suspect.repairs[0][0].likely) == (certain, Decimal("0.325"))


def test_what_fits_last_year_is_not_beyond_its_level_however_much_it_is() -> None:
    assert told("3250000", "3000000", level="township") == {}


def test_without_a_level_it_is_said_that_nobody_could_look() -> None:
    made = dataclasses.replace(filing("2021", {FEES: Decimal(3250000)}), unit=Unit("某单位"))
    assert "fees-in-yuan" in {each.rule for each in check(reading(made)).unassessed}
