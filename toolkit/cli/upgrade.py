"""The command that moves a filing into a clean workbook: upgrade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import DONE, FOUND_WRONG, N_, ForceOption, Format, FormatOption
from toolkit.cli.targets import beside, chosen
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text


def upgrade(
    old: Annotated[
        Path, typer.Argument(help=N_("A damaged, rebuilt or last-edition workbook; or a report."), metavar="OLD")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help=N_("The clean workbook; without it, one beside OLD."), metavar="NEW"),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", help=N_("Report year it should be of; without it the year it says."), metavar="YEAR"),
    ] = None,
    format: FormatOption = Format.text,
    force: ForceOption = False,
) -> None:
    """Move what a workbook says into a clean one."""
    from toolkit.form.edition import named
    from toolkit.ground import files
    from toolkit.intake import intake
    from toolkit.render.data.upgrade import document
    from toolkit.render.screen.upgrade import upgraded as drawn
    from toolkit.workbook.write import write
    from toolkit.years.upgrade import upgrade as upgraded

    output = chosen(output, beside(old, "（新表）"), streams=False)
    if output.resolve() == old.resolve() or (output.exists() and old.exists() and output.samefile(old)):
        raise WrongUse(text("{file}: the old workbook stays as it is; give another name", file=str(output)))
    reading = intake(old)
    made = upgraded(reading, year)
    files.save(output, write(named(made.filing.edition), made.filing), force=force)
    if format == Format.json:
        screen.document(document(made, str(old), str(output)))
    else:
        screen.show(drawn(made, str(output), screen.width()))
    raise typer.Exit(FOUND_WRONG if made.left or made.totals else DONE)
