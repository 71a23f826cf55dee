"""What else a grid holds: the table whose one row has no label, the texts, and figures under no label of ours."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.language import Text, text
from toolkit.locate import heads, labels, sections
from toolkit.locate.cells import entries, misfit
from toolkit.locate.heads import Head
from toolkit.locate.labels import Words
from toolkit.locate.settle import Piece, Row, unknown
from toolkit.locate.sheet import Sheet, blank, figure, number
from toolkit.sources.text import signature


def unlabelled(words: Words, seen: Sheet, found: Sequence[Head]) -> Piece:
    """The rows of tables whose one row has no label: the first with figures under the head, else a blank one."""
    labelled = {lines.table.id for lines in words.rows}
    rows: list[Row] = []
    refused: list[Text] = []
    unplaced: list[Text] = []
    for head in found:
        for table in [each for each in head.columns if each not in labelled]:
            row, foreign = _figures_row(words, seen, head, table)
            unplaced += foreign
            name = words.table_columns(table).table.rows[0].id
            if row is None or (_blank(seen, head, table, row) and _astray(seen)):
                missing = text("{place}: no row of figures stands under this head", place=seen.place(head.last, 0))
                refused.append(missing)
            elif fault := misfit(words, seen, head, table, row):
                refused.append(text("{place}: the row is not taken: {why}", place=seen.place(row, 0), why=fault))
            else:
                cells = entries(words, seen, table, head.columns[table], row)
                rows.append(Row(table, name, seen.place(row, 0), cells))
    return Piece(tuple(rows), refused=tuple(refused), unplaced=tuple(unplaced))


def _figures_row(words: Words, seen: Sheet, head: Head, table: str) -> tuple[int | None, list[Text]]:
    """The row of figures under a head without row labels, and rows with figures before it that are none."""
    spans = [at for column in head.columns[table].values() for at in range(column.left, column.right + 1)]
    empty: int | None = None
    foreign: list[Text] = []
    for row in range(head.last + 1, len(seen.rows)):
        if _ends(words, seen, row):
            break
        cells = [value for at in spans if not blank(value := seen.value(row, at))]
        said = [label for at, label in seen.labels(row) if at not in spans]
        if not cells:
            empty = row if empty is None and not said else empty
        elif _figures(cells, full=len(cells) == len(head.columns[table]), named=bool(said)):
            return row, foreign
        elif any(number(value) for value in cells):
            foreign.append(
                unknown(seen.place(row, 0), " ".join(label for _, label in seen.labels(row))[: labels.SHOWN])
            )
    return empty, foreign


def _ends(words: Words, seen: Sheet, row: int) -> bool:
    """Whether a row belongs to what comes after a table."""
    cells = [label for _, label in seen.labels(row)]
    return (
        heads.block_head(words, seen, row)
        or any((match := words.row(label)) is not None and match.exact for label in cells)
        or any(words.column(label) for label in cells)
        or bool(cells and sections.title(words, cells[0]))
    )


def _blank(seen: Sheet, head: Head, table: str, row: int) -> bool:
    """Whether a row holds nothing under the head of a table."""
    spans = (at for column in head.columns[table].values() for at in range(column.left, column.right + 1))
    return all(blank(seen.value(row, at)) for at in spans)


def _astray(seen: Sheet) -> bool:
    """Whether some row has figures and no label: it may be the row we look for, out of its place."""
    return any(not seen.labels(row) and any(number(value) for value in seen.rows[row]) for row in range(len(seen.rows)))


def _figures(cells: Sequence[object], *, full: bool, named: bool) -> bool:
    """Whether cells are a row of figures; where words stand beside or among them, only if none is blank."""
    figures = [value for value in cells if figure(value)]
    return full and 2 * len(figures) > len(cells) if named else bool(figures) and (full or len(figures) == len(cells))


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


def columns(words: Words, seen: Sheet, found: Sequence[Head]) -> list[Text]:
    """Columns with figures between or behind ours that are none of the form, or whose head is gone."""
    said: list[Text] = []
    for n, head in enumerate(found):
        if not head.taken:
            continue
        end = found[n + 1].first if n + 1 < len(found) else len(seen.rows)
        rows = [row for row in range(head.last + 1, end) if any(number(seen.value(row, at)) for at in head.taken)]
        for at in range(min(head.taken) + 1, seen.width):
            if at in head.taken or at in head.doubtful or not any(number(seen.value(row, at)) for row in rows):
                continue
            over = head.words.get(at, "")
            place = seen.place(head.last, at)
            if over and labels.key(over) not in words.known:
                said.append(
                    text(
                        "{place}: “{label}” is no column of the form; its figures are not taken",
                        place=place,
                        label=over,
                    )
                )
            else:
                said.append(text("{place}: the column has no head of its own; its figures are not taken", place=place))
    return said


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
