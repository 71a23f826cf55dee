"""What a merge says: what became of every input, whose figures were added up, who is missing. All frozen.

How it comes about is `merge`'s; what it looks like is `render`'s and `write`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from toolkit.form.parts import Number, Ref
from toolkit.ground.language import Text, text
from toolkit.model.filing import Adjustment, Contribution, Filing, Finding, Unit

Status = Literal["merged", "rejected", "duplicate", "unreadable", "other-year", "not-on-roster"]
STATUSES: tuple[Status, ...] = ("merged", "rejected", "duplicate", "unreadable", "other-year", "not-on-roster")

NAMES: dict[Status, Text] = {
    "merged": text("merged"),
    "rejected": text("rejected"),
    "duplicate": text("delivered twice"),
    "unreadable": text("unreadable"),
    "other-year": text("of another year"),
    "not-on-roster": text("not on the roster"),
}
"""What each is called."""

Known = Literal["", "code", "name", "file-name"]
"""By what an input was matched with a unit of the roster."""


@dataclass(frozen=True, slots=True)
class Member:
    """A unit of a roster. `since` and `until` are the first and last report year it reports for, None where open.

    `parent` and `successor` name other units of the roster by code or name.
    """

    unit: Unit
    contact: str = ""
    parent: str = ""
    since: int | None = None
    until: int | None = None
    successor: str = ""

    def reports(self, year: int) -> bool:
        """Whether a filing is expected from it for a year."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One input as a merge needs it. `figures` are the entries of the edition in the order of the form, None a blank.

    `member` is the unit of the roster it belongs to, found `by`; `digest` tells inputs of the same bytes; `unusable`
    is why its figures cannot be added at all, whatever is allowed.
    """

    source: str
    digest: str
    unit: Unit
    year: int
    edition: str
    figures: tuple[Number | None, ...]
    findings: tuple[Finding, ...]
    blanks: int
    unusable: Text | None = None
    member: Member | None = None
    by: Known = ""
    remarks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Unusable:
    """An input that could not be read, and why; `member` is the unit that its file name speaks of."""

    source: str
    reason: Text
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one input; `unusable` is why its figures cannot be added, as of its `Delivery`."""

    source: str
    status: Status
    reason: Text
    unit: Unit | None = None
    findings: tuple[Finding, ...] = ()
    blanks: int = 0
    unusable: Text | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every input, in the order of their names; `missing` are the units from which nothing came."""

    year: int
    edition: str
    rows: tuple[Row, ...]
    missing: tuple[Member, ...] = ()

    def count(self, status: Status) -> int:
        """How many inputs ended so."""
        return sum(row.status == status for row in self.rows)

    @property
    def complete(self) -> bool:
        """Whether every input was merged and no unit is missing."""
        return not self.missing and self.count("merged") == len(self.rows)


@dataclass(frozen=True, slots=True)
class Merged:
    """Many filings added up. `filing` is None where nothing could be merged.

    `before` is what the same units reported the year before, or else the county itself, None where not all of it is
    known; `last` are the units' filings of that year, one for each contribution. `findings` are what the check says of
    the sum; `unchained` is that the county's own year before was given, but units are lacking that are part of it.
    """

    ledger: Ledger
    filing: Filing | None = None
    contributions: tuple[Contribution, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    before: Filing | None = None
    last: tuple[Filing | None, ...] = ()
    findings: tuple[Finding, ...] = ()
    unchained: bool = False


class Difference(NamedTuple):
    """A figure that was reported otherwise than its units add up to; `units` are those that report there."""

    ref: Ref
    label: str
    reported: Number | str | None
    merged: Number
    units: tuple[tuple[Unit, Number], ...]
