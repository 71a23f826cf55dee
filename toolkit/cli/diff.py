"""The command that compares: diff."""

from __future__ import annotations

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
    RosterOption,
    members,
)
from toolkit.cli.targets import target

if TYPE_CHECKING:
    from toolkit.model.changes import Changes


def diff(  # noqa: PLR0913, PLR0917 - the options of the contract
    paths: Annotated[
        list[str],
        typer.Argument(help=N_("Filings, or folders of them, one for each year."), metavar="OLD NEW [MORE]..."),
    ],
    everything: Annotated[
        bool, typer.Option("--all", rich_help_panel=OUTPUT, help=N_("Every figure, also those that did not change."))
    ] = False,
    texts: Annotated[
        bool, typer.Option("--texts", rich_help_panel=OUTPUT, help=N_("What changed in the texts, word by word."))
    ] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help=N_("Exit with 1 when there is a difference."))] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            rich_help_panel=OUTPUT,
            help=N_("Write the changes to a .xlsx, .html or .csv file."),
            metavar="OUT",
        ),
    ] = None,
    roster: RosterOption = None,
    jobs: JobsOption = 0,
    format: FormatOption = Format.text,
    force: ForceOption = False,
) -> None:
    """Compare filings."""
    from toolkit.county.compare import compare
    from toolkit.county.inbox import Asked
    from toolkit.ground import files
    from toolkit.render.data import changes as drawn

    if output is not None:
        target(output, f"{CHANGES}.xlsx", (".xlsx", ".html", ".csv"))
    found, remarks, unread = compare(paths, Asked(members=members(roster), jobs=jobs), screen.progress())
    for said in (*remarks, *unread):
        screen.remark(said)
    if output is not None:
        files.save(output, _file(found, output, everything, texts), force=force)
        screen.result(f"{output}\n")
    elif format == Format.json:
        screen.document(drawn.document(found, everything, texts))
    else:
        from toolkit.render.screen.changes import changes

        screen.show(changes(found, screen.width(), everything=everything, with_texts=texts))
    raise typer.Exit(WRONG_INPUT if unread else FOUND_WRONG if exit_code and found.different else DONE)


CHANGES = "增减"
"""What a file of changes might be called in a folder that is named."""


def _file(found: Changes, output: Path, everything: bool, texts: bool) -> bytes:
    """The changes as a file of the kind that its name says."""
    from toolkit.render.data import changes as drawn

    kind = output.suffix.lower()
    if kind == ".html":
        from toolkit.render.page.changes import page

        return page(found, everything=everything, with_texts=texts).encode()
    if kind == ".csv":
        return drawn.csv(found, everything).encode("utf-8-sig")
    from toolkit.render import plain
    from toolkit.render.screen.changes import notes, together, units
    from toolkit.workbook.write.changes import workbook

    said = [plain(each) for each in (*units(found), *notes(found, everything))]
    heads, over = drawn.heads(found), str(together(found))
    return workbook(found, heads=heads, notes=said, everything=everything, together=over)
