"""What `xls diff` is given, read and put in order: filings of one unit, or of the units of a county, year by year.

Only like is compared with like; what has no like is named with the reason, as far as anybody knows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from toolkit.county.inbox import Asked, Progress, each_of, only_read
from toolkit.form.edition import named
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import Text, listed, text
from toolkit.model import figures
from toolkit.model.belonging import belonging
from toolkit.model.by_unit import ByUnit, groups
from toolkit.model.changes import Changes, Why
from toolkit.model.filing import Filing, Reading, Unit, report_year
from toolkit.model.ledger import Member
from toolkit.model.units import level_of, same
from toolkit.years.diff import diff, diff_units

_NOTHING = Asked()


@dataclass(frozen=True, slots=True)
class Side:
    """What one path gives: filings of one year, and of what else is known why it is not compared.

    `many`: it is a folder, an archive, or a county workbook taken apart. `whole` is the county's own filing then.
    `lost` are (file name, reason) of files that could not be read.
    """

    path: str
    filings: tuple[Filing, ...]
    many: bool
    made_of: tuple[Filing, ...] = ()
    whole: Filing | None = None
    aside: tuple[tuple[Unit, Why], ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The report year of its filings."""
        return report_year(each.year for each in self.filings)


def compare(
    paths: Sequence[str], asked: Asked = _NOTHING, on_progress: Progress = tuple
) -> tuple[Changes, list[Text], list[Text]]:
    """What changed between some filings or folders of them; what is to be remarked; what could not be read. By the
    roster, `asked.members`, it is known whether a unit that is lacking is new, gone, or has not delivered.

    Raises:
        WrongUse: fewer than two things that can be compared are given, a county and one unit, or no unit is in common.
    """
    remarks, unread = _odd(paths), list[Text]()
    sides = [side for path in paths if (side := _side(path, asked, on_progress, unread, remarks)).filings]
    if len(sides) < 2:
        raise WrongUse(_too_few(unread))
    years = [side.year for side in sides]
    remarks += _order(years)
    sides.sort(key=lambda side: side.year)
    if any(side.many for side in sides) or all(side.made_of for side in sides):
        return _of_many([_apart(side) for side in sides], asked.members), remarks, unread
    single = [side.filings[0] for side in sides]
    _refuse_a_county_against_a_unit(sides)
    remarks += _other_units(single)
    if len(set(years)) < len(years):
        remarks += _drafts(single)
    return diff(single), remarks, unread


def _odd(paths: Sequence[str]) -> list[Text]:
    remarks = []
    resolved = [Path(path).resolve() for path in paths]
    if len(set(resolved)) < len(resolved):
        remarks.append(text("the same file is given twice; it cannot differ from itself"))
    folders = {Path(path).is_dir() for path in paths}
    if len(folders) > 1:
        remarks.append(text("a folder is compared with a file: the file counts as a folder with one filing"))
    return remarks


def _order(years: Sequence[int]) -> Iterator[Text]:
    if list(years) != sorted(years):
        yield text("the years were given out of order; they are compared from the earliest to the latest")
    for before, after in pairwise(sorted(years)):
        if after > before + 1:
            yield text(
                "between {before} and {after} a year is missing; they are compared as they are",
                before=before,
                after=after,
            )


def _side(path: str, asked: Asked, on_progress: Progress, unread: list[Text], remarks: list[Text]) -> Side:
    """What a path gives; of a folder the filings of the year that most of them are of."""
    found: list[Reading] = []
    lost: list[str] = []
    given, made = each_of(only_read, [path], asked, on_progress)
    for one, came in zip(given.inputs, made, strict=True):
        if isinstance(came, Reading):
            found.append(_known(came, asked.members))
        else:
            unread.append(came.reason)
            lost.append(one.stem)
    many = len(given.inputs) > 1 or Path(path).is_dir()
    if not many:
        if not found:
            return Side(path, (), many)
        of = found[0]
        return Side(path, (of.filing,), many, tuple(_units_of(of)), aside=tuple(_lacking(of)))
    found = list(_without_sums(found, remarks))
    year = report_year(each.filing.year for each in found)
    aside: list[tuple[Unit, Why]] = []
    for each in found:
        if each.filing.year != year:
            aside.append((each.filing.unit, "other-year"))
            remarks.append(
                text("{file}: of {year}, the others of {main}; left out", file=each.filing.source,
                     year=each.filing.year, main=year)
            )  # fmt: skip
    filings = _once([each.filing for each in found if each.filing.year == year], aside, remarks)
    return Side(path, tuple(filings), many, aside=tuple(aside), lost=tuple(lost))


def _known(reading: Reading, members: Sequence[Member]) -> Reading:
    """A filing with the name, code and level that the roster has for its unit."""
    said = reading.filing.unit
    match = belonging(members, said, "")
    if match.member is None:
        return reading
    known = match.member.unit
    unit = Unit(known.name, known.code or said.code, known.level or said.level)
    return replace(reading, filing=replace(reading.filing, unit=unit))


def _units_of(reading: Reading) -> Iterator[Filing]:
    """The filings of a county workbook's units as they stand in it."""
    if reading.tally is not None:
        edition = named(reading.filing.edition)
        for each in reading.tally.contributions:
            yield figures.of_unit(reading.filing, edition, each)


