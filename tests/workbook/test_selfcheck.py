"""What a workbook says of itself is what `xls check` says of it, when a real LibreOffice has calculated it anew."""

from __future__ import annotations

import dataclasses
import functools
import io
import random
import re
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from xlsxwriter.worksheet import Worksheet

from tests.filings import filing, typed
from tests.form.test_new_form import form as form  # noqa: PLC0414 - the fixture
from tests.office import resaved, resaved_all
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.form.parts import Edition, Number, Ref, Value, ValueKind
from toolkit.intake.sources.sheets import Workbook
from toolkit.intake.workbook import read
from toolkit.model import numbers
from toolkit.model.filing import Checked, Filing, Finding, Unit
from toolkit.rules import check
from toolkit.workbook.write import blank, typed_numbers, write
from toolkit.workbook.write.book import Page
from toolkit.workbook.write.check_row import FIRST, LISTED, LISTED_FIRST, MORE_ROW
from toolkit.workbook.write.check_rows import rows
from toolkit.workbook.write.typed_numbers import number_in

EDITIONS = ("2019", "2021")
EACH = 100
KINDS = ("entry", "entry", "total", "blank", "no total", "text", "typed", "sign", "negative", "table", "ones")
_APART = frozenset({"typed", "negative"})
"""A total from which a spreadsheet leaves text out may be negative as it shows it, and not as the check reads it."""

LEVELS = (None, "city", "county", "township", "city-department", "county-department")


def _broken(edition: str, dice: random.Random) -> Filing:
    """A filing with one to three places changed as hurried people change them."""
    stated = named(edition)
    made = filing(edition, unit=Unit("甲", None, dice.choice(LEVELS)))
    totals = [ref for ref, figure in stated.figures.items() if figure.kind == "total"]
    changes: dict[Ref, Value] = {}
    apart: frozenset[str] = frozenset()
    for _ in range(dice.randint(1, 3)):
        kind = dice.choice([each for each in KINDS if each not in apart])
        apart |= _APART - {kind} if kind in _APART else frozenset()
        if kind in ("total", "no total"):
            changes[dice.choice(totals)] = dice.randint(1, 50) if kind == "total" else None
        elif kind == "table":
            table = dice.choice(stated.tables)
            changes |= {ref: None for ref in stated.entries if stated.table(ref.split("/")[0]).sheet == table.sheet}
        else:
            values: dict[str, Value] = {
                "entry": dice.randint(0, 60), "blank": None, "text": "约三件", "sign": dice.choice("/-—无"),
                "negative": -dice.randint(1, 9), "ones": 1,
            }  # fmt: skip
            ref = dice.choice(stated.entries)
            values["typed"] = _typed_as_text(dice, stated.figures[ref].value)
            changes[ref] = values[kind]
    texts = {} if dice.random() < 0.2 else made.texts
    # totals nobody typed over are what the workbook calculates, so they are left out of the filing
    entries = {ref: entry for ref, entry in made.entries.items() if ref not in totals}
    return typed(Filing(edition, made.year, made.unit, entries, texts, blanks_are_zero=dice.random() < 0.5), changes)


def _typed_as_text(dice: random.Random, kind: str) -> str:
    """A number as people type it into a cell that takes it for text."""
    number = dice.randint(0, 60)
    if kind == "money":
        return dice.choice((f"{number}.5万元", f"{number}", f"{number}3000元", f"{number} 万元"))
    wide = str(number).translate({48 + n: 0xFF10 + n for n in range(10)})
    return dice.choice((f"{number}件", f"{number} 条", wide, f"{number}", f"1,{number:03}件", f"{wide}件"))


