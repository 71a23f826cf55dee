"""Many filings → one, and the ledger that says what became of each input. Nothing is read or written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.form.edition import named
from toolkit.form.parts import Edition, Number, Ref
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import Text, listed, text
from toolkit.model import figures
from toolkit.model.filing import Adjustment, Contribution, Entry, Filing, Finding, Unit
from toolkit.model.ledger import Delivery, Difference, Ledger, Member, Merged, Row, Status, Unusable

_ABOVE: Mapping[str, str] = {
    "township": "county",
    "county-department": "county",
    "county": "city",
    "city-department": "city",
    "city": "province",
    "province-department": "province",
}
"""The level of the government whose report takes in that of a unit."""

_HIGHEST = ("province", "city", "county")


def merge(
    inputs: Iterable[Delivery | Unusable],
    unit: Unit,
    members: Sequence[Member] = (),
    *,
    include_invalid: bool = False,
) -> Merged:
    """The figures of all filings of the year that most of them are of, added up; every input is in one row.

    The order of the inputs does not matter. With `members` only their filings count, and those from whom nothing came
    are missing. `include_invalid` takes filings with errors, as long as every figure of them is a number.

    Raises:
        WrongUse: two editions are among the filings of the year, or there is no input.
    """
    given = sorted(inputs, key=lambda each: each.source)
    read = [each for each in given if isinstance(each, Delivery)]
    if not read:
        rows = tuple(_unreadable(each) for each in given if isinstance(each, Unusable))
        return Merged(Ledger(0, "", rows, tuple(members)))
    year = _year(read)
    edition = named(_one_edition([each for each in read if each.year == year]))
    twins = _twins([each for each in read if each.year == year and (not members or _expected(each, year))])
    found: list[Row] = []
    taken: list[tuple[Delivery, Row]] = []
    for each in given:
        if isinstance(each, Unusable):
            found.append(_unreadable(each))
            continue
        found.append(_row(each, year, members, twins, include_invalid))
        if found[-1].status == "merged":
            taken.append((each, found[-1]))
    contributions = _contributions(taken, members)
    ledger = Ledger(year, edition.id, tuple(found), _missing(given, members, year))
    if not contributions:
        return Merged(ledger)
    filing = added(edition, year, _named(unit, contributions, members), contributions, ())
    return Merged(ledger, filing, contributions)


def added(
    edition: Edition,
    year: int,
    unit: Unit,
    contributions: Sequence[Contribution],
    adjustments: Sequence[Adjustment],
) -> Filing:
    """The filing whose figures are the sums of the contributions, and of what the county adjusts."""
    entries: dict[Ref, Entry] = {}
    offsets: dict[Ref, Number] = {}
    for each in adjustments:
        if each.ref and isinstance(each.amount, int | Decimal):
            offsets[each.ref] = offsets.get(each.ref, 0) + each.amount
    for at, ref in enumerate(edition.entries):
        total: Number = offsets.get(ref, 0)
        for unit_ in contributions:
            total = total + (unit_.figures[at] or 0)
        entries[ref] = Entry(Decimal(total) if edition.figures[ref].value == "money" else total)
    filled = figures.filled(edition, entries)
    return Filing(edition.id, year, unit, {ref: filled[ref] for ref in edition.figures}, {})


def adjusted(merged: Merged, adjustments: Sequence[Adjustment], texts: Mapping[str, str]) -> Merged:
    """A merged filing with what the county had adjusted and written before."""
    if merged.filing is None:
        return merged
    was = merged.filing
    filing = added(named(was.edition), was.year, was.unit, merged.contributions, adjustments)
    return replace(merged, filing=replace(filing, texts=dict(texts)), adjustments=tuple(adjustments))


def against(merged: Merged, reported: Filing) -> tuple[Difference, ...]:
    """The entry figures that a filing reports otherwise than its units add up to, in the order of the form.

    Raises:
        WrongUse: nothing was merged, or the filing is of another edition or year.
    """
    if merged.filing is None:
        raise WrongUse(text("nothing was merged, so there is nothing to hold {file} against", file=reported.source))
    if (reported.edition, reported.year) != (merged.filing.edition, merged.filing.year):
        raise WrongUse(
            text(
                "{file}: of {year}, edition {edition}; the units report for {due}, edition {due_edition}",
                file=reported.source, year=reported.year, edition=reported.edition,
                due=merged.filing.year, due_edition=merged.filing.edition,
            )
        )  # fmt: skip
    edition, found = named(merged.filing.edition), []
    for at, ref in enumerate(edition.entries):
        stated = reported.entries[ref].value if ref in reported.entries else None
        total = merged.filing.entries[ref].value
        if (0 if stated is None else stated) != total:
            here = tuple((each.unit, each.figures[at] or 0) for each in merged.contributions if each.figures[at])
            found.append(Difference(ref, edition.figures[ref].label, stated, total, here))  # type: ignore[arg-type]
    return tuple(found)


def _year(read: Sequence[Delivery]) -> int:
    years = [each.year for each in read]
    return max(sorted(set(years)), key=lambda year: (years.count(year), year))


def _one_edition(of_year: Sequence[Delivery]) -> str:
    editions = sorted({each.edition for each in of_year})
    if len(editions) > 1:
        lists = [
            text("{edition}: {files}", edition=edition,
                 files=listed([each.source for each in of_year if each.edition == edition], 5))
            for edition in editions
        ]  # fmt: skip
        raise WrongUse(
            text(
                "filings of two editions cannot be added up ({lists}); "
                "have the units with the wrong form fill in that of `xls new`",
                lists=listed(lists),
            )
        )
    return editions[0]


def _expected(each: Delivery, year: int) -> bool:
    return each.member is not None and each.member.reports(year)


def _keys(each: Delivery) -> tuple[str, ...]:
    if each.member is not None:
        return (f"roster {each.member.unit.code or each.member.unit.name}",)
    return tuple(key for key in (each.unit.code and f"code {each.unit.code}",
                                 each.unit.name and f"name {each.unit.name}") if key)  # fmt: skip


def _twins(of_year: Sequence[Delivery]) -> dict[str, tuple[Delivery, ...]]:
    """By source, all filings of the same unit, in order."""
    groups: dict[str, list[Delivery]] = {}
    for each in of_year:
        joined: list[Delivery] = []
        for group in {id(groups[key]): groups[key] for key in _keys(each) if key in groups}.values():
            joined += group
        joined.append(each)
        for one in joined:
            for key in _keys(one):
                groups[key] = joined
    return {
        one.source: tuple(sorted(group, key=lambda each: each.source)) for group in groups.values() for one in group
    }


def _unreadable(each: Unusable) -> Row:
    return Row(each.source, "unreadable", each.reason, each.member.unit if each.member else None)


def _row(
    each: Delivery, year: int, members: Sequence[Member], twins: Mapping[str, tuple[Delivery, ...]], invalid: bool
) -> Row:
    """What becomes of one filing."""
    errors = [finding for finding in each.findings if finding.level == "error"]
    found = _elsewhere(each, year, members) or _twice(each, twins) or _refused(each, errors, invalid)
    status, reason = found or ("merged", _merged(each, errors))
    whose = each.member.unit if each.member else each.unit
    return Row(each.source, status, reason, whose, each.findings, each.blanks, each.unusable)


_Fate = tuple[Status, Text]


def _elsewhere(each: Delivery, year: int, members: Sequence[Member]) -> _Fate | None:
    """Why a filing is not one of those that are to be merged."""
    if each.year != year:
        return "other-year", text("of {other}, not of {year}", other=each.year, year=year)
    if members and each.member is None:
        return "not-on-roster", _stranger(each)
    if each.member is not None and not each.member.reports(year):
        name = each.member.unit.name
        return "not-on-roster", text("the roster has {unit} for other years than {year}", unit=name, year=year)
    if not _keys(each):
        return "rejected", text("it names no unit; enter name and code on its cover")
    return None


def _twice(each: Delivery, twins: Mapping[str, tuple[Delivery, ...]]) -> _Fate | None:
    """Whether the same unit delivered more than this; of several files of the same bytes the first counts."""
    same = twins[each.source]
    others = [one for one in same if one is not each]
    names = listed([one.source for one in others], 3)
    if any(one.digest != each.digest for one in others):
        said = text("the same unit also delivered {files}; which one counts is for you to say: leave one", files=names)
        return "duplicate", said
    if same[0] is not each:
        return "duplicate", text("byte for byte the same as {files}", files=names)
    return None


def _refused(each: Delivery, errors: Sequence[Finding], invalid: bool) -> _Fate | None:
    """Why the figures of a filing are not to be added."""
    if each.unusable is not None:
        return "rejected", each.unusable
    if errors and not invalid:
        return "rejected", text("errors: {errors}", errors=listed([one.message for one in errors], 3, sentences=True))
    return None


def _merged(each: Delivery, errors: Sequence[object]) -> Text:
    said = [*each.remarks]
    if errors:
        said.append(text("taken with {count} errors", count=len(errors)))
    if each.blanks:
        said.append(text("{count} blanks", count=each.blanks))
    return listed(said, sentences=True) if said else text("merged")


def _stranger(each: Delivery) -> Text:
    if each.remarks:
        return listed(each.remarks, sentences=True)
    if not each.unit.name and not each.unit.code:
        return text("it names no unit; enter name and code on its cover")
    return text("{unit} is not on the roster", unit=each.unit.name or each.unit.code)


def _contributions(taken: Sequence[tuple[Delivery, Row]], members: Sequence[Member]) -> tuple[Contribution, ...]:
    """Whose figures are added, in the order of the roster, else of codes and names."""
    order = {member.unit: at for at, member in enumerate(members)}
    found = [
        Contribution(row.unit or each.unit, each.source, each.figures,
                     any(finding.level == "error" for finding in each.findings))
        for each, row in taken
    ]  # fmt: skip
    found.sort(key=lambda each: (order.get(each.unit, 0), each.unit.code or "", each.unit.name))
    return tuple(found)


def _missing(given: Sequence[Delivery | Unusable], members: Sequence[Member], year: int) -> tuple[Member, ...]:
    came = {each.member.unit for each in given if each.member is not None}
    return tuple(member for member in members if member.reports(year) and member.unit not in came)


def _named(unit: Unit, contributions: Sequence[Contribution], members: Sequence[Member]) -> Unit:
    """The unit of the merged filing, its level that above the units where nobody says it."""
    levels = {each.unit.level for each in contributions} | {member.unit.level for member in members}
    above = {_ABOVE.get(level or "") for level in levels}
    level = next((each for each in _HIGHEST if each in above), None)
    return Unit(unit.name, unit.code, unit.level or level)
