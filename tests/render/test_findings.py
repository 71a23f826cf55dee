"""What the terminal shows of findings; the golden files are written anew by `pytest --regenerate`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest

from tests import filings
from tests.conftest import Golden
from tests.render.test_screens import lines_with, printed, results
from tests.rules.test_suspects import district
from toolkit.form.parts import Level
from toolkit.ground.language import LANGUAGES, speaking, text
from toolkit.model.filing import Cell, Checked, Filing, Finding, Unassessed
from toolkit.model.ledger import Member
from toolkit.render.screen.findings import checked
from toolkit.rules import check


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_findings_are_shown(language: str, width: int, golden: Golden) -> None:
    with speaking(language):
        golden(f"check-one-{language}-{width}", printed(checked(results()[1:2], width), width))
        golden(f"check-many-{language}-{width}", printed(checked(results(), width), width))


def test_a_clean_filing_is_passed_and_says_what_was_not_assessed() -> None:
    with speaking("en"):
        shown = printed(checked(results()[:1], 120), 120)
    assert shown.startswith("passed  城关镇人民政府  2023  good.xlsx  200 of 200 figures\n")
    assert lines_with(shown, "no filing of the year before was given; 8 rules were not assessed, they have not passed")
    assert "requests-carried-in" not in shown
    with speaking("en"):
        named = printed(checked(results()[:1], 120, verbose=True), 120)
    assert "requests-carried-in" in named
    assert shown.endswith("Files: 1; unreadable: 0; errors: 0; to verify: 0; notes: 0\n")


def test_of_many_the_worst_comes_first_and_the_passed_ones_are_counted() -> None:
    with speaking("en"):
        shown = printed(checked(results(), 120), 120)
    heads = [line for line in shown.splitlines() if line.startswith(("unreadable  ", "to be ", "passed"))]
    files = ["notes.xlsx", "wrong.xlsx", "blank.xlsx"]
    assert [file for line in heads for file in files if file in line] == [*files, *files]
    [row] = [line for line in heads[:3] if "wrong.xlsx" in line]
    assert row.split()[-3:] == ["1", "·", "表三"]
    assert heads[-1] == "passed: 1 of 4"
    assert "good.xlsx" not in shown
    assert lines_with(shown, "Files: 4; unreadable: 1; errors: 1; to verify: 1; notes: 0")


def test_what_to_do_next_stands_last_and_only_of_many() -> None:
    absent = Member(filings.TOWN)
    right = results()[:1]
    with speaking("en"):
        shown = printed(checked(results(), 120, [absent]), 120)
        marked = printed(checked(results(), 120, marked="退回 1"), 120)
        passed = printed(checked(right * 2, 120), 120)
        alone = printed(checked(results()[1:2], 120), 120)
    assert shown.partition("To do next:\n")[2].splitlines() == [
        "  1.  send back 2 files: the same command with --mark writes marked copies",
        "  2.  look at 1 files that were not read",
        "  3.  ask 1 units for their figures",
    ]
    assert '  1.  send the copies in "退回 1" back to their units' in marked.splitlines()
    assert passed.endswith("  1.  nothing is left to be corrected: add them up with `xls merge`\n")
    assert "To do next" not in alone


def test_the_notes_of_a_passed_one_are_counted() -> None:
    noted = Checked(filings.reading(filings.filing("2021")), (finding("note"),), ())
    with speaking("en"):
        shown = printed(checked([noted, *results()], 120), 120)
        whole = printed(checked([noted, *results()], 120, verbose=True), 120)
    assert lines_with(shown, "passed: 2 of 5; their notes, 1 in all, with -v")
    assert len(lines_with(whole, "passed  ", "200 of 200 figures")) == 2
    assert len(lines_with(whole, "  note  ")) == 1


def test_files_of_one_name_are_told_apart() -> None:
    made = filings.filing("2021")
    paths = ["east/2023.xlsx", "west/2023.xlsx"]
    both = [
        check(filings.reading(Filing(made.edition, made.year, made.unit, made.entries, made.texts, path)))
        for path in paths
    ]
    with speaking("en"):
        shown = printed(checked(both, 120, verbose=True), 120)
    assert all(lines_with(shown, path) for path in paths)


def finding(level: Level, table: str = "", rule: str = "form-moved", cells: Iterable[Cell] = ()) -> Finding:
    return Finding(
        rule,
        level,
        text("{said}", said=f"said-{level}-{table}-{rule}"),
        text("do it"),
        "依据",
        "authority",
        table,
        tuple(cells),
    )


def test_findings_stand_under_their_table_in_the_order_of_the_form_worst_first() -> None:
    said = (
        finding("note", "disputes"),
        finding("error", "disputes"),
        finding("error"),
        finding("verify", rule="texts-present"),
        finding("verify", "documents"),
    )
    with speaking("en"):
        shown = printed(checked([Checked(filings.reading(filings.filing("2021")), said, ())], 120), 120)
    wanted = [
        "表二",
        "said-verify-documents",
        "表四",
        "said-error-disputes",
        "said-note-disputes",
        "texts\n",
        "said-verify--texts",
        "whole filing\n",
        "said-error--",
    ]
    at = [shown.index(word) for word in wanted]
    assert at == sorted(at)
    assert "表三" not in shown


def test_a_finding_names_its_cells_where_its_sentence_does_not() -> None:
    cells = [
        Cell("requests/received/person", "本年新收 自然人", 3, "表三", "D7"),
        Cell("requests/received/total", "本年新收 总计", 4, "表三", "J7"),
    ]
    made = filings.reading(filings.filing("2021"))
    with speaking("en"):
        shown = printed(
            checked([Checked(made, (finding("error", "requests", "requests-total", cells),), ())], 120), 120
        )
        assert lines_with(shown, "表三 本年新收 自然人 (D7), 本年新收 总计 (J7): said-error")
        told = Finding(
            "requests-total",
            "error",
            text("{at}", at="表三 (D7, J7): wrong"),
            text("do"),
            "",
            "",
            "requests",
            tuple(cells),
        )
        shown = printed(checked([Checked(made, (told,), ())], 120), 120)
        assert lines_with(shown, "  error   表三 (D7, J7): wrong")


def test_the_reasons_of_rules_not_assessed_are_said_once() -> None:
    why = (
        Unassessed("a-b", text("no filing of the year before was given")),
        Unassessed("c-d", text("no filing of the year before was given")),
    )
    made = [Checked(filings.reading(filings.filing("2021", source=name)), (), why) for name in ("a", "b")]
    with speaking("en"):
        shown = printed(checked(made, 120), 120)
        named = printed(checked(made, 120, verbose=True), 120)
    said = "no filing of the year before was given; 2 rules were not assessed, they have not passed (filings: 2)"
    assert lines_with(shown, said)
    assert lines_with(named, said + ": a-b, c-d")


def one_cause() -> Checked:
    """One number swapped among typed totals, and something to verify elsewhere."""
    return check(filings.reading(filings.typed(district(), {"requests/received/person": 1048, IN_FORCE: None})))


IN_FORCE = "documents/normative/in_force"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_what_one_cell_explains_is_told_once_with_what_follows_under_it(
    language: str, width: int, golden: Golden
) -> None:
    with speaking(language):
        golden(f"check-cause-{language}-{width}", printed(checked([one_cause()], width), width))


def test_a_cause_counts_as_one_and_it_is_said_how_many_findings_there_are() -> None:
    with speaking("en"):
        alone = printed(checked([one_cause()], 120), 120)
        many = printed(checked([one_cause(), *results()[:1]], 120), 120)
    assert len([each for each in one_cause().findings if each.level == "error"]) == 2
    assert lines_with(alone, "errors: 1; to verify: 2; notes: 0; findings of one cause count as one, there are 4")
    assert [each.split()[-4:-2] for each in lines_with(many, "to be corrected", "表二, 表三")] == [["1", "2"]]


def test_a_finding_of_a_cause_that_is_explained_or_of_another_level_says_so() -> None:
    first, *rest = [each for each in one_cause().findings if each.suspect]
    told = [
        dataclasses.replace(each, level="verify", explained="本年集中清理") if each.suspect else each for each in rest
    ]
    both = Checked(filings.reading(filings.filing("2021")), (first, *told), ())
    with speaking("zh"):
        shown = printed(checked([both], 200), 200)
    assert lines_with(shown, "·  核实：", "（已说明：本年集中清理）") or first.suspect is None
