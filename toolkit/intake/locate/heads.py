"""The heads in a grid: which sheet column holds which column of the form, by the labels over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.ground.language import Text, listed, text
from toolkit.intake.locate import labels, likeness
from toolkit.intake.locate.column_groups import Leaf, grouped
from toolkit.intake.locate.labels import Lines, Match, Words
from toolkit.intake.locate.sheet import Sheet, number

LOWER = 3
"""So many rows below the last head row may hold the rest of a torn label."""

_UNITS = ("", "万元", "元")


class Column(NamedTuple):
    """The sheet columns one column of the form takes, and the unit of money its head names."""

    left: int
    right: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """One head: its rows, the columns of each table it may be of by column id, and the words over every sheet column.

    `doubtful` are sheet columns whose head is ours and cannot be told from another.
    """

    rows: tuple[int, ...]
    columns: Mapping[str, Mapping[str, Column]]
    doubtful: frozenset[int]
    words: Mapping[int, str]
    remarks: tuple[Text, ...]
    refused: tuple[Text, ...]

    @property
    def first(self) -> int:
        """Its first row."""
        return self.rows[0]

    @property
    def last(self) -> int:
        """Its last row."""
        return self.rows[-1]

    @property
    def taken(self) -> frozenset[int]:
        """The sheet columns that hold a column of some table."""
        spans = [column for columns in self.columns.values() for column in columns.values()]
        return frozenset(at for span in spans for at in range(span.left, span.right + 1))


def find(words: Words, sheet: Sheet) -> tuple[Head, ...]:
    """The heads of a sheet from the top."""
    blocks: list[list[int]] = []
    tables: list[frozenset[str]] = []
    for row in range(len(sheet.rows)):
        over = _tables(words, sheet, row)
        if not over:
            continue
        if blocks and tables[-1] & over and _one_head(words, sheet, blocks[-1], row):
            blocks[-1].append(row)
            tables[-1] |= over
        else:
            blocks.append([row])
            tables.append(over)
    return tuple(_head(words, sheet, tuple(rows), over) for rows, over in zip(blocks, tables, strict=True))


def block_head(words: Words, sheet: Sheet, row: int) -> bool:
    """Whether a row is the line over a block, 第二十条第（一）项, and no more."""
    said = {labels.key(label) for _, label in sheet.labels(row)}
    return len(said) == 1 and said <= words.heads


def _tables(words: Words, sheet: Sheet, row: int) -> frozenset[str]:
    """The tables whose columns a row names: two of them, or one that is like nothing else."""
    cells = sheet.labels(row)
    matches = [(label, match) for _, label in cells for match in words.column(label)]
    if not matches or any((found := words.row(label)) and found.sure and found.exact for label in dict(cells).values()):
        matches = []
    over: set[str] = set()
    for lines in words.columns:
        named = [(label, match) for label, match in matches if match.table == lines.table.id]
        leaves = {label for label, match in named if lines.lines[match.at].kind != "heading"}
        enough = len({label for label, _ in named}) >= min(2, len(lines.lines))
        if enough or any(len(labels.key(label)) >= 4 and words.row(label) is None for label in leaves):
            over.add(lines.table.id)
    return frozenset(over)


def _one_head(words: Words, sheet: Sheet, rows: Sequence[int], row: int) -> bool:
    """Whether a head row goes on with the head above it: near, with nothing of the form between, repeating nothing."""
    if row - rows[-1] > LOWER + 1:
        return False
    for between in range(rows[-1] + 1, row):
        if block_head(words, sheet, between) or any(words.row(label) for _, label in sheet.labels(between)):
            return False
    above = {(column, labels.key(label)) for each in rows for column, label in sheet.labels(each)}
    here = {(column, labels.key(label)) for column, label in sheet.labels(row) if words.column(label)}
    return not above & here


def _head(words: Words, sheet: Sheet, rows: tuple[int, ...], over: frozenset[str]) -> Head:
    columns: dict[str, Mapping[str, Column]] = {}
    doubtful: set[int] = set()
    remarks: list[Text] = []
    refused: list[Text] = []
    for lines in words.columns:
        if lines.table.id not in over:
            continue
        leaves = [leaf for at in range(sheet.width) if (leaf := _leaf(words, sheet, rows, lines, at))]
        told, notes, doubts = grouped(sheet, rows, lines, words, _settled(lines, leaves))
        placed, said, cells = _single(sheet, told)
        placed = {**placed, **_misprinted(sheet, rows, lines, placed)}
        remarks += [*notes, *_likenesses(sheet, lines, placed)]
        refused += [*doubts, *said]
        kept = {at for leaf in placed.values() for at in range(leaf.left, leaf.right + 1)}
        doubtful |= cells | {leaf.left for leaf in leaves if leaf.left not in kept}
        if placed:
            columns[lines.table.id] = {
                lines.lines[at].id: Column(leaf.left, leaf.right, labels.unit(leaf.label))
                for at, leaf in placed.items()
            }
    said_over = {at: label for at in range(sheet.width) if (label := _lowest(sheet, rows, at))}
    return Head(
        rows, columns, frozenset(doubtful), said_over, tuple(dict.fromkeys(remarks)), tuple(dict.fromkeys(refused))
    )


def _lowest(sheet: Sheet, rows: Sequence[int], column: int) -> str:
    """The lowest words of a head over a sheet column."""
    for row in reversed(rows):
        value = sheet.seen(row, column)
        if isinstance(value, str) and labels.key(value):
            return value
    return ""


def _leaf(words: Words, sheet: Sheet, rows: Sequence[int], lines: Lines, column: int) -> Leaf | None:
    """The column label over a sheet column, put together where it is torn over rows."""
    for label, row in _sayings(words, sheet, rows, column):
        if len(labels.label(label).bare) > 1 and (found := _leaves(words, lines, label)):
            area = sheet.area(row, column)
            return Leaf(area.left, area.right, row, label, found) if area.left == column else None
    return None


def _sayings(words: Words, sheet: Sheet, rows: Sequence[int], column: int) -> list[tuple[str, int]]:
    """What may be the label of a sheet column: its lowest words, those with the ones above, those torn off below."""
    said = [(row, value) for row in rows if isinstance(value := sheet.value(row, column), str) and labels.key(value)]
    below: list[tuple[int, str]] = []
    for row in range(rows[-1] + 1, min(rows[-1] + 1 + LOWER, len(sheet.rows))):
        if any(number(value) for value in sheet.rows[row]) or any(words.row(label) for _, label in sheet.labels(row)):
            break
        if isinstance(value := sheet.value(row, column), str) and labels.key(value):
            below.append((row, value))
    sayings = [(said[-1][1], said[-1][0])] if said else []
    sayings += [("".join(value for _, value in said[-2:]), said[-1][0])] if len(said) > 1 else []
    for taken in range(1, len(below) + 1):
        torn = "".join(value for _, value in below[:taken])
        sayings += [((said[-1][1] if said else "") + torn, below[taken - 1][0]), (torn, below[taken - 1][0])]
    return sayings


def _leaves(words: Words, lines: Lines, label: str) -> tuple[Match, ...]:
    return tuple(
        match
        for match in words.column(label)
        if match.table == lines.table.id and lines.lines[match.at].kind != "heading"
    )


def _settled(lines: Lines, leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves without those that are only like a label which also stands there, or like one out of its order."""
    exact = [(leaf.left, leaf.matches[0].at) for leaf in leaves if leaf.matches[0].exact and len(leaf.matches) == 1]

    def fits(leaf: Leaf) -> bool:
        at = leaf.matches[0].at
        return all(other != at and (left < leaf.left) == (other < at) for left, other in exact)

    return [leaf for leaf in leaves if leaf.matches[0].exact or len(leaf.matches) > 1 or fits(leaf)]


