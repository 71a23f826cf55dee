"""The command that moves a filing into a clean workbook: upgrade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.words import DONE, FOUND_WRONG, N_, ForceOption, Format, FormatOption
from toolkit.errors import WrongUse
from toolkit.language import text


def upgrade(
    old: Annotated[
        Path, typer.Argument(help=N_("A damaged, rebuilt or last-edition workbook; or a report."), metavar="OLD")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help=N_("The clean workbook."), metavar="NEW")],
    year: Annotated[
        int | None, typer.Option("--year", help=N_("Report year it should be of; without it the year it says."))
    ] = None,
    format: FormatOption = Format.text,
    force: ForceOption = False,
) -> None:
    """Move what a workbook says into a clean one."""
    from toolkit import files
    from toolkit.edition import named
    from toolkit.intake import intake
    from toolkit.render import upgrade as drawn
    from toolkit.upgrade import upgrade as upgraded
    from toolkit.write import write

    if output.suffix.lower() != ".xlsx":
        raise WrongUse(text("{file}: the clean workbook is .xlsx; give such a name", file=str(output)))
    if output.resolve() == old.resolve():
        raise WrongUse(text("{file}: the old workbook stays as it is; give another name", file=str(output)))
    reading = intake(old)
    made = upgraded(reading, year)
    files.save(output, write(named(made.filing.edition), made.filing), force=force)
    if format == Format.json:
        screen.document(drawn.document(made, str(old), str(output)))
    else:
        screen.show(drawn.upgraded(made, str(output), screen.width()))
    raise typer.Exit(FOUND_WRONG if made.left or made.totals else DONE)
