"""Cli: `xls page`, the toolkit as one page for those who may not install anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import N_, OUTPUT, ForceOption
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text

NAME = "年报工具.html"

PLACES = (
    Path(__file__).parents[1] / "templates" / NAME,  # in a wheel that carries it
    Path(__file__).parents[2] / "dist" / NAME,  # in a checkout, where `make page` puts it
)


def page(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", rich_help_panel=OUTPUT, help=N_("The page, a single file."), metavar="FILE"),
    ] = Path(NAME),
    force: ForceOption = False,
) -> None:
    """Write the page."""
    found = next((each for each in PLACES if each.is_file()), None)
    if found is None:
        raise WrongUse(
            text(
                "this installation does not carry the page, which is many times its size; `make page` in a checkout "
                "builds it as {file}, and a wheel from `make bundle` has it inside",
                file=f"dist/{NAME}",
            )
        )
    if screen.deliver(output, found.read_bytes(), force=force):
        screen.remark(text("{file}: open it in a browser; nothing is installed, nothing is sent", file=str(output)))
