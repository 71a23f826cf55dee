"""What the terminal shows. The golden files are compared exactly; `pytest --regenerate` writes them anew."""

from __future__ import annotations

import io
import unicodedata
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from tests import filings
from tests.conftest import Golden
from toolkit.form.edition import editions, named
from toolkit.ground.language import LANGUAGES, speaking, text
from toolkit.model.filing import Checked, Entry, Filing, Finding, Reading, Unassessed, Unit
from toolkit.model.ledger import Unread
from toolkit.render.screen import editions as of_editions
from toolkit.render.screen.filing import show
from toolkit.render.screen.findings import checked
from toolkit.rules import check

# 宿迁市, report year 2024, the figures in the order of the form.
SUQIAN = """
2 1 12  50 227 420  1573179  2676474 29351  72701.2578
3440 75 0 1 6 3 3525  118 3 0 0 0 0 121
1408 21 0 0 2 0 1431  462 9 0 0 0 0 471
2 0 0 0 0 0 2  1 0 0 0 0 0 1  4 0 0 0 0 0 4  16 1 0 0 0 0 17
21 0 0 0 0 0 21  10 1 0 0 0 0 11  21 2 0 0 0 0 23  13 0 0 0 0 0 13
859 33 0 0 3 2 897  35 1 0 0 0 0 36  8 0 0 0 0 0 8
86 1 0 0 0 0 87  26 1 0 0 0 0 27  0 0 0 0 0 0 0  3 0 0 0 0 0 3  0 0 0 0 0 0 0
75 1 0 1 0 0 77  38 0 0 0 0 0 38  352 2 0 0 0 0 354
3440 73 0 1 5 2 3521  118 5 0 0 1 1 125
88 18 28 36 170  7 0 11 7 25  33 0 6 13 52
"""


def suqian() -> Reading:
    entries = {
        ref: Entry(Decimal(each) if "." in each else int(each))
        for ref, each in zip(named("2021").figures, SUQIAN.split(), strict=True)
    }
    unit = Unit("宿迁市人民政府", None, "city")
    return filings.reading(Filing("2021", 2024, unit, entries, filings.TEXTS, "suqian-city-2024.json"))


def printed(renderable: RenderableType, width: int) -> str:
    """What a renderable puts on a screen, without colour; blanks at the ends of lines gone."""
    screen = io.StringIO()
    Console(file=screen, width=width, highlight=False, markup=False, emoji=False, no_color=True).print(renderable)
    return "".join(line.rstrip() + "\n" for line in screen.getvalue().splitlines())


def fits(shown: str, width: int) -> bool:
    return max(map(cell_len, shown.splitlines())) <= width


def typed(name: str = "town.xlsx", **values: object) -> Reading:
    """A filing of 2021 with a text in a cell, a blank, and a figure that was not found."""
    made = filings.typed(
        filings.filing("2021"), {"requests/received/person": "12件左右", "requests/carried_in/person": None}
    )
    made = filings.without(made, "disputes/cases/review.upheld")
    return filings.reading(
        Filing(
            made.edition,
            made.year,
            made.unit,
            made.entries,
            {"overview": made.texts["overview"], "problems": " "},
            name,
        )
    )


def results() -> list[Checked | Unread]:
    """One filing that is right, one with an error, one with something to verify, and a file that is none."""
    good = filings.filing("2021")
    wrong = filings.typed(
        filings.filing("2021", unit=Unit("双桥街道办事处", "B", "township")), {"requests/received/total": 99}
    )
    blank = filings.typed(
        filings.filing("2021", unit=Unit("河口镇人民政府", "C", "township")), {"requests/received/org.legal": None}
    )
    made = [("good.xlsx", good), ("wrong.xlsx", wrong), ("blank.xlsx", blank)]
    whole = [Filing(each.edition, each.year, each.unit, each.entries, each.texts, name) for name, each in made]
    return [
        *(check(filings.reading(each)) for each in whole),
        Unread("notes.xlsx", text("{file}: no such file; check the path", file="notes.xlsx")),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_a_filing_is_shown_as_printed(language: str, width: int, golden: Golden) -> None:
    of_2019 = filings.reading(filings.filing("2019"))
    with speaking(language):
        golden(f"show-2021-{language}-{width}", printed(show(suqian(), named("2021"), width), width))
        golden(f"show-2019-{language}-{width}", printed(show(of_2019, named("2019"), width), width))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 120])
