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
            help=N_("The table: .csv, .jsonl, .json, .sqlite or .parquet; - for CSV on stdout."),
            metavar="OUT",
        ),
    ],
    force: ForceOption = False,
) -> None:
    """Write figures as a long table."""
    from toolkit.ground import files
    from toolkit.intake.several import several
    from toolkit.model.filing import Reading
    from toolkit.render.data import exported, long

    kind = "-" if str(output) == "-" else exported.ending(output)
    readings: list[Reading] = []
    unread = 0
    found = files.expand(paths)
    if kind != "-":
        files.refuse_inputs(output, found)
    for _, made in zip(screen.progress()(found), several(found), strict=True):
        if isinstance(made, Reading):
            readings.append(made)
        else:
            screen.remark(made)
            unread += 1
    if kind == "-":
        screen.result(long.csv(readings))
    else:
        files.save(output, exported.exported(readings, kind), force=force)
    if unread:
        raise typer.Exit(WRONG_INPUT)
