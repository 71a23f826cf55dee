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
from toolkit.model.ledger import SETTLED, Delivery, Member, Unread

if TYPE_CHECKING:
    from toolkit.county.fates import Fate


class Done(NamedTuple):
    """What came of checking inputs, in their order; what is to be said beside it; the units that delivered nothing.

    `inputs` are what the results came of; `unread`: of last year something was not read. `aside` says by source what
    a merge would not add whatever its findings: replaced, a sum, of another year, delivered twice. Where figures were
    not asked for, the filings of the results may be without figures and texts.
    """

    inputs: tuple[Input, ...]
    results: tuple[Checked | Unread, ...]
    remarks: tuple[Text, ...]
    missing: tuple[Member, ...]
    unread: bool
    aside: Mapping[str, Fate] = {}

    def counts(self, result: Checked | Unread) -> bool:
        """Whether no other input stands for that of a result, so that somebody has to answer what is wrong with it."""
        fate = self.aside.get(result.reading.filing.source) if isinstance(result, Checked) else None
        return fate is None or fate.status not in SETTLED


def check_files(
    paths: Sequence[str], asked: Asked, prior: Path | None, on_progress: Progress, *, figures: bool = True
) -> Done:
    """The filings at some paths checked, with `asked.members` as the units of the roster that they are: its level and
    code are those of the unit. A file that only its name makes a unit's stays without one, and so does a stranger's.
    `figures`: somebody goes on with the figures and texts of the filings, and not only with what is said of them.

    Raises:
        WrongUse: a folder without files, or a prior filing that is another's.
        Unreadable: the one prior filing given cannot be read.
    """
    before = None
    if prior is not None:
        from toolkit.county.last_year import last_year

        before = last_year(prior, asked, single=_is_one_file(paths))
        asked = replace(asked, priors=before.priors)
    given, made = each_of(take if figures or _is_one_file(paths) else told, paths, asked, on_progress)
    found = tuple(made)
    remarks = [*_litter(given.litter), *_strangers(asked, found)]
    if before is not None:
        remarks += before.remarks()
    results = [one.checked if isinstance(one, Taken) else one for one in found]
    aside: Mapping[str, Fate] = {}
    if len(results) > 1:
        from toolkit.county.side_by_side import beside_others, of_taken

        delivered = beside_others(
            [one.delivered or of_taken(asked, one) if isinstance(one, Taken) else one for one in found]
        )
        results = [replace(each, findings=one.findings) if isinstance(each, Checked) and isinstance(one, Delivery)
                   else each for each, one in zip(results, delivered, strict=True)]  # fmt: skip
        aside = _aside(asked.members, delivered)
    came = [(one.match.member, one.reading.filing.year) if isinstance(one, Taken) else (one.member, None)
            for one in found]  # fmt: skip
    known = [(member, year) for member, year in came if member is not None]
    unread = before is not None and before.incomplete
    missing = _missing(asked.members, known)
    return Done(given.inputs, tuple(results), tuple(remarks), missing, unread, aside)


def _aside(members: Sequence[Member], delivered: Sequence[Delivery | Unread]) -> Mapping[str, Fate]:
    """By source, what a merge of the same inputs would leave out whatever is in it. Of another year is a filing only
    where most are of one: several years of a unit may be checked together.
    """
    given = [each for each in delivered if isinstance(each, Delivery)]
    if len(given) < 2:
        return {}
    from toolkit.county.fates import Sought, fates
    from toolkit.form.edition import edition

    years = [each.year for each in given]
    year = report_year(years)
    wanted = _ASIDE if years.count(year) * 2 > len(years) else _ASIDE - {"other-year"}
    came = tuple(each.member.unit for each in delivered if isinstance(each, Unread) and each.member is not None)
    found = fates(given, Sought(year, edition(year).id, tuple(members), came=came))
    return {source: fate for source, fate in found.items() if fate.status in wanted}


_ASIDE = frozenset(("superseded", "sum", "duplicate", "other-year"))


def told(asked: Asked, given: Input) -> Taken | Unread:
    """An input taken, of which nothing is wanted but what is said of it: figures and texts, most of what would travel
    from one process to another and be kept, are left behind once they have been looked at.
    """
    from toolkit.county.side_by_side import of_taken

    taken = take(asked, given)
    if isinstance(taken, Unread):
        return taken
    said = replace(taken.reading, filing=replace(taken.reading.filing, entries={}, texts={}))
    delivered = replace(of_taken(asked, taken), figures=())
    return replace(taken, checked=replace(taken.checked, reading=said), delivered=delivered)


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
