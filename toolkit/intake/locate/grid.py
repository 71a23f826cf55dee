"""The figures of one grid: every row by its label, every cell of it by the head over its column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.ground.language import Text, text
from toolkit.ground.patterns import pattern
from toolkit.intake.locate import divisions, heads, labels, leftovers, likeness, pages
from toolkit.intake.locate.choose import Piece, Sighting, nameless_row, settle, unknown
from toolkit.intake.locate.heads import Head
from toolkit.intake.locate.labels import Match, Words
from toolkit.intake.locate.row_cells import entries, misfit
from toolkit.intake.locate.sheet import Sheet, figure, number, sheet
from toolkit.intake.sources import Grid
from toolkit.model.filing import Entry

_NUMERAL = pattern("[一二三四五六七八九十0-9]{1,3}")

Cells = Sequence[tuple[int, str]]
Governed = Sequence[tuple[int, Head | None]]


class _Named(NamedTuple):
    """A row's label: its column, how it is printed, the line it is, and whether words beside it make it another row."""

    column: int
    printed: str
    match: Match
    alien: bool


def read(words: Words, grid: Grid) -> Piece:
    """What one grid gives."""
    seen = sheet(pages.mended(words, grid))
    found = heads.find(words, seen)
    governed = tuple(_governed(words, seen, found))
    nameless = _nameless(words, seen, governed)
    torn = frozenset(table for head in nameless.values() for table in head.columns)
    here = frozenset(
        match.table for row, _ in governed for _, said in seen.labels(row) if (match := words.row(said)) and match.sure
    )
    sightings: list[Sighting] = []
    unplaced: list[Text] = []
    divided = divisions.read(words, seen, governed)
    for row, head in governed:
        if not seen.labels(row):
            continue
        named = _named(words, seen, head, row)
        sightings += _headings(words, seen, row, named)
        if row in divided:
            sightings += divided[row]
        elif named is None or named.alien:
            unplaced += _foreign(words, seen, head, row)
        else:
            sightings.append(_sighting(words, seen, head, row, named, torn, here))
    settled = settle(words, sightings, torn)
    single = leftovers.unlabelled(words, seen, found)
    beyond = leftovers.columns(words, seen, found)
    in_heads = leftovers.in_heads(words, seen, found)
    unnamed = (nameless_row(seen.place(row, 0)) for row in nameless)
    of_heads = tuple(said for head in found for said in head.refused)
    return Piece(
        (*settled.rows, *single.rows),
        leftovers.texts(words, seen, found),
        (*(said for head in found for said in head.remarks), *settled.remarks),
        (*of_heads, *in_heads, *settled.refused, *unnamed, *single.refused, *beyond.refused),
        (*settled.unplaced, *unplaced, *single.unplaced, *beyond.unplaced),
        settled.sighted,
    )


def _governed(words: Words, seen: Sheet, found: Sequence[Head]) -> Iterator[tuple[int, Head | None]]:
    """Every row that is not of a head, with the head over it: the nearest above, unless another block has begun."""
    at_row = {row: head for head in found for row in head.rows}
    head: Head | None = None
    for row in range(len(seen.rows)):
        if row in at_row:
            head = at_row[row]
        elif heads.block_head(words, seen, row):
            head = None
        else:
            yield row, head


def _named(words: Words, seen: Sheet, head: Head | None, row: int) -> _Named | None:
    """The label of a row that is a line with figures, or the heading that stands alone in it."""
    taken = head.taken if head else frozenset[int]()
    cells = [(at, said) for at, said in seen.labels(row) if at not in taken and len(said) <= labels.LONGEST]
    matched = [(at, said, match) for at, said in cells if (match := words.row(said))]
    rows = [each for each in matched if not words.heading(each[2])]
    if not rows and (torn := _joined(words, cells)):
        return torn
    if not matched:
        return None
    column, said, match = (rows or matched)[-1]
    strangers = [cell for cell in cells if cell[0] != column and not _beside(words, head, cell, column)]
    if _alone(words, match, column, strangers):
        return _Named(column, said, match, alien=False)
    one = len({each[2].at for each in rows}) < 2
    if one and not strangers:
        return _Named(column, said, match, alien=False)
    together = _joined(words, [cell for cell in cells if cell in strangers or cell[0] == column])
    if one and together and together.match.at == match.at and together.match.score > labels.RENUMBERED:
        return together
    return _Named(column, said, match, alien=True)


