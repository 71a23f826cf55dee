"""The command that adds up: merge."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from toolkit.cli import merge_outputs, screen
from toolkit.cli.merge_outputs import Outputs, stopping
from toolkit.cli.options import (
    DONE,
    FOUND_WRONG,
    LETTERS,
    N_,
    OUTPUT,
    SCALE,
    WRONG_INPUT,
    ForceOption,
    Format,
    FormatOption,
    JobsOption,
    PriorOption,
    RosterOption,
    members,
)
from toolkit.cli.targets import chosen, folder, target
from toolkit.ground.language import Text, text
from toolkit.model.ledger import UNSEEN

if TYPE_CHECKING:
    from toolkit.county.inbox import Asked
    from toolkit.county.kept import Kept
    from toolkit.model.ledger import Difference, Merged


def merge(  # noqa: PLR0913, PLR0917 - the options of the contract
    paths: Annotated[list[str], typer.Argument(help=N_("Workbooks, folders of them, or globs."), metavar="PATH...")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            rich_help_panel=OUTPUT,
            help=N_("The county workbook; without it, 汇总.xlsx."),
            metavar="OUT",
        ),
    ] = None,
    unit: Annotated[
        str, typer.Option("--unit", help=N_("Name of the unit that reports the sum."), metavar="NAME")
    ] = "",
    roster: RosterOption = None,
    prior: PriorOption = None,
    include_invalid: Annotated[
        bool, typer.Option("--include-invalid", help=N_("Also merge filings with errors, and say so."))
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", help=N_("A filing to hold against the sum of the units."), metavar="FILE"),
    ] = None,
    details: Annotated[
        Path | None,
        typer.Option(
            "--details",
            rich_help_panel=OUTPUT,
            help=N_("Write every unit's figures as a long table, like `xls export`."),
            metavar="FILE",
        ),
    ] = None,
    letters: Annotated[
        Path | None,
        typer.Option(
            "--letters",
            rich_help_panel=LETTERS,
            help=N_("Write a letter (.docx) to every unit with something to do."),
            metavar="DIR",
        ),
    ] = None,
    jobs: JobsOption = 0,
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler",
            rich_help_panel=SCALE,
            help=N_("Address of a Dask scheduler whose workers read."),
            metavar="ADDR",
        ),
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("Take a file for the unit that only its name speaks of."))
    ] = False,
    latest: Annotated[
        bool, typer.Option("--latest", help=N_("Of several files of a unit, take the one saved last, and say so."))
    ] = False,
    from_: Annotated[
        str,
        typer.Option(
            "--from",
            rich_help_panel=LETTERS,
            help=N_("Letters: who writes them, as 某县人民政府办公室."),
            metavar="NAME",
        ),
    ] = "",
    deadline: Annotated[
        str,
        typer.Option(
            "--deadline", rich_help_panel=LETTERS, help=N_("Letters: by when to answer, as 2025-01-10."), metavar="DATE"
        ),
    ] = "",
    date: Annotated[
        str,
        typer.Option(
            "--date", rich_help_panel=LETTERS, help=N_("Letters: their date; without it room is left."), metavar="DATE"
        ),
    ] = "",
    contact: Annotated[
        str,
        typer.Option(
            "--contact", rich_help_panel=LETTERS, help=N_("Letters: whom to ask, with phone."), metavar="TEXT"
        ),
    ] = "",
    format: FormatOption = Format.text,
    force: ForceOption = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help=N_("Say what was taken from a merge that was cut off."))
    ] = False,
) -> None:
    """Merge filings."""
    from toolkit.county.inbox import Asked
    from toolkit.county.kept import Kept
    from toolkit.county.letters import sender
    from toolkit.ground import files
    from toolkit.model.filing import Unit
    from toolkit.render.data import exported
    from toolkit.render.data.ledger import document
    from toolkit.render.screen.ledger import screen as drawn

    output = chosen(output, Path(f"{files.safe_name(unit) if unit else ''}汇总.xlsx"))
    streamed = str(output) == files.STREAM
    who = sender(from_ or unit, deadline, date, contact)
    kind = exported.ending(target(details, "长表.xlsx", exported.ENDINGS, "--details ")) if details is not None else ""
    letters = folder(letters, "--letters") if letters is not None else None
    kept = None if streamed else Kept(output)
    outputs = Outputs(force, kept)
    if not streamed:
        outputs.refuse(output)
    with stopping(output, "", kept):
        asked = Asked(
            unit=Unit(unit),
            members=members(roster),
            include_invalid=include_invalid,
            latest=latest,
            besides=tuple(each for each in (details, letters) if each is not None),
            confirm=_confirmed(yes),
            jobs=jobs,
            scheduler=scheduler,
        )
        _to_be_noted(asked, letters, (from_, deadline, date, contact))
        merged, unread = _merged(paths, output, asked, prior, kept)
        found = _held(merged, against)
        merged = replace(merged, differences=found)
        book = _workbook(merged)
    with closing(book), stopping(output, merge_outputs.digest(book) if merged.filing else "", kept):
        if merged.filing is not None:
            outputs.save_from(output, book)
        else:
            screen.remark(text("nothing could be merged; {file} was not written", file=str(output)))
        if merged.filing is not None and details is not None:
            merge_outputs.details(outputs, details, kind, merged)
        if letters is not None:
            unread = merge_outputs.letters(outputs, letters, merged, paths, who) or unread
    if format == Format.json and not streamed:
        screen.document(document(merged, found))
    else:
        screen.show(drawn(merged, str(output), screen.width(), found, str(letters or "")), beside=streamed)
    outputs.done(verbose=verbose)
    raise typer.Exit(_status(merged, found, unread))


def _held(merged: Merged, against: Path | None) -> tuple[Difference, ...] | None:
    """The sum held against what was reported, where that is given and there is a sum."""
    from toolkit.county.merge import against as held_against
    from toolkit.intake import intake

    if against is None or merged.filing is None:
        return None
    return held_against(merged, intake(against).filing)


def _workbook(merged: Merged) -> IO[bytes]:
    """The county workbook; nothing where nothing was merged."""
    from toolkit.form.edition import named
    from toolkit.ground.shelf import stream
    from toolkit.workbook.write import write_to

    made = stream(len(merged.contributions))
    if merged.filing is not None:
        write_to(made, named(merged.filing.edition), merged.filing, merged.before, merged)
    return made


def _confirmed(yes: bool) -> Callable[[Text], bool]:
    """Asks whether a file is a unit's; what was said once is said of all with --yes."""

    def confirm(question: Text) -> bool:
        return yes or (screen.asks() and screen.agreed(text("{question} [y/N] ", question=question)))

    return confirm


