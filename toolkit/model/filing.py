"""The values every other room passes on: filings, findings, what a county adds up. All frozen, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.form.parts import Level, Number, Ref, Value
from toolkit.ground.language import Text
from toolkit.model.suspects import Suspect


class Origin(NamedTuple):
    """Where a figure stood: sheet and address, or, in a document without cells, `line` of it."""

    sheet: str | None = None
    cell: str | None = None
    line: int | None = None


class Entry(NamedTuple):
    """A figure as it was found. `remark` says what was read into it where it was not typed as a plain number."""

    value: Value
    origin: Origin = Origin()
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """The organ that reports. `code` and `level` are None where nobody has said."""

    name: str
    code: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """One unit's figures and texts for one year.

    `entries` has every figure that was found, totals as they stood; a figure that is absent was not in the source at
    all, one of value None was there and empty. A published report may give the figure of a heading instead of its
    lines: it stands under the heading's ref. `texts` are by section id, `cover` is what else stands on its cover, by
    field; `preamble` is what a report says before its first section, `signature` who signed it and when.
    `blanks_are_zero`: the unit says that every entry it left blank is a 0.
    """

    edition: str
    year: int
    unit: Unit
    entries: Mapping[Ref, Entry]
    texts: Mapping[str, str]
    source: str = ""
    cover: Mapping[str, str] = field(default_factory=dict)
    preamble: str = ""
    signature: str = ""
    blanks_are_zero: bool = False

    def __hash__(self) -> int:
        """By what tells filings apart: mappings have no hash, and equal filings have these alike."""
        return hash((self.edition, self.year, self.unit, self.source))


class Cell(NamedTuple):
    """A figure as a finding names it."""

    ref: Ref
    label: str
    value: Value
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says. `left`, `right` and `difference` are those of an equation; `remedy` says what to do.

    `explained` is the unit's answer to a finding to verify, where there is one that will do; `suspect` the cells
    that may be the cause, shared by all findings of one cause.
    """

    rule: str
    level: Level
    message: Text
    remedy: Text
    cite: str
    cite_en: str
    table: str = ""
    cells: tuple[Cell, ...] = ()
    left: Number | None = None
    right: Number | None = None
    difference: Number | None = None
    explained: str | None = None
    suspect: Suspect | None = None


class Explanation(NamedTuple):
    """What a unit wrote beside a finding; `key` is the finding's as it was then, empty for what belongs to none."""

    key: str
    said: str


class Unassessed(NamedTuple):
    """A rule that could not be looked at, and why; it has neither passed nor failed."""

    rule: str
    reason: Text


class Contribution(NamedTuple):
    """One unit's figures in a merged filing, in the order of the edition's entries; `invalid`: taken with its errors.

    `sealed` is False where the figures are no more those that were merged.
    """

    unit: Unit
    source: str
    figures: tuple[Number | None, ...]
    invalid: bool = False
    sealed: bool = True


class Adjustment(NamedTuple):
    """What the county itself adds to a figure, or takes off, and why; `ref` is empty for a figure that is not known."""

    ref: Ref
    amount: Value
    reason: str
    cell: str = ""


class Expected(NamedTuple):
    """A unit that a county workbook expects figures from: whether they are in its sum, else why not, if the county says
    so, and what became of its filing, as the ledger calls it (`returned`, `missing` …). Without a roster one that came
    and is not in the sum, which is not `due`; a file of no known unit stands there by its name.
    """

    unit: Unit
    merged: bool
    reason: str = ""
    became: str = ""
    due: bool = True


class Tally(NamedTuple):
    """What a county workbook says its figures are made of, and of whom it was to be made."""

    contributions: tuple[Contribution, ...]
    adjustments: tuple[Adjustment, ...]
    expected: tuple[Expected, ...] = ()


class Identity(NamedTuple):
    """What a workbook says of itself beside its cover: for whom it was made, and the digest of the file that it is a
    marked copy of.
    """

    made_for: Unit | None = None
    marked_from: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one input: the filing, what was said of the reading, figures found of how many.

    `explanations` are what the unit wrote on the list of findings, where the input is a marked copy; `tally` is what a
    county workbook says of its units; `identity` what a workbook says of itself.
    """

    filing: Filing
    findings: tuple[Finding, ...]
    found: int
    expected: int
    explanations: tuple[Explanation, ...] = ()
    tally: Tally | None = None
    identity: Identity = Identity()  # noqa: RUF009 - a tuple


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking one filing."""

    reading: Reading
    findings: tuple[Finding, ...]
    unassessed: tuple[Unassessed, ...]


def report_year(years: Iterable[int]) -> int:
    """The report year that is asked for: that of most filings, of equally many the latest; 0 where there are none."""
    said = tuple(years)
    return max(set(said), key=lambda year: (said.count(year), year), default=0)
