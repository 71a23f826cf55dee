"""Filings for the tests: one for each edition that keeps every rule, with last year's, and ways to change it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal

from toolkit import figures
from toolkit.edition import named
from toolkit.model import Entry, Filing, Reading, Ref, Unit, Value

TOWN = Unit("城关镇人民政府", "11532326015172345X", "township")
TEXTS = {
    "overview": "一年来，我镇主动公开工作平稳推进。\n依申请公开工作按时办结。",
    "problems": "一是公开不够及时；二是培训不足。下一步加强培训。",
    "other_matters": "本年度收取信息处理费 0 元。",
}
YEARS = {"2019": 2020, "2021": 2023}
"""The report year the filing of an edition is for; the year before is of the same edition."""

_REQUESTS: Mapping[Ref, Value] = {
    "requests/received/person": 10,
    "requests/received/org.business": 2,
    "requests/carried_in/person": 3,
    "requests/done.granted/person": 8,
    "requests/done.granted/org.business": 2,
    "requests/done.refused.secret/person": 1,
    "requests/done.unavailable.not_held/person": 2,
    "requests/carried_out/person": 2,
    "disputes/cases/review.upheld": 1,
    "disputes/cases/review.pending": 1,
    "disputes/cases/suit.direct.upheld": 2,
    "disputes/cases/suit.after_review.other": 1,
}
_OWN: Mapping[str, Mapping[Ref, Value]] = {
    "2019": {
        "documents/normative/made": 2,
        "documents/normative/newly_public": 2,
        "documents/normative/public": 9,
        "services/licences/items_before": 5,
        "services/licences/items_change": -1,
        "services/licences/decisions": 20,
        "enforcement/penalties/items_before": 4,
        "enforcement/penalties/items_change": 2,
        "enforcement/penalties/decisions": 7,
        "procurement/central/projects": 2,
        "procurement/central/amount": Decimal("25.1"),
    },
    "2021": {
        "documents/normative/issued": 2,
        "documents/normative/repealed": 1,
        "documents/normative/in_force": 9,
        "services/licences/decisions": 20,
        "enforcement/penalties/decisions": 7,
        "fees/fees/amount": Decimal("12.5"),
    },
}
_PRIOR: Mapping[str, Mapping[Ref, Value]] = {
    "2019": {
        "services/licences/items_before": 5,
        "enforcement/penalties/items_before": 4,
        "requests/carried_out/person": 3,
        "requests/received/person": 3,
    },
    "2021": {
        "documents/normative/in_force": 8,
        "requests/carried_out/person": 3,
        "requests/received/person": 3,
    },
}


def filing(edition: str, changes: Mapping[Ref, Value] | None = None, **fields: object) -> Filing:
    """The filing of an edition that keeps every rule, with some entries changed and every total computed anew."""
    return _made(edition, YEARS[edition], {**_REQUESTS, **_OWN[edition], **(changes or {})}, fields)


def prior(edition: str, changes: Mapping[Ref, Value] | None = None, **fields: object) -> Filing:
    """The same unit's filing of the year before, which the filing agrees with."""
    return _made(edition, YEARS[edition] - 1, {**_PRIOR[edition], **(changes or {})}, fields)


def _made(edition: str, year: int, values: Mapping[Ref, Value], fields: Mapping[str, object]) -> Filing:
    stated = named(edition)
    entries = {ref: Entry(values.get(ref, zero(edition, ref))) for ref in stated.entries}
    known = figures.filled(stated, entries)
    ordered = {ref: known[ref] for ref in stated.figures}
    return dataclasses.replace(Filing(edition, year, TOWN, ordered, TEXTS), **fields)  # type: ignore[arg-type]


def zero(edition: str, ref: Ref) -> Value:
    """The zero of a figure's kind of value."""
    return Decimal(0) if named(edition).figures[ref].value == "money" else 0


def typed(made: Filing, changes: Mapping[Ref, Value]) -> Filing:
    """A filing with figures typed over, totals left as they were."""
    return dataclasses.replace(made, entries={**made.entries, **{ref: Entry(value) for ref, value in changes.items()}})


def without(made: Filing, *refs: Ref) -> Filing:
    """A filing whose source lacked some figures."""
    return dataclasses.replace(made, entries={ref: entry for ref, entry in made.entries.items() if ref not in refs})


def reading(made: Filing) -> Reading:
    """A filing as a reader gives it when it found all of it."""
    return Reading(made, (), len(made.entries), len(named(made.edition).figures))


def values(made: Filing) -> dict[Ref, Value]:
    """The figures alone, without where they stood."""
    return {ref: entry.value for ref, entry in made.entries.items()}
