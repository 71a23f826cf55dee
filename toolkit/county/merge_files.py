"""County: filings at some paths merged into one, with what the county had adjusted before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.county.inbox import Asked, Progress, taken
from toolkit.county.merge import adjusted, merge
from toolkit.county.prior import chained
from toolkit.ground import files
from toolkit.ground.errors import NoEdition, Unreadable, WrongUse
from toolkit.ground.language import text
from toolkit.intake import intake
from toolkit.model.ledger import Merged


def merge_files(paths: Sequence[str], asked: Asked, output: Path, on_progress: Progress) -> Merged:
    """The filings at some paths merged. The workbook to be written is no input, also where it lies among them.

    Raises:
        WrongUse: a folder without workbooks, or filings of two editions.
    """
    found = tuple(path for path in files.expand(paths) if not _same(path, output))
    if not found:
        raise WrongUse(text("{path}: no workbook in it besides the one to be written", path=" ".join(paths)))
    if asked.scheduler:  # its workers stand in other folders
        found = tuple(path.absolute() for path in found)
    merged = merge(taken(found, asked, on_progress), asked.unit, asked.members, include_invalid=asked.include_invalid)
    return chained(_kept(merged, output), asked.members, asked.priors)


def _kept(merged: Merged, output: Path) -> Merged:
    """What the county had adjusted and written in the workbook that is to be replaced stays in it."""
    if merged.filing is None or not output.is_file():
        return merged
    try:
        was = intake(output)
    except (Unreadable, NoEdition):
        return merged
    if was.tally is None or (was.filing.edition, was.filing.year) != (merged.filing.edition, merged.filing.year):
        return merged
    return adjusted(merged, was.tally.adjustments, was.filing.texts)


def _same(path: Path, output: Path) -> bool:
    return path.resolve() == output.resolve()
