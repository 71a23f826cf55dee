"""Last year's filings, read from a file or a folder: all of them, or of a folder just those that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.county import inputs
from toolkit.county.inbox import Asked, read
from toolkit.county.inputs import Input
from toolkit.form.edition import named
from toolkit.ground import engines
from toolkit.ground.errors import NoEdition, NoForm, Unreadable
from toolkit.ground.language import Text, text
from toolkit.model import figures
from toolkit.model.filing import Filing, Reading
from toolkit.model.units import plain
from toolkit.years.prior import Priors


class LastYear:
    """Last year's filings at a path, and what is to be said of reading them; `incomplete`: some could not be read."""

    def __init__(self, priors: Priors, unread: Sequence[Text] = ()) -> None:
        self.priors = priors
        self._unread = list(unread)

    @property
    def incomplete(self) -> bool:
        """Whether something that may be last year's filing could not be read."""
        return bool(self._unread)

    def remarks(self) -> Iterator[Text]:
        """What is to be said, after the filings were asked for."""
        yield from self._unread
        for several in self.priors.twins:
            yield text(
                "{unit}: {count} filings of {year} ({files}) that differ; none of them is taken as last year's",
                unit=several[0].unit.name or several[0].unit.code,
                count=len(several),
                year=several[0].year,
                files="、".join(each.source for each in several),
            )


def last_year(path: Path, asked: Asked, *, single: bool) -> LastYear:
    """Last year's filings at a path. `single`: they are wanted for one filing, so of a folder no more is read than that
    takes.

    Raises:
        WrongUse: a folder without files.
        Unreadable: the one file given cannot be read.
    """
    if not path.is_dir():
        reading, _ = read(Input(str(path), str(path)), Asked())
        return LastYear(Priors([reading.filing], parts=_parts(reading), single=single))
    given = inputs.inputs([str(path)], asked.besides).inputs
    if single:
        return _OnDemand(given)
    made = tuple(_each(given, asked.jobs, asked.scheduler))
    readings = [each for each in made if isinstance(each, Reading)]
    parts = [part for each in readings for part in _parts(each)]
    return LastYear(
        Priors([each.filing for each in readings], parts=parts), [each for each in made if isinstance(each, Text)]
    )


def _parts(reading: Reading) -> tuple[Filing, ...]:
    """The filings of a county's units as they stand in its workbook."""
    if reading.tally is None:
        return ()
    edition = named(reading.filing.edition)
    return tuple(figures.of_unit(reading.filing, edition, each) for each in reading.tally.contributions)


def _each(given: Sequence[Input], jobs: int = 1, scheduler: str = "") -> Iterator[Reading | Text | None]:
    return engines.each(_read, None, given, jobs, scheduler, lost=_lost, apart=inputs.may_run_away)


def _lost(_: None, given: Input, reason: Text) -> Text:
    return text("{file}: {what}", file=given.source, what=reason)


def _read(_: None, given: Input) -> Reading | Text | None:
    """A filing of last year, why it could not be read, or None for what is no filing."""
    try:
        return read(given, Asked())[0]
    except NoForm:
        return None
    except (Unreadable, NoEdition) as error:
        return error.sentence


class _OnDemand(LastYear):
    """A folder of which files are read when a unit is asked for: those whose name speaks of it, else all others."""

    def __init__(self, given: Sequence[Input]) -> None:
        super().__init__(Priors(()))
        self._left = list(given)
        self._read: list[Reading] = []
        self.priors = _Asking(self)

    def find(self, filing: Filing) -> Filing | None:
        """The filing of the year before of the same unit."""
        unit = filing.unit
        words = [plain(each) for each in (unit.name, unit.code) if each]
        speaking = [each for each in self._left if any(word in plain(each.stem) for word in words)]
        for wanted in (speaking, self._left):
            self._take(wanted)
            known = Priors(
                [each.filing for each in self._read], parts=[part for each in self._read for part in _parts(each)]
            )
            if (found := known.of(filing)) is not None or known.twins:
                self.priors.twins = known.twins
                return found
        return None

    def _take(self, wanted: Sequence[Input]) -> None:
        asked = tuple(wanted)
        for each, made in zip(asked, _each(asked), strict=True):
            self._left.remove(each)
            if isinstance(made, Reading):
                self._read.append(made)
            elif made is not None:
                self._unread.append(made)


class _Asking(Priors):
    """Priors that read a folder as far as they have to."""

    def __init__(self, folder: _OnDemand) -> None:
        super().__init__(())
        self._folder = folder

    def of(self, filing: Filing) -> Filing | None:
        """The filing of the year before of the same unit."""
        return self._folder.find(filing)
