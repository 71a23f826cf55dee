"""Any document that holds a filing is taken for what it is."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.filings import filing, values, write
from toolkit.form.edition import named
from toolkit.ground.errors import Unreadable
from toolkit.ground.files import sample
from toolkit.ground.language import speaking
from toolkit.intake import intake, of_bytes
from toolkit.render.data import documents
from toolkit.rules import check
from toolkit.workbook.write import unplaced


def test_jinbi_is_read_whole_and_has_no_error() -> None:
    back = intake(sample("jinbi-town-2020/jinbi-town-2020.txt"))
    made = back.filing
    assert (made.edition, made.year, made.unit.name) == ("2019", 2020, "金碧镇")
    assert (back.found, back.expected) == (198, 198)
    assert {ref: value for ref, value in values(made).items() if value != 0} == {
        "enforcement/penalties/items_change": 2,
        "enforcement/penalties/decisions": 2,
    }
    assert made.texts["overview"].startswith("政务公开与群众切身利益息息相关。")
    assert made.texts["overview"].endswith("主动公开全清单2条,组织机构1条。")
    assert made.texts["problems"].startswith("2020年,我镇")
    assert made.texts["problems"].endswith("明确责任,保障信息通畅。")
    assert made.texts["other_matters"] == "无"
    assert [each.rule for each in check(back).findings if each.level == "error"] == []


@pytest.mark.parametrize("year", [2023, 2024])
def test_suqian_has_no_error_with_or_without_its_prior(year: int) -> None:
    back = intake(sample(f"suqian-city/suqian-city-{year}.json"))
    before = intake(sample("suqian-city/suqian-city-2023.json")).filing if year == 2024 else None
    assert back.found == 200
    for prior in (None, before):
        assert [each.rule for each in check(back, prior).findings if each.level == "error"] == []


def test_hongze_has_its_two_real_errors_and_the_missing_lines_named() -> None:
    back = intake(sample("hongze-district-2023/hongze-district-2023.json"))
    with speaking("en"):
        found = {each.rule: str(each.message) for each in check(back).findings}
    errors = [each.rule for each in check(back).findings if each.level == "error"]
    assert errors == ["disputes-review-total", "disputes-suit-after-review-total"]
    assert "3.其他" in found["form-layout"]
    assert "（六）其他处理" in found["form-layout"]
    assert len(unplaced(named("2021"), back.filing)) == 7


@pytest.mark.parametrize("ending", ["pdf", "txt"])
def test_hongze_as_it_was_published_gives_every_figure_of_its_json(ending: str) -> None:
    published = intake(sample(f"hongze-district-2023/hongze-district-2023.{ending}"))
    known = intake(sample("hongze-district-2023/hongze-district-2023.json")).filing
    assert values(published.filing) == values(known)
    assert (published.filing.unit.name, published.filing.year) == ("淮安市洪泽区人民政府", 2023)
    assert set(published.filing.texts) == {"overview", "problems", "other_matters"}
    assert sorted({each.rule for each in check(published).findings}) == [
        "disputes-review-total",
        "disputes-suit-after-review-total",
        "form-cover",
        "form-layout",
        "form-moved",
        "texts-topics",
        "texts-topics-government",
    ]


def test_shuyang_s_page_gives_every_figure_its_blanks_and_its_texts() -> None:
    published = intake(sample("shuyang-drc-2023/shuyang-drc-2023.html"))
    filled = {ref: value for ref, value in values(published.filing).items() if value}
    assert filled == {
        "documents/normative/issued": 8, "documents/normative/in_force": 18,
        **{f"requests/{row}/{column}": 26 for row in ("received", "done.granted", "done.total")
           for column in ("person", "total")},
        "disputes/cases/review.pending": 1, "disputes/cases/review.total": 1,
    }  # fmt: skip
    blank = {ref for ref, value in values(published.filing).items() if value is None}
    assert blank == {ref for ref in named("2021").figures if "/org." in ref}
    assert published.filing.texts["problems"].startswith("信息更新")
    rules = sorted({each.rule for each in check(published).findings})
    assert rules == ["entries-blank", "form-moved", "form-titles", "texts-topics"]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_our_json_is_the_same_filing_again(edition: str) -> None:
    made = filing(edition)
    back = of_bytes(json.dumps(documents.filing(made, named(edition))).encode(), "a.json")
    assert values(back.filing) == values(made)
    assert (back.filing.texts, back.filing.unit, back.filing.year) == (made.texts, made.unit, made.year)


def _json(**changes: Any) -> bytes:
    return json.dumps(
        {"edition": "2021", "year": 2023, "unit": {"name": "甲"}, "values": {}, "texts": {}, **changes}
    ).encode()


def test_json_values_are_what_the_contract_says() -> None:
    stated = {
        "fees/fees/amount": "12.50",
        "requests/received/person": None,
        "requests/received/total": "三",
        "services/licences/decisions": 2.0,
    }
    made = of_bytes(_json(values=stated), "a.json").filing
    assert values(made) == {
        "services/licences/decisions": 2,
        "fees/fees/amount": Decimal("12.5"),
        "requests/received/person": None,
        "requests/received/total": "三",
    }
    assert values(of_bytes(_json(values={"fees/fees/amount": "多"}), "a.json").filing) == {"fees/fees/amount": "多"}
    assert values(of_bytes(_json(values={"fees/fees/amount": "NaN"}), "a.json").filing) == {"fees/fees/amount": "NaN"}
    assert values(of_bytes(_json(values={"services/licences/decisions": 2.5}), "a.json").filing) == {
        "services/licences/decisions": Decimal("2.5")
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "no filing"),
        (_json(values={"no/such/figure": 1}), "no such figure"),
        (_json(values={"requests/received/person": True}), "neither a number"),
        (_json(year="next"), "no filing"),
        (_json(values=[1]), "no filing"),
        (_json(edition="1999"), "1999"),
    ],
)
def test_json_that_is_no_filing_is_refused(content: bytes, said: str) -> None:
    with speaking("en"), pytest.raises(Exception, match=said):
        of_bytes(content, "a.json")


def test_json_without_an_edition_takes_that_of_its_year() -> None:
    assert of_bytes(_json(edition=None, year=2020), "a.json").filing.edition == "2019"


REFUSED = {
    "a.pdf": (b"%PDF-1.7", "damaged PDF"),
    "a.docx": (b"abc", "damaged Word"),
    "a.html": (b"<html>", "no table of the form"),
    "blank.html": (b"\r\n", "the file is empty"),
    "large.txt": (b"x\n" * (3 * 1024 * 1024), "more than 5 MB"),
    "a.bin": (bytes(range(64)) * 4, "not read"),
    "a.txt": ("今年的报告见图片。".encode(), "no table of the form"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_without_a_filing_is_refused(name: str) -> None:
    content, said = REFUSED[name]
    with speaking("en"), pytest.raises(Unreadable, match=said):
        of_bytes(content, name)


def test_a_report_without_a_year_is_refused_until_it_is_given() -> None:
    lines = sample("jinbi-town-2020/jinbi-town-2020.txt").read_text(encoding="utf-8")
    silent = "\n".join(line for line in lines.splitlines() if "202" not in line)
    with speaking("en"), pytest.raises(Unreadable, match="--year"):
        of_bytes(silent.encode(), "a.txt")
    assert of_bytes(silent.encode(), "a.txt", year=2020, unit="乙镇").filing.unit.name == "乙镇"


def test_another_year_in_a_workbook_without_one_is_taken_from_the_call(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(write(named("2021"), filing("2021")))
    assert intake(path, year=1999).filing.year == 2023  # the workbook itself says it
