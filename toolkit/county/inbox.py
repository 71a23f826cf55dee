"""What `xls merge` is given, read, matched with the roster and checked; one file that cannot be read stops no other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from toolkit.county.roster import Match, belonging, missing
from toolkit.ground import engines, files
from toolkit.ground.errors import NoEdition, Unreadable
from toolkit.ground.language import Text, text
from toolkit.intake import intake
from toolkit.model.filing import Checked, Filing, Reading, Unit, Unread
from toolkit.model.ledger import Delivery, Member, Unusable
from toolkit.rules import check
from toolkit.years.prior import Priors

Progress = Callable[[Sequence[Path]], Iterable[Path]]
"""Wraps the files while they are gone through, to show how far it is."""
Confirm = Callable[[Text], bool]
"""Asks whether a file belongs to the unit that only its name speaks of."""


def nobody(question: Text) -> bool:
    """The answer where there is nobody to ask."""
    return False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a merge is asked for besides its inputs. `priors` are last year's filings, by unit; `jobs` and `scheduler`
    are those of `engines`.
    """

    unit: Unit = field(default_factory=lambda: Unit(""))
    members: tuple[Member, ...] = ()
    include_invalid: bool = False
    priors: Priors = field(default_factory=lambda: Priors(()))
    confirm: Confirm = nobody
    jobs: int = 0
    scheduler: str = ""


def taken(paths: Sequence[Path], asked: Asked, on_progress: Progress) -> tuple[Delivery | Unusable, ...]:
    """Every file read and checked; then, with all of them known, the questions."""
    unasked = replace(asked, confirm=nobody)
    results = engines.each(_one, unasked, paths, asked.jobs, asked.scheduler)
    found = tuple(result for _, result in zip(on_progress(paths), results, strict=False))
    if asked.confirm is nobody:
        return found
    return tuple(_one(asked, path) if _to_confirm(each) else each for path, each in zip(paths, found, strict=True))


def _to_confirm(taken: Delivery | Unusable) -> bool:
    return isinstance(taken, Delivery) and taken.by == "file-name" and taken.member is None


def _one(asked: Asked, path: Path) -> Delivery | Unusable:
    try:
        return _delivered(path, asked)
    except Unreadable as error:
        said = error.sentence
    except NoEdition as error:
        said = text("{file}: {what}", file=str(path), what=error.sentence)
    return Unusable(str(path), said, belonging(asked.members, Unit(""), path.stem).member)


def _delivered(path: Path, asked: Asked) -> Delivery:
    """A file read, matched and checked.

    Raises:
        Unreadable: it cannot be read, or changed while it was.
    """
    digest = _digest(path)
    reading = intake(path)
    if _digest(path) != digest:
        raise Unreadable(text("{file}: it changed while it was read; close it elsewhere and merge again",
                              file=str(path)))  # fmt: skip
    match = belonging(asked.members, reading.filing.unit, path.stem)
    member, remarks = _agreed(match, asked, path)
    unit = reading.filing.unit
    if member is not None:
        whose = member.unit
        unit = Unit(whose.name, whose.code or unit.code, whose.level or unit.level)
    known = replace(reading, filing=replace(reading.filing, unit=unit))
    from toolkit.county.delivery import delivery
    from toolkit.county.prior import prior_of

    checked = check(known, prior_of(known.filing, member, asked.members, asked.priors))
    made = delivery(known, checked.findings, digest)
    return replace(made, member=member, by=match.by, remarks=remarks)


def _digest(path: Path) -> str:
    return hashlib.sha256(files.content(path)).hexdigest()


def _agreed(match: Match, asked: Asked, path: Path) -> tuple[Member | None, tuple[Text, ...]]:
    """The unit a file belongs to, and what is to be said of it; by its name alone only where somebody confirms it."""
    if match.member is None:
        return None, ()
    name = match.member.unit.name
    if match.by != "file-name":
        if match.other is not None and match.other is not match.member:
            return match.member, (text("its file name speaks of {other}", other=match.other.unit.name),)
        return match.member, ()
    if asked.confirm(text("{file}: it says of no unit on the roster; by its file name it is {unit}'s. Take it so?",
                          file=str(path), unit=name)):  # fmt: skip
        return match.member, (text("taken for {unit} by its file name", unit=name),)
    return None, (
        text("only its file name speaks of {unit}; enter the unit on its cover, or confirm with --yes", unit=name),
    )


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
    from toolkit.years.prior import priors

    return priors(prior, single=single)


def _last(filing: Filing, member: Member | None, members: Sequence[Member], before: Priors | None) -> Filing | None:
    """Last year's filing of the unit; what finds it is loaded where last year was asked for."""
    if before is None:
        return None
    from toolkit.county.prior import prior_of

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
