"""Many files checked: each read, matched with last year's and checked; one that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit import files
from toolkit.check import check
from toolkit.errors import NoEdition, Unreadable
from toolkit.intake import intake
from toolkit.language import Text, text
from toolkit.ledger import Member
from toolkit.model import Checked, Filing, Reading, Unit, Unread
from toolkit.roster import Match, belonging, missing

if TYPE_CHECKING:
    from toolkit.prior import Priors

Progress = Callable[[Sequence[Path]], Iterable[Path]]
"""Wraps the files while they are gone through, to show how far it is."""


class Done(NamedTuple):
    """What came of checking files, in their order; what is to be said beside it; the units that delivered nothing."""

    results: tuple[Checked | Unread, ...]
    remarks: tuple[Text, ...]
    missing: tuple[Member, ...]
    unread: bool


def check_files(
    paths: Sequence[str], prior: Path | None, on_progress: Progress, members: tuple[Member, ...] = ()
) -> Done:
    """The filings at some paths checked, with `members` as the units of the roster that they are: its level and code
    are those of the unit. A file that only its name makes a unit's stays without one, and so does a stranger's.

    Raises:
        WrongUse: a folder without workbooks, or a prior filing that is another's.
        Unreadable: the one prior filing given cannot be read.
    """
    found = files.expand(paths)
    before, unread = _priors(prior, single=len(found) == 1)
    results: list[Checked | Unread] = []
    remarks = [each.sentence for each in unread]
    came: list[tuple[Member, int | None]] = []
    for path in on_progress(found):
        try:
            reading, match = _matched(intake(path), path, members)
            member = match.member if match.by != "file-name" else None
            results.append(check(reading, _last(reading.filing, member, members, before)))
        except Unreadable as error:
            results.append(Unread(str(path), error.sentence))
        except NoEdition as error:
            results.append(Unread(str(path), text("{file}: {what}", file=str(path), what=error.sentence)))
        else:
            if members and member is None:
                remarks.append(_stranger(path, reading.filing.unit, match.member))
            came += [(match.member, reading.filing.year)] if match.member else []
            continue
        match = belonging(members, Unit(""), path.stem)
        came += [(match.member, None)] if match.member else []
    return Done(tuple(results), tuple(remarks), missing(members, came), bool(unread))


def _priors(prior: Path | None, *, single: bool) -> tuple[Priors | None, tuple[Unreadable, ...]]:
    if prior is None:
        return None, ()
    from toolkit.prior import priors

    return priors(prior, single=single)


def _last(filing: Filing, member: Member | None, members: Sequence[Member], before: Priors | None) -> Filing | None:
    """Last year's filing of the unit; what finds it is loaded where last year was asked for."""
    if before is None:
        return None
    from toolkit.chains import prior_of

    return prior_of(filing, member, members, before)


def _matched(reading: Reading, path: Path, members: Sequence[Member]) -> tuple[Reading, Match]:
    """What was read, with the name, code and level that the roster has for its unit."""
    said = reading.filing.unit
    match = belonging(members, said, path.stem)
    if match.member is None or match.by == "file-name":
        return reading, match
    known = match.member.unit
    unit = Unit(known.name, known.code or said.code, known.level or said.level)
    return replace(reading, filing=replace(reading.filing, unit=unit)), match


def _stranger(path: Path, unit: Unit, by_name: Member | None) -> Text:
    if by_name is not None:
        return text("{file}: only its file name speaks of {unit}; enter the unit on its cover", file=str(path),
                    unit=by_name.unit.name)  # fmt: skip
    if not (unit.name or unit.code):
        return text("{file}: it names no unit; enter name and code on its cover", file=str(path))
    return text("{file}: {unit} is not on the roster", file=str(path), unit=unit.name or unit.code)