def _filings(edition: str) -> list[Filing]:
    dice = random.Random(f"自查 {edition}")
    units = [Unit("甲", None, level) for level in LEVELS[1:]]
    kept = [filing(edition, unit=units[n % len(units)]) for n in range(EACH // 2)]
    return [*kept, *(_broken(edition, dice) for _ in range(EACH // 2))]


def _expected(findings: tuple[Finding, ...], rule: str, sheet: str, cell: str, *, one: bool) -> int:
    """How many findings a row of the sheet stands for."""
    here = [each for each in findings if each.rule == rule]
    if one:
        return sum(each.cells[0].cell == cell and each.cells[0].sheet == sheet for each in here)
    return sum((each.cells[0].sheet == sheet) if each.cells else _on_sheet(each, sheet) for each in here)


def _on_sheet(each: Finding, sheet: str) -> bool:
    return not each.table or any(named(e).table(each.table).sheet == sheet for e in EDITIONS[1:])


def _book(path: Path) -> Workbook:
    return Workbook(path.read_bytes(), path.name)


def _rows(book: Workbook) -> tuple[str, str, list[tuple[str, str, str, str, int]]]:
    """The line on top, the line of the cover, and of every row the rule, the link's sheet and cell, state and count."""
    grid = book.rows("自查")
    said = []
    for row in grid[FIRST - 1 :]:
        if row[13]:
            sheet, cell = str(row[7]).split("!")
            said.append((str(row[13]), sheet, cell, str(row[6]), int(str(row[9]).removesuffix(".0"))))
    cover = next(str(row[2]) for row in book.rows("封面") if "自查结果" in row)
    return str(grid[1][0]), cover, said


def _lists_what_is_wrong(book: Workbook, said: list[tuple[str, str, str, str, int]], *, untouched: bool) -> None:
    """The first block has the rows that do not hold and no other, errors first, each with the cell it leads to."""
    listed = [row for row in book.rows("自查")[LISTED_FIRST - 1 : MORE_ROW] if row[0]]
    wrong = [f"{sheet}!{cell}" for _, sheet, cell, _, count in said if count]
    assert [str(row[0]).removesuffix(".0") for row in listed] == [str(n + 1) for n in range(len(listed))]
    assert sorted(str(row[7]) for row in listed) == ([] if untouched else sorted(wrong)) or len(wrong) > LISTED
    assert all(row[3] != "" for row in listed)
    assert [str(row[8]) for row in listed] == sorted(
        (str(row[8]) for row in listed), key=["须改正", "须核实", "提示"].index
    )


_Probes = dict[str, list[str]]
"""By sheet the cells whose colours' conditions are written below it as formulas, in the order of their rows."""

PROBED_FROM, PROBED_AT = 300, 40


@functools.cache
def _translated(formula: str, first: str, cell: str) -> str:
    return str(Translator(formula, origin=first).translate_formula(cell))


@pytest.fixture
def probes(monkeypatch: pytest.MonkeyPatch) -> _Probes:
    """Writes the condition of every colour of every cell below the tables, too, so that LibreOffice gives its value."""
    made: _Probes = {}
    colour = Page.conditional_format  # type: ignore[attr-defined]
    seen: dict[int, int] = {}

    def probed(page: Worksheet, *where: Any) -> int:
        options = where[-1]
        if options["type"] == "formula" and page.get_name() != "自查":
            cells = options["multi_range"].split()
            here = made.setdefault(page.get_name(), []) if id(page) not in seen else made[page.get_name()]
            if id(page) not in seen:
                here.clear()
                seen[id(page)] = 1
                alive.append(page)
            for cell in cells:
                formula = _translated(options["criteria"], cells[0], cell)
                page.write_formula(PROBED_FROM + len(here), PROBED_AT, f"=IF({formula[1:]},1,0)")
                here.append(cell)
        return int(colour(page, *where))

    alive: list[Worksheet] = []  # so that no two pages have one id
    monkeypatch.setattr(Page, "conditional_format", probed)
    return made


def _coloured(book: Workbook, probes: _Probes) -> dict[str, set[str]]:
    """The cells with a colour, as LibreOffice finds."""
    found: dict[str, set[str]] = {}
    for sheet, cells in probes.items():
        rows = book.rows(sheet)[PROBED_FROM:]
        for cell, row in zip(cells, rows, strict=True):
            assert row[PROBED_AT] in (0, 1), (sheet, cell, row[PROBED_AT])
            if row[PROBED_AT]:
                found.setdefault(sheet, set()).add(cell)
    return found


@pytest.mark.exhaustive
@pytest.mark.timeout(900)
@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("edition", EDITIONS)
def test_two_hundred_workbooks_say_of_themselves_what_the_check_says(
    edition: str, half: int, tmp_path: Path, probes: _Probes
) -> None:
    stated, sources, filings = named(edition), [], _filings(edition)[half::2]
    for n, made in enumerate(filings):
        sources.append(tmp_path / f"{n:03}.xlsx")
        sources[-1].write_bytes(write(stated, made))
    (tmp_path / "out").mkdir()
    seen: Counter[str] = Counter()
    saved = resaved_all(sources, "xls", tmp_path / "out")  # in half the time that .xlsx takes; what is read is the same
    for source, path, made in zip(sources, saved, filings, strict=True):
        book = _book(path)
        top, cover, said = _rows(book)
        checked = check(read(source.read_bytes(), path.name))
        asked = {rule for rule, *_ in said}
        findings = _told(checked, asked)
        assert sum(count for *_, count in said) == len(findings), path.name
        assert _coloured(book, probes) == _wrong_cells(checked), path.name
        levels = Counter(each.level for each in findings)
        wrong = f"还有 {levels['error']} 处要改正" if levels["error"] else "可以上报"
        whole = wrong + (f"，{levels['verify']} 处请核实" if levels["verify"] else "")
        whole += f"，{levels['note']} 处提示" if levels["note"] else ""
        untouched = sum(each.rule == "form-empty" for each in findings) == len(layout(stated).sheets)
        assert top == cover == ("尚未填报" if untouched else whole)
        _lists_what_is_wrong(book, said, untouched=untouched)
        for (rule, *_, state, count), row in zip(said, rows(layout(stated), made), strict=True):
            sheet, cell = row.link.sheet, row.link.cell
            one = not stated.rule(rule).check or bool(stated.rule(rule).table)
            assert count == _expected(findings, rule, sheet, cell, one=one), (path.name, rule, cell, state)
            assert state in (("有文字",) if rule == "entries-remark" else ("有误", "未填")) or not count
            assert row.level == {"error": "须改正", "verify": "须核实", "note": "提示"}[stated.rule(rule).level]
            assert state in ("无误", "有误", "未填", "有文字", "不适用")
            seen[state] += 1
    assert set(seen) == {"无误", "有误", "未填", "有文字", "不适用"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_rule_that_one_workbook_can_hold_is_on_the_sheet(edition: str) -> None:
    stated = named(edition)
    here = {row.rule for row in rows(layout(stated), blank(stated, stated.first))}
    elsewhere = {rule.id for rule in stated.rules} - here
    across = {each.rule.id for each in stated.instances if any(prior for *_, prior in (*each.left, *each.right))}
    of_the_reader = {rule for rule in elsewhere if rule.startswith("form-")} | {
        "totals-stale",
        "totals-formula",
        "county-units",
        "county-complete",
        "alike",
    }
    of_sentences = {rule for rule in elsewhere if rule.startswith("texts-")}
    assert elsewhere - across - of_the_reader - of_sentences == {
        "prior-proportion",
        "prior-copied-figures",
        "prior-copied-texts",
        {"2019": "procurement-in-yuan", "2021": "fees-in-yuan"}[edition],
    }
    assert "form-empty" in here


@pytest.mark.exhaustive
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_values_stored_are_those_libreoffice_calculates(edition: str, tmp_path: Path) -> None:
    for n, made in enumerate([blank(named(edition), 2023), *_filings(edition)[-12:]]):
        (tmp_path / f"{n}.xlsx").write_bytes(write(named(edition), made))
    sources = sorted(tmp_path.glob("*.xlsx"))
    (tmp_path / "out").mkdir()
    for source, again in zip(sources, resaved_all(sources, "xlsx", tmp_path / "out"), strict=True):
        before, after = (Workbook(path.read_bytes(), "a.xlsx").rows("自查") for path in (source, again))
        assert [row[:14] for row in before] == [row[:14] for row in after][: len(before)], source.name


def _told(checked: Checked, asked: set[str]) -> tuple[Finding, ...]:
    """What the sheet is to tell of: all that the check finds by the rules that stand on it, notes among it."""
    return tuple(each for each in checked.findings if each.rule in asked)


def _wrong_cells(checked: Checked) -> dict[str, set[str]]:
    """The cells of the check's findings: of a rule all but totals, unless it is the total's own sum."""
    reading = checked.reading
    stated = named(reading.filing.edition)
    found: dict[str, set[str]] = {}
    rows_with_figures = {
        (each.table, each.row.id)
        for ref, each in stated.figures.items()
        if each.kind == "entry" and reading.filing.entries[ref].value is not None
    }
    for each in checked.findings:
        sums = any(rule.id == each.rule and rule.sums for rule in stated.rules)
        cells = each.rule in ("entries-text", "entries-domain", "entries-none", "entries-error", "entries-remark")
        for cell in each.cells:
            figure = stated.figures[cell.ref]
            if each.rule == "entries-blank" and (figure.table, figure.row.id) not in rows_with_figures:
                continue
            if each.rule == "totals-blank" or (figure.kind == "total" and not (sums or cells)):
                continue
            found.setdefault(str(cell.sheet), set()).add(str(cell.cell))
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_is_coloured_in_a_blank_workbook_nor_in_one_that_keeps_every_rule(
    edition: str, tmp_path: Path, probes: _Probes
) -> None:
    sources = [tmp_path / "blank.xlsx", tmp_path / "kept.xlsx"]
    for source, made in zip(sources, [blank(named(edition), 2023), filing(edition)], strict=True):
        source.write_bytes(write(named(edition), made))
    for path in resaved_all(sources, "xlsx", _folder(tmp_path / "out")):
        assert _coloured(_book(path), probes) == {}


def test_a_rule_added_to_an_edition_file_appears_with_no_code_touched(form: Edition) -> None:
    made = rows(layout(form), blank(form, 2027))
    (row, *_) = [row for row in made if row.rule == "documents-other-bound"]
    assert row.asked == "其他主动公开文件 ≤ 2 × 行政规范性文件"
    assert row.state.value == "未填"


def test_a_sheet_somebody_deleted_or_edited_changes_no_figure(tmp_path: Path) -> None:
    made = filing("2021")
    changes = ("deleted", "edited", "renamed")
    for change in changes:
        book = openpyxl.load_workbook(io.BytesIO(write(named("2021"), made)))
        if change == "deleted":
            del book["自查"]
        elif change == "edited":
            for row in book["自查"].iter_rows(min_row=5, max_row=40):
                for cell in row:
                    cell.value = 1 if not isinstance(cell, openpyxl.cell.cell.MergedCell) else None
        else:
            book["自查"].title = "自查结果"
        book.save(tmp_path / f"{change}.xlsx")
    for again in resaved_all([tmp_path / f"{change}.xlsx" for change in changes], "xlsx", tmp_path / "out"):
        reading = read(again.read_bytes(), again.name)
        assert {ref: entry.value for ref, entry in reading.filing.entries.items()} == {
            ref: entry.value for ref, entry in made.entries.items()
        }
        assert [each.rule for each in check(reading).findings if each.level == "error"] == []


@pytest.mark.parametrize("renamed", ["{} ", "自查结果"])
def test_our_own_sheets_are_known_by_another_name_and_none_of_their_rows_is_taken_for_a_table_s(renamed: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(named("2021"), filing("2021"))))
    for sheet in [each for each in book if each.title == "自查" or "{}" in renamed]:
        if sheet.sheet_state == "visible":
            sheet.title = renamed.format(sheet.title)
    buffer = io.BytesIO()
    book.save(buffer)
    checked = check(read(buffer.getvalue(), "a.xlsx"))
    assert checked.reading.filing.texts == filing("2021").texts
    assert [str(each.message) for each in checked.findings if each.level != "note"] == []
    assert not any("自查" in str(each.message) for each in checked.findings)


def test_a_clerk_s_own_sheet_of_that_name_is_looked_through_for_tables() -> None:
    made = filing("2021")
    book = openpyxl.load_workbook(io.BytesIO(write(named("2021"), made)), data_only=True)
    del book["自查"]
    book["表四"].title = "自查"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read(buffer.getvalue(), "a.xlsx")
    assert (
        reading.filing.entries["disputes/cases/review.upheld"].value
        == made.entries["disputes/cases/review.upheld"].value
    )


@pytest.mark.parametrize(("said", "level"), [("是", None), ("否", "verify"), (None, "verify")])
def test_blanks_are_zeros_where_the_cover_says_so_and_only_there(
    said: str | None, level: str | None, tmp_path: Path
) -> None:
    stated, made = named("2021"), filing("2021")
    blank_cells = {ref: None for ref in stated.entries if made.entries[ref].value == 0}
    assert len(blank_cells) > 50
    book = openpyxl.load_workbook(io.BytesIO(write(stated, typed(made, blank_cells))))
    (at,) = [cell for row in book["封面"].iter_rows() for cell in row if cell.value == "其余空格均为 0"]
    book["封面"].cell(at.row, at.column + 1).value = said
    path = tmp_path / "a.xlsx"
    book.save(path)
    again = resaved(path, "xlsx", _folder(tmp_path / "out"))
    reading = read(again.read_bytes(), again.name)
    assert reading.filing.blanks_are_zero is (said == "是")
    assert all(reading.filing.entries[ref].value == (0 if said == "是" else None) for ref in blank_cells)
    found = [(each.rule, each.level) for each in check(reading).findings]
    assert {rule for rule, _ in found} == ({"entries-blank"} if level else set())
    top, cover, rows_said = _rows(_book(again))
    assert top == cover == ("可以上报" if not level else f"可以上报，{len(found)} 处请核实")
    states = {state for rule, *_, state, _ in rows_said if rule == "entries-blank"}
    assert states == ({"不适用"} if said == "是" else {"有误", "无误"} & states)


def test_a_link_leads_to_the_very_cell_that_is_wrong(tmp_path: Path) -> None:
    wrong: dict[Ref, Value] = {
        "requests/done.granted/org.legal": "约三件", "requests/done.partial/org.other": "无",
        "requests/carried_out/person": -2, "disputes/cases/suit.direct.total": None,
    }  # fmt: skip
    path = tmp_path / "a.xlsx"
    path.write_bytes(write(named("2021"), typed(filing("2021"), wrong)))
    _, _, said = _rows(_book(resaved(path, "xlsx", _folder(tmp_path / "out"))))
    led = {(rule, f"{sheet}!{cell}") for rule, sheet, cell, _, count in said if count}
    places = layout(named("2021")).places
    asked = ("entries-text", "entries-none", "entries-domain", "totals-blank")
    for rule, ref in zip(asked, wrong, strict=True):
        assert (rule, f"{places[ref].sheet}!{places[ref].cell}") in led, rule


def test_a_rule_leads_to_the_text_the_blank_or_the_cell_in_which_a_row_and_a_column_fail_alike(tmp_path: Path) -> None:
    stated, places = named("2021"), layout(named("2021")).places
    totals = [ref for ref, figure in stated.figures.items() if figure.kind == "total"]
    rebuilt = {ref: filing("2021").entries[ref].value for ref in totals}  # as somebody typed them, all of them
    formulas = Filing("2021", 2023, filing("2021").unit, {ref: filing("2021").entries[ref] for ref in stated.entries},
                      filing("2021").texts)  # fmt: skip
    cases: list[tuple[Filing, dict[Ref, Value], str, Ref, Ref]] = [
        (formulas, {"requests/done.granted/org.legal": "约三件"}, "requests-balance", "requests/received/org.legal",
         "requests/done.granted/org.legal"),
        (formulas, {"requests/done.granted/person": None}, "requests-balance", "requests/received/person",
         "requests/done.granted/person"),
        (typed(filing("2021"), rebuilt), {"requests/done.granted/person": 90}, "requests-balance",
         "requests/received/person", "requests/done.granted/person"),
        (typed(filing("2021"), rebuilt), {"requests/done.granted/person": 90}, "requests-total",
         "requests/done.granted/total", "requests/done.granted/person"),
        (typed(filing("2021"), rebuilt), {"requests/received/total": 90}, "requests-total", "requests/received/total",
         "requests/received/total"),
    ]  # fmt: skip
    for n, (made, wrong, *_) in enumerate(cases):
        (tmp_path / f"{n}.xlsx").write_bytes(write(stated, typed(made, wrong)))
    paths = [tmp_path / f"{n}.xlsx" for n in range(len(cases))]
    for path, case in zip(resaved_all(paths, "xlsx", _folder(tmp_path / "out")), cases, strict=True):
        made, wrong, rule, at, due = case
        said, known = _rows(_book(path))[2], rows(layout(stated), typed(made, wrong))
        (n,) = [n for n, row in enumerate(known) if (row.rule, row.link) == (rule, places[at])]
        assert said[n][:3] == (rule, places[due].sheet, places[due].cell), path.name
        assert said[n][3] in ("有误", "有文字")


def test_a_form_left_blank_whose_unit_says_that_blanks_are_zeros_is_filled_in_with_zeros() -> None:
    stated = named("2021")
    made = dataclasses.replace(blank(stated, 2023, Unit("甲", None, "township")), blanks_are_zero=True)
    reading = read(write(stated, made), "a.xlsx")
    assert {entry.value for entry in reading.filing.entries.values()} == {0}
    assert {each.rule for each in check(reading).findings} & {"form-empty", "entries-blank", "totals-blank"} == set()
    assert read(write(stated, reading.filing), "a.xlsx").filing == reading.filing


def test_a_sign_for_none_and_a_total_taken_out_are_told_of_though_blanks_are_zeros() -> None:
    stated = named("2021")
    taken_out = {"requests/received/total": None, "requests/received/person": "无"}
    made = typed(dataclasses.replace(filing("2021"), blanks_are_zero=True), taken_out)
    rules = {each.rule for each in check(read(write(stated, made), "a.xlsx")).findings}
    assert {"entries-none", "totals-blank"} <= rules


def _folder(path: Path) -> Path:
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    return path


def test_a_number_typed_as_text_is_told_of_in_the_workbook_as_in_the_check_and_counts_in_both(tmp_path: Path) -> None:
    stated, places = named("2021"), layout(named("2021")).places
    ref = "requests/received/person"
    entries = {ref: filing("2021").entries[ref] for ref in stated.entries}  # totals are left to their formulas
    whole = dataclasses.replace(filing("2021"), entries=entries)
    due = whole.entries[ref].value
    cases: dict[str, tuple[str, set[str]]] = {
        f"{due}件": ("可以上报，1 处提示", {"entries-remark"}),
        "约三件": ("还有 1 处要改正", {"entries-text"}),
        f"{due}7件": ("还有 1 处要改正，1 处提示", {"entries-remark", "requests-balance"}),
    }
    for n, typed_in in enumerate(cases):
        (tmp_path / f"{n}.xlsx").write_bytes(write(stated, typed(whole, {ref: typed_in})))
    sources = [tmp_path / f"{n}.xlsx" for n in range(len(cases))]
    again = resaved_all(sources, "xlsx", _folder(tmp_path / "out"))
    for (typed_in, (top, rules)), source, path in zip(cases.items(), sources, again, strict=True):
        checked = check(read(source.read_bytes(), "a.xlsx"))
        assert {each.rule for each in checked.findings if each.rule != "totals-stale"} == rules
        for book in (_book(source), _book(path)):
            said_on_top, _, said = _rows(book)
            assert said_on_top == top
            assert {rule for rule, *_, count in said if count} == rules
            listed = [row for row in book.rows("自查")[LISTED_FIRST - 1 : MORE_ROW] if row[0]]
            remarked = [str(each.message) for each in checked.findings if each.rule == "entries-remark"]
            number = typed_in.removesuffix("件")
            alike = f"“{typed_in}”按 {number} 读取"
            assert [alike in each for each in remarked] == [True] * number.isascii()
            assert [[row[6], row[8]] for row in listed if str(row[2]).startswith(alike)] == (
                [["有文字", "提示"]] * number.isascii()
            )
            assert all((rule, f"{sheet}!{cell}") == (rule, f"表三!{places[ref].cell}")
                       for rule, sheet, cell, _, count in said if count)  # fmt: skip


@pytest.mark.parametrize("kind", ["count", "signed", "money"])
def test_formulas_for_typed_numbers_nest_no_deeper_than_an_xls_can_hold(kind: ValueKind) -> None:
    for said in typed_numbers.formulas("'表三'!D7:I8", "AW7:BB8", kind, "$M$3"):
        open_calls: list[bool] = []
        deepest = 0
        for sign in re.finditer(r'"[^"]*"|(?P<name>[A-Z]*)[(]|(?P<end>[)])', said):
            if sign["end"]:
                open_calls.pop()
            elif sign["name"] is not None:
                open_calls.append(bool(sign["name"]))
            deepest = max(deepest, sum(open_calls))
        assert open_calls == []
        assert 2 < deepest <= 7


@pytest.mark.parametrize(
    ("typed_in", "kind", "number"),
    [
        ("36件", "count", 36), ("３６", "count", 36), (" 36 件", "count", 36), ("1,234件", "count", 1234),
        ("12,34件", "count", None), ("3.5件", "count", None), ("-3件", "count", None), ("-3项", "signed", -3),
        ("1/2", "count", None), ("约3件", "count", None), ("3万元", "count", None), ("无", "count", None),
        ("12.5万元", "money", Decimal("12.5")), ("251000元", "money", Decimal("25.1")), ("3件", "money", None),
        ("", "count", None), (None, "count", None), (36, "count", None),
    ],
)  # fmt: skip
def test_what_the_workbook_takes_for_a_number_is_what_the_check_reads(
    typed_in: Value, kind: ValueKind, number: Number | None
) -> None:
    assert number_in(typed_in, kind) == number
    if number is not None:
        value, remark = numbers.read(typed_in, kind)
        assert value == number
        assert remark is not None
