"""The two stories that `xls guide` tells step by step, a township's and a county's; the tutorials tell the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Group, RenderableType

from toolkit.ground.language import Text, text
from toolkit.render.screen.terminal import beside, gap, lines


class Step(NamedTuple):
    """A step: what is done, how, and the commands that do it."""

    what: Text
    how: Text
    commands: tuple[Text, ...] = ()


TOWNSHIP = (
    Step(
        text("Get the workbook"),
        text("The county sends it, with your name on it; without one, make it yourself."),
        (text("xls new 2024 --unit 城关镇人民政府 --level township -o town.xlsx"),),
    ),
    Step(
        text("Fill it in"),
        text(
            "Only pale yellow cells are to be filled in; white totals add up by themselves. Where nothing happened "
            "choose 是 for 其余空格均为 0 on the cover, and no zero has to be typed. Write the three texts."
        ),
    ),
    Step(
        text("Look at 自查"),
        text("The sheet says at once what is wrong, what it should be, and leads to the very cell."),
    ),
    Step(
        text("Check it with the year before"),
        text("What 自查 cannot see: the texts against the figures, last year's figures, what looks unlikely."),
        (text("xls check town.xlsx --prior last-year.json"),),
    ),
    Step(
        text("Mend it, or say why"),
        text(
            "Errors have to be mended. What is to be verified may be right: then write the reason, in the marked copy."
        ),
        (text("xls check town.xlsx --prior last-year.json --mark returned"),),
    ),
    Step(
        text("Write the report"),
        text("Figures and texts become the report to publish; send the workbook to the county."),
        (text("xls report town.xlsx -o report.docx"),),
    ),
)

COUNTY = (
    Step(
        text("Look at the roster"),
        text("Any list of units will do: CSV or a workbook, with a column of names. See what was understood of it."),
        (text("xls roster roster.csv"),),
    ),
    Step(
        text("Make the blank workbooks"),
        text("One for each unit; with --prior last year's figures stand beside the cells."),
        (text("xls new 2024 --roster roster.csv -o blanks"),),
    ),
    Step(
        text("Send them"),
        text("To each unit its own file, with a date by when to answer."),
    ),
    Step(
        text("Collect what comes"),
        text(
            "All into one folder, as it came: workbooks of any program, Word reports, .zip archives. Nothing has to be "
            "renamed or unpacked."
        ),
    ),
    Step(
        text("Check everything"),
        text("The worst first; whoever sent nothing stands at the end."),
        (text("xls check inbox --roster roster.csv"),),
    ),
    Step(
        text("Send back what is wrong"),
        text("A marked copy for each unit that has to do something; it opens on the list of what to do."),
        (
            text(
                "xls check inbox --roster roster.csv --mark returned --from 云岭县人民政府办公室 --deadline 2025-01-20"
            ),
        ),
    ),
    Step(
        text("Add up what is there"),
        text("The county's workbook with who is in it, who is not and why; letters to those who have something to do."),
        (
            text(
                "xls merge inbox --roster roster.csv --unit 云岭县人民政府 -o county.xlsx --letters letters "
                "--from 云岭县人民政府办公室 --deadline 2025-01-20"
            ),
        ),
    ),
    Step(
        text("Add up again when more has come"),
        text(
            "Marked copies that were mended replace what they were made of; of two versions --latest takes the one "
            "saved last."
        ),
        (text("xls merge inbox --roster roster.csv --unit 云岭县人民政府 -o county.xlsx --latest --force"),),
    ),
    Step(
        text("Say who will not come"),
        text("On the sheet 台账 say why a unit is not in the sum; it stays when it is added up again."),
    ),
    Step(
        text("Check the county's own workbook"),
        text("The sum against the rules, and what the county adds on the sheet 调整 with its reason."),
        (text("xls check county.xlsx"),),
    ),
    Step(
        text("Compare with last year"),
        text("What changed, by how much; a page to show to whoever signs."),
        (
            text("xls diff last-year.json county.xlsx"),
            text("xls diff last-year.json county.xlsx -o changes.html"),
        ),
    ),
    Step(
        text("Write the report"),
        text("Possible once every unit is in or excused; until then --draft writes a draft."),
        (text("xls report county.xlsx -o report.docx"),),
    ),
)

STORIES = {"township": TOWNSHIP, "county": COUNTY}
_HEADS = {
    "township": text("A township's or an office's report, in six steps"),
    "county": text("A county's report, in twelve steps"),
}


def story(name: str, width: int) -> RenderableType:
    """A story of `STORIES`, at most `width` cells wide."""
    return Group(*_parts(name, width))


def _parts(name: str, width: int) -> Iterator[RenderableType]:
    yield from lines(_HEADS[name], width, style="bold")
    for n, step in enumerate(STORIES[name], start=1):
        yield gap()
        yield from beside(f"{n:2}", step.what, width, style="bold")
        yield from lines(step.how, width, 4)
        for command in step.commands:
            yield from beside("  $", command, width, 2)
