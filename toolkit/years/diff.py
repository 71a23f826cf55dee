"""Filings of several years → changes, across editions. Totals are the sums of their entries, whatever stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.form.counterparts import Matched, correspond
from toolkit.form.edition import named
from toolkit.form.parts import Edition, Number, Ref
from toolkit.model import figures
from toolkit.model.changes import Change, Changes, Renamed, Share, TypedOver, UnitChanges, Year
from toolkit.model.filing import Filing, Unit
from toolkit.years.texts import texts

ABSENT = Year(None, None, "absent")
OFF_FORM = Year(None, None, "not-on-form")


def diff(filings: Sequence[Filing]) -> Changes:
    """The filings of one unit, in the order given.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    rows = correspond([named(each.edition) for each in filings])
    return Changes(
        tuple(each.year for each in filings), tuple(each.edition for each in filings), (_unit(rows, tuple(filings)),)
    )


def diff_units(folders: Sequence[Sequence[Filing]]) -> Changes:
    """The filings of many units: those of each year, matched by code, else by name; with totals and who caused them.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    rows = correspond([named(each.edition) for year in folders for each in year])
    matched = _matched(folders)
    units = tuple(_unit(rows, line) for line in matched)
    return Changes(
        tuple(year[0].year for year in folders),
        tuple(year[0].edition for year in folders),
        units,
        tuple(_total(units, n) for n in range(len(rows))),
        tuple(line[-1].unit for line in matched if line[-1] and not any(line[:-1])),
        tuple(each.unit for line in matched if line[-1] is None for each in [_last(line)]),
        tuple(_renamed(matched)),
    )


def _matched(folders: Sequence[Sequence[Filing]]) -> tuple[tuple[Filing | None, ...], ...]:
    lines: list[list[Filing | None]] = []
    for n, year in enumerate(folders):
        for each in year:
            line = next((line for line in lines if line[n] is None and _same(_last(line).unit, each.unit)), None)
            if line is None:
                line = [None] * len(folders)
                lines.append(line)
            line[n] = each
    return tuple(tuple(line) for line in lines)


def _same(one: Unit, other: Unit) -> bool:
    return one.code == other.code if one.code and other.code else one.name == other.name


def _last(line: Sequence[Filing | None]) -> Filing:
    return [each for each in line if each is not None][-1]


def _renamed(matched: Sequence[Sequence[Filing | None]]) -> Iterator[Renamed]:
    for line in matched:
        held = [each.unit for each in line if each is not None]
        if held[0].code and held[0].name != held[-1].name:
            yield Renamed(held[0].code, held[0].name, held[-1].name)


def _unit(rows: Sequence[Matched], line: Sequence[Filing | None]) -> UnitChanges:
    changes = tuple(
        Change(row.ref, row.label, row.comparable, tuple(_year(each, row.refs) for each in line), row.small_base)
        for row in rows
    )
    before, after = line[-2:]
    said = tuple(texts(before, after, named(after.edition))) if before and after else ()
    over = tuple(found for each in line if each is not None for found in typed_over(each))
    return UnitChanges(_last(line).unit, changes, said, over)


def _year(filing: Filing | None, refs: Mapping[str, Ref]) -> Year:
    if filing is None:
        return ABSENT
    ref = refs.get(filing.edition)
    if ref is None:
        return OFF_FORM
    edition = named(filing.edition)
    parts = _parts(edition, ref)
    if parts != (ref,):
        computed = figures.total(filing.entries, parts)
        return Year(ref, computed, "absent" if computed is None else "figure")
    if ref not in filing.entries:
        return Year(ref, None, "absent")
    value = filing.entries[ref].value
    return Year(ref, value, "blank" if value is None else "typed" if isinstance(value, str) else "figure")


def _parts(edition: Edition, ref: Ref) -> tuple[Ref, ...]:
    """The entries a figure counts; those under it where it is a heading that has no cell."""
    if ref in edition.figures:
        return edition.figures[ref].parts
    table, row, column = ref.split("/")
    return tuple(
        dict.fromkeys(
            part
            for each in edition.figures.values()
            if each.table == table and each.row.id.startswith(f"{row}.") and each.column.id == column
            for part in each.parts
        )
    )


def _total(units: Sequence[UnitChanges], n: int) -> Change:
    """The sum of a figure over all units, and what each of them adds to its change."""
    of = [unit.figures[n] for unit in units]
    years = tuple(_sum([each.years[y] for each in of]) for y in range(len(of[0].years)))
    shares: list[Share] = [
        Share(unit.unit, _number(each.years[-1]) - _number(each.years[-2]))
        for unit, each in zip(units, of, strict=True)
    ]
    on_both = all(year.state == "figure" for year in years[-2:])
    by = sorted((each for each in shares if each.change and on_both), key=_size, reverse=True)
    return Change(of[0].ref, of[0].label, of[0].comparable, years, of[0].small_base, tuple(by))


def _size(share: Share) -> Decimal:
    return abs(Decimal(share.change))


def _sum(years: Sequence[Year]) -> Year:
    on_form = [each for each in years if each.ref is not None]
    if not on_form:
        return OFF_FORM
    total: Number = sum((_number(each) for each in on_form), start=0)
    return Year(on_form[0].ref, total, "figure")


def _number(year: Year) -> Number:
    """What a unit's figure adds to a sum: a blank, a text and a figure that is not there add nothing."""
    return year.value if isinstance(year.value, int | Decimal) else 0


def typed_over(filing: Filing) -> Iterator[TypedOver]:
    """The totals of a filing that are not the sums of their entries."""
    edition = named(filing.edition)
    for ref, computed in figures.totals(edition, filing.entries).items():
        if ref in filing.entries and (stated := filing.entries[ref].value) != computed:
            yield TypedOver(filing.source, ref, edition.figures[ref].label, stated, computed)
