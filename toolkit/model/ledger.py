"""What a merge says: what became of every input, whose figures were added up, who is missing. All frozen.

How it comes about is `merge`'s; what it looks like is `render`'s and `write`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal, NamedTuple, get_args

from toolkit.form.parts import Number, Ref
from toolkit.ground.language import Text, text
from toolkit.model.filing import Adjustment, Cell, Contribution, Filing, Finding, Unit

Status = Literal[
    "merged", "rejected", "duplicate", "superseded", "sum", "unreadable", "not-read", "other-year", "not-on-roster"
]
STATUSES: tuple[Status, ...] = get_args(Status)
SETTLED: frozenset[Status] = frozenset({"merged", "superseded", "sum"})
"""What asks nothing of anybody: it counts, or another input counts in its place."""

UNSEEN: frozenset[Status] = frozenset({"unreadable", "not-read"})
"""What nobody looked into."""

NAMES: dict[Status, Text] = {
    "merged": text("merged"),
    "rejected": text("rejected"),
    "duplicate": text("delivered twice"),
    "superseded": text("replaced"),
    "sum": text("a sum itself"),
    "unreadable": text("unreadable"),
    "not-read": text("not read"),
    "other-year": text("of another year"),
    "not-on-roster": text("not on the roster"),
}
"""What each is called."""


def passed_over(count: int) -> Text:
    """What is said of the files in a folder that no unit delivered."""
    return text("{count} lock files, hidden files and the like were passed over", count=count)


State = Literal["merged", "returned", "duplicate", "unread", "missing"]
"""What became of a unit that is expected."""

_STATES: tuple[tuple[State, frozenset[Status]], ...] = (
    ("merged", frozenset({"merged"})),
    ("duplicate", frozenset({"duplicate"})),
    ("returned", frozenset({"rejected", "other-year", "not-on-roster", "sum", "superseded"})),
    ("unread", UNSEEN),
)


def became(statuses: Iterable[Status]) -> State:
    """What that makes of a unit whose inputs ended so."""
    came = set(statuses)
    return next((state for state, of in _STATES if came & of), "missing")


Known = Literal["", "code", "name", "file-name", "confirmed"]
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

    `member` is the unit of the roster it belongs to, found `by`; `digest` tells inputs of the same bytes, `replaces`
    the input of which it is a marked copy come back; `saved` is when it was saved last, where that is asked for.
    `made_of` are the units of a county workbook. `unusable` is why its figures cannot be added at all, whatever is
    allowed; `contradiction` why nobody knows whose they are; `likeness` is what other units' filings are compared by,
    `amounts` the amounts of money that are.
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
    replaces: str = ""
    saved: str = ""
    made_of: tuple[Unit, ...] = ()
    contradiction: Text | None = None
    likeness: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
    amounts: tuple[Cell, ...] = ()

    def with_findings(self, findings: tuple[Finding, ...]) -> Delivery:
        """The same delivery, of which something else is found."""
        return replace(self, findings=findings)


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that could not be read, or that is of no kind that is read, and why; `member` is the unit that its file
    name speaks of.
    """

    source: str
    reason: Text
    status: Literal["unreadable", "not-read"] = "unreadable"
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What became of one input; `unusable` is why its figures cannot be added, as of its `Delivery`."""

    source: str
    status: Status
    reason: Text
    unit: Unit | None = None
    findings: tuple[Finding, ...] = ()
    blanks: int = 0
    unusable: Text | None = None

    @property
    def named(self) -> str:
        """What it is spoken of by: its unit, else the name of the file."""
        return self.unit.name if self.unit else PurePath(self.source.rpartition(" › ")[2]).name


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every input, in the order of their names; `missing` are the units from which nothing came.

    `expected` are the units of the roster that report for the year, none where there is no roster; `reasons` is why the
    county goes on without one of them, or a file, by its name; `litter` counts lock files and what systems leave in
    folders.
    """

    year: int
    edition: str
    rows: tuple[LedgerRow, ...]
    missing: tuple[Member, ...] = ()
    expected: tuple[Member, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    litter: int = 0

    def count(self, status: Status) -> int:
        """How many inputs ended so."""
        return sum(row.status == status for row in self.rows)

    @property
    def settled(self) -> bool:
        """Whether no input asks anything of anybody."""
        return all(row.status in SETTLED for row in self.rows)

    @property
    def lacking(self) -> tuple[Member, ...]:
        """The units of the roster whose figures are not in the sum."""
        merged = {row.unit for row in self.rows if row.status == "merged"}
        return tuple(member for member in self.expected if member.unit not in merged)

    @property
    def unexcused(self) -> tuple[Member, ...]:
        """Those of the lacking units for which the county gives no reason."""
        excused = {name for name, reason in self.reasons if reason}
        return tuple(member for member in self.lacking if member.unit.name not in excused)

    @property
    def left_out(self) -> tuple[LedgerRow, ...]:
        """Without a roster, what came and ought to be in the sum: of every unit that is not the first input that asks
        something of somebody, and every such input of no known unit.
        """
        if self.expected:
            return ()
        merged = {row.unit for row in self.rows if row.status == "merged"}
        found: dict[Unit | str, LedgerRow] = {}
        for row in self.rows:
            if row.status not in SETTLED and (row.unit is None or row.unit not in merged):
                found.setdefault(row.unit or row.source, row)
        return tuple(found.values())

    def states(self) -> Mapping[Unit, State]:
        """What became of each unit of which something came: of several inputs the one that got furthest counts."""
        came: dict[Unit, set[Status]] = {}
        for row in self.rows:
            if row.unit is not None:
                came.setdefault(row.unit, set()).add(row.status)
        return {unit: became(statuses) for unit, statuses in came.items()}

    @property
    def complete(self) -> bool | None:
        """Whether every unit of the roster is in the sum, or the county says why not; None without a roster."""
        return not self.unexcused if self.expected else None


@dataclass(frozen=True, slots=True)
class Merged:
    """Many filings added up. `filing` is None where nothing could be merged.

    `before` is what the same units reported the year before, or else the county itself, None where not all of it is
    known; `last` are the units' filings of that year, one for each contribution. `findings` are what the check says of
    the sum; `differences` where a reported filing is another, None where there is none to hold it against; `unchained`
    is that the county's own year before was given, but units are lacking that are part of it.
    """

    ledger: Ledger
    filing: Filing | None = None
    contributions: Sequence[Contribution] = ()
    adjustments: tuple[Adjustment, ...] = ()
    before: Filing | None = None
    last: Sequence[Filing | None] = ()
    findings: tuple[Finding, ...] = ()
    unchained: bool = False
    differences: tuple[Difference, ...] | None = None


class Difference(NamedTuple):
    """A figure that was reported otherwise than its units add up to; `units` are those that report there."""

    ref: Ref
    label: str
    reported: Number | str | None
    merged: Number
    units: tuple[tuple[Unit, Number], ...]
