"""Years are compared across the change of form, and nothing is called equal that is counted differently."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import lxml.html
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.test_cli import SCHEMA, put
from tests.conftest import Golden
from tests.filings import filing, typed
from tests.render.test_screens import fits, printed
from tests.sessions import run
from toolkit.form import edition as editions_room
from toolkit.form.counterparts import correspond
from toolkit.form.edition import named
from toolkit.form.parts import Counterpart
from toolkit.ground.errors import EditionError
from toolkit.ground.files import sample
from toolkit.ground.language import LANGUAGES, speaking
from toolkit.intake import intake
from toolkit.model.filing import Filing, Unit
from toolkit.render.data.changes import heads
from toolkit.render.screen.changes import changes as screen
from toolkit.workbook.write.changes import sheet_names
from toolkit.years.diff import diff, diff_units

OLD, NEW = named("2019"), named("2021")
RECEIVED = "requests/received/person"
ENTRIES = st.dictionaries(st.sampled_from(NEW.entries), st.integers(0, 500), max_size=5)


def town(name: str, received: int, year: int = 2024, code: str | None = None) -> Filing:
    return filing("2021", {RECEIVED: received}, unit=Unit(name, code), year=year)


def test_every_figure_of_both_editions_is_in_exactly_one_class() -> None:
    rows = correspond([OLD, NEW])
    for edition in (OLD, NEW):
        of = [row.refs[edition.id] for row in rows if edition.id in row.refs]
        assert len(of) == len(set(of))
        assert set(of) >= set(edition.figures)
    classes = {
        how: {row.ref for row in rows if row.comparable == how} for how in ("same", "differently-counted", "none")
    }
    assert classes["differently-counted"] == {
        f"documents/{row}/{column}" for row in ("regulations", "normative") for column in ("issued", "in_force")
    }
    columns = [column.id for column in NEW.table("requests").columns if column.kind != "heading"]
    assert classes["none"] == {
        *(f"documents/{r}/{c}" for r in ("regulations", "normative") for c in ("repealed", "newly_public")),
        *(f"services/{row}/{column}" for row in ("licences", "other") for column in ("items_before", "items_change")),
        "services/other/decisions",
        *(f"enforcement/{r}/{c}" for r in ("penalties", "coercion") for c in ("items_before", "items_change")),
        "fees/fees/items_before", "fees/fees/items_change", "fees/fees/amount",
        "procurement/central/projects", "procurement/central/amount",
        *(f"requests/done.other.{line}/{each}" for line in ("uncorrected", "unpaid", "else") for each in columns),
    }  # fmt: skip
    both = {ref for ref in OLD.figures if ref in NEW.figures}
    assert classes["same"] == both | {f"requests/done.other/{each}" for each in columns}


@settings(max_examples=10)
@given(ENTRIES)
def test_a_filing_does_not_differ_from_itself(changes: dict[str, int]) -> None:
    made = filing("2021", changes)
    assert not diff([made, made]).different


@settings(max_examples=10)
@given(ENTRIES, ENTRIES, st.sampled_from(("2019", "2021")))
def test_a_comparison_turned_round_is_its_mirror(one: dict[str, int], two: dict[str, int], edition: str) -> None:
    a, b = filing(edition, {ref: n for ref, n in one.items() if ref in named(edition).entries}), filing("2021", two)
    there, back = diff([a, b]).units[0].figures, diff([b, a]).units[0].figures
    for forth, other in zip(there, back, strict=True):
        assert (forth.ref, forth.comparable, forth.years) == (other.ref, other.comparable, other.years[::-1])
        assert forth.changed == other.changed
        assert forth.change is None if other.change is None else forth.change == -other.change


def test_the_lines_of_2021_add_up_to_the_one_row_of_2019() -> None:
    old = filing("2019", {"requests/done.other/person": 40})
    new = filing("2021", {"requests/done.other.unpaid/person": 30, "requests/done.other.else/person": 20})
    found = {each.ref: each for each in diff([old, new]).units[0].figures}["requests/done.other/person"]
    rest = new.entries["requests/done.other.uncorrected/person"].value
    assert isinstance(rest, int)
    assert (found.comparable, found.change, found.years[0].value) == ("same", 10 + rest, 40)


def test_a_blank_is_no_zero_and_a_small_base_has_no_per_cent() -> None:
    before, blank = filing("2021", {RECEIVED: 0}), typed(filing("2021", {RECEIVED: 0}), {RECEIVED: None})
    found = {each.ref: each for each in diff([before, blank]).units[0].figures}[RECEIVED]
    assert (found.changed, found.change) == (True, None)
    for base, percent in ((29, "None"), (30, "100.0")):
        pair = [filing("2021", {RECEIVED: n}) for n in (base, 2 * base)]
        assert str({each.ref: each for each in diff(pair).units[0].figures}[RECEIVED].percent) == percent


def test_units_are_matched_and_who_caused_a_change_is_named_first() -> None:
    before = [town("城关镇", 5, 2023), town("甲乡", 10, 2023), town("旧名", 1, 2023, "C1"), town("丁镇", 0, 2023)]
    after = [town("城关镇", 100), town("甲乡", 35), town("新名", 1, code="C1"), town("戊镇", 0)]
    found = diff_units([before, after])
    total = next(each for each in found.totals if each.ref == RECEIVED)
    assert total.change == 120
    assert [(share.unit.name, share.change) for share in total.by] == [("城关镇", 95), ("甲乡", 25)]
    assert [each.name for each in found.new] == ["戊镇"]
    assert [each.name for each in found.gone] == ["丁镇"]
    assert [(each.before, each.after) for each in found.renamed] == [("旧名", "新名")]


def test_a_total_typed_over_is_named_with_its_file() -> None:
    made = typed(filing("2021", source="v2.xlsx"), {"requests/received/total": 999})
    (over,) = diff([filing("2021", source="v1.xlsx"), made]).units[0].typed_over
    assert (over.source, over.ref, over.stated) == ("v2.xlsx", "requests/received/total", 999)


def test_a_text_is_compared_sign_by_sign() -> None:
    a, b = (filing("2021", texts={"overview": said}) for said in ("全年公开信息12条。", "全年公开信息15条。"))
    (said,) = diff([a, b]).units[0].texts
    assert [(each.kind, each.said) for each in said.pieces] == [
        ("same", "全年公开信息"), ("out", "12"), ("in", "15"), ("same", "条。"),
    ]  # fmt: skip


def test_the_document_keeps_its_schema_and_git_s_exit_code(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", town("甲镇", 3, 2023))
    put(tmp_path, "b.xlsx", town("甲镇", 5))
    done = run("xls diff a.xlsx b.xlsx --format json", tmp_path)
    said = json.loads(done.stdout)
    jsonschema.validate(said, json.loads((SCHEMA / "changes.json").read_text(encoding="utf-8")))
    assert (done.returncode, said["years"]) == (0, [2023, 2024])
    assert RECEIVED in {each["ref"] for each in said["units"][0]["changes"]}
    assert run("xls diff a.xlsx b.xlsx --exit-code", tmp_path).returncode == 1


def test_what_is_odd_is_said_and_the_rest_compared(tmp_path: Path) -> None:
    put(tmp_path, "2021.xlsx", town("甲镇", 3, 2021))
    put(tmp_path, "2024.xlsx", town("甲镇", 5))
    put(tmp_path, "other.xlsx", town("乙镇", 5))
    put(tmp_path, "in/2024.xlsx", town("甲镇", 5))
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    for command, said, status in (
        ("2024.xlsx 2021.xlsx", "颠倒", 0),
        ("2021.xlsx 2024.xlsx", "缺年度", 0),
        ("2024.xlsx other.xlsx", "不同的单位", 0),
        ("2024.xlsx 2024.xlsx --exit-code", "给了两次", 0),
        ("2021.xlsx in", "文件夹", 0),
        ("2021.xlsx bad.xlsx 2024.xlsx", "bad.xlsx", 3),
        ("2021.xlsx bad.xlsx", "至少要有两份", 2),
    ):
        done = run(f"xls diff {command}", tmp_path)
        assert (done.returncode, said in done.stderr) == (status, True), (command, done.stderr)


def test_a_counterpart_of_a_wrong_kind_is_refused(refusal: object) -> None:
    more = '[[counterpart]]\nedition = "2019"\nwas = "a"\nfigure = "b"\nhow = "perhaps"\n\n[[table]]'
    assert "perhaps" in refusal("[[table]]", more)  # type: ignore[operator]


def test_a_unit_over_four_years_keeps_its_series() -> None:
    years = [
        filing("2019" if year < 2021 else "2021", {RECEIVED: year - 2018}, year=year) for year in range(2019, 2023)
    ]
    found = {each.ref: each for each in diff(years).units[0].figures}
    assert [each.value for each in found[RECEIVED].years] == [1, 2, 3, 4]
    assert [each.state for each in found["fees/fees/amount"].years][:2] == ["not-on-form"] * 2
    assert dataclasses.is_dataclass(found[RECEIVED])


def test_the_page_takes_nothing_from_elsewhere_and_says_what_names_say_as_text(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", town("<b>镇", 3, 2023))
    put(tmp_path, "b.xlsx", town("<b>镇", 5))
    assert run("xls diff a.xlsx b.xlsx -o changes.html", tmp_path).returncode == 0
    said = (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;镇" in said
    assert "<svg" in said
    assert "http" not in said
    assert "src=" not in said


def test_the_page_shows_texts_word_by_word_totals_typed_over_and_that_nothing_differs(tmp_path: Path) -> None:
    one = filing("2021", texts={"overview": "全年公开信息12条。"})
    other = dataclasses.replace(typed(one, {"requests/received/total": 999}), texts={"overview": "全年公开信息15条。"})
    put(tmp_path, "v1.xlsx", one)
    put(tmp_path, "v2.xlsx", other)
    assert run("xls diff v1.xlsx v2.xlsx --texts -o a.html", tmp_path).returncode == 0
    page: Any = lxml.html.fromstring((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert (page.xpath("//del/text()"), page.xpath("//ins/text()")) == (["12"], ["15"])
    assert "v2.xlsx: 本年新收 总计 999 ≠ 12" in page.xpath("//p/text()")
    assert any("一、总体情况" in said for said in page.xpath("//p/text()"))
    put(tmp_path, "v3.xlsx", one)
    assert run("xls diff v1.xlsx v3.xlsx -o same.html", tmp_path).returncode == 0
    assert "没有差异" in (tmp_path / "same.html").read_text(encoding="utf-8")


def test_the_page_of_a_county_folds_its_units_and_says_which_bar_is_which_year(tmp_path: Path) -> None:
    for year, more in ((2023, 0), (2024, 7)):
        for name in ("甲镇", "乙镇"):
            put(tmp_path, f"{year}/{name}.xlsx", town(name, 40 + more, year))
    assert run("xls diff 2023 2024 -o changes.html", tmp_path).returncode == 0
    page: Any = lxml.html.fromstring((tmp_path / "changes.html").read_text(encoding="utf-8"))
    assert [each.text for each in page.iter("summary")] == ["乙镇", "甲镇"]
    (legend, *_) = page.xpath("//svg")
    assert legend.xpath("./text/text()")[:2] == ["2023", "2024"]
    assert "本年新收 自然人  80 → 94" in page.xpath("//svg/text/text()")
    rows = [[cell.text_content().strip() for cell in row] for row in page.xpath("//details//tr")]
    assert ["本年新收 自然人", "40", "47", "+7", "+17.5%"] in rows


def test_the_workbook_has_old_and_new_side_by_side_and_the_same_bytes_twice(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", town("甲镇", 3, 2023))
    put(tmp_path, "b.xlsx", town("甲镇", 5))
    for name in ("one", "two"):
        assert run(f"xls diff a.xlsx b.xlsx -o {name}.xlsx", tmp_path).returncode == 0
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    sheet = book.worksheets[0]
    assert ["本年新收 自然人", 3, 5, 2] in [[cell.value for cell in row[:4]] for row in sheet.iter_rows()]


def test_a_chart_of_the_workbook_has_the_figures_that_changed_most_and_follows_their_cells(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", filing("2021", unit=Unit("甲镇"), year=2023))
    many = {ref: 100 * n for n, ref in enumerate(NEW.entries, start=1) if ref.startswith("requests/")}
    put(tmp_path, "b.xlsx", filing("2021", many, unit=Unit("甲镇"), year=2024))
    assert run("xls diff a.xlsx b.xlsx -o c.xlsx", tmp_path).returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    (chart,) = sheet._charts  # type: ignore[attr-defined]
    assert len(chart.series) == 2
    first, last = re.findall(r"\$([A-Z]+)\$(\d+)", chart.series[1].val.numRef.f)
    assert int(last[1]) - int(first[1]) == 9
    for row in range(int(first[1]), int(last[1]) + 1):
        source = str(sheet[f"{first[0]}{row}"].value)
        assert re.fullmatch(r"=C\d+", source)
        assert sheet.cell(row, sheet[f"{first[0]}1"].column - 2).value == sheet[f"A{source[2:]}"].value


def test_figures_stand_by_table_so_that_each_has_one_place() -> None:
    tables = [row.ref.split("/")[0] for row in correspond([OLD, NEW])]
    assert [one for one, other in pairwise([*tables, ""]) if one != other] == list(dict.fromkeys(tables))
    refs = [row.ref for row in correspond([OLD, NEW])]
    assert refs.index("requests/done.other/person") + 7 == refs.index("requests/done.other.uncorrected/person")


def test_two_filings_of_a_unit_in_one_folder_are_named_and_not_guessed_between(tmp_path: Path) -> None:
    put(tmp_path, "2023/甲.xlsx", town("甲镇", 3, 2023))
    put(tmp_path, "2023/乙.xlsx", town("乙镇", 3, 2023))
    put(tmp_path, "2024/甲.xlsx", town("甲镇", 5))
    put(tmp_path, "2024/甲-改.xlsx", town("甲镇", 6))
    put(tmp_path, "2024/乙.xlsx", town("乙镇", 9))
    done = run("xls diff 2023 2024 --format json", tmp_path)
    assert "甲镇：同一年度有 2 份填报" in done.stderr
    (total,) = [each for each in json.loads(done.stdout)["totals"] if each["ref"] == RECEIVED]
    assert total["values"] == [3, 9]


def test_a_county_on_a_screen_is_its_totals_who_caused_them_and_who_came_and_went(tmp_path: Path) -> None:
    for year, counts in ((2023, {"甲镇": 40, "乙镇": 50, "丁镇": 5}), (2024, {"甲镇": 135, "乙镇": 70, "丙镇": 10})):
        for name, count in counts.items():
            put(tmp_path, f"{year}/{name}.xlsx", town(name, count, year))
    said = run("xls diff 2023 2024", tmp_path).stdout
    lines = said.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("  本年新收 自然人"))
    assert lines[at].split()[-4:] == ["90", "205", "+115", "+127.8%"]
    assert lines[at + 1].strip() == "其中：甲镇 +95、乙镇 +20"
    assert "两年可比 2 家" in lines
    assert "2023 年没有填报（新设、撤并或未收到，加 --roster 可知）：丙镇" in lines
    assert "2024 年没有填报（新设、撤并或未收到，加 --roster 可知）：丁镇" in lines
    assert not {"甲镇", "乙镇", "丙镇"} & set(lines)
    assert "各单位的数字：用 --all，或 -o 变化.html" in lines
    whole = run("xls diff 2023 2024 --all", tmp_path).stdout.splitlines()
    assert {"甲镇", "乙镇", "丙镇"} <= set(whole)


def test_the_table_as_csv_has_a_row_for_each_change(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", town("甲镇", 50, 2023))
    put(tmp_path, "b.xlsx", town("甲镇", 60))
    assert run("xls diff a.xlsx b.xlsx -o c.csv", tmp_path).returncode == 0
    rows = list(csv.reader((tmp_path / "c.csv").read_text(encoding="utf-8-sig").splitlines()))
    (row,) = [row for row in rows if RECEIVED in row]
    assert {"50", "60", "10"} <= set(row)


def _years(name: str, *years: int) -> list[Filing]:
    return [intake(sample(f"years/{name}-{year}.json")).filing for year in years]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_changes_are_shown_side_by_side(language: str, width: int, golden: Golden) -> None:
    """宿迁市 over two years; a town over four and the change of form."""
    with speaking(language):
        for name, years in (("suqian-city", (2023, 2024)), ("chengguan", (2019, 2020, 2021, 2022))):
            found = diff(_years(name, *years))
            shown = printed(screen(found, width, everything=False, with_texts=False), width)
            assert fits(shown, width)
            golden(f"diff-{name}-{language}-{width}", shown)


@pytest.mark.parametrize("column", [column.id for column in NEW.table("requests").columns if column.kind != "heading"])
def test_what_suqian_carried_out_in_2023_it_carried_in_in_2024(column: str) -> None:
    before, after = (each.entries for each in _years("suqian-city", 2023, 2024))
    carried = before[f"requests/carried_out/{column}"].value
    assert carried is not None
    assert after[f"requests/carried_in/{column}"].value == carried


def test_the_documents_in_force_in_suqian_follow_from_the_year_before() -> None:
    before, after = (each.entries for each in _years("suqian-city", 2023, 2024))
    values = [
        before["documents/normative/in_force"].value,
        *(after[f"documents/normative/{column}"].value for column in ("issued", "repealed", "in_force")),
    ]
    assert values == [597, 50, 227, 420]


@settings(max_examples=10)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=5))
def test_what_units_add_to_a_change_is_the_change_of_all(counts: list[tuple[int, int]]) -> None:
    before, after = ([town(f"{n}镇", pair[which], 2023 + which) for n, pair in enumerate(counts)] for which in (0, 1))
    there, back = diff_units([before, after]), diff_units([after, before])
    assert not diff_units([after, after]).different
    for total, mirror in zip(there.totals, back.totals, strict=True):
        assert sum(share.change for share in total.by) == (total.change or 0)
        assert (total.change or 0) == -(mirror.change or 0)
        assert total.years == mirror.years[::-1]


def test_versions_of_one_year_are_drafts_and_each_is_named(tmp_path: Path) -> None:
    put(tmp_path, "v1.xlsx", town("甲镇", 3))
    put(tmp_path, "v2.xlsx", town("甲镇", 5))
    done = run("xls diff v1.xlsx v2.xlsx", tmp_path)
    assert "2024 年第 1 稿：v1.xlsx" in done.stderr
    assert "2024 年第 2 稿：v2.xlsx" in done.stderr
    assert "第 1 稿" in done.stdout
    assert "基数较小" in done.stdout
    with speaking("en"):
        assert heads(diff([town("甲", 1, 2023), town("甲", 1), town("甲", 2)])) == [
            "2023",
            "2024, draft 1",
            "2024, draft 2",
        ]


def test_from_which_figure_on_a_rate_is_given_is_said_by_the_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = [town("甲镇", 10, 2023), town("甲镇", 15)]
    assert {each.ref: each for each in diff(pair).units[0].figures}[RECEIVED].unrated
    other = dataclasses.replace(NEW, small_base=10)
    monkeypatch.setattr("toolkit.years.diff.named", lambda _: other)
    assert str({each.ref: each for each in diff(pair).units[0].figures}[RECEIVED].percent) == "50.0"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Counterpart("2012", "documents/*/made", "documents/*/issued", "same"), "“2012” is no earlier edition"),
        (Counterpart("2021", "documents/*/made", "documents/*/issued", "same"), "“2021” is no earlier edition"),
        (Counterpart("2019", "documents/*/maid", "documents/*/issued", "same"), "2019 has no such figure"),
        (Counterpart("2019", "documents/*/made", "documents/*/isued", "same"), "no figure documents/regulations/isued"),
        (Counterpart("2019", "requests/done.other/*", "requests/done.othr/*", "same"), "no figure requests/done.othr/"),
    ],
)
def test_a_counterpart_that_one_form_lacks_is_refused(
    wrong: Counterpart, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = dataclasses.replace(NEW, counterparts=(*NEW.counterparts, wrong))
    monkeypatch.setattr(editions_room, "load", lambda path: {"2019": OLD, "2021": edited}[path.stem])
    with speaking("en"), pytest.raises(EditionError, match="counterpart") as refused:
        editions_room._editions.__wrapped__(editions_room.TEMPLATES)
    with speaking("en"):
        assert said in str(refused.value)


def test_sheets_are_named_after_units_as_far_as_excel_allows() -> None:
    long = "很长的名称" * 9
    names = ["县/市:局", "县/市:局", "'引号'", "", "History", long, long]
    made = list(sheet_names(names))
    assert made == [
        "县_市_局",
        "县_市_局-2",
        "引号",
        "4",
        "History-5",
        ("很长的名称" * 9)[:31],
        ("很长的名称" * 9)[:29] + "-7",
    ]


def test_three_years_have_a_trend_in_the_page_and_the_workbook(tmp_path: Path) -> None:
    for year in (2022, 2023, 2024):
        put(tmp_path, f"{year}.xlsx", town("甲镇", year % 10 * 7, year))
    command = "xls diff 2022.xlsx 2023.xlsx 2024.xlsx -o"
    for name in ("c.html", "c.xlsx"):
        assert run(f"{command} {name}", tmp_path).returncode == 0
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert '<polyline points="2.0,16.0 40.0,9.0 78.0,2.0"/>' in page
    assert 'aria-label="14 21 28"' in page
    book = zipfile.ZipFile(tmp_path / "c.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "sparkline" in book


def test_the_bars_of_a_table_on_the_page_share_one_scale(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", filing("2021", {RECEIVED: 100, "requests/carried_in/person": 10}, year=2023))
    put(tmp_path, "b.xlsx", filing("2021", {RECEIVED: 200, "requests/carried_in/person": 40}))
    assert run("xls diff a.xlsx b.xlsx -o c.html", tmp_path).returncode == 0
    page: Any = lxml.html.fromstring((tmp_path / "c.html").read_text(encoding="utf-8"))
    bars: dict[str, list[float]] = {}
    for chart in page.xpath("//svg[@role='img' and starts-with(@viewbox, '0 0 400')]"):
        for label in chart.xpath("text[@x='0']"):
            at = int(label.get("y"))
            bars[label.text.split("  ")[0]] = [
                float(bar.get("width")) for bar in chart.xpath("rect") if at < int(bar.get("y")) < at + 15
            ]
    received, carried = bars["本年新收 自然人"], bars["上年结转 自然人"]
    assert received[1] == pytest.approx(2 * received[0], rel=0.01)
    assert carried[1] == pytest.approx(received[1] * 40 / 200, rel=0.01)


def test_a_section_that_one_of_the_filings_has_not_is_said_to_be_missing_there(tmp_path: Path) -> None:
    whole = filing("2021")
    without = dataclasses.replace(whole, texts={"overview": whole.texts["overview"] + "另一句。"}, year=whole.year + 1)
    put(tmp_path, "old.xlsx", whole)
    put(tmp_path, "new.xlsx", without)
    said = run("xls --lang en diff old.xlsx new.xlsx", tmp_path).stdout
    assert said.count("the later filing has none") == len(whole.texts) - 1
    assert said.count("% as before") == 1
    back = run("xls --lang en diff new.xlsx old.xlsx -o a.html", tmp_path)
    assert back.returncode == 0
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.count("the later filing has none") + page.count("the earlier filing has none") == len(whole.texts) - 1
