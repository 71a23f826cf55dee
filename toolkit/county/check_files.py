"""Filings at some paths checked, and what is to be said of them together: who is missing, alike, or strange."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.county.inbox import Asked, Progress, Taken, each_of, take
from toolkit.county.inputs import Input
from toolkit.ground.language import Text, text
from toolkit.model.filing import Checked, report_year
from toolkit.model.ledger import SETTLED, Member, Unread

if TYPE_CHECKING:
    from toolkit.county.fates import Fate


class Done(NamedTuple):
    """What came of checking inputs, in their order; what is to be said beside it; the units that delivered nothing.

    `inputs` are what the results came of; `unread`: of last year something was not read. `beside` says by source what
    a merge would not add whatever its findings: replaced, a sum, of another year, delivered twice.
    """

    inputs: tuple[Input, ...]
    results: tuple[Checked | Unread, ...]
    remarks: tuple[Text, ...]
    missing: tuple[Member, ...]
    unread: bool
    beside: Mapping[str, Fate] = {}

    def counts(self, result: Checked | Unread) -> bool:
        """Whether no other input stands for that of a result, so that somebody has to answer what is wrong with it."""
        fate = self.beside.get(result.reading.filing.source) if isinstance(result, Checked) else None
        return fate is None or fate.status not in SETTLED


def check_files(paths: Sequence[str], asked: Asked, prior: Path | None, on_progress: Progress) -> Done:
    """The filings at some paths checked, with `asked.members` as the units of the roster that they are: its level and
    code are those of the unit. A file that only its name makes a unit's stays without one, and so does a stranger's.

    Raises:
        WrongUse: a folder without files, or a prior filing that is another's.
        Unreadable: the one prior filing given cannot be read.
    """
    before = None
    if prior is not None:
        from toolkit.county.last_year import last_year

        before = last_year(prior, asked, single=_is_one_file(paths))
        asked = replace(asked, priors=before.priors)
    given, made = each_of(take, paths, asked, on_progress)
    found = tuple(made)
    remarks = [*_litter(given.litter), *_strangers(asked, found)]
    if before is not None:
        remarks += before.remarks()
    results = [one.checked if isinstance(one, Taken) else one for one in found]
    if len(results) > 1:
        from toolkit.county.alike import alike
        from toolkit.county.peers import unlike_peers

        results = list(unlike_peers(list(alike(results))))
    came = [(one.match.member, one.reading.filing.year) if isinstance(one, Taken) else (one.member, None)
            for one in found]  # fmt: skip
    known = [(member, year) for member, year in came if member is not None]
    unread = before is not None and before.incomplete
    missing = _missing(asked.members, known)
    return Done(given.inputs, tuple(results), tuple(remarks), missing, unread, _beside(asked.members, found))


def _beside(members: Sequence[Member], found: Sequence[Taken | Unread]) -> Mapping[str, Fate]:
    """By source, what a merge of the same inputs would leave out whatever is in it. Of another year is a filing only
    where most are of one: several years of a unit may be checked together.
    """
    read = [one for one in found if isinstance(one, Taken)]
    if len(read) < 2:
        return {}
    from toolkit.county.delivery import delivery
    from toolkit.county.fates import Sought, fates
    from toolkit.form.edition import edition

    years = [one.reading.filing.year for one in read]
    year = report_year(years)
    told = _BESIDE if years.count(year) * 2 > len(years) else _BESIDE - {"other-year"}
    came = tuple(one.member.unit for one in found if isinstance(one, Unread) and one.member is not None)
    given = [replace(delivery(one.reading, one.checked.findings, one.digest), member=one.member) for one in read]
    found_out = fates(given, Sought(year, edition(year).id, tuple(members), came=came))
    return {source: fate for source, fate in found_out.items() if fate.status in told}


_BESIDE = frozenset(("superseded", "sum", "duplicate", "other-year"))


def _missing(members: Sequence[Member], came: Sequence[tuple[Member, int | None]]) -> tuple[Member, ...]:
    if not members:
        return ()
    from toolkit.county.roster import missing

    return missing(members, came)


def _is_one_file(paths: Sequence[str]) -> bool:
    return len(paths) == 1 and not Path(paths[0]).is_dir()


def _litter(count: int) -> Iterator[Text]:
    if count:
        yield text("{count} lock files, hidden files and the like were passed over", count=count)


def _strangers(asked: Asked, found: Sequence[Taken | Unread]) -> Iterator[Text]:
    for one in found:
        if not isinstance(one, Taken):
            continue
        file, unit = one.given.source, one.reading.filing.unit
        if one.contradiction is not None:
            yield text("{file}: {what}", file=file, what=one.contradiction)
        elif not asked.members or one.member is not None:
            continue
        elif one.match.member is not None:
            yield text("{file}: only its file name speaks of {unit}; enter the unit on its cover", file=file,
                       unit=one.match.member.unit.name)  # fmt: skip
        elif not (unit.name or unit.code):
            yield text("{file}: it names no unit; enter name and code on its cover", file=file)
        else:
            yield text("{file}: {unit} is not on the roster", file=file, unit=unit.name or unit.code)
