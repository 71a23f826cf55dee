"""Filings of several years → changes, across editions. Totals are the sums of their entries, whatever stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.form.counterparts import Matched, correspond
from toolkit.form.edition import named
from toolkit.form.parts import Edition, Number, Ref
from toolkit.model import figures
from toolkit.model.by_unit import ByUnit
from toolkit.model.changes import Absent, Change, Changes, Renamed, Share, TypedOver, UnitChanges, Why, Year
from toolkit.model.filing import Filing, Unit
from toolkit.model.units import plain, slip
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


def nobody_knows(unit: Unit, at: int) -> Why:
    """The reason why a unit is lacking where there is no roster to ask."""
    return "unknown"


def diff_units(
    folders: Sequence[Sequence[Filing]],
    why: Callable[[Unit, int], Why] = nobody_knows,
    expected: Sequence[Unit] = (),
    own: Sequence[Filing] = (),
) -> Changes:
    """The filings of many units: those of each year, the same units beside each other; with totals over the units that
    are in every year, and who caused them.

    `why` says of a unit and the place of a year in which it is lacking what is known of it; `expected` are units that
    may be lacking in all of them. `own` are the county's own filings, shown before its units and in no total.

    Raises:
        NoEdition: a filing names an edition that is not known.
    """
    rows = correspond([named(each.edition) for year in (*folders, own) for each in year])
    matched = _matched(folders)
    years = tuple(year[0].year for year in folders)
    units = tuple(_unit(rows, line) for line in matched)
    whole = tuple(unit for unit, line in zip(units, matched, strict=True) if all(line))
    renamed = tuple(_renamed(matched))
    return Changes(
        years,
        tuple(year[0].edition for year in folders),
        (*([_unit(rows, tuple(own))] if own else []), *units),
        tuple(_total(whole, n) for n in range(len(rows))) if whole else (),
        tuple(line[-1].unit for line in matched if line[-1] and not any(line[:-1])),
        tuple(each.unit for line in matched if line[-1] is None for each in [_last(line)]),
        tuple(each for each in renamed if not slip(each.before, each.after)),
        tuple(each for each in renamed if slip(each.before, each.after)),
        len(whole),
        tuple(_absent(matched, years, why, expected)),
    )


def _absent(
    matched: Sequence[Sequence[Filing | None]], years: Sequence[int], why: Callable[[Unit, int], Why],
    expected: Sequence[Unit],
) -> Iterator[Absent]:  # fmt: skip
    """The units that are lacking in a year; an expected one that is lacking in all of them where it should report."""
    here = ByUnit((each.unit, each) for line in matched for each in line if each is not None)
    lacking = [(_last(line).unit, [each is None for each in line]) for line in matched]
    lacking += [(unit, [True] * len(years)) for unit in expected if not any(here.of(unit))]
    for unit, gaps in lacking:
        for at, gap in enumerate(gaps):
            if gap and ((reason := why(unit, at)) not in ("new", "gone") or not all(gaps)):
                yield Absent(unit, years[at], reason)


def _matched(folders: Sequence[Sequence[Filing]]) -> tuple[tuple[Filing | None, ...], ...]:
    lines: list[list[Filing | None]] = []
    known: ByUnit[list[Filing | None]] = ByUnit()
    for n, year in enumerate(folders):
        for each in year:
            line = next((line for line in known.of(each.unit) if line[n] is None), None)
            if line is None:
                line = [None] * len(folders)
                lines.append(line)
            line[n] = each
            known.add(each.unit, line)
    return tuple(tuple(line) for line in lines)


def _last(line: Sequence[Filing | None]) -> Filing:
    return [each for each in line if each is not None][-1]


def _renamed(matched: Sequence[Sequence[Filing | None]]) -> Iterator[Renamed]:
    for line in matched:
        held = [each.unit for each in line if each is not None]
        if held[0].code and plain(held[0].name) != plain(held[-1].name):
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
    """The sum of a figure over the units that have it in every year whose form has it, and what each of them adds to
    its change. A unit with a text in its place, or on another form than the others, is left out, and named.
    """
    first = units[0].figures[n]
    asked = [any(unit.figures[n].years[y].ref is not None for unit in units) for y in range(len(first.years))]
    counted = [unit for unit in units if _is_whole(unit.figures[n], asked)]
    of = [unit.figures[n] for unit in counted]
    years = tuple(
        _sum([each.years[y] for each in of]) if of and asked[y] else ABSENT if asked[y] else OFF_FORM
        for y in range(len(first.years))
    )
    shares: list[Share] = [
        Share(unit.unit, _number(each.years[-1]) - _number(each.years[-2]))
        for unit, each in zip(counted, of, strict=True)
    ]
    left_out = tuple(unit.unit for unit in units if unit not in counted)
    on_both = all(year.state == "figure" for year in years[-2:])
    by = sorted((each for each in shares if each.change and on_both), key=_size, reverse=True)
    return Change(first.ref, first.label, first.comparable, years, first.small_base, tuple(by), left_out)


def _is_whole(of: Change, asked: Sequence[bool]) -> bool:
    """Whether a figure is a number or a blank in every year in which anybody is asked for it."""
    return all(year.state in ("figure", "blank") for year, here in zip(of.years, asked, strict=True) if here)


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
