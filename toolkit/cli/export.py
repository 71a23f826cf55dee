"""Cli: `xls export`, filings as one long table."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import (
    N_,
    WRONG_INPUT,
    ForceOption,
    JobsOption,
)
from toolkit.cli.targets import chosen


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
    from toolkit.county.inbox import Asked, each_of
    from toolkit.county.outgoing import Outgoing, Spool, outgoing
    from toolkit.ground import files
    from toolkit.render.data import exported, long

    output = chosen(output, Path("长表.xlsx"), exported.ENDINGS)
    kind = "-" if str(output) == "-" else exported.ending(output)
    _, made = each_of(outgoing, paths, Asked(besides=(output,), jobs=jobs), screen.progress())
    unread = 0
    with closing(Spool()) as spool:
        for one in made:
            if isinstance(one, Outgoing):
                spool.put(one)
            else:
                screen.remark(one.reason)
                unread += 1
        statuses = spool.statuses()
        if kind == "-":
            for line in long.csv_lines(spool.readings(), statuses):
                screen.result(line)
        else:
            files.save_by(output, lambda to: exported.write(to, spool.readings(), kind, statuses), force=force)
            screen.result(f"{output}\n")
    if unread:
        raise typer.Exit(WRONG_INPUT)
