"""Filings at some paths merged into one, with what the county had adjusted and written before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.county.inbox import Asked, Progress, each_of, nobody, take
from toolkit.county.inputs import Input
from toolkit.county.kept import Kept
from toolkit.county.lean import deliveries
from toolkit.county.merge import adjusted, merge
from toolkit.county.prior import chained
from toolkit.county.side_by_side import beside_others, of_taken
from toolkit.ground.errors import NoEdition, Unreadable, WrongUse
from toolkit.ground.language import text
from toolkit.intake import intake
from toolkit.model.filing import Reading, Tally
from toolkit.model.ledger import Delivery, Merged, Unread


def merge_files(
    paths: Sequence[str], asked: Asked, output: Path, on_progress: Progress, kept: Kept | None = None
) -> Merged:
    """The filings at some paths merged. The county workbook to be replaced is no input, also where it lies among them;
    what is `kept` of a merge that was cut off is not read again.

    Raises:
        WrongUse: a folder without files, or the output is one of the filings.
    """
    was = _replaced(output)
    asked = replace(asked, besides=(*asked.besides, output))
    for path in paths:
        if Path(path).is_file() and Path(path).resolve() == output.resolve():
            raise WrongUse(text("{file}: it is one of the inputs; give the sum another name", file=path))
    given, made = each_of(deliver, paths, asked, on_progress, kept)
    found = deliveries(made, len(given.inputs), asked.members)
    if asked.confirm is not nobody:
        asking = (deliver(asked, one) if _to_confirm(came) else came
                  for one, came in zip(given.inputs, found, strict=True))  # fmt: skip
        found = deliveries(asking, len(found), asked.members)
    litter = given.litter
    del given  # of very many their names take more than what is kept of them
    return together(found, asked, litter, was)


def together(found: Sequence[Delivery | Unread], asked: Asked, litter: int = 0, was: Reading | None = None) -> Merged:
    """What was delivered, merged and held against last year; `was` is the county workbook that is replaced."""
    merged = merge(
        beside_others(found),
        asked.unit,
        asked.members,
        include_invalid=asked.include_invalid,
        latest=asked.latest,
        litter=litter,
    )
    return chained(_kept(merged, was), asked.members, asked.priors)


def deliver(asked: Asked, given: Input) -> Delivery | Unread:
    """An input read and checked, as a merge needs it; small enough to be sent from one process to another."""
    taken = take(asked, given)
    return taken if isinstance(taken, Unread) else of_taken(asked, taken)


def _to_confirm(came: Delivery | Unread) -> bool:
    return isinstance(came, Delivery) and came.by == "file-name" and came.member is None


def _replaced(output: Path) -> Reading | None:
    """The county workbook that stands where the sum is to be written.

    Raises:
        WrongUse: what stands there is a filing of a unit, which would be lost.
    """
    if not output.is_file():
        return None
    try:
        was = intake(output)
    except (Unreadable, NoEdition):
        return None
    if was.tally is None:
        raise WrongUse(
            text("{file}: there is a filing of {unit}, no sum; give the sum another name", file=str(output),
                 unit=was.filing.unit.name or "?")
        )  # fmt: skip
    return was


def _kept(merged: Merged, was: Reading | None) -> Merged:
    """What the county had adjusted and written in the workbook that is to be replaced stays in it."""
    if merged.filing is None or was is None:
        return merged
    if (was.filing.edition, was.filing.year) != (merged.filing.edition, merged.filing.year):
        return merged
    assert isinstance(was.tally, Tally)
    return adjusted(merged, was.tally, was.filing)
