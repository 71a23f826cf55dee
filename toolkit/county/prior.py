"""Last year's filings that a merged one is held against: the county's own, and those of its units added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.county.delivery import delivery
from toolkit.county.merge import merge
from toolkit.form.edition import named
from toolkit.ground.language import text
from toolkit.model.filing import Filing, Finding, Reading, Unit
from toolkit.model.ledger import SETTLED, Member, Merged
from toolkit.rules import check
from toolkit.years.prior import Priors


def prior_of(filing: Filing, member: Member | None, members: Sequence[Member], known: Priors) -> Filing | None:
    """Last year's filing of a unit, with those of the units of its roster that it took over added to it."""
    own = known.of(filing)
    if member is None:
        return own
    keys = {member.unit.code, member.unit.name} - {None, ""}
    before = [
        found
        for other in members
        if other.successor in keys and other is not member and not other.reports(filing.year)
        if (found := known.of(replace(filing, unit=other.unit))) is not None
    ]
    if not before:
        return own
    return _together([*([own] if own else []), *before], filing.unit)


def chained(merged: Merged, members: Sequence[Member], known: Priors | None) -> Merged:
    """The sum checked and held against last year: what the county itself reported, and what its units did.

    As long as a unit is not merged yet only the merged ones are held against their own last year, since the county's
    would differ by the others.
    """
    filing = merged.filing
    if filing is None:
        return merged
    if known is None:
        return replace(
            merged, findings=check(Reading(filing, (), 0, 0)).findings, last=(None,) * len(merged.contributions)
        )
    last = _of_units(filing, merged, members, known)
    own, same = known.of(filing), _same_units(filing, merged, members, last)
    whole = _everyone_is_in(merged)
    held = (own or same) if whole else same
    findings = check(Reading(filing, (), 0, 0), held).findings
    if whole and own is not None:
        findings += _of_the_sum(filing, findings, _reported_then(filing, members, known) if members else same)
    return replace(merged, before=same or own, last=last, findings=findings, unchained=own is not None and held is None)


def _of_units(filing: Filing, merged: Merged, members: Sequence[Member], known: Priors) -> tuple[Filing | None, ...]:
    """Last year's filing of every merged unit."""
    by_unit = {member.unit: member for member in members}
    return tuple(
        prior_of(replace(filing, unit=each.unit, source=each.source), by_unit.get(each.unit), members, known)
        for each in merged.contributions
    )


def _same_units(
    filing: Filing, merged: Merged, members: Sequence[Member], last: Sequence[Filing | None]
) -> Filing | None:
    """Last year's filings of the merged units added up; None where one of them is not known and its unit not new."""
    new = {member.unit for member in members if member.since == filing.year}
    old = [each for unit, each in zip(merged.contributions, last, strict=True) if unit.unit not in new]
    found = [each for each in old if each is not None]
    return _together(found, filing.unit) if found and len(found) == len(old) else None


def _everyone_is_in(merged: Merged) -> bool:
    """Whether no unit is left whose filing is missing or was not merged."""
    came = {each.unit for each in merged.contributions}
    left = (row for row in merged.ledger.rows if row.status not in SETTLED | {"not-on-roster", "not-read"})
    return not merged.ledger.missing and all(row.unit in came for row in left)


def _reported_then(filing: Filing, members: Sequence[Member], known: Priors) -> Filing | None:
    """Last year's filings of all units that reported then, added up; None where one of them is not known."""
    then = [member.unit for member in members if member.reports(filing.year - 1)]
    found = [each for unit in then if (each := known.of(replace(filing, unit=unit))) is not None]
    return _together(found, filing.unit) if found and len(found) == len(then) else None


def _of_the_sum(filing: Filing, said: Sequence[Finding], before: Filing | None) -> tuple[Finding, ...]:
    """Where the chain breaks against what the units reported, and not, or otherwise, against the county's own."""
    if before is None:
        return ()
    edition = named(filing.edition)
    known = {(each.rule, each.left, each.right) for each in said}
    return tuple(
        replace(each, message=text("against last year's filings of the units added up: {what}", what=each.message))
        for each in check(Reading(filing, (), 0, 0), before).findings
        if (each.rule, each.left, each.right) not in known and edition.rule(each.rule).equation is not None
    )


def _together(filings: Sequence[Filing], unit: Unit) -> Filing | None:
    """Last year's filings of units that are one by now, added up; None where they cannot be."""
    inputs = [
        replace(delivery(Reading(each, (), 0, 0), (), str(at)), source=f"{at}:{each.source}")
        for at, each in enumerate(filings)
    ]
    if len({each.edition for each in filings}) > 1:
        return None
    made = merge(inputs, Unit(""), include_invalid=True, edition_id=filings[0].edition).filing
    return None if made is None else replace(made, unit=unit)
