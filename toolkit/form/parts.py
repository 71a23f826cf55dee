"""The form as an edition states it: tables, lines, rules, figures. All frozen, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from toolkit.form.words import Choice, Report, Section, Speech, Typing, Wording

Ref = str
"""The name of one figure, `table/row/column`: `requests/done.granted/person`."""
Kind = Literal["heading", "total", "entry"]
ValueKind = Literal["count", "signed", "money"]
Level = Literal["error", "verify", "note"]
LEVELS: tuple[Level, ...] = ("error", "verify", "note")
"""The levels of a finding, the worst first: the one order of them."""
Each = Literal["row", "column"]
Number = int | Decimal
Value = Number | str | None
"""None is an empty cell, 0 a zero; a str is what was typed and is no number."""
Comparable = Literal["same", "differently-counted", "none"]


class Line(NamedTuple):
    """A row or a column as printed. `sum` names the lines (or headings, for all entry lines under them) it adds up.
    `once`: what it counts is counted in no other line of the same sum.
    """

    id: str
    label: str
    en: str
    kind: Kind
    sum: tuple[str, ...] = ()
    value: ValueKind | None = None
    short: str = ""
    prompt: str = ""
    once: bool = False

    @property
    def name(self) -> str:
        """The label as messages use it: the short one where the edition gives one."""
        return self.short or self.label


class Term(NamedTuple):
    """A summand of an equation: `factor` times a line's figure, or times 1 where `line` is empty."""

    factor: int
    line: str
    prior: bool = False


class Equation(NamedTuple):
    """A linear equation or bound between lines, `left op right`; op is one of = <= >=."""

    left: tuple[Term, ...]
    op: str
    right: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold. Either an equation over the lines of one table, or a named check; `cite` is its authority.

    `levels` are the unit levels it holds for, empty for all. `table` is empty for what is asked of the whole filing.
    `sums` marks the rule that a total's `sum` gives by itself; `options` are a named check's thresholds, `names` the
    lines, the section or the words that it is about.
    """

    id: str
    level: Level
    cite: str
    cite_en: str
    table: str = ""
    each: Each = "row"
    equation: Equation | None = None
    check: str = ""
    levels: tuple[str, ...] = ()
    sums: bool = False
    options: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bounds: Mapping[str, int] = field(default_factory=dict)

    def __hash__(self) -> int:
        """By its id; mappings have no hash."""
        return hash((self.id, self.table))


class Table(NamedTuple):
    """One printed table or block. `head` is the line over it, `stub` the label in its corner, `over` spans columns."""

    id: str
    sheet: str
    head: str
    stub: str
    over: str
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    rules: tuple[Rule, ...]


class Figure(NamedTuple):
    """One cell of a table that holds a figure. `parts` are the entries it counts: itself, or all those a total sums."""

    ref: Ref
    table: str
    row: Line
    column: Line
    kind: Kind
    value: ValueKind
    parts: tuple[Ref, ...]
    label: str


class Instance(NamedTuple):
    """One place a rule holds at: the line it is written for and the figures its terms name there.

    A side is a tuple of (factor, ref, prior); a ref of "" stands for the whole number 1.
    """

    rule: Rule
    at: Line
    left: tuple[tuple[int, Ref, bool], ...]
    op: str
    right: tuple[tuple[int, Ref, bool], ...]


class Counterpart(NamedTuple):
    """What figures of an earlier edition, `was`, are in this one; a `*` in both stands for the same line."""

    edition: str
    was: str
    figure: str
    how: Comparable

    def of(self, figures: Iterable[Ref]) -> dict[Ref, Ref]:
        """By figure of the earlier edition what it is here."""
        before, star, after = self.was.partition("*")
        if not star:
            return {ref: self.figure for ref in figures if ref == self.was}
        lines = {ref: ref[len(before) : len(ref) - len(after)] for ref in figures
                 if ref.startswith(before) and ref.endswith(after) and len(ref) > len(before) + len(after)}  # fmt: skip
        return {ref: self.figure.replace("*", line) for ref, line in lines.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """The form as one notice fixed it. `last` is None while the notice is in force; `variant_of` is the id of the
    edition whose place it may take. One edition is itself alone, so that what is made of it can be kept by it.

    `figures` has every figure in the order of the form, `instances` every place of every equation. A change from a
    figure below `small_base` has no per cent. What follows from these is put together once: `texts` are the sections
    that are text, `entries` the figures a unit fills in, in the order of the form, `entry_at` the place of each there.
    """

    id: str
    notice: str
    first: int
    last: int | None
    title: str
    sections: tuple[Section, ...]
    levels: tuple[Choice, ...]
    typing: Mapping[ValueKind, Typing]
    wording: Wording
    report: Report
    speech: Speech
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    figures: Mapping[Ref, Figure]
    instances: tuple[Instance, ...]
    small_base: int
    counterparts: tuple[Counterpart, ...] = ()
    variant_of: str = ""
    texts: tuple[Section, ...] = field(init=False, repr=False)
    entries: tuple[Ref, ...] = field(init=False, repr=False)
    entry_at: Mapping[Ref, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        entries = tuple(ref for ref, figure in self.figures.items() if figure.kind == "entry")
        object.__setattr__(self, "texts", tuple(section for section in self.sections if not section.sheet))
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "entry_at", {ref: at for at, ref in enumerate(entries)})

    def table(self, wanted: str) -> Table:
        """The table of an id.

        Raises:
            KeyError: the edition has no such table.
        """
        for table in self.tables:
            if table.id == wanted:
                return table
        raise KeyError(wanted)

    def asking(self, check: str) -> Rule | None:
        """The rule that calls for a named check, None where the edition does not ask it."""
        return next((rule for rule in self.rules if rule.check == check), None)

    def check(self, rule: str) -> str:
        """The named check that a rule of an id calls for, "" where it is an equation or no rule of this edition."""
        return next((each.check for each in self.rules if each.id == rule), "")

    def rule(self, wanted: str) -> Rule:
        """The rule of an id.

        Raises:
            KeyError: the edition has no such rule.
        """
        for rule in self.rules:
            if rule.id == wanted:
                return rule
        raise KeyError(wanted)


def label(edition: Edition, ref: Ref) -> str:
    """The name of a figure in a message."""
    if ref in edition.figures:
        return edition.figures[ref].label
    table, row, column = ref.split("/")
    lines = {line.id: line for line in edition.table(table).rows} | {
        line.id: line for line in edition.table(table).columns
    }
    return " ".join(lines[each].name for each in (row, column) if each in lines)
