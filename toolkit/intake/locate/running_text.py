"""The figures in lines of text: words, then figures, then words again. A row is a label with exactly as many figures
behind it as its table has columns; anything else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.ground.language import Text, text
from toolkit.ground.patterns import pattern
from toolkit.intake.locate import labels, likeness, stacked
from toolkit.intake.locate.choose import Piece, SeenRow, Sighting, nameless_row, settle, unknown
from toolkit.intake.locate.column_order import Order, Orders, order, orders, unseen
from toolkit.intake.locate.labels import Lines, Match, Words
from toolkit.intake.locate.pieces import Word, glued, of_lines
from toolkit.intake.locate.row_cells import kind
from toolkit.intake.locate.stacked import Run
from toolkit.intake.sources import plain
from toolkit.model import numbers
from toolkit.model.filing import Entry, Origin

MOST_WORDS = 60
"""So many torn-off pieces are tried as one label."""

FIRST_PART = 3
"""The part of a torn label before its figures has at least so many characters."""

APART = 2
"""The halves of a heading stand at most so many lines apart."""

MOST_PASSED = 12
"""And so many as a heading; 三、本年度办理结果 is printed one character a line."""

_PROSE = pattern("[。；;！]|，.*，")


class _Label(NamedTuple):
    """The row a run's last words name, and how many words that are."""

    match: Match
    taken: int


class _Rest(NamedTuple):
    """The row whose label goes on behind its figures, and with how many words."""

    label: _Label
    behind: int


def read(words: Words, lines: Sequence[tuple[int, str]]) -> Piece:
    """What the lines of the tables give; lines are numbered from 0."""
    sightings: list[Sighting] = []
    rows: list[SeenRow] = []
    remarks: list[Text] = []
    refused: list[Text] = []
    unplaced: list[Text] = []
    known: Orders = {}
    runs, parted = _parted(words, tuple(_runs(words, lines)))
    remarks += parted
    cut = _cut(words, runs)
    for n, run_ in enumerate(runs):
        run = run_
        label = None if _heads_alone(words, run) else _label(words, run)
        if (label is None or not label.match.exact) and n + 1 < len(runs) and (rest := _torn(words, run, runs[n + 1])):
            label = rest.label
            runs[n + 1] = Run(runs[n + 1].words[rest.behind :], runs[n + 1].figures)
        before = run.words[: len(run.words) - label.taken] if label else run.words
        sightings += _passed(words, before)
        known = orders(words, _by_line(before), known)
        if label is None:
            found = _unlabelled(words, run, cut)
            rows += found.rows
            remarks += found.remarks
            refused += found.refused
            unplaced += found.unplaced
            continue
        lines_of = words.table_columns(label.match.table)
        now = known.get(label.match.table) or unseen(lines_of)
        if now.remark and now.remark not in remarks:
            remarks.append(now.remark)
        sightings.append(_sighting(words, lines_of, run, label, now))
    settled = settle(words, sightings)
    return Piece(
        (*settled.rows, *rows),
        (),
        (*remarks, *settled.remarks),
        (*settled.refused, *refused, *glued(words, lines)),
        (*settled.unplaced, *unplaced),
        settled.sighted,
    )


def _runs(words: Words, lines: Sequence[tuple[int, str]]) -> Iterator[Run]:
    said: list[Word] = []
    figures: list[Word] = []
    for word in of_lines(words, lines):
        if word.figure:
            figures.append(word)
            continue
        if figures:
            yield Run(tuple(said), tuple(figures))
            said, figures = [], []
        said.append(word)
    yield Run(tuple(said), tuple(figures))


def _parted(words: Words, runs: Sequence[Run]) -> tuple[list[Run], list[Text]]:
    """The runs, blocks of several rows parted, and what is to be said of them."""
    waiting, done = list(runs), list[Run]()
    remarks: list[Text] = []
    while waiting:
        run = waiting.pop(0)
        after, lines = (waiting or [Run((), ())])[0], _headed(words, run) if _heads_alone(words, run) else None
        found = stacked.bare(words, lines, run, after) if lines else None
        if lines is None and stacked.several(words, run) and (label := _label(words, run)) and label.match.exact:
            found = stacked.rows(words, run, label.match, after)
        if found:
            waiting[:1] = [Run(found.behind, after.figures)] if lines is None else []
            remarks += [found.remark] if found.remark not in remarks else []
        done += found.runs if found else [run]
    return [run for run in done if run.figures], remarks


