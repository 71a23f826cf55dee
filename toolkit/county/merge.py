"""Many filings → one, and the ledger that says what became of each input. No input is read here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.county import lean
from toolkit.county.fates import Fate, Sought, fates, whose
from toolkit.form.edition import edition, named
from toolkit.form.parts import Edition, Number, Ref
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text
from toolkit.ground.shelf import put_by
from toolkit.model import figures
from toolkit.model.filing import Adjustment, Contribution, Entry, Filing, Tally, Unit, report_year
from toolkit.model.ledger import Delivery, Difference, Ledger, LedgerRow, Member, Merged, Unread
from toolkit.model.units import same


def merge(
    inputs: Iterable[Delivery | Unread],
    unit: Unit,
    members: Sequence[Member] = (),
    *,
    include_invalid: bool = False,
    latest: bool = False,
    litter: int = 0,
    edition_id: str = "",
) -> Merged:
    """The figures of all filings of the year that most of them are of, added up; every input is in one row.

    The order of the inputs does not matter. With `members` only their filings count, and those from whom nothing came
    are missing, but for the unit of the sum itself. `include_invalid` takes filings with errors, as long as every
    figure of them is a number. Added are filings of the edition in force for the year, or of `edition_id`.
    """
    given = sorted(inputs, key=lambda each: each.source)
    read = [each for each in given if isinstance(each, Delivery)]
    if not read:
        rows = lean.rows((_unread(each) for each in given if isinstance(each, Unread)), len(given))
        return Merged(Ledger(0, "", rows, tuple(members), litter=litter))
    year = report_year(each.year for each in read)
    stated = named(edition_id) if edition_id else edition(year)
    came = tuple(each.member.unit for each in given if isinstance(each, Unread) and each.member is not None)
    sought = Sought(year, stated.id, tuple(members), unit, include_invalid, latest, came)
    found = fates(read, sought)
    rows = lean.rows((_row(each, found[each.source]) if isinstance(each, Delivery) else _unread(each)
                      for each in given), len(given))  # fmt: skip
    contributions = _contributions([each for each in read if found[each.source].status == "merged"], members)
    expected = tuple(member for member in members if member.reports(year) and not same(unit, member.unit))
    ledger = Ledger(year, stated.id, rows, _missing(given, expected), expected, litter=litter)
    if not contributions:
        return Merged(ledger)
    filing = added(stated, year, _named(stated, unit, contributions, members), contributions, ())
    return Merged(ledger, filing, contributions)


def added(
    edition: Edition,
    year: int,
    unit: Unit,
    contributions: Sequence[Contribution],
    adjustments: Sequence[Adjustment],
) -> Filing:
    """The filing whose figures are the sums of the contributions, and of what the county adjusts."""
    sums: dict[Ref, Number] = dict.fromkeys(edition.entries, 0)
    for each in adjustments:
        if each.ref in sums and isinstance(each.amount, int | Decimal):
            sums[each.ref] += each.amount
    totals = list(sums.values())
    for part in contributions:
        totals = [total + figure if figure else total for total, figure in zip(totals, part.figures, strict=True)]
    entries = {ref: Entry(Decimal(total) if edition.figures[ref].value == "money" else total)
               for ref, total in zip(sums, totals, strict=True)}  # fmt: skip
    filled = figures.filled(edition, entries)
    return Filing(edition.id, year, unit, {ref: filled[ref] for ref in edition.figures}, {})


def adjusted(merged: Merged, tally: Tally, before: Filing) -> Merged:
    """A merged filing with what the county had adjusted, excused and written in its workbook before."""
    was = merged.filing
    if was is None:
        return merged
    unit = Unit(
        was.unit.name or before.unit.name, was.unit.code or before.unit.code, was.unit.level or before.unit.level
    )
    filing = added(named(was.edition), was.year, unit, merged.contributions, tally.adjustments)
    filing = replace(filing, texts=dict(before.texts), cover=dict(before.cover),
                     blanks_are_zero=before.blanks_are_zero)  # fmt: skip
    reasons = tuple((each.unit.name, each.reason) for each in tally.expected if each.reason)
    ledger = replace(merged.ledger, reasons=reasons)
    return replace(merged, ledger=ledger, filing=filing, adjustments=tally.adjustments)


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
    stated_form, found = named(merged.filing.edition), []
    for at, ref in enumerate(stated_form.entries):
        stated = reported.entries[ref].value if ref in reported.entries else None
        total = merged.filing.entries[ref].value
        if (0 if stated is None else stated) != total:
            here = tuple((each.unit, each.figures[at] or 0) for each in merged.contributions if each.figures[at])
            found.append(Difference(ref, stated_form.figures[ref].label, stated, total, here))  # type: ignore[arg-type]
    return tuple(found)


def _unread(each: Unread) -> LedgerRow:
    return LedgerRow(each.source, each.status, each.reason, each.member.unit if each.member else None)


def _row(each: Delivery, fate: Fate) -> LedgerRow:
    """What became of one filing."""
    whose = each.member.unit if each.member else each.unit
    unusable = each.unusable if fate.status == "merged" or each.unusable is not None else None
    return LedgerRow(each.source, fate.status, fate.reason, whose, each.findings, each.blanks, unusable)


def _contributions(taken: list[Delivery], members: Sequence[Member]) -> Sequence[Contribution]:
    """Whose figures are added, in the order of the roster, else of codes and names."""
    order = {member.unit: at for at, member in enumerate(members)}
    taken.sort(key=lambda each: (order.get(whose(each), 0), whose(each).code or "", whose(each).name))
    found = (Contribution(whose(each), each.source, each.figures,
                          any(finding.level == "error" for finding in each.findings)) for each in taken)  # fmt: skip
    return put_by(found, len(taken))


def _missing(given: Sequence[Delivery | Unread], expected: Sequence[Member]) -> tuple[Member, ...]:
    came = {each.member.unit for each in given if each.member is not None}
    return tuple(member for member in expected if member.unit not in came)


def _named(edition: Edition, unit: Unit, contributions: Sequence[Contribution], members: Sequence[Member]) -> Unit:
    """The unit of the merged filing, its level that above the units where nobody says it."""
    levels = {each.unit.level for each in contributions} | {member.unit.level for member in members}
    over = {each.id: each.above for each in edition.levels}
    above = {over.get(level or "", "") for level in levels}
    level = next((each.id for each in edition.levels if each.id in above), None)  # they stand in the order of rank
    return Unit(unit.name, unit.code, unit.level or level)
