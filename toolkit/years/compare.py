"""What `xls diff` is given, read and put in order: files of one unit, or folders of many; what is odd is said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from toolkit.ground import files
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import Text, listed, text
from toolkit.intake.several import several as read_several
from toolkit.model.changes import Changes
from toolkit.model.filing import Filing, Reading
from toolkit.years.diff import diff, diff_units


def compare(paths: Sequence[str]) -> tuple[Changes, list[Text], list[Text]]:
    """What changed between some filings or folders of them; what is to be remarked; what could not be read.

    Raises:
        WrongUse: fewer than two things that can be compared are given.
    """
    remarks, unread = _odd(paths), list[Text]()
    read = [(path, filings) for path in paths if (filings := _filings(path, unread, remarks))]
    if len(read) < 2:
        raise WrongUse(_too_few(unread))
    years = [filings[0].year for _, filings in read]
    if years != sorted(years):
        remarks.append(text("the years were given out of order; they are compared from the earliest to the latest"))
        read.sort(key=lambda each: each[1][0].year)
    for before, after in pairwise(sorted(years)):
        if after > before + 1:
            remarks.append(
                text(
                    "between {before} and {after} a year is missing; they are compared as they are",
                    before=before,
                    after=after,
                )
            )
    if any(Path(path).is_dir() for path in paths):
        return diff_units([filings for _, filings in read]), remarks, unread
    single = [filings[0] for _, filings in read]
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


def _filings(path: str, unread: list[Text], remarks: list[Text]) -> list[Filing]:
    """The filings at a path; of a folder those of its most frequent year."""
    found: list[Filing] = []
    for made in read_several(files.expand([path])):
        if isinstance(made, Reading):
            found.append(made.filing)
        else:
            unread.append(made)
    years = [each.year for each in found]
    main = max(sorted(set(years)), key=years.count, default=0)
    for each in found:
        if each.year != main:
            remarks.append(
                text("{file}: of {year}, the others of {main}; left out", file=each.source, year=each.year, main=main)
            )
    return _once([each for each in found if each.year == main], remarks)


def _once(filings: Sequence[Filing], remarks: list[Text]) -> list[Filing]:
    """The filings of a folder whose unit has one in it; which of two is right is not guessed."""
    by: dict[str, list[Filing]] = {}
    for each in filings:
        by.setdefault(each.unit.code or each.unit.name or each.source, []).append(each)
    for several in by.values():
        if len(several) > 1:
            remarks.append(
                text(
                    "{unit}: {count} filings of one year ({files}); none of them is compared",
                    unit=several[0].unit.name,
                    count=len(several),
                    files=listed([each.source for each in several]),
                )
            )
    return [each for several in by.values() if len(several) == 1 for each in several]


def _too_few(unread: Sequence[Text]) -> Text:
    if unread:
        return text("{reason} (a comparison takes two filings)", reason=unread[0])
    return text("a comparison takes two filings; give at least OLD and NEW")


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


def _other_units(filings: Sequence[Filing]) -> list[Text]:
    first = filings[0].unit
    for each in filings[1:]:
        unit = each.unit
        same = first.code == unit.code if first.code and unit.code else first.name == unit.name
        if not same and first.name and unit.name:
            return [text("two units are compared: {one} and {other}", one=first.name, other=unit.name)]
    return []
