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
    JobsOption,
)
from toolkit.cli.targets import chosen

if TYPE_CHECKING:
    from toolkit.model.filing import Reading


def export(
    paths: Annotated[list[str], typer.Argument(help=N_("Workbooks, folders of them, or globs."), metavar="PATH...")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help=N_(
                "The table: .xlsx, .csv, .jsonl, .json, .sqlite, .parquet; - for CSV on stdout; without it, 长表.xlsx."
            ),
            metavar="OUT",
        ),
    ] = None,
    jobs: JobsOption = 0,
    force: ForceOption = False,
) -> None:
    """Write figures as a long table."""
    from toolkit.county.inbox import Asked, each_of, only_read
    from toolkit.county.standing import standing
    from toolkit.ground import files
    from toolkit.model.filing import Reading
    from toolkit.render.data import exported, long

    output = chosen(output, Path("长表.xlsx"), exported.ENDINGS)
    kind = "-" if str(output) == "-" else exported.ending(output)
    _, made = each_of(only_read, paths, Asked(besides=(output,), jobs=jobs), screen.progress())
    readings: list[Reading] = []
    unread = 0
    for one in made:
        if isinstance(one, Reading):
            readings.append(one)
        else:
            screen.remark(one.reason)
            unread += 1
    statuses = standing(readings)
    if kind == "-":
        screen.result(long.csv(readings, statuses))
    else:
        files.save(output, exported.exported(readings, kind, statuses), force=force)
        screen.result(f"{output}\n")
    if unread:
        raise typer.Exit(WRONG_INPUT)
