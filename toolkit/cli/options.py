"""The words the commands share: exit statuses, the mark of a sentence for the catalogue, options of several."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from toolkit.model.ledger import Member

DONE, FOUND_WRONG, WRONG_USE, WRONG_INPUT = 0, 1, 2, 3
"""Exit statuses: nothing wrong; something in the filings is wrong; wrong use; some input unread or output unwritten."""


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext's tools know
    """The sentence as it is, marked for the catalogue; it is translated where it is shown."""
    return sentence


class Format(StrEnum):
    """How a result is given."""

    text = "text"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help=N_("text for people, json for programs."))]
ForceOption = Annotated[bool, typer.Option("--force", help=N_("Replace files that exist."))]
PriorOption = Annotated[
    Path | None, typer.Option("--prior", help=N_("Last year's filing, or a folder of them, matched by unit."))
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


RosterOption = Annotated[Path | None, typer.Option("--roster", help=N_("The units: CSV or xlsx; see `xls roster`."))]
JobsOption = Annotated[
    int, typer.Option("--jobs", help=N_("Processes that read; 0 for as many as are worth it."), min=0, metavar="N")
]
