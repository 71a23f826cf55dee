"""A rule explained: its cells, a right and a wrong example, and of the wrong one exactly what a check says of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.conftest import Golden
from tests.filings import write
from tests.rules.test_check import READ_ONLY
from tests.sessions import run
from toolkit.form.checks import CHECKS
from toolkit.form.edition import named
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import speaking
from toolkit.intake.workbook import read
from toolkit.render.screen.explain import explain as drawn
from toolkit.rules import check, examples
from toolkit.rules.explain import CELL, Explained, explain

RULES = [(edition, rule.id) for edition in ("2019", "2021") for rule in named(edition).rules]
WITH_EXAMPLE = [(edition, rule) for edition, rule in RULES if rule in examples.changes(edition)]
OF_NO_WORKBOOK = {"form-missing", "form-layout", "entries-remark"}
"""Rules whose wrong example is no workbook that we write: what it lacks, or how it was typed, is lost."""


@cache
def _explained(edition: str, rule: str) -> Explained:
    """Made once: a sentence is put into a language only where it is shown."""
    return explain(rule, named(edition).first)


def _shown(explained: Explained, width: int = 100) -> str:
    console = Console(width=width, color_system=None, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(drawn(explained, width))
    return captured.get()


@pytest.mark.exhaustive(one_in=4)
@pytest.mark.parametrize(("edition", "rule"), [each for each in WITH_EXAMPLE if each[1] not in OF_NO_WORKBOOK])
def test_what_is_said_of_the_wrong_example_is_what_check_says_of_its_workbook(edition: str, rule: str) -> None:
    pair = examples.pair(edition, rule)
    assert pair is not None
    wrong = pair[1]
    checked = check(read(write(named(edition), wrong.filing), "a.xlsx"), wrong.prior)
    explained = _explained(edition, rule)
    assert [each for each in explained.findings if each.rule == rule] == list(explained.findings)
    assert [str(each.message) for each in explained.findings] == [str(each.message) for each in checked.findings]


@pytest.mark.exhaustive(one_in=4)
@pytest.mark.parametrize(("edition", "rule"), RULES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_explained_on_a_screen_of_any_width(edition: str, rule: str, language: str) -> None:
    explained = _explained(edition, rule)
    with speaking(language):
        for width in (60, 100):
            shown = _shown(explained, width)
            assert max(cell_len(line) for line in shown.splitlines()) <= width
        for each in explained.findings:
            assert str(each.message).replace(" ", "") in "".join(shown.split())
        if not explained.findings:
            arises = CHECKS[explained.rule.check].arises
            assert arises is not None
            assert "".join(str(arises).split()) in "".join(shown.split())


@pytest.mark.exhaustive
@pytest.mark.parametrize(("edition", "rule"), WITH_EXAMPLE)
def test_the_two_examples_differ_in_what_is_shown(edition: str, rule: str) -> None:
    explained = _explained(edition, rule)
    assert any(row.right != row.wrong for row in explained.rows)
    assert len(explained.rows) <= 8


def test_only_what_a_reader_alone_sees_has_no_example() -> None:
    without = {rule for edition, rule in RULES if (edition, rule) not in WITH_EXAMPLE}
    assert without == READ_ONLY | {"form-layout"}


def test_an_edition_without_samples_is_explained_without_examples(
    english: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(examples, "sample", lambda name: tmp_path / name)
    examples.changes.cache_clear()
    try:
        shown = _shown(explain("requests-balance"))
    finally:
        examples.changes.cache_clear()
    assert "A + B = C + D" in shown
    assert "There is no example of this rule yet." in shown


def test_the_cells_of_an_equation_have_the_letters_of_its_terms() -> None:
    explained = explain("requests-balance")
    assert [(letter, term.line) for letter, term in explained.terms] == [
        ("A", "received"),
        ("B", "carried_in"),
        ("C", "done.total"),
        ("D", "carried_out"),
    ]
    assert explained.marks["requests/done.total/org.other"] == "C"
    assert "requests/received/total" not in explained.marks  # it holds there if it holds in every column
    assert len(explained.marks) == 4 * 6
    assert [(row.sign, row.right, row.wrong) for row in explained.rows] == [
        ("A", 10, 11),
        ("B", 3, 3),
        ("C", 11, 11),
        ("D", 2, 2),
    ]


def test_a_sum_has_one_letter_for_all_its_lines_and_last_year_s_figure_no_cell() -> None:
    marks = explain("requests-done-total").marks
    assert marks["requests/done.total/person"] == "A"
    assert {sign for ref, sign in marks.items() if "/done.total/" not in ref} == {"B"}
    explained = explain("requests-carried-in")
    assert set(explained.marks.values()) == {"A"}
    assert [(row.sign, row.right, row.wrong) for row in explained.rows] == [("A", 3, 3), ("B", 3, 4)]


def test_a_named_rule_of_a_table_has_its_cells_in_every_row() -> None:
    marks = explain("services-decided-without-items").marks
    assert set(marks) == {
        f"services/{row}/{column}"
        for row in ("licences", "other")
        for column in ("items_before", "items_change", "decisions")
    }
    assert set(marks.values()) == {CELL}


def test_without_a_year_the_latest_edition_that_has_the_rule_is_taken() -> None:
    assert explain("requests-balance").edition.id == "2021"
    assert explain("requests-balance", 2020).edition.id == "2019"
    assert explain("documents-public-bound").edition.id == "2019"


def test_an_unknown_rule_is_refused_with_those_called_nearly_so(english: None) -> None:
    for wanted, year, said in (
        ("requests-balnce", None, "edition 2019, 2021 is called requests-balnce; nearly so: requests-balance"),
        ("Requests-Balance", None, "nearly so: requests-balance"),
        (
            "documents-public-bound",
            2023,
            "edition 2021 is called documents-public-bound; nearly so: documents-in-force-bound",
        ),
        ("?", None, "`xls rules 2021` lists them"),
    ):
        with pytest.raises(WrongUse, match="no rule of") as refused:
            explain(wanted, year)
        assert said in str(refused.value)


def test_the_command_ends_with_0_and_of_an_unknown_rule_with_2(tmp_path: Path) -> None:
    done = run("xls explain requests-balance", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "A + B = C + D" in done.stdout
    done = run("xls explain requests-balnce", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "requests-balance" in done.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_a_rule_is_explained_as_it_was_looked_at(golden: Golden, width: int, language: str) -> None:
    with speaking(language):
        golden(f"explain-{language}-{width}", _shown(_explained("2021", "documents-in-force-prior"), width))