def _alone(words: Words, match: Match, column: int, strangers: Cells) -> bool:
    """Whether a line under a heading is known by its own label, whatever is printed for the heading before it."""
    known = match.exact and words.nested(match) and not words.heading(match)
    return known and all(at < column and not likeness.counts_otherwise(said) for at, said in strangers)


def _joined(words: Words, cells: Cells) -> _Named | None:
    """The label that several cells of a row make together."""
    printed = "".join(said for _, said in cells)
    if len(cells) < 2 or not (match := words.row(printed)) or words.heading(match):
        return None
    return _Named(cells[0][0], printed, match, alien=False)


def _beside(words: Words, head: Head | None, cell: tuple[int, str], label_at: int) -> bool:
    """Whether words in a label's row leave it what it is: a heading, a number, or a column of their own."""
    at, said = cell
    match = words.row(said)
    if (match and words.heading(match)) or labels.key(said) in words.known or _NUMERAL.fullmatch(labels.key(said)):
        return True
    if head is None:
        return False
    over = head.words.get(at, "")
    return (bool(over) and over != head.words.get(label_at, "")) or at > max(head.taken, default=at)


def _headings(words: Words, seen: Sheet, row: int, named: _Named | None) -> list[Sighting]:
    """The headings printed beside a row's label."""
    return [
        Sighting(match, said, seen.place(row, column))
        for column, said in seen.labels(row)
        if (match := words.row(said)) and words.heading(match) and (named is None or column != named.column)
    ]


def _sighting(
    words: Words, seen: Sheet, head: Head | None, row: int, named: _Named, torn: frozenset[str], here: frozenset[str]
) -> Sighting:
    """A row with its figures, or why they are not taken.

    `torn` are the tables in which rows have lost their labels, `here` those that have lines in this grid for sure.
    """
    place = seen.place(row, named.column)
    columns = head.columns.get(named.match.table, {}) if head else {}
    doubt: Text | None = None
    cells: Mapping[str, Entry] | None = None
    if head is None or not columns:
        if named.match.table in here and any(
            number(value) for at, value in enumerate(seen.rows[row]) if at != named.column
        ):
            doubt = text(
                "{place}: “{label}” has no head of its table over it; its figures are not taken",
                place=place, label=named.printed,
            )  # fmt: skip
    elif fault := _fault(words, seen, head, row, named, torn):
        doubt = text("{place}: “{label}” is not taken: {why}", place=place, label=named.printed, why=fault)
    else:
        cells = entries(words, seen, named.match.table, columns, row, labels.unit(named.printed))
        if words.heading(named.match) and all(entry.value is None for entry in cells.values()):
            cells = None
    return Sighting(named.match, named.printed, place, cells, doubt)


def _fault(words: Words, seen: Sheet, head: Head, row: int, named: _Named, torn: frozenset[str]) -> Text | None:
    """Why a row's figures cannot be taken. A heading has some only where it is printed as one line, in one row."""
    table = named.match.table
    if words.heading(named.match):
        if not any(figure(seen.value(row, column.left)) for column in head.columns[table].values()):
            return None
        area = seen.area(row, named.column)
        if table in torn or area.top < area.bottom:
            return text("it is a heading, and the label of its line is missing")
    return misfit(words, seen, head, table, row)


def _nameless(words: Words, seen: Sheet, governed: Governed) -> dict[int, Head]:
    """The rows without a label that have figures where a table with labels has them, and the head over each."""
    labelled = {lines.table.id for lines in words.rows}
    found: dict[int, Head] = {}
    for row, head in governed:
        if head is None or seen.labels(row):
            continue
        spans = [column for table, held in head.columns.items() if table in labelled for column in held.values()]
        if any(number(seen.value(row, at)) for span in spans for at in range(span.left, span.right + 1)):
            found[row] = head
    return found


def _foreign(words: Words, seen: Sheet, head: Head | None, row: int) -> list[Text]:
    """That a row under one of our heads has figures and is none of ours."""
    labelled = {lines.table.id for lines in words.rows}
    if head is None or not labelled & set(head.columns) or not any(number(seen.value(row, at)) for at in head.taken):
        return []
    cells = seen.labels(row)
    return [unknown(seen.place(row, cells[0][0]), " ".join(said for _, said in cells)[: labels.SHOWN])]
