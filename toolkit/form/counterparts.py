"""Which figures of several editions are one figure. The edition files say so; ids that agree need not be listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.form.parts import Comparable, Edition, Ref, label


@dataclass(frozen=True, slots=True)
class Matched:
    """One figure across editions: its ref in each edition that has it."""

    ref: Ref
    label: str
    comparable: Comparable
    refs: Mapping[str, Ref]
    small_base: int


def pairs(old: Edition, new: Edition) -> dict[Ref, tuple[Ref, Comparable]]:
    """What each figure of an earlier edition is in a later one; those without counterpart are left out."""
    found: dict[Ref, tuple[Ref, Comparable]] = {ref: (ref, "same") for ref in old.figures if ref in new.figures}
    for each in new.counterparts:
        if each.edition in (old.id, old.variant_of):
            found |= {old_ref: (ref, each.how) for old_ref, ref in each.of(old.figures).items()}
    return found


def correspond(editions: Sequence[Edition]) -> tuple[Matched, ...]:
    """Every figure of every edition once, in the order of the latest form, what is only on earlier ones after it."""
    known = sorted({each.id: each for each in editions}.values(), key=lambda each: (each.first, bool(each.variant_of)))
    *earlier, latest = known
    links = {each.id: pairs(each, latest) for each in earlier}
    rows = list(_of_latest(latest, links, len(known)))
    for each in reversed(earlier):
        rows += [
            Matched(ref, label(each, ref), "none", {each.id: ref}, latest.small_base)
            for ref in each.figures
            if ref not in links[each.id]
        ]
    tables = list(dict.fromkeys(table.id for edition in (latest, *earlier) for table in edition.tables))
    return tuple(sorted(rows, key=lambda row: tables.index(row.ref.split("/")[0])))


def _of_latest(
    latest: Edition, links: Mapping[str, Mapping[Ref, tuple[Ref, Comparable]]], editions: int
) -> Iterator[Matched]:
    back = {name: {new: (old, how) for old, (new, how) in link.items()} for name, link in links.items()}
    headings = {ref: None for link in back.values() for ref in link if ref not in latest.figures}
    for ref in _in_order(latest, tuple(headings)):
        held = {name: link[ref] for name, link in back.items() if ref in link}
        how: Comparable = "same"
        if len(held) < editions - 1:
            how = "none"
        elif any(each == "differently-counted" for _, each in held.values()):
            how = "differently-counted"
        refs = {latest.id: ref, **{name: old for name, (old, _) in held.items()}}
        yield Matched(ref, label(latest, ref), how, refs, latest.small_base)


def _in_order(latest: Edition, headings: Sequence[Ref]) -> Iterator[Ref]:
    """The figures in the order of the form, those of a heading before the first line under it."""
    waiting = list(headings)
    for ref in latest.figures:
        for heading in [each for each in waiting if ref.startswith(each.rpartition("/")[0] + ".")]:
            waiting.remove(heading)
            yield heading
        yield ref
    yield from waiting
