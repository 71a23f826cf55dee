"""The commands that look: editions, rules, explain, show, check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.words import (
    DONE,
    FOUND_WRONG,
    N_,
    WRONG_INPUT,
    ForceOption,
    Format,
    FormatOption,
    PriorOption,
    RosterOption,
    members,
)
from toolkit.language import text

if TYPE_CHECKING:
    from toolkit.model import Checked, Unread

RETURNED = "退回"
"""The folder of marked copies where the user names none."""


def editions(format: FormatOption = Format.text) -> None:
    """List the editions."""
    from toolkit.edition import editions as all_editions
    from toolkit.render import documents

    known = all_editions()
    if format == Format.json:
        screen.document(documents.editions(known))
    else:
        from toolkit.render.editions import editions as drawn

        screen.show(drawn(known, screen.width()))


def rules(
    year: Annotated[int, typer.Argument(help=N_("Report year."), metavar="YEAR")],
    format: FormatOption = Format.text,
) -> None:
    """List the rules of a year's edition."""
    from toolkit.edition import edition
    from toolkit.render import documents

    found = edition(year)
    if format == Format.json:
        screen.document(documents.rules(found))
    else:
        from toolkit.render.editions import rules as drawn

        screen.show(drawn(found, screen.width()))


def explain(
    rule: Annotated[str, typer.Argument(help=N_("The id of the rule, as `xls rules` lists it."), metavar="RULE")],
    year: Annotated[
        int | None, typer.Option("--year", help=N_("Report year; without it, the latest edition that has the rule."))
    ] = None,
) -> None:
    """Explain a rule."""
    from toolkit.explain import explain as explained
    from toolkit.render.explain import explain as drawn

    screen.show(drawn(explained(rule, year), screen.width()))


def show(
    file: Annotated[Path, typer.Argument(help=N_("A workbook, our JSON, or a report saved as text."), metavar="FILE")],
    format: FormatOption = Format.text,
) -> None:
    """Show a filing as printed on the form."""
    from toolkit.edition import named
    from toolkit.intake import intake
    from toolkit.render import documents

    reading = intake(file)
    stated = named(reading.filing.edition)
    if format == Format.json:
        screen.document(documents.filing(reading.filing, stated))
        return
    from toolkit.render.filing import show as drawn

    screen.show(drawn(reading, stated, screen.width()))


def check(
    paths: Annotated[list[str], typer.Argument(help=N_("Workbooks, folders of them, or globs."), metavar="PATH...")],
    prior: PriorOption = None,
    roster: RosterOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help=N_("Exit with 1 also for findings to verify that are not explained."))
    ] = False,
    mark: Annotated[
        str | None,
        typer.Option(
            "--mark",
            help=N_("Also write marked copies of the workbooks into this folder, 退回 where none is given."),
            metavar="[DIR]",
        ),
    ] = None,
    format: FormatOption = Format.text,
    force: ForceOption = False,
) -> None:
    """Check filings."""
    from toolkit.checking import check_files
    from toolkit.render import documents

    done = check_files(paths, prior, screen.progress(), members(roster))
    for said in done.remarks:
        screen.remark(said)
    unwritten = mark is not None and _marked(done.results, Path(mark or RETURNED), force)
    absent = done.missing if roster else None
    if format == Format.json:
        screen.document(documents.findings(done.results, absent))
    else:
        from toolkit.render.findings import checked as drawn

        screen.show(drawn(done.results, screen.width(), done.missing))
    status = _status(documents.summary(done.results), strict, done.unread or unwritten)
    raise typer.Exit(FOUND_WRONG if status == DONE and done.missing else status)


def _marked(results: Sequence[Checked | Unread], folder: Path, force: bool) -> bool:
    """Write the marked copies and say where they are; whether one could not be written."""
    from toolkit.marking import mark_files

    made = mark_files(results, folder, force=force)
    for said in (*made.remarks, *made.refused):
        screen.remark(said)
    if made.written:
        screen.remark(text("{count} marked copies are in {folder}", count=len(made.written), folder=str(folder)))
    return bool(made.refused)


def _status(summary: dict[str, int], strict: bool, incomplete: bool) -> int:
    if summary["unreadable"] or incomplete:
        return WRONG_INPUT
    return FOUND_WRONG if summary["error"] or (strict and summary["verify"] > summary["explained"]) else DONE
