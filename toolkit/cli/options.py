"""The words the commands share: exit statuses, the mark of a sentence for the catalogue, options of several."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.ground.language import listed, text

if TYPE_CHECKING:
    from toolkit.model.ledger import Member

DONE, FOUND_WRONG, WRONG_USE, WRONG_INPUT, OURS = 0, 1, 2, 3, 4
"""Exit statuses: nothing wrong; something in the filings is wrong; wrong use; some input unread or output unwritten; a
fault of ours.
"""


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext's tools know
    """The sentence as it is, marked for the catalogue; it is translated where it is shown."""
    return sentence


COMPLETION = ("--install-completion", "--show-completion")
"""Typer's own options, which only those pay for who ask."""

LETTERS, OUTPUT, SCALE = N_("Letters"), N_("Output"), N_("Many files")
"""Heads under which the help of a command with many options puts those that belong together."""


class Format(StrEnum):
    """How a result is given."""

    text = "text"
    json = "json"


FormatOption = Annotated[
    Format, typer.Option("--format", rich_help_panel=OUTPUT, help=N_("text for people, json for programs."))
]
ForceOption = Annotated[bool, typer.Option("--force", rich_help_panel=OUTPUT, help=N_("Replace files that exist."))]
PriorOption = Annotated[
    Path | None,
    typer.Option("--prior", help=N_("Last year's filing, or a folder of them, matched by unit."), metavar="PATH"),
]


def members(roster: Path | None) -> tuple[Member, ...]:
    """The units of a roster, none where none is given; what was read into it is said.

    Raises:
        WrongUse: the roster has a fault.
        Unreadable: it cannot be read.
    """
    if roster is None:
        return ()
    from toolkit.cli import screen
    from toolkit.county.roster import understood
    from toolkit.form.edition import editions
    from toolkit.ground import files

    found = understood(files.content(roster), str(roster), editions()[-1])
    for said in found.remarks(str(roster)):
        screen.remark(said)
    return found.members


RosterOption = Annotated[
    Path | None, typer.Option("--roster", help=N_("The units: CSV or xlsx; see `xls roster`."), metavar="FILE")
]
JobsOption = Annotated[
    int,
    typer.Option(
        "--jobs",
        rich_help_panel=SCALE,
        help=N_("Processes that do the work; 0 for as many as are worth it."),
        min=0,
        metavar="N",
    ),
]
YearOption = Annotated[
    int | None, typer.Option("--year", help=N_("Report year, where the document does not say it."), metavar="YEAR")
]
UnitOption = Annotated[
    str, typer.Option("--unit", help=N_("Name of the unit, where the document does not say it."), metavar="NAME")
]
LevelOption = Annotated[
    str,
    typer.Option(
        "--level",
        help=N_("Its level: province, city, county, township, or a department of one: county-department."),
        metavar="LEVEL",
    ),
]


def known_level(level: str) -> str | None:
    """A level by its id or as the form calls it; None where none is given.

    Raises:
        WrongUse: there is no such level.
    """
    if not level:
        return None
    from toolkit.form.edition import editions
    from toolkit.ground.errors import WrongUse

    levels = editions()[-1].levels
    found = next((each.id for each in levels if level in (each.id, each.label)), None)
    if found is None:
        known = listed([each.id for each in levels], len(levels))
        raise WrongUse(text("level “{level}” is not known; give one of {known}", level=level, known=known))
    return found
