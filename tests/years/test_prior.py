"""Last year's filing of a unit is found as units are told apart everywhere."""

from __future__ import annotations

import dataclasses

import pytest

from tests.filings import filing, prior
from toolkit.model.filing import Unit
from toolkit.years.prior import Priors

FIRST, SECOND = "11321322014318713X", "113213220143187219"
RECEIVED = "requests/received/person"


def of(unit: Unit) -> Unit | None:
    """Whose filing is taken as last year's of a unit, where these are known."""
    known = [prior("2021", unit=each) for each in (Unit("甲局", FIRST), Unit("乙局"), Unit("丙局（盖章）", SECOND))]
    found = Priors(known).of(filing("2021", unit=unit))
    return found.unit if found else None


@pytest.mark.parametrize(
    ("unit", "whose"),
    [
        (Unit("甲局", FIRST), "甲局"),
        (Unit("甲局"), "甲局"),
        (Unit("改了名的局", FIRST), "甲局"),
        (Unit("甲局", SECOND), "丙局（盖章）"),  # the code is exact
        (Unit("乙 局", FIRST[:-1] + "1"), "乙局"),
        (Unit("丙局"), "丙局（盖章）"),
        (Unit("甲局", FIRST[:-1] + "1"), None),  # the same name, another code: another unit
        (Unit("丁局"), None),
        (Unit(""), None),
    ],
)
def test_last_year_is_that_of_the_same_unit(unit: Unit, whose: str | None) -> None:
    found = of(unit)
    assert (found.name if found else None) == whose


def test_a_unit_s_own_filing_goes_before_what_its_county_s_workbook_says_of_it() -> None:
    own = prior("2021", unit=Unit("甲局", FIRST))
    part = prior("2021", {RECEIVED: 5}, unit=Unit("甲局", FIRST))
    asked = filing("2021", unit=Unit("甲局", FIRST))
    assert Priors([own], parts=[part]).of(asked) is own
    assert Priors([], parts=[part]).of(asked) is part


def test_of_two_that_differ_none_is_taken_and_a_copy_is_no_second() -> None:
    one, asked = prior("2021", unit=Unit("甲局", FIRST)), filing("2021", unit=Unit("甲局", FIRST))
    other = prior("2021", {RECEIVED: 5}, unit=Unit("甲局"))
    found = Priors([one, other])
    assert found.of(asked) is None
    assert found.twins == ((one, other),)
    assert Priors([one, dataclasses.replace(one, source="b.xlsx")]).of(asked) is one
    before = dataclasses.replace(other, year=one.year - 1)
    assert Priors([one, before]).of(asked) is one
