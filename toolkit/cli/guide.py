"""The command that tells the way: guide; and the page of `xls` alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from toolkit.cli import screen
from toolkit.cli.options import N_


class Story(StrEnum):
    """Whose year is told."""

    township = "township"
    county = "county"


def guide(
    story: Annotated[
        Story, typer.Argument(help=N_("township, also for an office; or county."), metavar="township|county")
    ],
) -> None:
    """Tell a story."""
    from toolkit.render.screen.stories import story as told

    screen.show(told(story.value, screen.width()))


def page() -> None:
    """Show where one is in the year."""
    from toolkit.render.screen.year import year

    screen.show(year(screen.width()))