def _by_line(words: Sequence[Word]) -> list[list[str]]:
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.said)
    return list(lines.values())


def _label(words: Words, run: Run) -> _Label | None:
    """The row the last words before figures name: the most words that do so surely, else those most like one."""
    tail = run.words[-MOST_WORDS:]
    sure: _Label | None = None
    likely: _Label | None = None
    for taken in range(1, len(tail) + 1):
        said = "".join(word.said for word in tail[-taken:])
        if len(said) > labels.LONGEST:
            break
        match = words.row(said)
        if match is None or not (_begins(words, tail[:-taken], tail[-taken]) or _alone(words, match, tail, taken)):
            continue
        if match.exact:
            sure = _Label(match, taken)
        elif likely is None or match.score > likely.match.score:
            likely = _Label(match, taken)
    return sure or likely


def _torn(words: Words, run: Run, after: Run) -> _Rest | None:
    """The row whose label stands on both sides of its figures, as text out of a PDF has one printed over three lines.

    Its first part ends before the figures, exactly the rest of it begins behind them, and no other label is so cut.
    """
    found: dict[tuple[str, int], _Rest] = {}
    tail = _without_headings(words, run.words[-MOST_PASSED:])
    starts = ["".join(labels.key(word.said) for word in after.words[:n]) for n in range(1, MOST_PASSED)]
    for taken in range(1, len(tail) + 1):
        said = labels.key("".join(word.said for word in tail[-taken:]))
        if len(said) < FIRST_PART or not _begins(words, tail[:-taken], tail[-taken]):
            continue
        for lines in words.rows:
            for at, ours in enumerate(lines.labels):
                forms = [each for each in (ours.whole, ours.bare) if each.startswith(said) and each != said]
                behind = [starts.index(form[len(said) :]) + 1 for form in forms if form[len(said) :] in starts]
                if behind and lines.lines[at].kind != "heading":
                    match = Match(lines.table.id, at, sure=True, exact=True, score=1.0)
                    whole = len(run.words) - run.words.index(tail[-taken])
                    found[lines.table.id, at] = _Rest(_Label(match, whole), behind[0])
    return next(iter(found.values())) if len(found) == 1 else None


def _without_headings(words: Words, tail: Sequence[Word]) -> Sequence[Word]:
    """Words without those that make a heading together, half of it on one line and half on the next."""
    for n, first in enumerate(tail):
        for second in tail[n + 1 :]:
            match = words.row(first.said + second.said) if first.line < second.line <= first.line + APART else None
            if match and match.exact and words.heading(match):
                return _without_headings(words, [each for each in tail if each is not first and each is not second])
    return tail


def _begins(words: Words, before: Sequence[Word], first: Word) -> bool:
    """Whether a label may begin here: at the start of a line, or behind other words of the form."""
    same = "".join(word.said for word in before if word.line == first.line)
    if not same:
        return True
    said = labels.key(same)
    return labels.known_words(said, words.known) or any(
        labels.known_words(labels.key("".join(word.said for word in before[-n:])), words.known)
        for n in range(len([word for word in before if word.line == first.line]) + 1, min(len(before), MOST_WORDS) + 1)
    )


def _alone(words: Words, match: Match, tail: Sequence[Word], taken: int) -> bool:
    """Whether a line under a heading is known by its own label, whatever is printed for the heading beside it."""
    beside = "".join(word.said for word in tail[:-taken] if word.line == tail[-taken].line)
    return match.exact and match.sure and words.nested(match) and not likeness.counts_otherwise(beside)


def _passed(words: Words, before: Sequence[Word]) -> list[Sighting]:
    """The headings and rows without figures among the words before a label, put together where they are torn."""
    found: list[Sighting] = []
    at = 0
    while at < len(before):
        for taken in range(min(MOST_PASSED, len(before) - at), 0, -1):
            printed = "".join(word.said for word in before[at : at + taken])
            match = words.row(printed) if len(printed) <= labels.LONGEST else None
            if match and match.exact and match.sure:
                place = text("line {line}", line=before[at].line + 1)
                doubt = None if words.heading(match) else _count(place, printed, 0, words.table_columns(match.table))
                found.append(Sighting(match, printed, place, doubt=doubt))
                at += taken - 1
                break
        at += 1
    return found


