"""What else a grid holds: the table whose one row has no label, the texts, and figures under no label of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.ground.language import Text, listed, text
from toolkit.intake.locate import heads, labels, sections
from toolkit.intake.locate.choose import Piece, SeenRow, unknown
from toolkit.intake.locate.heads import Head
from toolkit.intake.locate.labels import Words
from toolkit.intake.locate.row_cells import entries, misfit
from toolkit.intake.locate.sheet import Sheet, blank, figure, number
from toolkit.intake.sources.text import signature


def unlabelled(words: Words, seen: Sheet, found: Sequence[Head]) -> Piece:
    """The rows of tables whose one row has no label: the one with figures under the head, else the first blank one."""
    labelled = {lines.table.id for lines in words.rows}
    rows: list[SeenRow] = []
    refused: list[Text] = []
    unplaced: list[Text] = []
    for head in found:
        for table in [each for each in head.columns if each not in labelled]:
            under = _under(words, seen, head, table)
            unplaced += [_foreign(seen, row) for row in under.foreign]
            if len(under.figures) > 1:
                places = listed([seen.place(row, 0) for row in under.figures])
                refused.append(text("{places}: which of these rows holds the figures cannot be told", places=places))
                continue
            row = (under.figures or (() if _astray(seen) else under.blank) or (None,))[0]
            if row is None:
                refused.append(
                    text("{place}: no row of figures stands under this head", place=seen.place(head.last, 0))
                )
            elif fault := misfit(words, seen, head, table, row):
                refused.append(text("{place}: the row is not taken: {why}", place=seen.place(row, 0), why=fault))
            else:
                cells = entries(words, seen, table, head.columns[table], row)
                name = words.table_columns(table).table.rows[0].id
                rows.append(SeenRow(table, name, seen.place(row, 0), cells))
    return Piece(tuple(rows), refused=tuple(refused), unplaced=tuple(unplaced))


class _Under(NamedTuple):
    """The rows under a head without row labels: those of figures, blank ones, and those with figures that are none."""

    figures: tuple[int, ...]
    blank: tuple[int, ...]
    foreign: tuple[int, ...]


def _under(words: Words, seen: Sheet, head: Head, table: str) -> _Under:
    """Rows down to the next thing of the form; those with words beside their figures only for want of others."""
    spans = [at for column in head.columns[table].values() for at in range(column.left, column.right + 1)]
    figures: list[int] = []
    named: list[int] = []
    empty: list[int] = []
    foreign: list[int] = []
    for row in range(head.last + 1, len(seen.rows)):
        if _ends(words, seen, row):
            break
        cells = [value for at in spans if not blank(value := seen.value(row, at))]
        said = [at for at, _ in seen.labels(row) if at not in spans]
        full = len(cells) == len(head.columns[table])
        if not cells:
            empty += [] if said else [row]
        elif _figures(cells, full=full) and (full or not said):
            (named if said else figures).append(row)
        elif any(number(value) for value in cells):
            foreign.append(row)
    return _Under(tuple(figures or named), tuple(empty), tuple(foreign))


def _foreign(seen: Sheet, row: int) -> Text:
    return unknown(seen.place(row, 0), " ".join(label for _, label in seen.labels(row))[: labels.SHOWN])


def _ends(words: Words, seen: Sheet, row: int) -> bool:
    """Whether a row belongs to what comes after a table."""
    cells = [label for _, label in seen.labels(row)]
    return (
        heads.block_head(words, seen, row)
        or any((match := words.row(label)) is not None and match.exact for label in cells)
        or any(words.column(label) for label in cells)
        or bool(cells and sections.title(words, cells[0]))
    )


def _astray(seen: Sheet) -> bool:
    """Whether some row has figures and no label: it may be the row we look for, out of its place."""
    return any(not seen.labels(row) and any(number(value) for value in seen.rows[row]) for row in range(len(seen.rows)))


def _figures(cells: Sequence[object], *, full: bool) -> bool:
    """Whether cells are a row of figures; words are among them only in a full row, and not at its beginning."""
    figures = [value for value in cells if figure(value)]
    return len(figures) == len(cells) or (full and figure(cells[0]) and 2 * len(figures) > len(cells))


def in_heads(words: Words, seen: Sheet, found: Sequence[Head]) -> list[Text]:
    """Figures in a head row; they belong to no row."""
    rows = {row for head in found for row in head.rows}
    rows |= {row for row in range(len(seen.rows)) if heads.block_head(words, seen, row)}
    return [
        text("{place}: a figure in a head row is not taken", place=seen.place(row, column))
        for row in sorted(rows)
        for column, value in enumerate(seen.rows[row])
        if number(value)
    ]


def columns(words: Words, seen: Sheet, found: Sequence[Head]) -> Piece:
    """Columns with figures beside ours that are none of the form, or whose head is gone or misprinted."""
    refused: list[Text] = []
    unplaced: list[Text] = []
    for n, head in enumerate(found):
        end = found[n + 1].first if n + 1 < len(found) else len(seen.rows)
        rows = [row for row in range(head.last + 1, end) if any(number(seen.value(row, at)) for at in head.taken)]
        for at in range(_behind_labels(seen, rows, min(head.taken, default=seen.width)), seen.width):
            if at in head.taken | head.doubtful or not any(number(seen.value(row, at)) for row in rows):
                continue
            over, place = head.words.get(at, ""), seen.place(head.last, at)
            if over and labels.key(over) not in words.known:
                said = text(
                    "{place}: “{label}” is no column of the form; its figures are not taken", place=place, label=over
                )
                unplaced.append(said)
            else:
                refused.append(
                    text("{place}: the column has no head of its own; its figures are not taken", place=place)
                )
    return Piece(refused=tuple(refused), unplaced=tuple(unplaced))


def _behind_labels(seen: Sheet, rows: Sequence[int], first: int) -> int:
    """The first column that may hold figures: the one behind the labels of rows that stand before our first one."""
    return 1 + max((at for row in rows for at, _ in seen.labels(row) if at < first), default=first)


def texts(words: Words, seen: Sheet, found: Sequence[Head]) -> tuple[tuple[str, str], ...]:
    """The text sections of a grid: what stands beside or below their titles."""
    tables = {row for head in found for row in head.rows}
    last = words.edition.texts[-1].id if words.edition.texts else ""
    inside: dict[str, list[str]] = {}
    current = ""
    for row in range(len(seen.rows)):
        cells = list(dict.fromkeys(value for value in seen.rows[row] if isinstance(value, str) and not blank(value)))
        if not cells:
            continue
        if title := sections.title(words, cells[0].splitlines()[0] if cells[0].splitlines() else ""):
            current = "" if title.sheet else title.id
            if current and current not in inside:
                inside[current] = [*cells[0].splitlines()[1:], *cells[1:]]
        elif row in tables or heads.block_head(words, seen, row):
            current = ""
        elif current:
            inside[current] += cells
    whole: list[tuple[str, str]] = []
    for section, kept in inside.items():
        lines = "\n".join(kept).splitlines()
        if said := sections.whole(lines[: signature(lines)] if section == last else lines):
            whole.append((section, said))
    return tuple(whole)
