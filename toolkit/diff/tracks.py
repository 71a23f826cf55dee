"""Which figure of one edition is which of another: every figure of all editions stands in exactly one track."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.findings import label
from toolkit.model import Comparable, Edition, Ref


@dataclass(frozen=True, slots=True)
class Track:
    """One figure over several filings; `sources` are the refs it is the sum of in each, none where it has none."""

    ref: Ref
    table: str
    label: str
    comparable: Comparable
    sources: tuple[tuple[Ref, ...], ...]


def tracks(editions: Sequence[Edition]) -> tuple[Track, ...]:
    """The tracks of filings of some editions, in the order of the newest form; what only older ones have is last."""
    newest = max(editions, key=lambda each: each.first)
    found = tuple(_of_newest(newest, editions))
    used = [{ref for track in found for ref in track.sources[n]} for n in range(len(editions))]
    gone: dict[Ref, Track] = {}
    for edition in sorted(set(editions) - {newest}, key=lambda each: -each.first) if len(set(editions)) > 1 else ():
        for ref, figure in edition.figures.items():
            if ref not in used[editions.index(edition)] and ref not in gone:
                sources = tuple((ref,) if ref in each.figures and each is not newest else () for each in editions)
                gone[ref] = Track(ref, figure.table, figure.label, "none", sources)
    return (*found, *gone.values())


def _of_newest(newest: Edition, editions: Sequence[Edition]) -> Iterator[Track]:
    headings = dict(_headings(newest, editions))
    done: set[Ref] = set()
    for ref, figure in newest.figures.items():
        for heading, parts in headings.items():
            if ref in parts and heading not in done:
                done.add(heading)
                yield _track(newest, heading, parts, label(newest, heading), editions)
        yield _track(newest, ref, (ref,), figure.label, editions)


def _track(newest: Edition, ref: Ref, here: tuple[Ref, ...], label: str, editions: Sequence[Edition]) -> Track:
    comparable: Comparable = "same"
    sources: list[tuple[Ref, ...]] = []
    for edition in editions:
        if edition is newest:
            sources.append(here)
            continue
        there, how = _there(newest, ref, edition)
        sources.append((there,) if there else ())
        if how == "none" or comparable == "same":
            comparable = how
    return Track(ref, ref.split("/")[0], label, comparable, tuple(sources))


def _there(newest: Edition, ref: Ref, edition: Edition) -> tuple[Ref, Comparable]:
    """What an earlier edition has for a figure, and how the two compare."""
    for each in newest.counterparts:
        if each.edition == edition.id and (there := _matched(ref, each.here, each.there)) in edition.figures:
            return there, each.comparable
    return (ref, "same") if ref in edition.figures else ("", "none")


def _matched(ref: Ref, here: Ref, there: Ref) -> Ref:
    """The ref a pattern gives for one that fits; "" for one that does not."""
    parts = list(zip(ref.split("/"), here.split("/"), there.split("/"), strict=True))
    if not all(said in ("*", part) for part, said, _ in parts):
        return ""
    return "/".join(part if other == "*" else other for part, _, other in parts)


def _headings(newest: Edition, editions: Sequence[Edition]) -> Iterator[tuple[Ref, tuple[Ref, ...]]]:
    """The figures of headings that an earlier edition has as figures of their own, with those they add up."""
    earlier = {each.id for each in editions if each is not newest}
    for table in newest.tables:
        for row in table.rows:
            if row.kind != "heading":
                continue
            for column in table.columns:
                ref = f"{table.id}/{row.id}/{column.id}"
                fits = any(
                    each.edition in earlier and _matched(ref, each.here, each.there) for each in newest.counterparts
                )
                parts = tuple(
                    f"{table.id}/{each.id}/{column.id}"
                    for each in table.rows
                    if each.id.startswith(row.id + ".") and f"{table.id}/{each.id}/{column.id}" in newest.figures
                )
                if fits and parts:
                    yield ref, parts
