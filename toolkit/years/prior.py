"""Last year's filings: read from a file or a folder, found by unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from toolkit.form.edition import named
from toolkit.ground import files
from toolkit.ground.errors import Unreadable, WrongUse
from toolkit.ground.language import text
from toolkit.intake import intake
from toolkit.model import figures
from toolkit.model.filing import Filing, Reading, Unit


class Priors:
    """Filings by unit and year: a unit is known by its code, else by its name."""

    def __init__(self, filings: Iterable[Filing], *, single: bool = False) -> None:
        """Keep filings. `single`: there is just the one, given for just one filing, whose unit may have no name."""
        self._by: Mapping[tuple[str, int], Filing] = {
            (key, each.year): each for each in filings for key in _keys(each.unit)
        }
        self._only = next(iter(filings), None) if single else None

    def of(self, filing: Filing) -> Filing | None:
        """The filing of the year before of the same unit.

        Raises:
            WrongUse: the one filing given is another unit's or of another year.
        """
        for key in _keys(filing.unit):
            if (found := self._by.get((key, filing.year - 1))) is not None:
                return found
        only = self._only
        if only is None:
            return None
        if only.year != filing.year - 1:
            raise WrongUse(
                text(
                    "{prior}: of {year}, not of the year before {filing} ({due}); give that year's",
                    prior=only.source,
                    year=only.year,
                    filing=filing.source,
                    due=filing.year - 1,
                )
            )
        names, codes = only.unit.name and filing.unit.name, only.unit.code and filing.unit.code
        if names or codes:
            raise WrongUse(
                text(
                    "{prior}: of {other}, not of {unit}; give the same unit's filing of last year",
                    prior=only.source,
                    other=only.unit.name or only.unit.code,
                    unit=filing.unit.name or filing.unit.code,
                )
            )
        return only


def known(unit: Unit, prior: Filing) -> Unit:
    """A unit with what nobody has said of it taken from last year's filing."""
    was = prior.unit
    return Unit(unit.name or was.name, unit.code or was.code, unit.level or was.level)


def _keys(unit: Unit) -> tuple[str, ...]:
    return tuple(key for key in (unit.code, unit.name) if key)


def _filings(reading: Reading) -> tuple[Filing, ...]:
    """The filing read and, where it is a county's, those of its units as they stand in it."""
    whole = reading.filing
    if reading.tally is None:
        return (whole,)
    edition = named(whole.edition)
    return (whole, *(figures.of_unit(whole, edition, each) for each in reading.tally.contributions))


def priors(path: Path, *, single: bool) -> tuple[Priors, tuple[Unreadable, ...]]:
    """Last year's filings at a path, and those that could not be read. `single`: one filing is to be checked.

    Raises:
        WrongUse: a folder without workbooks.
        Unreadable: the one file given cannot be read.
    """
    if not path.is_dir():
        return Priors(_filings(intake(path)), single=single), ()
    filings: list[Filing] = []
    unread: list[Unreadable] = []
    for each in files.expand([str(path)]):
        try:
            filings += _filings(intake(each))
        except Unreadable as error:
            unread.append(error)
    return Priors(filings), tuple(unread)
