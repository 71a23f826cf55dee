"""The commands that make something: new, import, export, demo."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.words import (
    DONE,
    FOUND_WRONG,
    N_,
    WRONG_INPUT,
    ForceOption,
    Format,
    FormatOption,
    PriorOption,
    RosterOption,
)
from toolkit.errors import NotWritten, WrongUse
from toolkit.language import Text, text, translate

if TYPE_CHECKING:
    from toolkit.model import Filing, Reading

YearOption = Annotated[int | None, typer.Option("--year", help=N_("Report year, where the document does not say it."))]


def new(
    year: Annotated[int, typer.Argument(help=N_("Report year."), metavar="YEAR")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=N_("The workbook; with --roster, the folder."), metavar="PATH")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help=N_("Name of the unit, for the cover."))] = "",
    code: Annotated[str, typer.Option("--code", help=N_("Its code."))] = "",
    level: Annotated[
        str,
        typer.Option(
            "--level",
            help=N_("Its level: province, city, county, township, or a department of one: county-department."),
        ),
    ] = "",
    roster: RosterOption = None,
    force: ForceOption = False,
    prior: PriorOption = None,
) -> None:
    """Make blank workbooks."""
    from toolkit import files
    from toolkit.edition import edition
    from toolkit.model import Unit
    from toolkit.prior import known
    from toolkit.write import blank, write

    stated = edition(year)
    if roster is not None:
        if unit or code or level:
            raise WrongUse(text("--roster names the units; leave --unit, --code and --level out"))
        _new_for_all(year, output or Path(str(year)), roster, force, prior)
        return
    levels = [each.id for each in stated.levels]
    if level and level not in levels:
        raise WrongUse(text("level “{level}” is not known; give one of {known}", level=level, known=", ".join(levels)))
    filing = blank(stated, year, Unit(unit, code or None, level or None))
    before = _last_year(filing, prior) if prior else None
    if before is not None:
        filing = replace(filing, unit=known(filing.unit, before))
    named_by = filing.unit.name
    target = output or Path(f"{files.safe_name(named_by) + '-' if named_by else ''}{year}.xlsx")
    files.save(target, write(stated, filing, before), force=force)
    screen.result(f"{target}\n")


def _last_year(filing: Filing, path: Path) -> Filing:
    """The one unit's filing of the year before.

    Raises:
        WrongUse: it is another unit's, of another year, or not in the folder.
        Unreadable: it cannot be read.
    """
    from toolkit.prior import priors

    if path.is_dir() and not (filing.unit.name or filing.unit.code):
        raise WrongUse(text("{folder} is a folder; say whose workbook to make: --unit NAME", folder=str(path)))
    known, unread = priors(path, single=not path.is_dir())
    for each in unread:
        screen.remark(each)
    found = known.of(replace(filing, source=str(filing.year)))
    if found is None:
        raise WrongUse(_no_prior(filing, path))
    return found


def _no_prior(filing: Filing, path: Path) -> Text:
    return text(
        "{unit}: no filing of {year} in {folder}",
        unit=filing.unit.name or filing.unit.code,
        year=filing.year - 1,
        folder=str(path),
    )


def _new_for_all(year: int, folder: Path, roster: Path, force: bool, prior: Path | None) -> None:
    from toolkit import files
    from toolkit.issue import issue
    from toolkit.prior import Priors, priors

    known, unread = priors(prior, single=False) if prior else (Priors(()), ())
    for each in unread:
        screen.remark(each)

    def last(filing: Filing) -> Filing | None:
        found = known.of(filing)
        if prior and found is None:
            screen.remark(_no_prior(filing, prior))
        return found

    failed = len(unread)
    for target, written in issue(year, files.content(roster), str(roster), last):
        try:
            files.save(folder / target, written, force=force)
        except NotWritten as error:
            screen.remark(error)
            failed += 1
        else:
            screen.result(f"{folder / target}\n")
    if failed:
        raise typer.Exit(WRONG_INPUT)


def import_(
    document: Annotated[
        Path,
        typer.Argument(
            help=N_("A published report (.html, .docx, .txt), another's workbook, or our JSON."), metavar="DOC"
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=N_("The workbook to write."), metavar="OUT")
    ] = None,
    year: YearOption = None,
    unit: Annotated[str, typer.Option("--unit", help=N_("Name of the unit, where the document does not say it."))] = "",
    format: FormatOption = Format.text,
    force: ForceOption = False,
) -> None:
    """Read a document, write a workbook."""
    from toolkit import files
    from toolkit.edition import named
    from toolkit.intake import intake
    from toolkit.render import documents
    from toolkit.write import left_out, write

    if output is None and format != Format.json:
        raise WrongUse(text("say where to: -o OUT.xlsx for a workbook, --format json for JSON"))
    reading = intake(document, year, unit or None)
    stated = named(reading.filing.edition)
    _say_what_was_read(reading, str(document))
    lost = left_out(stated, reading.filing) if output else ()
    if output is not None:
        files.save(output, write(stated, reading.filing), force=force)
    for said in lost:
        screen.remark(said)
    if format == Format.json:
        screen.document(documents.filing(reading.filing, stated))
    else:
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
    from toolkit import files
    from toolkit.errors import NoEdition, Unreadable
    from toolkit.intake import intake
    from toolkit.render import exported, long

    kind = "-" if str(output) == "-" else exported.ending(output)
    readings: list[Reading] = []
    unread = 0
    for path in screen.progress()(files.expand(paths)):
        try:
            readings.append(intake(path))
        except (Unreadable, NoEdition) as error:
            screen.remark(error)
            unread += 1
    if kind == "-":
        screen.result(long.csv(readings))
    else:
        files.save(output, exported.exported(readings, kind), force=force)
    if unread:
        raise typer.Exit(WRONG_INPUT)


def demo(
    folder: Annotated[
        Path, typer.Argument(help=N_("Where the files of the demonstration go."), metavar="[DIR]")
    ] = Path("xls-demo"),
    force: ForceOption = False,
) -> None:
    """Run the round trip on the packaged samples, saying what it does."""
    from toolkit.cli import commands
    from toolkit.samples import sample

    report = sample("jinbi-town-2020/jinbi-town-2020.txt")
    blank, filled, table = folder / "blank-2021.xlsx", folder / "jinbi-town-2020.xlsx", folder / "figures.csv"

    def step(said: str, command: str) -> None:
        screen.show(f"\n# {translate(said)}\n$ {command}")

    step(N_("1. A blank workbook of report year 2021, for a unit to fill in:"), f"xls new 2021 -o {blank}")
    new(2021, blank, "城关镇人民政府", "", "township", None, force)
    step(
        N_("2. A township's published report of 2020, saved as text, becomes a workbook:"),
        f"xls import {report.name} -o {filled}",
    )
    _demonstrate(lambda: import_(report, filled, None, "", Format.text, force))
    step(N_("3. The workbook's tables:"), f"xls show {filled}")
    commands.show(filled, Format.text)
    step(N_("4. The workbook checked by every rule of its edition:"), f"xls check {filled}")
    _demonstrate(lambda: commands.check([str(filled)]))
    step(N_("5. A report with real mistakes (a district's figures of 2023):"), "xls check hongze-district-2023.json")
    _demonstrate(lambda: commands.check([str(sample("hongze-district-2023/hongze-district-2023.json"))]))
    step(N_("6. The figures as a long table:"), f"xls export {filled} -o {table}")
    export([str(filled)], table, force)
    screen.result("".join(table.read_text(encoding="utf-8-sig").splitlines(keepends=True)[:4]))
    screen.show(
        "\n"
        + str(
            text(
                "The files are in {folder}; open {file} in Excel, WPS or LibreOffice.",
                folder=str(folder),
                file=str(blank),
            )
        )
    )


def _demonstrate(step: object) -> None:
    """Run a step whose exit status is part of the demonstration."""
    try:
        step()  # type: ignore[operator]
    except typer.Exit as ended:
        screen.result(str(text("(exit status {status})", status=ended.exit_code)) + "\n")
    sys.stdout.flush()
