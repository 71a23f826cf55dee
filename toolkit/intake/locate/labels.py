"""Labels as they are printed and mistyped, and which line of the form a text is: exactly, or by unmistakable likeness.

Nothing here knows where a label stands; order and neighbours are weighed in `settle`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from toolkit.form.parts import Edition, Line, Table
from toolkit.ground.patterns import pattern
from toolkit.intake.locate.likeness import LIKE, alike, counts_otherwise, part_of

LONGEST = 160
"""A text longer than this is no label."""

APART = 0.1
"""By how much more like a label a text must be than like any other of the form."""

SHOWN = 60
"""So many characters of a label that is none of ours are quoted."""

GENERIC = 2
"""A label of so few characters (其他, 总计, 规章) says little without its number or its place."""

_NUMBER = pattern(r"\(?([一二三四五六七八九十]{1,3}|[0-9]{1,2}(?![0-9]))\)?[、.,:．]*(?=.)")
_ASIDE = pattern(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]?")
_UNIT = pattern(r"(?:单位)?(亿元|千万元|百万元|万元|千元|元)")


class Label(NamedTuple):
    """A label taken apart: its number, its words without it, without what stands in brackets, and that."""

    whole: str
    number: str
    bare: str
    core: str
    aside: str


class Match(NamedTuple):
    """The line a text is. `sure` matches hold wherever they stand, the others only in the form's order.

    `exact` is False where the text differs from the printed label in more than blanks and marks.
    """

    table: str
    at: int
    sure: bool
    exact: bool
    score: float


RENUMBERED = 0.95


def key(text: str) -> str:
    """A text by its letters and digits alone: width, blanks, line breaks, marks and brackets make no difference."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).casefold()


@lru_cache(maxsize=8192)
def label(text: str) -> Label:
    """A text taken apart as a label."""
    close = "".join(unicodedata.normalize("NFKC", text).split())
    found = _NUMBER.match(close)
    rest = close[found.end() :] if found else close
    if not key(rest):
        found, rest = None, close
    asides = "".join(_ASIDE.findall(rest))
    return Label(key(close), found[1] if found else "", key(rest), key(_ASIDE.sub("", rest)), key(asides))


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows or columns of one table as labels, headings among them."""

    table: Table
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]

    @property
    def figures(self) -> tuple[int, ...]:
        """The lines that are no headings."""
        return tuple(at for at, line in enumerate(self.lines) if line.kind != "heading")

    def parent(self, at: int) -> int | None:
        """The heading a line stands under."""
        above = self.lines[at].id.rpartition(".")[0]
        return next((n for n, line in enumerate(self.lines) if line.id == above), None)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The labels of an edition: rows and columns by table, and all words printed around them."""

    edition: Edition
    rows: tuple[Lines, ...]
    columns: tuple[Lines, ...]
    heads: frozenset[str]
    known: frozenset[str]

    def row(self, text: str) -> Match | None:
        """The row a text is the label of."""
        return _match(text, self)

    def heading(self, match: Match) -> bool:
        """Whether the row a text was matched with is a heading."""
        return self.table_rows(match.table).lines[match.at].kind == "heading"

    def nested(self, match: Match) -> bool:
        """Whether the row a text was matched with is a line under a heading."""
        return self.table_rows(match.table).parent(match.at) is not None

    def section(self, sheet: str) -> str:
        """The title of the section a sheet is."""
        return next((section.title for section in self.edition.sections if section.sheet == sheet), sheet)

    def table_rows(self, table: str) -> Lines:
        """The rows of a table that has labelled ones."""
        return next(lines for lines in self.rows if lines.table.id == table)

    def table_columns(self, table: str) -> Lines:
        """The columns of a table."""
        return next(lines for lines in self.columns if lines.table.id == table)

    def column(self, text: str) -> tuple[Match, ...]:
        """The columns a text is the head of; several where tables, or groups of one table, share a label."""
        return _columns(text, self)


@lru_cache(maxsize=64)
def words(edition: Edition) -> Words:
    """The labels of an edition."""
    rows = tuple(_lines(table, table.rows) for table in edition.tables if any(row.label for row in table.rows))
    columns = tuple(_lines(table, table.columns) for table in edition.tables)
    heads = frozenset(key(table.head) for table in edition.tables if table.head)
    around = {key(said) for table in edition.tables for said in (table.stub, table.over, table.head) if said}
    around |= {said for section in edition.sections for said in (label(section.title).whole, label(section.title).bare)}
    for lines in (*rows, *columns):
        around |= {said for each in lines.labels for said in (each.whole, each.bare, each.core)}
    return Words(edition, rows, columns, heads, frozenset(around - {""}))


