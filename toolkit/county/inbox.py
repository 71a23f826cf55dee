"""The one way in: an input is read, identified, matched with the roster, held against last year and checked. What is
asked for besides stands in one value, `Asked`; an input that cannot be read stops no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from toolkit.county import inputs
from toolkit.county.inputs import Given, Input
from toolkit.ground import engines
from toolkit.ground.errors import NoEdition, NoForm, Unreadable
from toolkit.ground.language import Text, text
from toolkit.intake import of_bytes
from toolkit.model.belonging import Match, belonging, contradiction
from toolkit.model.filing import Checked, Filing, Reading, Unit
from toolkit.model.ledger import Delivery, Member, Unread
from toolkit.model.units import plain
from toolkit.rules import check

if TYPE_CHECKING:
    from toolkit.years.prior import Priors

Progress = Callable[[Sequence[Input]], Iterable[Input]]
"""Wraps the inputs while they are gone through, to show how far it is."""
Confirm = Callable[[Text], bool]
"""Asks whether a file belongs to the unit that only its name speaks of."""
Made = TypeVar("Made")


class Keeps(Protocol):
    """Keeps what was made of inputs, and gives it back to a run that begins again."""

    def begin(self, asked: Asked, things: Sequence[Input]) -> None:
        """Begin to keep what is made of some inputs."""

    def known(self, given: Input) -> Any:
        """What was made of an input before, where it still holds; else None."""

    def keep(self, given: Input, made: Any) -> None:
        """Keep what was made of an input."""


def nobody(question: Text) -> bool:
    """The answer where there is nobody to ask."""
    return False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for besides the inputs.

    `unit` is the one that reports the sum; `members` are the units of the roster; `priors` last year's filings, None
    where last year was not given. `year`, `whose` and `level` help where a document is silent. `besides` is what the
    command writes itself. `latest`: of several versions the one saved last counts. `jobs` and `scheduler` are those
    of `engines`.
    """

    unit: Unit = field(default_factory=lambda: Unit(""))
    members: tuple[Member, ...] = ()
    priors: Priors | None = None
    include_invalid: bool = False
    latest: bool = False
    year: int | None = None
    whose: str | None = None
    level: str | None = None
    besides: tuple[Path, ...] = ()
    confirm: Confirm = nobody
    jobs: int = 0
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """One input that was read and checked. `match` is whose it is by the roster; `contradiction` why nobody knows
    whose it is, where what it says of itself and the roster do not agree. `delivered` is what a merge needs of it
    besides its figures, where these were left behind.
    """

    given: Input
    checked: Checked
    digest: str
    match: Match
    contradiction: Text | None = None
    delivered: Delivery | None = None

    @property
    def reading(self) -> Reading:
        """What was read."""
        return self.checked.reading

    @property
    def member(self) -> Member | None:
        """The unit of the roster it is of; not one that only its file name speaks of."""
        return self.match.member if self.match.by != "file-name" else None


def each_of(
    work: Callable[[Asked, Input], Made],
    paths: Sequence[str],
    asked: Asked,
    on_progress: Progress,
    kept: Keeps | None = None,
) -> tuple[Given, Iterator[Made | Unread]]:
    """What paths give, and of each input what the work on it makes, in order. The work goes to other processes where
    that is worth it, so it must be a module's function. An input at which it ends in any way is one that was not read;
    what is `kept` of an earlier run is not made again.

    Raises:
        WrongUse: a folder without files.
    """
    given = inputs.inputs(paths, asked.besides)
    things = given.inputs
    if asked.scheduler:  # its workers stand in other folders
        things = tuple(inputs.absolute(each) for each in things)
    shared = replace(asked, confirm=nobody)
    results = _made(work, shared, things) if kept is None else _resumed(work, shared, things, kept)
    return given, (made for _, made in zip(on_progress(things), results, strict=False))


def _made(
    work: Callable[[Asked, Input], Made | Unread], shared: Asked, things: Sequence[Input]
) -> Iterator[Made | Unread]:
    return engines.each(work, shared, things, shared.jobs, shared.scheduler, lost=lost, apart=inputs.may_run_away)


def _resumed(
    work: Callable[[Asked, Input], Made | Unread], shared: Asked, things: Sequence[Input], kept: Keeps
) -> Iterator[Made | Unread]:
    """What is known of the inputs, and of the others what is made now; that is kept as it comes."""
    kept.begin(shared, things)
    known = {at: was for at, each in enumerate(things) if (was := kept.known(each)) is not None}
    results = _made(work, shared, [each for at, each in enumerate(things) if at not in known])
    for at, each in enumerate(things):
        if at in known:
            yield known.pop(at)
            continue
        made = next(results)
        kept.keep(each, made)
        yield made


def take(asked: Asked, given: Input) -> Taken | Unread:
    """An input read, identified, matched, held against last year and checked."""
    return _answered(_taken, asked, given)


