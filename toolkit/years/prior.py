"""Last year's filings, found by unit. Where they come from is for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.model.filing import Filing, Unit
from toolkit.model.units import keys


class Priors:
    """Filings by unit and year: a unit is known by its code, else by its name."""

    def __init__(self, filings: Iterable[Filing], *, parts: Iterable[Filing] = (), single: bool = False) -> None:
        """Keep filings, and `parts`, those of a county's units as they stand in its workbook, for units without one of
        their own. `single`: there is just the one, given for just one filing, whose unit may have no name.
        """
        own = tuple(filings)
        self._by: dict[tuple[str, int], Filing] = {}
        self.twins: tuple[tuple[Filing, ...], ...] = ()
        for several in _by_unit(parts):
            self._keep(several)
        for several in _by_unit(own):
            self._keep(several)
        self._only = next(iter(own), None) if single else None

    def _keep(self, several: tuple[Filing, ...]) -> None:
        """A filing of a unit and year; of several that differ none, since nobody knows which of them counted."""
        one = several[0]
        differ = any(_figures(each) != _figures(one) for each in several[1:])
        if differ:
            self.twins += (several,)
        for each in several:
            for key in keys(each.unit):
                self._by.pop((key, each.year), None)
                if not differ:
                    self._by[key, each.year] = one

    def digest(self) -> str:
        """What tells these filings from others: a digest of all that is in them."""
        made = sha256()
        for each in sorted({id(each): each for each in self._by.values()}.values(), key=lambda each: each.source):
            said = [f"{ref}={entry.value!r}{entry.origin.cell}" for ref, entry in each.entries.items()]
            about = (each.edition, each.year, each.unit, each.source, each.blanks_are_zero, sorted(each.texts.items()))
            made.update(repr((about, said)).encode("utf-8", "surrogatepass"))
        return made.hexdigest()

    def of(self, filing: Filing) -> Filing | None:
        """The filing of the year before of the same unit.

        Raises:
            WrongUse: the one filing given is another unit's or of another year.
        """
        for key in keys(filing.unit):
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


def _by_unit(filings: Iterable[Filing]) -> Iterator[tuple[Filing, ...]]:
    """The filings of each unit and year, those of the same code or name together."""
    of: dict[tuple[str, int], list[Filing]] = {}
    for each in filings:
        mine = [(key, each.year) for key in keys(each.unit)]
        joined = [one for group in {id(of[key]): of[key] for key in mine if key in of}.values() for one in group]
        joined.append(each)
        for one in joined:
            of |= {(key, one.year): joined for key in keys(one.unit)}
    for group in {id(group): group for group in of.values()}.values():
        yield tuple(group)


def _figures(filing: Filing) -> Mapping[str, object]:
    return {ref: entry.value for ref, entry in filing.entries.items()}
