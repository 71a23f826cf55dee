"""In which order the columns of a table stand in lines of text, as far as the words of its head tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.ground.language import Text, text
from toolkit.intake.locate import likeness
from toolkit.intake.locate.labels import Lines, Words, key
from toolkit.intake.locate.likeness import alike

TORN = 0.6
"""So large a part of the missing labels' characters must be among the words left over for these to be torn labels."""

_MONEY = {"单位万元": "万元", "万元": "万元", "单位元": "元", "元": "元"}


@dataclass(frozen=True, slots=True)
class Order:
    """The columns of a table, as numbers of its lines, in the order of a row's figures.

    `refusal` is why no row under this head can be taken. `units` are units of money the head names, by column.
    """

    columns: tuple[int, ...]
    refusal: Text | None = None
    remark: Text | None = None
    units: Mapping[int, str] = field(default_factory=dict)


Orders = Mapping[str, Order]


def orders(words: Words, said: Sequence[Sequence[str]], known: Orders) -> Orders:
    """The orders by table, told by the words before a row, line by line; where they hold no head, as known so far.

    The line over a block ends what its forerunner's head said. The last line may be a label that is none of ours.
    """
    whole = key("".join("".join(line) for line in said))
    now = {} if any(head in whole for head in words.heads) else dict(known)
    for lines in words.columns:
        found = order(words, lines, said)
        if found and found.refusal and len(said) > 1 and not _labels_in(lines, key("".join(said[-1]))):
            without = order(words, lines, said[:-1])
            found = without if without and not without.refusal else found
        if found:
            now[lines.table.id] = found
    return now


def order(words: Words, lines: Lines, said: Sequence[Sequence[str]]) -> Order | None:
    """The order the words before a row give, line by line; None where they hold no head."""
    printed = [key("".join(line)) for line in said]
    whole = "".join(printed)
    if any(line.kind == "heading" for line in lines.lines):
        return _nested(words, lines, whole, printed)
    head = _flat_head(lines, whole)
    return _flat(lines, head) if head is not None else None


def unseen(lines: Lines) -> Order:
    """The form's order, for a table whose head is not there."""
    name = lines.table.head or lines.table.stub or lines.table.sheet
    said = text("“{table}”: no head was seen; the figures are taken in the form's order", table=name)
    return Order(lines.figures, remark=said)


def _flat_head(lines: Lines, whole: str) -> str | None:
    """The words between the corner of a table and its first row; None where they are not there."""
    stub = key(lines.table.stub)
    at = whole.rfind(stub) if stub else -1
    if at >= 0:
        return whole[at + len(stub) :]
    found = [whole.find(lines.labels[n].core) for n in lines.figures]
    return whole[min(at for at in found if at >= 0) :] if any(at >= 0 for at in found) else None


def _flat(lines: Lines, head: str) -> Order:
    """The order of a head of one row: each label found whole, or like what is left between those that are."""
    spans: dict[int, tuple[int, int]] = {}
    for n in sorted(lines.figures, key=lambda n: -len(lines.labels[n].whole)):
        for form in (lines.labels[n].whole, lines.labels[n].core):
            at = head.find(form)
            if at >= 0 and not any(at < end and start < at + len(form) for start, end in spans.values()):
                spans[n] = (at, at + len(form))
                break
    missing = [n for n in lines.figures if n not in spans]
    left = _between(head, spans)
    units = {n: _MONEY[rest] for n, rest in left if rest in _MONEY and n is not None}
    left = [(n, rest) for n, rest in left if rest not in _MONEY]
    ordered = tuple(sorted(spans, key=lambda n: spans[n]))
    if not missing and not left:
        moved = text("“{table}”: the columns stand in another order and are read by their head", table=lines.table.head)
        return Order(ordered, remark=None if ordered == lines.figures else moved, units=units)
    if ordered != tuple(n for n in lines.figures if n in spans):
        return Order(lines.figures, text("its head “{head}” is not the form's", head=head))
    if len(missing) == len(left) == 1 and _for(left[0][1], lines.labels[missing[0]].bare, bool(spans)):
        before = [n for n in lines.figures if n in spans and n < missing[0]]
        if left[0][0] == (before[-1] if before else None):
            ours = lines.lines[missing[0]].label
            return Order(
                lines.figures,
                remark=text("“{printed}” is read as “{label}”", printed=left[0][1], label=ours),
                units=units,
            )
    if left or not spans:
        return Order(lines.figures, text("its head “{head}” is not the form's", head=head))
    lost = text(
        "“{table}”: part of the head is missing; the figures are taken in the form's order", table=lines.table.head
    )
    return Order(lines.figures, remark=lost, units=units)


def _for(said: str, ours: str, others: bool) -> bool:
    """Whether what is left of a head is the missing label: like it, or in its place when the others are all there."""
    return alike(said, ours) > likeness.LIKE or (others and likeness.misprinted(said, ours))


