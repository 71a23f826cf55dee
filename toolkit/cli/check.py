"""Cli: `xls check`, what is wrong with filings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import (
    DONE,
    FOUND_WRONG,
    N_,
    OUTPUT,
    WRONG_INPUT,
    ForceOption,
    Format,
    FormatOption,
    JobsOption,
    LevelOption,
    PriorOption,
    RosterOption,
    UnitOption,
    YearOption,
    known_level,
    members,
)
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text

if TYPE_CHECKING:
    from toolkit.county.check_files import Done
    from toolkit.workbook.mark_list import Issued


def check(  # noqa: PLR0913, PLR0917 - the options of the contract
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
            rich_help_panel=OUTPUT,
            help=N_("Also write marked copies of the workbooks into this folder, 退回 where none is given."),
            metavar="[DIR]",
        ),
    ] = None,
    fix: Annotated[
        Path | None,
        typer.Option(
            "--fix",
            rich_help_panel=OUTPUT,
            help=N_(
                "Write a proposal: a copy with the repairs that are the only likely ones entered, marked and listed."
            ),
            metavar="OUT",
        ),
    ] = None,
    year: YearOption = None,
    unit: UnitOption = "",
    level: LevelOption = "",
    jobs: JobsOption = 0,
    issuer: Annotated[str, typer.Option("--from", help=N_("Marked copies: who sends them back."), metavar="NAME")] = "",
    deadline: Annotated[
        str, typer.Option("--deadline", help=N_("Marked copies: by when to answer, as 2025-01-10."), metavar="DATE")
    ] = "",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=N_("Name rules by their ids."))] = False,
    format: FormatOption = Format.text,
    force: ForceOption = False,
) -> None:
    """Check filings."""
    from toolkit.county.check_files import check_files
    from toolkit.county.inbox import Asked
    from toolkit.render.data import documents

    marked = _folder(mark) if mark is not None else None
    sent = _issued(issuer, deadline) if marked is not None or issuer or deadline else None
    if marked is None and sent is not None:
        screen.remark(text("--from and --deadline stand in marked copies; --mark writes them"))
    asked = Asked(
        members=members(roster),
        besides=(marked,) if marked else (),
        year=year,
        whose=unit or None,
        level=known_level(level),
        jobs=jobs,
    )
    written = marked is not None or fix is not None
    done = check_files(paths, asked, prior, screen.progress(), figures=written)
    for said in done.remarks:
        screen.remark(said)
    unwritten = marked is not None and sent is not None and _marked(done, marked, force, sent)
    if fix is not None:
        _proposed(done, fix, force)
    absent = done.missing if roster else None
    if format == Format.json:
        screen.document(documents.findings(done.results, absent))
    else:
        from toolkit.render.screen.findings import checked as drawn

        shown = str(marked) if marked is not None else ""
        screen.show(drawn(done.results, screen.width(), done.missing, done.aside, verbose=verbose, marked=shown))
    status = _status(documents.summary(done.results), strict, done.unread or unwritten)
    raise typer.Exit(FOUND_WRONG if status == DONE and done.missing else status)


def _folder(named: str) -> Path:
    """The folder of marked copies.

    Raises:
        WrongUse: it is a file, or is called like one.
    """
    from toolkit.cli.targets import folder

    return folder(Path(named or RETURNED), "--mark")


def _issued(issuer: str, deadline: str) -> Issued:
    """Who sends the marked copies back, and by when they are to be answered.

    Raises:
        WrongUse: the deadline is no date.
    """
    from toolkit.county.letters import sender
    from toolkit.county.post import issued

    return issued(sender(issuer, deadline))


def _marked(done: Done, into: Path, force: bool, issued: Issued) -> bool:
    """Write the marked copies and say where they are; whether one could not be written."""
    from toolkit.county.inputs import content
    from toolkit.model.filing import Checked
    from toolkit.workbook.mark_files import mark_files

    delivered = ((each, partial(content, given)) for given, each in zip(done.inputs, done.results, strict=True)
                 if isinstance(each, Checked) and done.counts(each))  # fmt: skip
    made = mark_files(delivered, into, force=force, issued=issued)
    for said in (*made.remarks, *made.refused):
        screen.remark(said)
    if made.written:
        screen.remark(text("{count} marked copies are in {folder}", count=len(made.written), folder=str(into)))
    return bool(made.refused)


def _proposed(done: Done, output: Path, force: bool) -> None:
    """Write the proposal for the one workbook and say what was entered.

    Raises:
        WrongUse: it is not one workbook, or the proposal would replace it.
        NotWritten: it cannot be written, or the workbook cannot be edited.
    """
    from toolkit.cli.targets import target
    from toolkit.county.inputs import content
    from toolkit.ground import files
    from toolkit.model.filing import Checked
    from toolkit.workbook.propose import propose

    if len(done.results) != 1 or not isinstance(done.results[0], Checked):
        raise WrongUse(text("--fix proposes repairs of one workbook; name that one"))
    given, checked = done.inputs[0], done.results[0]
    of = Path(given.path)
    target(output, f"{of.stem}（改）{of.suffix}", (of.suffix.lower(),), "--fix ")
    files.refuse_inputs(output, [of])
    made = propose(content(given), given.source, checked)
    files.save(output, made.content, force=force)
    for each in made.entered:
        cell = f"{each.sheet} {each.cell}"
        screen.remark(text("entered: {cell} {label}: {value} → {likely}", cell=cell, label=each.label, value=each.value,
                           likely=each.likely))  # fmt: skip
    for each in made.left:
        screen.remark(text("not entered, a formula stands there or there is no cell: {label} → {likely}",
                           label=each.label, likely=each.likely))  # fmt: skip
    if not made.entered:
        screen.remark(text("no repair is the only likely one; {file} has the findings marked", file=str(output)))
    else:
        screen.remark(text("a proposal, to be looked at by the unit: {file}", file=str(output)))


def _status(summary: dict[str, int], strict: bool, incomplete: bool) -> int:
    if summary["unreadable"] or incomplete:
        return WRONG_INPUT
    return FOUND_WRONG if summary["error"] or (strict and summary["verify"] > summary["explained"]) else DONE


RETURNED = "退回"
"""The folder of marked copies where the user names none."""