def _single(sheet: Sheet, placed: Sequence[tuple[int, Leaf]]) -> tuple[dict[int, Leaf], list[Text], set[int]]:
    """Columns that stand there once and in a unit we know; of the others why not, and where they stand."""
    kept: dict[int, Leaf] = {}
    refused: list[Text] = []
    doubtful: set[int] = set()
    for at, leaf in placed:
        same = [other for n, other in placed if n == at]
        if len(same) > 1:
            places = listed([sheet.place(other.row, other.left) for other in same])
            refused.append(
                text("{places}: “{label}” stands over several columns; none is taken", places=places, label=leaf.label)
            )
        elif labels.unit(leaf.label) not in _UNITS:
            refused.append(
                text(
                    "{place}: “{label}” names a unit that is not the form's; give the amounts in 万元",
                    place=sheet.place(leaf.row, leaf.left),
                    label=leaf.label,
                )
            )
        else:
            kept[at] = leaf
            continue
        doubtful |= {leaf.left}
    return kept, refused, doubtful


def _misprinted(sheet: Sheet, rows: Sequence[int], lines: Lines, placed: Mapping[int, Leaf]) -> dict[int, Leaf]:
    """The one column of a table that is missing, where one head that nobody knows stands just in its place."""
    missing = [at for at in lines.figures if at not in placed]
    order = sorted(placed, key=lambda at: placed[at].left)
    if len(missing) != 1 or not placed or order != sorted(placed):
        return {}
    at = missing[0]
    left = max((placed[each].right for each in placed if each < at), default=None)
    right = min((placed[each].left for each in placed if each > at), default=None)
    if left is None:
        between = [right - 1] if right else []
    else:
        between = list(range(left + 1, right if right is not None else min(left + 2, sheet.width)))
    said = [(column, _lowest(sheet, rows, column)) for column in between]
    heads = list(dict.fromkeys(word for _, word in said if word))
    if len(heads) != 1 or len(said) != 1 or not likeness.misprinted(labels.label(heads[0]).bare, lines.labels[at].bare):
        return {}
    column, word = said[0]
    row = next(each for each in reversed(rows) if sheet.seen(each, column) == word)
    return {at: Leaf(column, column, row, word, (Match(lines.table.id, at, False, False, likeness.MISPRINTED),))}


def _likenesses(sheet: Sheet, lines: Lines, placed: Mapping[int, Leaf]) -> list[Text]:
    return [
        text(
            "{place}: “{printed}” is read as “{label}”",
            place=sheet.place(leaf.row, leaf.left),
            printed=leaf.label,
            label=lines.lines[at].label,
        )
        for at, leaf in placed.items()
        if not leaf.matches[0].exact
    ]