def _between(head: str, spans: Mapping[int, tuple[int, int]]) -> list[tuple[int | None, str]]:
    """What a head has between and behind the labels found, each with the label before it."""
    left: list[tuple[int | None, str]] = []
    at, before = 0, None
    for n, (start, end) in sorted(spans.items(), key=lambda span: span[1]):
        left.append((before, head[at:start]))
        at, before = end, n
    left.append((before, head[at:]))
    return [(n, rest) for n, rest in left if rest]


def _nested(words: Words, lines: Lines, whole: str, printed: Sequence[str]) -> Order | None:
    """The order of a head of several rows: the form's, or refused; None where the words hold no such head."""
    sequences = [_sequence(lines, by_level=by_level) for by_level in (True, False)]
    if any("".join(lines.labels[n].whole for n in sequence) in whole for sequence in sequences):
        return Order(lines.figures)
    found = _labels_in(lines, whole)
    counts = Counter(lines.labels[n].whole for n in range(len(lines.lines)))
    if len({label for label in found if label in counts}) < 2:
        return None
    expected = [[lines.labels[n].whole for n in sequence] for sequence in sequences]
    if not any(_within(found, labels_) for labels_ in expected) and not _centred(lines, found, sequences, printed):
        return Order(lines.figures, text("the columns of its head stand in another order than on the form"))
    missing = counts - Counter(found)
    if not missing:
        return Order(lines.figures)
    rest = whole
    for label in sorted({*found, *words.known}, key=len, reverse=True):
        rest = rest.replace(label, "")
    torn = Counter("".join(label * count for label, count in missing.items()))
    if sum((torn & Counter(rest)).values()) < TORN * sum(torn.values()) and rest:
        return Order(lines.figures, text("its head has not the form's columns"))
    name = lines.table.stub or lines.table.sheet
    return Order(
        lines.figures,
        remark=text("“{table}”: the head is torn; the figures are taken in the form's order", table=name),
    )


def _sequence(lines: Lines, *, by_level: bool) -> list[int]:
    """The labels of a head as text gives them: level by level, or each heading followed by its own."""
    order_ = range(len(lines.lines))
    return sorted(order_, key=lambda n: lines.lines[n].id.count(".")) if by_level else list(order_)


def _labels_in(lines: Lines, whole: str) -> list[str]:
    """The labels of a head found whole, in the order they stand, the longer first where one is part of another."""
    forms = sorted({each.whole for each in lines.labels}, key=len, reverse=True)
    found: list[str] = []
    at = 0
    while at < len(whole):
        here = next((form for form in forms if whole.startswith(form, at)), None)
        if here:
            found.append(here)
        at += len(here) if here else 1
    return found


def _centred(lines: Lines, found: Sequence[str], sequences: Sequence[Sequence[int]], printed: Sequence[str]) -> bool:
    """Whether the columns follow each other as in the form and every group stands above its own, as in text out of a
    PDF: what is printed in the middle of a tall cell comes below the group beside it.

    Only where lines are lines: some hold several heads, and each of them has its heads in the form's order.
    """
    forms = [[lines.labels[n].whole for n in sequence] for sequence in sequences]
    rows = [_labels_in(lines, line) for line in printed]
    if not any(len(row) > 1 or _side_by_side(lines, line) for row, line in zip(rows, printed, strict=True)):
        return False
    if not all(any(_within(row, form) for form in forms) for row in rows):
        return False
    groups = {n: lines.labels[n].whole for n, line in enumerate(lines.lines) if line.kind == "heading"}
    leaves = [label for label in found if label not in groups.values()]
    if not any(_within(leaves, [label for label in form if label not in groups.values()]) for form in forms):
        return False
    upper = [lines.labels[n].whole for n in lines.figures if lines.parent(n) is None]
    if any({*row} & {*groups.values()} and {*row} & {*upper} for row in rows):
        return False
    return all(
        found.index(label) < found.index(leaf)
        for n, label in groups.items()
        if label in found
        for leaf in (lines.labels[m].whole for m in lines.figures if lines.parent(m) == n)
        if found.count(leaf) == 1
    )


def _side_by_side(lines: Lines, line: str) -> bool:
    """Whether a line has a label and, right of it, the beginnings of those that the form has next, torn off below."""
    leaves = [lines.labels[n].whole for n in lines.figures]
    for at, first in enumerate(leaves):
        start = line.find(first)
        if start < 0 or _labels_in(lines, line[:start]):
            continue
        rest, taken = line[start + len(first) :], 0
        for label in leaves[at + 1 :]:
            size = next((n for n in range(len(label), 1, -1) if rest.startswith(label[:n])), 0)
            if not size:
                break
            rest, taken = rest[size:], taken + 1
        if taken > 1 and not rest:
            return True
    return False


def _within(found: Sequence[str], expected: Sequence[str]) -> bool:
    """Whether labels found follow each other as they do in the form, some of them left out."""
    rest = iter(expected)
    return all(label in rest for label in found)
