"""The command that publishes: report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import FOUND_WRONG, N_, ForceOption
from toolkit.cli.targets import beside, chosen
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text


def report(
    file: Annotated[Path, typer.Argument(help=N_("A workbook, our JSON, or a report saved as text."), metavar="FILE")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help=N_("The report to write, .docx or .html; without it, a .docx beside FILE."),
            metavar="OUT",
        ),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help=N_("Write it in spite of errors, with 草稿 printed across it."))
    ] = False,
    date: Annotated[
        str, typer.Option("--date", help=N_("The date at the end, as it is to be printed."), metavar="DATE")
    ] = "",
    template: Annotated[
        Path | None, typer.Option("--template", help=N_("A Word template of your own."), metavar="DOCX")
    ] = None,
    sentences: Annotated[
        bool, typer.Option("--sentences", help=N_("Print the standard sentences with this filing's figures."))
    ] = False,
    force: ForceOption = False,
) -> None:
    """Write the statutory report, or print its standard sentences."""
    from toolkit.form.edition import named
    from toolkit.ground import files
    from toolkit.intake import intake
    from toolkit.publish import ENDINGS, publish
    from toolkit.publish.sentences import sentences as said
    from toolkit.rules import check

    if output is not None and sentences:
        raise WrongUse(text("-o writes the report, --sentences prints sentences; give one of them"))
    if not sentences:
        output = chosen(output, beside(file, "-年报", ".docx"), ENDINGS)
    streamed = str(output) == files.STREAM
    if output is not None and not streamed:
        files.refuse_inputs(output, [file, *([template] if template else [])])
    reading = intake(file)
    stated = named(reading.filing.edition)
    if output is None:
        screen.result("".join(f"{each}\n" for each in said(stated, reading.filing)))
        return
    findings = check(reading).findings
    errors = [each for each in findings if each.level == "error"]
    open_ = [each for each in findings if each.level == "verify" and each.explained is None]
    for each in open_:
        screen.remark(text("to verify, and nobody has explained it: {what}", what=each.message))
    if errors and not draft:
        for each in errors:
            screen.remark(each.message)
        screen.remark(
            text(
                "{file}: not published, errors: {count}; correct them, or give --draft",
                file=str(file),
                count=len(errors),
            )
        )
        raise typer.Exit(FOUND_WRONG)
    own = files.content(template) if template else None
    written = publish(
        stated, reading.filing, ".docx" if streamed else output.suffix.lower(), draft=draft, date=date, own=own
    )
    if screen.deliver(output, written, force=force):
        screen.result(f"{output}\n")