def _lines(table: Table, lines: tuple[Line, ...]) -> Lines:
    return Lines(table, lines, tuple(label(line.label) for line in lines))


def unit(text: str) -> str:
    """The unit of money a head names: 元 of 采购总金额(元); empty where it names none."""
    close = "".join(unicodedata.normalize("NFKC", text).split())
    found = re.search(r"(亿元|千万元|百万元|万元|千元|元)[)\]】〕]*$", close)
    return found[1] if found else ""


@lru_cache(maxsize=8192)
def _match(text: str, words: Words) -> Match | None:
    typed = label(text) if len(text) <= LONGEST else None
    if typed is None or not typed.whole:
        return None
    found = [
        match
        for lines in words.rows
        for at, ours in enumerate(lines.labels)
        if (match := _compare(typed, ours, lines, at))
    ]
    if not found:
        return None
    found.sort(key=lambda match: -match.score)
    if len(found) > 1 and found[0].score - found[1].score < (APART if found[0].score < RENUMBERED else 0.001):
        return None
    return found[0]


@lru_cache(maxsize=8192)
def _columns(text: str, words: Words) -> tuple[Match, ...]:
    typed = label(text) if len(text) <= LONGEST else None
    if typed is None or not typed.whole:
        return ()
    found = [
        match
        for lines in words.columns
        for at, ours in enumerate(lines.labels)
        if typed.number == ours.number and (match := _compare(typed, ours, lines, at))
    ]
    best = max((match.score for match in found), default=0)
    rivals = {lines.labels[match.at].whole for lines in words.columns for match in found
              if lines.table.id == match.table and match.score > best - APART}  # fmt: skip
    if best < 1 and len(rivals) > 1:
        return ()
    return tuple(match for match in found if match.score == best)


def _compare(typed: Label, ours: Label, lines: Lines, at: int) -> Match | None:
    """How a text is the label of a line: exactly, but for words in brackets, its number, or some characters."""
    if not ours.whole:
        return None

    def match(score: float, *, sure: bool, exact: bool) -> Match:
        return Match(lines.table.id, at, sure, exact, score)

    if typed.whole == ours.whole:
        return match(1.0, sure=len(ours.bare) > GENERIC or not lines.lines[at].id.count("."), exact=True)
    numbered = bool(typed.number and ours.number and typed.number != ours.number)
    if numbered and len(ours.bare) <= GENERIC:
        return None
    if typed.bare == ours.bare and not numbered:
        return match(0.999, sure=len(ours.bare) > GENERIC or not ours.number, exact=True)
    if typed.core and typed.core == ours.core and not numbered and _says_nothing_else(typed, ours):
        plain = not typed.aside or _UNIT.fullmatch(typed.aside) is not None
        return match(0.998 if plain else 0.99, sure=plain and len(ours.core) > GENERIC, exact=plain)
    if typed.core in (ours.bare, ours.core) and typed.core and _says_nothing_else(typed, ours):
        return match(RENUMBERED, sure=False, exact=False)
    if numbered or part_of(typed.bare, ours.bare) or part_of(typed.bare, ours.core):
        return None
    score = max(alike(typed.bare, ours.bare), alike(typed.core, ours.core) if _says_nothing_else(typed, ours) else 0)
    return match(min(score, 0.94), sure=False, exact=False) if score > LIKE else None


def _says_nothing_else(typed: Label, ours: Label) -> bool:
    """Whether words in brackets are guidance, not another thing counted (其中：…, 上年)."""
    return typed.aside in ours.aside or not counts_otherwise(typed.aside)


def known_words(said: str, known: Iterable[str]) -> bool:
    """Whether a key is made of words of the form and nothing else."""
    words_by_first: dict[str, list[str]] = {}
    for word in known:
        words_by_first.setdefault(word[0], []).append(word)
    reached = {0}
    for at in range(len(said)):
        if at in reached:
            reached |= {at + len(word) for word in words_by_first.get(said[at], ()) if said.startswith(word, at)}
    return len(said) in reached
