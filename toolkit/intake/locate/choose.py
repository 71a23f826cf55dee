"""Rows that were seen, settled: which of them are lines of the form, each once, and what became of the others.

A sure label holds wherever it stands; a likely one only where no sure one has its line and the form's order agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.form.parts import Edition, Ref
from toolkit.ground.language import Text, text
from toolkit.intake.locate.labels import Match, Words
from toolkit.model.filing import Entry


class Sighting(NamedTuple):
    """A label seen, with the figures beside it by column id; `cells` is None where none stand there.

    `place` names it in a message; `doubt` is why its figures cannot be taken, `remark` how they were.
    """

    match: Match
    printed: str
    place: Text
    cells: Mapping[str, Entry] | None = None
    doubt: Text | None = None
    remark: Text | None = None


class SeenRow(NamedTuple):
    """A line of the form with its figures by column id."""

    table: str
    line: str
    place: Text
    cells: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Piece:
    """What came of one sheet or one run of lines. `sighted` are the lines of the form whose labels stand there."""

    rows: tuple[SeenRow, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Text, ...] = ()
    refused: tuple[Text, ...] = ()
    unplaced: tuple[Text, ...] = ()
    sighted: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Located:
    """What was found by labels, and all that was seen and not taken.

    `remarks` say what was read by likeness, `refused` which rows and columns of the form were seen but are doubtful,
    `unplaced` which rows with figures are not of the form. `old_layout` has the tables that print a heading as one
    line with figures; those stand under the heading's ref. `doubled` is whether most lines stand there twice with
    figures, `differing` whether those differ. `opening` is how many lines stand before the first section; `odd_titles`
    says which titles of sections are not as the form has them.
    """

    entries: Mapping[Ref, Entry]
    texts: Mapping[str, str]
    remarks: tuple[Text, ...] = ()
    refused: tuple[Text, ...] = ()
    unplaced: tuple[Text, ...] = ()
    old_layout: tuple[str, ...] = ()
    doubled: bool = False
    differing: bool = False
    opening: int = 0
    odd_titles: tuple[Text, ...] = ()


def settle(words: Words, seen: Sequence[Sighting], torn: frozenset[str] = frozenset()) -> Piece:
    """The rows of one sheet or run of lines, in the order they were seen.

    `torn` are tables in which rows have lost their labels: there a likely label is not enough.
    """
    rows: list[SeenRow] = []
    remarks: list[Text] = []
    refused: list[Text] = []
    unplaced: list[Text] = []
    placed = [
        each.match.sure or (each.match.table not in torn and _in_order(words, seen, n)) for n, each in enumerate(seen)
    ]
    exact = {
        (each.match.table, each.match.at)
        for each, fits in zip(seen, placed, strict=True)
        if fits and each.match.exact and (each.cells is not None or each.doubt is not None)
    }
    for each, fits in zip(seen, placed, strict=True):
        line = words.table_rows(each.match.table).lines[each.match.at]
        if each.doubt is not None:
            refused.append(each.doubt)
        if each.cells is None:
            continue
        if not fits or (not each.match.exact and (each.match.table, each.match.at) in exact):
            unplaced.append(unknown(each.place, each.printed))
            continue
        remarks += [each.remark] if each.remark else []
        if not each.match.exact:
            remarks.append(
                text(
                    "{place}: “{printed}” is read as “{label}”",
                    place=each.place,
                    printed=each.printed,
                    label=line.label,
                )
            )
        rows.append(SeenRow(each.match.table, line.id, each.place, each.cells))
    sighted = frozenset((each.match.table, words.table_rows(each.match.table).lines[each.match.at].id) for each in seen)
    return Piece(tuple(rows), (), tuple(remarks), tuple(refused), tuple(unplaced), sighted)


def unknown(place: Text, printed: str) -> Text:
    """That a row with figures is not of the form."""
    return text("{place}: “{printed}” is no line of the form; its figures are not taken", place=place, printed=printed)


def nameless_row(place: Text) -> Text:
    """That a row with figures has no label."""
    return text("{place}: figures without a label; they are not taken", place=place)


def _in_order(words: Words, seen: Sequence[Sighting], n: int) -> bool:
    """Whether a likely row stands where the form has it: between its neighbours, under its heading."""
    at = seen[n].match.at
    lines = words.table_rows(seen[n].match.table)
    same = [(m, each.match) for m, each in enumerate(seen) if each.match.table == lines.table.id and each.match.sure]
    figure_rows = [(m, match.at) for m, match in same if lines.lines[match.at].kind != "heading"]
    if any((m < n) != (other < at) for m, other in figure_rows if other != at):
        return False
    parent = lines.parent(at)
    above = [(m, match.at) for m, match in same if m < n]
    if parent is not None and above and lines.parent(above[-1][1]) == parent:
        return True  # under a line of the same heading, whatever that is called here
    headings = [match.at for m, match in same if m < n and lines.lines[match.at].kind == "heading"]
    nested = [other for other in headings if lines.lines[other].id.count(".") or other == parent]
    if parent is None or not nested or lines.lines[parent].id.count(".") == 0:
        return True
    return nested[-1] == parent


def combine(edition: Edition, pieces: Iterable[Piece]) -> Located:
    """The pieces as one: every figure once, the figures of headings where their lines are missing."""
    pieces = tuple(pieces)
    by_line: dict[tuple[str, str], list[SeenRow]] = {}
    for piece in pieces:
        for row in piece.rows:
            by_line.setdefault((row.table, row.line), []).append(row)
    refused = [said for piece in pieces for said in piece.refused]
    chosen: dict[tuple[str, str], SeenRow] = {}
    doubled = differing = 0
    for line, rows in by_line.items():
        filled = [row for row in rows if any(entry.value is not None for entry in row.cells.values())] or rows
        doubled += len(filled) > 1
        if any(_values(row) != _values(filled[0]) for row in filled):
            differing += 1
            refused.append(_twice(edition, filled))
        else:
            chosen[line] = filled[0]
    entries, old_layout, subtotals = _entries(edition, chosen, {line for piece in pieces for line in piece.sighted})
    texts: dict[str, str] = {}
    for piece in pieces:
        for section, said in piece.texts:
            texts.setdefault(section, said)
    return Located(
        entries,
        {section.id: texts[section.id] for section in edition.texts if section.id in texts},
        tuple(said for piece in pieces for said in piece.remarks),
        (*refused, *subtotals),
        tuple(said for piece in pieces for said in piece.unplaced),
        old_layout,
        doubled * 2 > len(by_line),
        differing > 0,
    )


def _values(row: SeenRow) -> dict[str, object]:
    return {column: entry.value for column, entry in row.cells.items()}


def _twice(edition: Edition, rows: Sequence[SeenRow]) -> Text:
    line = next(line for line in edition.table(rows[0].table).rows if line.id == rows[0].line)
    return text(
        "“{label}” stands in {first} and in {second} with different figures; neither are taken",
        label=line.label or edition.table(rows[0].table).id, first=rows[0].place, second=rows[-1].place,
    )  # fmt: skip


def _entries(
    edition: Edition, chosen: Mapping[tuple[str, str], SeenRow], seen: set[tuple[str, str]]
) -> tuple[dict[Ref, Entry], tuple[str, ...], tuple[Text, ...]]:
    """Entries in the form's order, tables that print a heading as a line, and headings that are subtotals."""
    entries: dict[Ref, Entry] = {}
    old: list[str] = []
    subtotals: list[Text] = []
    for table in edition.tables:
        for line in table.rows:
            row = chosen.get((table.id, line.id))
            if row is None:
                continue
            if line.kind == "heading":
                if all(entry.value is None for entry in row.cells.values()):
                    continue
                if any(other == table.id and under.startswith(line.id + ".") for other, under in seen):
                    subtotals.append(
                        text(
                            "{place}: “{label}” is a heading; its lines are taken, not its own figures",
                            place=row.place,
                            label=line.label,
                        )
                    )
                    continue
                old.append(table.id)
            for column in table.columns:
                if column.id in row.cells:
                    entries[f"{table.id}/{line.id}/{column.id}"] = row.cells[column.id]
    return entries, tuple(dict.fromkeys(old)), tuple(subtotals)