def _without_sums(found: Sequence[Reading], remarks: list[Text]) -> Iterator[Reading]:
    """The filings of a folder without county workbooks whose units are in it themselves."""
    here = ByUnit((each.filing.unit, each) for each in found)
    for each in found:
        of = each.tally.contributions if each.tally is not None else ()
        if any(one is not each for part in of for one in here.of(part.unit)):
            remarks.append(
                text("{file}: the sum of units that are in the folder themselves; left out", file=each.filing.source)
            )
        else:
            yield each


def _once(filings: Sequence[Filing], aside: list[tuple[Unit, Why]], remarks: list[Text]) -> Iterator[Filing]:
    """The filings of a folder whose unit has one in it; which of two is right is not guessed."""
    for nameless in filings:
        if not (nameless.unit.name or nameless.unit.code):
            remarks.append(text("{file}: it names no unit; enter name and code on its cover", file=nameless.source))
    for several in groups((each.unit, each) for each in filings if each.unit.name or each.unit.code):
        if len(several) == 1:
            yield several[0]
            continue
        aside.append((several[0].unit, "twice"))
        remarks.append(
            text(
                "{unit}: {count} filings of one year ({files}); none of them is compared",
                unit=several[0].unit.name,
                count=len(several),
                files=listed([each.source for each in several]),
            )
        )


def _too_few(unread: Sequence[Text]) -> Text:
    if unread:
        return text("{reason} (a comparison takes two filings)", reason=unread[0])
    return text("a comparison takes two filings; give at least OLD and NEW")


def _apart(side: Side) -> Side:
    """A county workbook as the folder of its units; its own figures and texts are kept beside."""
    return replace(side, filings=side.made_of, whole=side.filings[0]) if side.made_of else side


_BECAME: Mapping[str, Why] = {"missing": "not-received", "returned": "returned", "duplicate": "twice",
                              "unread": "unreadable"}  # fmt: skip
"""Why a unit of its roster is not in a county workbook, by what its ledger says."""


def _lacking(reading: Reading) -> Iterator[tuple[Unit, Why]]:
    """The units that a county workbook was to have, and does not."""
    for each in reading.tally.expected if reading.tally is not None else ():
        if not each.merged:
            yield each.unit, _BECAME[each.became]


def _of_many(sides: Sequence[Side], members: Sequence[Member]) -> Changes:
    everyone = tuple(dict.fromkeys((*members, *(Member(each.unit) for side in sides for each in side.filings))))
    reasons = [ByUnit((*side.aside, *_by_file_name(side, everyone))) for side in sides]

    def why(unit: Unit, at: int) -> Why:
        known = next(reasons[at].of(unit), None)
        member = belonging(members, unit, "").member
        if known is not None or member is None:
            return known or "unknown"
        if member.reports(sides[at].year):
            return "not-received"
        return "gone" if member.until is not None and member.until < sides[at].year else "new"

    wholes = [side.whole for side in sides if side.whole is not None]
    own = wholes if len(wholes) == len(sides) and all(same(each.unit, wholes[0].unit) for each in wholes) else []
    found = diff_units([side.filings for side in sides], why, [each.unit for each in members], own)
    if not found.compared:
        raise WrongUse(
            text("no unit is in {years}; give filings of the same units", years=listed([side.path for side in sides]))
        )
    return found


def _by_file_name(side: Side, everyone: Sequence[Member]) -> Iterator[tuple[Unit, Why]]:
    """The units whose files could not be read, as far as the names of the files say."""
    for stem in side.lost:
        if (member := belonging(everyone, Unit(""), stem).member) is not None:
            yield member.unit, "unreadable"


def _drafts(filings: Sequence[Filing]) -> list[Text]:
    """Which file is which draft, where a year is given more than once."""
    drafts: dict[int, list[str]] = {}
    for each in filings:
        drafts.setdefault(each.year, []).append(each.source)
    return [
        text("{year}, draft {number}: {file}", year=year, number=n, file=file)
        for year, several in drafts.items()
        if len(set(several)) > 1
        for n, file in enumerate(several, start=1)
    ]


def _refuse_a_county_against_a_unit(sides: Sequence[Side]) -> None:
    """A county's sum and one unit's figures are nothing alike."""
    for before, after in pairwise(sides):
        one, other = before.filings[0], after.filings[0]
        nameless = not (one.unit.name and other.unit.name)
        if same(one.unit, other.unit) or (nameless and bool(before.made_of) == bool(after.made_of)):
            continue
        if _is_of_an_area(before) != _is_of_an_area(after):
            area, alone = (one, other) if _is_of_an_area(before) else (other, one)
            raise WrongUse(
                text("{one} reports for its units, {other} for itself; compare a county with a county, a unit with "
                     "itself", one=area.unit.name or area.source, other=alone.unit.name or alone.source)
            )  # fmt: skip


def _is_of_an_area(side: Side) -> bool:
    """Whether a filing is a sum: a county workbook, or of a government that has units under it."""
    filing = side.filings[0]
    edition = named(filing.edition)
    governments = [level.id for level in edition.levels if not level.of]
    level = filing.unit.level or level_of(filing.unit.name, edition)
    return bool(side.made_of) or level in governments[:-1]


def _other_units(filings: Sequence[Filing]) -> list[Text]:
    first = filings[0].unit
    for each in filings[1:]:
        if not same(first, each.unit) and first.name and each.unit.name:
            return [text("two units are compared: {one} and {other}", one=first.name, other=each.unit.name)]
    return []
