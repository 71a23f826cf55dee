"""A library that is not installed where it is needed: never a fault of the file that was at hand just then."""

from __future__ import annotations

from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text


class NoLibrary(WrongUse):
    """A library that we depend on and that is not there."""


def missing(error: ImportError) -> NoLibrary:
    """What is said where one of our libraries cannot be imported."""
    name = (error.name or str(error)).partition(".")[0]
    return NoLibrary(
        text(
            "the library {library} is not installed here, nothing is wrong with the file; install xls anew: "
            "`pip install --force-reinstall xls-annual-report`",
            library=name,
        )
    )
