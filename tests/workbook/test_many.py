"""Blank workbooks for many units are those that making each alone gives, whatever the units are called."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.form.edition import named
from toolkit.model.filing import Unit
from toolkit.workbook.write import blank, write
from toolkit.workbook.write.many import Blanks

EDITION = named("2021")
BLANKS = Blanks(EDITION, 2024)


@pytest.mark.parametrize(
    "unit",
    [
        Unit("城关镇人民政府", "11532326015172345A", "township"),
        Unit("县教育局", None, "county-department"),
        Unit("某市住房和城乡建设局（某市人民防空办公室）", "X-1", "city-department"),
        Unit("填报单位", "X1", "township"),  # a word that stands in every workbook
        Unit("单位层级", "乡镇、街道", "township"),
        Unit("甲&乙<丙>镇", "X2", "township"),
        Unit('甲"乙"镇', "X2", None),
        Unit("=1+1", "X2", None),
        Unit(" 甲 镇 ", None, "township"),
        Unit("甲镇", "甲镇", "township"),
        Unit("12345", "012", "county"),
        Unit("镇" * 300, "9" * 300, "county"),
        Unit("", "", None),
    ],
)
def test_a_copy_is_the_workbook_made_alone(unit: Unit) -> None:
    assert BLANKS.of(unit) == write(EDITION, blank(EDITION, 2024, unit))


@settings(max_examples=20)
@given(st.text("甲乙镇县局 &<>\"'=_x（）-1aé\t", max_size=12), st.text("AX12甲", max_size=6), st.booleans())
def test_names_of_all_signs(name: str, code: str, township: bool) -> None:
    unit = Unit(name, code or None, "township" if township else None)
    assert BLANKS.of(unit) == write(EDITION, blank(EDITION, 2024, unit))
