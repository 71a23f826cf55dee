"""Cli: `xls export`, filings as one long table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import (
    N_,
    WRONG_INPUT,
    ForceOption,
)

if TYPE_CHECKING:
    from toolkit.model.filing import Reading


def export(
    paths: Annotated[list[str], typer.Argument(help=N_("Workbooks, folders of them, or globs."), metavar="PATH...")],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help=N_("The table: .xlsx, .csv, .jsonl, .json, .sqlite or .parquet; - for CSV on stdout."),
            metavar="OUT",
        ),
    ],
    force: ForceOption = False,
) -> None:
    """Write figures as a long table."""
    from toolkit.county.inbox import Asked, read
    from toolkit.county.inputs import inputs
    from toolkit.county.standing import standing
    from toolkit.ground import files
    from toolkit.ground.errors import NoEdition, Unreadable
    from toolkit.render.data import exported, long

    kind = "-" if str(output) == "-" else exported.ending(output)
    readings: list[Reading] = []
    unread = 0
    for given in screen.progress()(inputs(paths, (output,)).inputs):
        try:
            readings.append(read(given, Asked())[0])
        except (Unreadable, NoEdition) as error:
            screen.remark(error)
            unread += 1
    statuses = standing(readings)
    if kind == "-":
        screen.result(long.csv(readings, statuses))
    else:
        files.save(output, exported.exported(readings, kind, statuses), force=force)
    if unread:
        raise typer.Exit(WRONG_INPUT)
