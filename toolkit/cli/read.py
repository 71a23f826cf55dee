"""Cli: `xls import`, a document read into a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import (
    DONE,
    FOUND_WRONG,
    N_,
    ForceOption,
    Format,
    FormatOption,
    YearOption,
)
from toolkit.cli.targets import beside, chosen
from toolkit.ground.language import text

if TYPE_CHECKING:
    from toolkit.model.filing import Reading


def import_(
    document: Annotated[
        Path,
        typer.Argument(
            help=N_("A published report (.html, .docx, .txt), another's workbook, or our JSON."), metavar="DOC"
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help=N_("The workbook to write; without it, one beside DOC."), metavar="OUT"),
    ] = None,
    year: YearOption = None,
    unit: Annotated[
        str, typer.Option("--unit", help=N_("Name of the unit, where the document does not say it."), metavar="NAME")
    ] = "",
    format: FormatOption = Format.text,
    force: ForceOption = False,
) -> None:
    """Read a document, write a workbook."""
    from toolkit.form.edition import named
    from toolkit.ground import files
    from toolkit.intake import intake
    from toolkit.render.data import documents
    from toolkit.workbook.write import left_out, write

    if output is not None or format != Format.json:
        output = chosen(output, beside(document, "（导入）" if document.suffix.lower() == ".xlsx" else ""))
    if output is not None:
        files.refuse_inputs(output, [document])
    reading = intake(document, year, unit or None)
    stated = named(reading.filing.edition)
    _say_what_was_read(reading, str(document))
    lost = left_out(stated, reading.filing) if output else ()
    named_there = output is not None and screen.deliver(output, write(stated, reading.filing), force=force)
    for said in lost:
        screen.remark(said)
    if format == Format.json:
        screen.document(documents.filing(reading.filing, stated))
    elif named_there:
        screen.result(f"{output}\n")
    raise typer.Exit(FOUND_WRONG if lost or reading.found < reading.expected else DONE)


def _say_what_was_read(reading: Reading, document: str) -> None:
    for each in reading.findings:
        screen.remark(each.message)
    screen.remark(
        text(
            "{file}: {found} of {expected} figures, texts: {texts}",
            file=document,
            found=reading.found,
            expected=reading.expected,
            texts=len(reading.filing.texts),
        )
    )
