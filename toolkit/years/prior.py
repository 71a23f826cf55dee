"""Last year's filings, found by unit. Where they come from is for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.model.by_unit import ByUnit, groups
from toolkit.model.filing import Filing, Unit


class Priors:
    """Filings by unit and year: whether two units are the same one is told as everywhere, by code, else by name."""

    def __init__(self, filings: Iterable[Filing], *, parts: Iterable[Filing] = (), single: bool = False) -> None:
        """Keep filings, and `parts`, those of a county's units as they stand in its workbook, for units without one of
        their own. `single`: there is just the one, given for just one filing, whose unit may have no name.
        """
        own, beside = tuple(filings), tuple(parts)
        self._filings = (*own, *beside)
        self._known: ByUnit[tuple[int, Filing | None]] = ByUnit()
        self.twins: tuple[tuple[Filing, ...], ...] = ()
        for several in (*_by_unit(own), *_by_unit(beside)):
            self._keep(several)
        self._only = next(iter(own), None) if single else None

    def _keep(self, several: tuple[Filing, ...]) -> None:
        """A filing of a unit and year; of several that differ none, since nobody knows which of them counted."""
        one = several[0]
        differ = any(_figures(each) != _figures(one) for each in several[1:])
        if differ:
            self.twins += (several,)
        kept = (one.year, None if differ else one)
        for each in several:
            self._known.add(each.unit, kept)

    def digest(self) -> str:
        """What tells these filings from others: a digest of all that is in them."""
        made = sha256()
        for each in sorted(self._filings, key=lambda each: each.source):
            said = [f"{ref}={entry.value!r}{entry.origin.cell}" for ref, entry in each.entries.items()]
            about = (each.edition, each.year, each.unit, each.source, each.blanks_are_zero, sorted(each.texts.items()))
            made.update(repr((about, said)).encode("utf-8", "surrogatepass"))
        return made.hexdigest()

    def of(self, filing: Filing) -> Filing | None:
        """The filing of the year before of the same unit.

        Raises:
            WrongUse: the one filing given is another unit's or of another year.
        """
        of_the_year = (found for year, found in self._known.of(filing.unit) if year == filing.year - 1)
        if (found := next(of_the_year, None)) is not None:
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


def _by_unit(filings: Iterable[Filing]) -> Iterator[tuple[Filing, ...]]:
    """The filings of each unit and year."""
    for several in groups((each.unit, each) for each in filings):
        years = dict.fromkeys(each.year for each in several)
        yield from (tuple(each for each in several if each.year == year) for year in years)


def _figures(filing: Filing) -> Mapping[str, object]:
    return {ref: entry.value for ref, entry in filing.entries.items()}
