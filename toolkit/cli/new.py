"""The commands that make something: new, import, export, demo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import (
    N_,
    WRONG_INPUT,
    ForceOption,
    JobsOption,
    PriorOption,
    RosterOption,
    members,
)
from toolkit.cli.targets import chosen, folder
from toolkit.ground.errors import NotWritten, WrongUse
from toolkit.ground.language import Text, text

if TYPE_CHECKING:
    from toolkit.model.filing import Filing


def new(  # noqa: PLR0913, PLR0917 - the options of the contract
    year: Annotated[int, typer.Argument(help=N_("Report year."), metavar="YEAR")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=N_("The workbook; with --roster, the folder."), metavar="PATH")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help=N_("Name of the unit, for the cover."), metavar="NAME")] = "",
    code: Annotated[str, typer.Option("--code", help=N_("Its code."), metavar="CODE")] = "",
    level: Annotated[
        str,
        typer.Option(
            "--level",
            help=N_("Its level: province, city, county, township, or a department of one: county-department."),
            metavar="LEVEL",
        ),
    ] = "",
    roster: RosterOption = None,
    force: ForceOption = False,
    prior: PriorOption = None,
    jobs: JobsOption = 0,
) -> None:
    """Make blank workbooks."""
    from toolkit.form.edition import edition
    from toolkit.ground import files
    from toolkit.model.filing import Unit
    from toolkit.workbook.write import blank, write
    from toolkit.years.prior import known

    stated = edition(year)
    if roster is not None:
        if unit or code or level:
            raise WrongUse(text("--roster names the units; leave --unit, --code and --level out"))
        _new_for_all(year, folder(output or Path(str(year)), "-o"), roster, force, prior, jobs)
        return
    levels = [each.id for each in stated.levels]
    if level and level not in levels:
        raise WrongUse(text("level “{level}” is not known; give one of {known}", level=level, known=", ".join(levels)))
    filing = blank(stated, year, Unit(unit, code or None, level or None))
    before = _last_year(filing, prior) if prior else None
    if before is not None:
        filing = replace(filing, unit=known(filing.unit, before))
    named_by = filing.unit.name
    default = f"{files.safe_name(named_by) + '-' if named_by else ''}{year}.xlsx"
    made = chosen(output, Path(default)) if output else Path(default)
    if screen.deliver(made, write(stated, filing, before), force=force):
        screen.result(f"{made}\n")


def _last_year(filing: Filing, path: Path) -> Filing:
    """The one unit's filing of the year before.

    Raises:
        WrongUse: it is another unit's, of another year, or not in the folder.
        Unreadable: it cannot be read.
    """
    from toolkit.county.inbox import Asked
    from toolkit.county.last_year import last_year

    if path.is_dir() and not (filing.unit.name or filing.unit.code):
        raise WrongUse(text("{folder} is a folder; say whose workbook to make: --unit NAME", folder=str(path)))
    before = last_year(path, Asked(), single=True)
    found = before.priors.of(replace(filing, source=str(filing.year)))
    for each in before.remarks():
        screen.remark(each)
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


def _new_for_all(year: int, output: Path, roster: Path, force: bool, prior: Path | None, jobs: int) -> None:
    from toolkit.county.inbox import Asked
    from toolkit.county.issue import issue
    from toolkit.county.last_year import last_year
    from toolkit.ground import files

    members(roster)
    before = last_year(prior, Asked(jobs=jobs), single=False) if prior else None
    for each in before.remarks() if before else ():
        screen.remark(each)

    def last(filing: Filing) -> Filing | None:
        found = before.priors.of(filing) if before else None
        if prior and found is None:
            screen.remark(_no_prior(filing, prior))
        return found

    failed = int(before is not None and before.incomplete)
    for name, written in issue(year, files.content(roster), str(roster), last, jobs):
        try:
            files.save(output / name, written, force=force)
        except NotWritten as error:
            screen.remark(error)
            failed += 1
        else:
            screen.result(f"{output / name}\n")
    if failed:
        raise typer.Exit(WRONG_INPUT)
