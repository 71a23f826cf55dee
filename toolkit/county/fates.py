"""What becomes of each filing of a merge: whether it counts, and if not, why not. Adding up is `merge`'s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import PurePath
from typing import NamedTuple

from toolkit.ground.language import Text, listed, text
from toolkit.ground.shelf import repeated
from toolkit.model.by_unit import ByUnit, groups
from toolkit.model.filing import Unit
from toolkit.model.ledger import NAMES, Delivery, Member, Status
from toolkit.model.problems import Problem, problems
from toolkit.model.units import keys, same


class Fate(NamedTuple):
    """What became of a filing, and why."""

    status: Status
    reason: Text


class Sought(NamedTuple):
    """What a merge is for: the year, its edition, the units, the unit of the sum, and how strict it is.

    `came` are units that an input which could not be read speaks of by its name.
    """

    year: int
    edition: str
    members: tuple[Member, ...] = ()
    unit: Unit = Unit("")
    include_invalid: bool = False
    latest: bool = False
    came: tuple[Unit, ...] = ()


_Fates = dict[str, Fate]


def fates(read: Sequence[Delivery], sought: Sought) -> Mapping[str, Fate]:
    """By source, what becomes of every filing. Each step settles some and leaves the others to the next."""
    found: _Fates = dict(_replaced(read))
    for step in (_elsewhere, _sums, _nobodys, _several, _added):
        left = [each for each in read if each.source not in found]
        found |= step(left, sought)
    return found


def _replaced(read: Sequence[Delivery]) -> Iterator[tuple[str, Fate]]:
    """Filings of which a marked copy has come back: the copy stands in their place."""
    copies = {each.replaces: each.source for each in read if each.replaces}
    for each in read if copies else ():
        if each.digest in copies and copies[each.digest] != each.source:
            copy = copies[each.digest]
            yield each.source, Fate("superseded", text("{file}, its marked copy, came back for it", file=copy))


def _elsewhere(left: Sequence[Delivery], sought: Sought) -> _Fates:
    """Filings of another year, of another form, or of nobody knows whom."""
    found: _Fates = {}
    for each in left:
        if each.year != sought.year:
            said = text("of {other}, not of {year}", other=each.year, year=sought.year)
            found[each.source] = Fate("other-year", said)
        elif each.contradiction is not None:
            found[each.source] = Fate("rejected", each.contradiction)
        elif each.edition != sought.edition:
            found[each.source] = Fate("rejected", other_form(each, sought.year))
    return found


def other_form(each: Delivery, year: int) -> Text:
    """Why a filing in the tables of another form is returned."""
    return text(
        "in the tables of edition {edition}, which are not those of {year}; fill in the workbook handed out for {year}",
        edition=each.edition,
        year=year,
    )


def _sums(left: Sequence[Delivery], sought: Sought) -> _Fates:
    """Filings that are sums of others which came, too, or that of the very unit whose sum is made."""
    found: _Fates = {}
    plain = ByUnit((whose(each), each) for each in left) if any(each.made_of for each in left) else ByUnit()
    by_name = ByUnit((unit, unit) for unit in sought.came)
    for each in left:
        others = sorted({one.source for unit in each.made_of for one in plain.of(unit) if one is not each})
        if others or any(True for unit in each.made_of for _ in by_name.of(unit)):
            said = text("a sum of units that came themselves ({files}); not added", files=listed(others, 1))
            found[each.source] = Fate("sum", said if others else text("a sum of units that came themselves; not added"))
        elif same(sought.unit, each.unit):
            own = text("{unit}'s own report, not one of its units'; hold it against the sum with --against",
                       unit=sought.unit.name)  # fmt: skip
            earlier = text("an earlier sum of {unit}; not added", unit=sought.unit.name)
            found[each.source] = Fate("sum", earlier if each.made_of else own)
    return found


def _nobodys(left: Sequence[Delivery], sought: Sought) -> _Fates:
    """Filings of units that are not expected, or of none."""
    found: _Fates = {}
    for each in left:
        if sought.members and each.member is None:
            found[each.source] = Fate("not-on-roster", _stranger(each))
        elif each.member is not None and not each.member.reports(sought.year):
            name = each.member.unit.name
            said = text("the roster has {unit} for other years than {year}", unit=name, year=sought.year)
            found[each.source] = Fate("not-on-roster", said)
        elif not keys(whose(each)):
            found[each.source] = Fate("rejected", text("it names no unit; enter name and code on its cover"))
    return found


def _stranger(each: Delivery) -> Text:
    if each.remarks:
        return listed(each.remarks, sentences=True)
    if not each.unit.name and not each.unit.code:
        return text("it names no unit; enter name and code on its cover")
    return text("{unit} is not on the roster", unit=each.unit.name or each.unit.code)


def _several(left: Sequence[Delivery], sought: Sought) -> _Fates:
    """Filings of a unit that delivered more than one; nobody guesses which of them counts."""
    found: _Fates = {}
    for group in _groups(left):
        if len(group) > 1:
            found |= _of_group(group, latest=sought.latest)
    return found


def _of_group(group: Sequence[Delivery], *, latest: bool) -> _Fates:
    """Of several files of the same bytes the first stays; of different ones the last saved where that is asked for."""
    found: _Fates = {}
    first: dict[str, Delivery] = {}
    stems = {PurePath(each.source).stem for each in group}
    for each in sorted(group, key=lambda each: (_is_a_copy(each, stems), each.source)):
        if first.setdefault(each.digest, each) is not each:
            said = text("byte for byte the same as {files}", files=first[each.digest].source)
            found[each.source] = Fate("duplicate", said)
    rest = tuple(first.values())
    if len(rest) == 1:
        return found
    last = max(rest, key=lambda each: each.saved)
    sure = (
        latest
        and last.saved
        and all(each.saved[:_SECONDS] < last.saved[:_SECONDS] for each in rest if each is not last)
    )  # what was copied or unpacked in one go differs by less, and nobody saved it in that order
    sources = [each.source for each in rest]
    for at, each in enumerate(rest):
        if not sure:
            names = listed(sources[:at] + sources[at + 1 :], 3)
            said = text(
                "the same unit also delivered {files}; which one counts is for you to say: leave one", files=names
            )
            found[each.source] = Fate("duplicate", said)
        elif each is not last:
            digits = _MINUTES if time(each) != time(last) else _SECONDS
            said = text("saved {earlier}, {file} later: {later}", earlier=time(each, digits), file=last.source,
                        later=time(last, digits))  # fmt: skip
            found[each.source] = Fate("superseded", said)
    return found


def _is_a_copy(each: Delivery, stems: Set[str]) -> bool:
    """Whether a file is called like another of the same unit with something behind it: 甲镇 - 副本."""
    stem = PurePath(each.source).stem
    return any(stem[:end] in stems for end in range(1, len(stem)))


_MINUTES, _SECONDS = len("2025-01-20T10:00"), len("2025-01-20T10:00:00")


def time(each: Delivery, digits: int = _MINUTES) -> str:
    """When a filing was saved, as people write it."""
    return each.saved[:digits].replace("T", " ")


def _groups(left: Sequence[Delivery]) -> Iterator[tuple[Delivery, ...]]:
    """Filings that are of the same unit or hold figures of the same one, in order."""
    met = repeated(key for each in left for unit in _units(each) for key in keys(unit))
    several = (each for each in left if any(hash(key) in met for unit in _units(each) for key in keys(unit)))
    with_units = ((unit, each) for each in several for unit in _units(each))
    for group in groups(with_units):
        yield tuple(sorted(group, key=lambda each: each.source))


def _units(each: Delivery) -> tuple[Unit, ...]:
    return (whose(each), *each.made_of)


def whose(each: Delivery) -> Unit:
    """The unit a filing counts for: that of the roster, else the one it names."""
    return each.member.unit if each.member is not None else each.unit


def _added(left: Sequence[Delivery], sought: Sought) -> _Fates:
    """The others: added, or returned with what is wrong with them."""
    return {each.source: _refused(each, sought) or Fate("merged", _merged(each)) for each in left}


def _refused(each: Delivery, sought: Sought) -> Fate | None:
    """Why the figures of a filing are not to be added."""
    if each.unusable is not None:
        return Fate("rejected", each.unusable)
    errors = _errors(each)
    if errors and not sought.include_invalid:
        said = text("errors: {errors}", errors=listed([one.message for one in errors], 3, sentences=True))
        return Fate("rejected", said)
    return None


def _errors(each: Delivery) -> list[Problem]:
    """What is to be corrected, what one cause explains once."""
    return [problem for problem in problems(each.findings) if problem.level == "error"]


def _merged(each: Delivery) -> Text:
    said = [*each.remarks]
    if errors := _errors(each):
        said.append(text("taken with {count} errors", count=len(errors)))
    if each.blanks:
        said.append(text("{count} blanks", count=each.blanks))
    return listed(said, sentences=True) if said else NAMES["merged"]
