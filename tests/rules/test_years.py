"""A filing beside last year's: what is said of figures that are out of all proportion to it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.filings import filing, prior, reading
from toolkit.ground.language import speaking
from toolkit.rules import check

FEES = "fees/fees/amount"


def remedy(now: Decimal, before: Decimal) -> str:
    """What to do about fees out of proportion to last year's."""
    made = reading(filing("2021", {FEES: now}))
    (found,) = [each for each in check(made, prior("2021", {FEES: before})).findings if each.rule == "prior-proportion"]
    assert found.level == "verify"
    return str(found.remedy)


@pytest.mark.parametrize(
    ("now", "before", "meant"),
    [("119253", "11.5", "11.9253"), ("3250000", "300", "325"), ("1192530", "119.253", "119.253")],
)
def test_an_amount_ten_thousand_times_last_years_is_suspected_to_be_in_yuan(now: str, before: str, meant: str) -> None:
    with speaking("zh"):
        said = remedy(Decimal(now), Decimal(before))
    assert said.startswith("疑似以元填报")
    assert f"行政事业性收费 {meant}" in said


@pytest.mark.parametrize(("now", "before"), [("1000", "11.5"), ("119253", "0"), ("11.5", "119253"), ("0", "500")])
def test_an_amount_that_would_not_fit_as_yuan_is_only_out_of_proportion(now: str, before: str) -> None:
    with speaking("zh"):
        assert "疑似" not in remedy(Decimal(now), Decimal(before))