def _count(place: Text, label: str, count: int, lines: Lines) -> Text:
    return text(
        "{place}: “{label}” has {count} figures where the form has {wanted}; they are not taken",
        place=place, label=label, count=count, wanted=len(lines.figures),
    )  # fmt: skip


def _sighting(words: Words, lines: Lines, run: Run, label: _Label, now: Order) -> Sighting:
    printed = "".join(word.said for word in run.words[len(run.words) - label.taken :])
    place = text("line {line}", line=run.figures[0].line + 1)
    doubt: Text | None = None
    cells: Mapping[str, Entry] | None = None
    wanted = len(lines.figures)
    beyond = run.figures[wanted:]
    if len(run.figures) < wanted or any(each.said for each in beyond):
        doubt = _count(place, printed, len(run.figures), lines)
    elif now.refusal:
        doubt = text("{place}: “{label}” is not taken: {why}", place=place, label=printed, why=now.refusal)
    else:
        cells = _cells(words, lines, now, run.figures[:wanted], labels.unit(printed))
    return Sighting(label.match, printed, place, cells, doubt)


def _cells(words: Words, lines: Lines, now: Order, figures: Sequence[Word], unit: str) -> dict[str, Entry]:
    cells: dict[str, Entry] = {}
    for at, word in zip(now.columns, figures, strict=True):
        column = lines.lines[at].id
        of_head = now.units.get(at, "") or unit
        value, remark = numbers.read(plain(word.said), kind(words, lines.table.id, column), of_head)
        cells[column] = Entry(value, Origin(line=word.line + 1), remark)
    return cells


def _heads_alone(words: Words, run: Run) -> bool:
    """Whether the words end in a column's head, as over a table without row labels, not in a row's label."""
    ends = ("".join(word.said for word in run.words[-taken:]) for taken in range(1, 7))
    return any(words.column(said) for said in ends) and _headed(words, run) is not None


def _headed(words: Words, run: Run) -> Lines | None:
    """The table without row labels whose heads are among the words of a run."""
    labelled = {lines.table.id for lines in words.rows}
    said = labels.key("".join(word.said for word in run.words))
    for lines in words.columns:
        top = [
            lines.labels[n].whole for n, line in enumerate(lines.lines) if line.kind == "heading" and "." not in line.id
        ]
        if lines.table.id not in labelled and top and all(label in said for label in top):
            return lines
    return None


def _cut(words: Words, runs: Sequence[Run]) -> frozenset[str]:
    """The tables without row labels with several rows of figures: a page break may have cut each figure in two."""
    headed = ((lines.table.id, len(run.figures)) for run in runs if (lines := _headed(words, run)))
    counts: dict[str, set[int]] = {}
    for table, count in headed:
        counts.setdefault(table, set()).add(count)
    return frozenset(table for table, found in counts.items() if len(found) > 1)


def _unlabelled(words: Words, run: Run, cut: frozenset[str]) -> Piece:
    """Figures behind words that are no row's label: those of a table without row labels, or none of ours."""
    place = text("line {line}", line=run.figures[0].line + 1)
    if lines := _headed(words, run):
        now = order(words, lines, _by_line(run.words)) or unseen(lines)
        if len(run.figures) != len(lines.figures):
            return Piece(refused=(_count(place, words.section(lines.table.sheet), len(run.figures), lines),))
        why = now.refusal or (text("another row of figures stands under its head") if lines.table.id in cut else None)
        if why:
            return Piece(refused=(text("{place}: the row is not taken: {why}", place=place, why=why),))
        row = SeenRow(lines.table.id, lines.table.rows[0].id, place, _cells(words, lines, now, run.figures, ""))
        return Piece((row,), remarks=(now.remark,) if now.remark else ())
    last = run.words[-1].line if run.words else -1
    printed = "".join(word.said for word in run.words if word.line == last)
    if _PROSE.search(printed) or len(printed) > labels.SHOWN:
        return Piece()
    if not printed:
        return Piece(refused=(nameless_row(place),))
    return Piece(unplaced=(unknown(place, printed),))