def test_editions_and_rules_are_shown(language: str, width: int, golden: Golden) -> None:
    with speaking(language):
        golden(f"editions-{language}-{width}", printed(of_editions.editions(editions(), width), width))
        golden(f"rules-2021-{language}-{width}", printed(of_editions.rules(named("2021"), width), width))


@pytest.mark.exhaustive
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_wider_than_the_screen(language: str, width: int) -> None:
    with speaking(language):
        screens = [
            *(
                show(each, named(each.filing.edition), width)
                for each in (suqian(), typed(), filings.reading(filings.filing("2019")))
            ),
            checked(results(), width),
            checked(results()[:1], width),
            of_editions.editions(editions(), width),
            *(of_editions.rules(each, width) for each in editions()),
        ]
        # a screen a third wider shows whether something counts on being wrapped by Rich
        assert all(fits(printed(each, width + width // 3), width) for each in screens)


def lines_with(shown: str, *words: str) -> list[str]:
    return [line for line in shown.splitlines() if all(word in line for word in words)]


def test_what_was_typed_is_shown_as_typed_and_what_was_not_found_is_marked() -> None:
    with speaking("en"):
        shown = printed(show(typed(), named("2021"), 120), 120)
    assert lines_with(shown, "│", "12件左右")
    assert lines_with(shown, "?: not in the source (1 figures)")
    assert lines_with(shown, "199 of 200")
    assert lines_with(shown, "(empty)")
    assert lines_with(shown, "(not in the source)")


def test_the_head_says_whose_filing_it_is() -> None:
    with speaking("en"):
        shown = printed(show(suqian(), named("2021"), 80), 80).splitlines()[1:7]
    assert [line.split(maxsplit=1)[0] for line in shown] == ["unit", "code", "level", "report", "edition", "figures"]
    assert "government of a city with districts" in shown[2]
    assert "国办公开办函〔2021〕30号" in shown[4]


def test_a_headings_own_figures_are_shown() -> None:
    made = filings.typed(filings.filing("2021"), {"requests/done.other/person": 4, "requests/done.other/total": 4})
    with speaking("en"):
        shown = printed(show(filings.reading(made), named("2021"), 120), 120)
    assert lines_with(shown, "（六）其他处理, given as one line: 自然人 4, 总计 4")


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_from_a_workbook_reaches_the_terminal_as_plain_text(language: str) -> None:
    evil = "[red]\x1b]0;x\x07\x9b2J\u202e[/red]\ud800"
    made = filings.typed(
        filings.filing("2021", unit=Unit(evil, evil, evil), source=f"{evil}.xlsx"), {"requests/received/person": evil}
    )
    made = Filing(
        made.edition,
        made.year,
        made.unit,
        made.entries,
        {"overview": evil, "problems": evil, "other_matters": evil},
        made.source,
    )
    said = Finding("entries-text", "error", text("{typed}", typed=evil), text("{typed}", typed=evil), evil, evil)
    one = Checked(filings.reading(made), (said,), (Unassessed("x", text("{typed}", typed=evil)),))
    with speaking(language):
        screens = [
            show(filings.reading(made), named("2021"), 120),
            checked([one, Unread(evil, text("{typed}", typed=evil))], 120),
        ]
        shown = [printed(each, 120) for each in screens]
    for each in shown:
        assert not [sign for sign in each if unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign != "\n"]
        assert "[red]\\x1b" in each
