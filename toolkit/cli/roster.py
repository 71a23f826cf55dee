"""The command about the roster: what was understood of one, or an empty one to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import DONE, FOUND_WRONG, N_, ForceOption, Format, FormatOption
from toolkit.cli.targets import target


def roster(
    file: Annotated[Path, typer.Argument(help=N_("The roster: CSV or a workbook."), metavar="FILE")],
    new: Annotated[
        bool, typer.Option("--new", help=N_("Write an empty roster to fill in under this name (.xlsx or .csv)."))
    ] = False,
    format: FormatOption = Format.text,
    force: ForceOption = False,
) -> None:
    """Show what was understood of a roster, or write an empty one."""
    from toolkit.form.edition import editions
    from toolkit.ground import files

    stated = editions()[-1]
    if new:
        _blank(file, force)
        return
    from toolkit.county.roster import understood

    found = understood(files.content(file), str(file), stated)
    if format == Format.json:
        from toolkit.render.data.roster import document

        screen.document(document(found, str(file)))
    else:
        from toolkit.render.screen.roster import roster as drawn

        screen.show(drawn(found, str(file), stated, screen.width()))
    for said in found.remarks(str(file)):
        screen.remark(said)
    raise typer.Exit(FOUND_WRONG if found.damaged else DONE)


def _blank(file: Path, force: bool) -> None:
    from toolkit.form.edition import editions
    from toolkit.ground import files
    from toolkit.workbook.write.roster import COLUMNS, blank_roster

    target(file, "名册.xlsx", (".xlsx", ".csv"), "xls roster --new ")
    if file.suffix.lower() == ".xlsx":
        files.save(file, blank_roster(editions()[-1]), force=force)
    else:
        files.save(file, (",".join(name for name, _, _ in COLUMNS) + "\r\n").encode("utf-8-sig"), force=force)
    screen.result(f"{file}\n")
