"""Rows of a table whose figures stand in one block and their labels in another, as text out of a PDF has them at a page
break: parted again where the labels are the form's next ones and every total of every row agrees. Nothing else tells
that the figures stand in the order of the labels; where it does not, the rows are refused as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.form.parts import Number
from toolkit.ground.language import Text, text
from toolkit.intake.locate import labels
from toolkit.intake.locate.labels import Lines, Match, Words
from toolkit.intake.locate.pieces import Word
from toolkit.intake.locate.row_cells import kind
from toolkit.intake.sources import plain
from toolkit.model import numbers


class Run(NamedTuple):
    """Words and the figures that follow them."""

    words: tuple[Word, ...]
    figures: tuple[Word, ...]


class Parted(NamedTuple):
    """A block as runs of its own, what is left of the words behind it, and what is to be said."""

    runs: tuple[Run, ...]
    behind: tuple[Word, ...]
    remark: Text


def several(words: Words, run: Run) -> bool:
    """Whether there are as many figures as several rows of a table with totals have."""
    wide = [len(lines.figures) for lines in words.columns if any(line.sum for line in lines.lines)]
    return any(len(run.figures) > wanted and len(run.figures) % wanted == 0 for wanted in wide)


def rows(words: Words, run: Run, match: Match, after: Run) -> Parted | None:
    """A label with the figures of several rows, and behind them the labels of the others; None where it is none."""
    columns, lines = words.table_columns(match.table), words.table_rows(match.table)
    wanted = len(columns.figures)
    count, over = divmod(len(run.figures), wanted)
    following = [n for n in lines.figures if n > match.at][: count - 1]
    if count < 2 or over or len(following) < count - 1:
        return None
    chunks = [run.figures[n * wanted : (n + 1) * wanted] for n in range(count)]
    span = _labelled(lines, following, after.words)
    if span is None or not all(_adds_up(words, columns, chunk) for chunk in chunks):
        return None
    line = run.figures[0].line
    others = (Run((Word(lines.lines[n].label, line, False),), chunk)
              for n, chunk in zip(following, chunks[1:], strict=True))  # fmt: skip
    left = (*after.words[: span[0]], *after.words[span[1] :])
    return Parted((Run(run.words, chunks[0]), *others), left, _said(lines))


def bare(words: Words, lines: Lines, run: Run, after: Run) -> Parted | None:
    """The one row of a table without row labels, its figures parted by the rest of its heads; None where it is none."""
    figures = (*run.figures, *after.figures)
    heads = "".join(labels.key(word.said) for word in after.words)
    if len(figures) != len(lines.figures) or not heads or not _adds_up(words, lines, figures):
        return None
    for said in sorted({each.whole for each in lines.labels}, key=len, reverse=True):
        heads = heads.replace(said, "")
    if heads:
        return None
    by_level = sorted(range(len(lines.lines)), key=lambda n: lines.lines[n].id.count("."))
    head = tuple(Word(lines.lines[n].label, run.figures[0].line, False) for n in by_level)
    return Parted((Run((*run.words, *head), figures),), (), _said(lines))


def _said(lines: Lines) -> Text:
    return text(
        "“{table}”: figures stand apart from their labels; they are taken in the form's order: every total agrees",
        table=lines.table.stub or lines.table.sheet,
    )  # fmt: skip


def _labelled(lines: Lines, following: Sequence[int], said: Sequence[Word]) -> tuple[int, int] | None:
    """From which word to which the labels of some lines stand, one behind the other and nothing between them."""
    for start in range(len(said)):
        at = start
        for n in following:
            end = _label_ends(lines, n, said, at)
            if end is None:
                break
            at = end
        else:
            return start, at
    return None


def _label_ends(lines: Lines, n: int, said: Sequence[Word], at: int) -> int | None:
    forms = {lines.labels[n].whole, lines.labels[n].bare}
    printed = ""
    for end in range(at, min(at + 8, len(said))):
        printed += labels.key(said[end].said)
        if printed in forms:
            return end + 1
    return None


def _adds_up(words: Words, columns: Lines, figures: Sequence[Word]) -> bool:
    """Whether every total among the figures of a row is what it adds up."""
    found = dict(_values(words, columns, figures))
    totals = [line for line in columns.lines if line.sum]
    return len(found) == len(columns.figures) and bool(totals) and all(
        found[line.id] == sum(
            value
            for other, value in found.items()
            if other not in {each.id for each in totals}
            and any(other == part or other.startswith(f"{part}.") for part in line.sum)
        )
        for line in totals
    )  # fmt: skip


def _values(words: Words, columns: Lines, figures: Sequence[Word]) -> Iterator[tuple[str, Number]]:
    for at, word in zip(columns.figures, figures, strict=True):
        column = columns.lines[at].id
        value = numbers.read(plain(word.said), kind(words, columns.table.id, column))[0]
        if value is not None and not isinstance(value, str):
            yield column, value