def only_read(asked: Asked, given: Input) -> Reading | Unread:
    """An input read, and no more: for what asks neither whose it is nor whether it is right."""
    return _answered(_reading, asked, given)


def _reading(asked: Asked, given: Input) -> Reading:
    return read(given, asked)[0]


def _answered(work: Callable[[Asked, Input], Made], asked: Asked, given: Input) -> Made | Unread:
    """What the work on an input makes, or that it could not be read, and why."""
    try:
        return work(asked, given)
    except NoForm as error:
        return unread(asked, given, error.sentence, not_a_filing=given.listed)
    except Unreadable as error:
        return unread(asked, given, error.sentence)
    except NoEdition as error:
        return unread(asked, given, text("{file}: {what}", file=given.source, what=error.sentence))


def lost(asked: Asked, given: Input, reason: Text) -> Unread:
    """An input at which reading ended otherwise than by an answer."""
    return unread(asked, given, text("{file}: {what}", file=given.source, what=reason))


def unread(asked: Asked, given: Input, reason: Text, *, not_a_filing: bool = False) -> Unread:
    """An input that was not read, with the unit that its file name speaks of."""
    member = belonging(asked.members, Unit(""), given.stem).member
    return Unread(given.source, reason, "not-read" if not_a_filing else "unreadable", member)


def read(given: Input, asked: Asked) -> tuple[Reading, str]:
    """The filing in an input, and the digest of its bytes.

    Raises:
        Unreadable: it cannot be read.
        NoEdition: it is of a year without an edition.
    """
    held = inputs.content(given)
    made = of_bytes(held, given.source, asked.year, asked.whose)
    return leveled(made, asked.level), hashlib.sha256(held).hexdigest()


def leveled(reading: Reading, level: str | None) -> Reading:
    """A reading whose unit has a level, where it says none itself."""
    unit = reading.filing.unit
    if level is None or unit.level is not None:
        return reading
    return replace(reading, filing=replace(reading.filing, unit=replace(unit, level=level)))


def _taken(asked: Asked, given: Input) -> Taken:
    reading, digest = read(given, asked)
    if asked.members or asked.priors is not None:
        return _matched(asked, given, reading, digest)
    return Taken(given, check(reading), digest, Match(None, ""), _of_itself(reading))


def _matched(asked: Asked, given: Input, reading: Reading, digest: str) -> Taken:
    said = reading.filing.unit
    match = belonging(asked.members, said, given.stem)
    of_itself = None if _as_on_the_roster(said, match) else _of_itself(reading)
    why = of_itself or _of_roster(asked.members, said, match)
    if why is not None:
        made_for = reading.identity.made_for
        match = belonging(asked.members, made_for, "") if made_for else match
    elif match.by == "file-name" and match.member is not None and asked.confirm(_question(given, match.member)):
        match = Match(match.member, "confirmed")
    if match.member is not None and match.by != "file-name" and why is None:
        known = match.member.unit
        unit = Unit(known.name, known.code or said.code, known.level or said.level)
        reading = replace(reading, filing=replace(reading.filing, unit=unit))
    member = match.member if match.by != "file-name" else None
    checked = check(reading, _last(reading.filing, member, asked), asked.members)
    return Taken(given, checked, digest, match, why)


def _last(filing: Filing, member: Member | None, asked: Asked) -> Filing | None:
    """Last year's filing of the unit; what finds it is loaded where last year was asked for."""
    if asked.priors is None:
        return None
    from toolkit.county.prior import prior_of

    return prior_of(filing, member, asked.members, asked.priors)


def _question(given: Input, member: Member) -> Text:
    return text(
        "{file}: it says of no unit on the roster; by its file name it is {unit}'s. Take it so?",
        file=given.source,
        unit=member.unit.name,
    )


def _of_itself(reading: Reading) -> Text | None:
    """Where a workbook was made for one unit and its cover names another."""
    said, made_for = reading.filing.unit, reading.identity.made_for
    if made_for is None or not (said.name and made_for.name) or plain(said.name) == plain(made_for.name):
        return None
    return text("made for {made_for}, its cover says {unit}", made_for=made_for.name, unit=said.name)


def _as_on_the_roster(said: Unit, match: Match) -> bool:
    """Whether name and code are those the roster has: a unit may have been renamed since the workbook was made."""
    known = match.member.unit if match.member is not None else Unit("")
    return bool(said.name and said.code) and plain(said.name) == plain(known.name) and said.code == known.code


def _of_roster(members: Sequence[Member], said: Unit, match: Match) -> Text | None:
    """Where code, name and file name speak of different units of the roster."""
    if match.member is None or match.by == "file-name":
        return None
    if (found := contradiction(members, said)) is not None:
        return found
    if match.other is not None and match.other is not match.member:
        return text(
            "its cover says {unit}, its file name {other}", unit=match.member.unit.name, other=match.other.unit.name
        )
    return None