def _to_be_noted(asked: Asked, letters: Path | None, said: tuple[str, ...]) -> None:
    """Say what was given and comes to nothing: what letters are to say where none are written, the sum's own unit."""
    from toolkit.model.units import same

    if letters is None and any(said):
        screen.remark(text("--from, --deadline, --date and --contact stand in letters; --letters writes them"))
    if any(same(asked.unit, member.unit) for member in asked.members):
        screen.remark(text("{unit} stands on the roster, but its figures are the sum: no file is expected of it",
                           unit=asked.unit.name))  # fmt: skip


def _merged(paths: list[str], output: Path, asked: Asked, prior: Path | None, kept: Kept | None) -> tuple[Merged, bool]:
    from toolkit.county.last_year import last_year
    from toolkit.county.merge_files import merge_files

    before = last_year(prior, asked, single=False) if prior else None
    if before is not None:
        asked = replace(asked, priors=before.priors)
    merged = merge_files(paths, asked, output, screen.progress(), kept)
    for said in before.remarks() if before is not None else ():
        screen.remark(said)
    return merged, before is not None and before.incomplete


def _status(merged: Merged, differences: tuple[Difference, ...] | None, unread: bool) -> int:
    """3 where something was not looked into, 1 where a file or a unit is not settled, or the sum is another's."""
    ledger = merged.ledger
    if unread or any(ledger.count(status) for status in UNSEEN):
        return WRONG_INPUT
    return DONE if ledger.settled and not ledger.unexcused and not differences else FOUND_WRONG
