"""The command that changes a user's own file: fill-blanks. It shows what it would do and asks; what is not changed in
place (.xls, .ods) it writes anew beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import N_, ForceOption
from toolkit.ground.errors import NotWritten, WrongUse
from toolkit.ground.language import text


def fill_blanks(
    file: Annotated[
        Path,
        typer.Argument(
            help=N_("The filled-in workbook; beside an .xls or .ods a new .xlsx is written."), metavar="FILE"
        ),
    ],
    zero: Annotated[bool, typer.Option("--zero", help=N_("Write 0 into every empty entry cell."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Don't ask."))] = False,
    force: ForceOption = False,
) -> None:
    """Show the empty entry cells of a workbook and, after a yes, write 0 into them."""
    from toolkit.ground import files
    from toolkit.render.screen.blanks import blanks as drawn
    from toolkit.workbook.fill_blanks import blanks, zeroed
    from toolkit.workbook.write import left_out

    if not zero:
        raise WrongUse(text("say what the blanks are: --zero writes 0 into every empty entry cell"))
    if not yes and not screen.asks():
        raise WrongUse(text("there is nobody to ask; give --yes if 0 is right for every empty entry cell"))
    content = files.content(file)
    found = blanks(content, str(file))
    screen.show(drawn(found, str(file), screen.width()))
    if not found.cells:
        return
    if not yes and not screen.agreed(text("Write 0 into these {count} cells? [y/N] ", count=len(found.cells))):
        screen.remark(text("{file}: nothing was changed", file=str(file)))
        return
    if files.content(file) != content:
        raise NotWritten(text("{file}: changed meanwhile; close it elsewhere and try again", file=str(file)))
    target = file.resolve() if found.in_place else file.with_suffix(".xlsx")
    files.save(target, zeroed(content, str(file), found), force=found.in_place or force)
    if not found.in_place:
        screen.remark(text("{file}: no .xlsx, so its figures and texts were put into a new workbook", file=str(file)))
        for said in left_out(found.edition, found.filing):
            screen.remark(said)
    shown = file if found.in_place else target
    screen.remark(text("{file}: 0 was written into {count} cells", file=str(shown), count=len(found.cells)))
