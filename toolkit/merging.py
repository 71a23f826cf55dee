"""What `xls merge` is given, read, matched with the roster and checked; one file that cannot be read stops no other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit import engines, files
from toolkit.chains import chained, prior_of
from toolkit.check import check
from toolkit.deliveries import delivery
from toolkit.errors import NoEdition, Unreadable, WrongUse
from toolkit.intake import intake
from toolkit.language import Text, text
from toolkit.ledger import Delivery, Member, Merged, Unusable
from toolkit.merge import adjusted, merge
from toolkit.model import Unit
from toolkit.prior import Priors
from toolkit.roster import Match, belonging

Progress = Callable[[Sequence[Path]], Iterable[Path]]
Confirm = Callable[[Text], bool]
"""Asks whether a file belongs to the unit that only its name speaks of."""


def nobody(question: Text) -> bool:
    """The answer where there is nobody to ask."""
    return False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a merge is asked for besides its inputs. `priors` are last year's filings, by unit; `jobs` and `scheduler`
    are those of `engines`.
    """

    unit: Unit = field(default_factory=lambda: Unit(""))
    members: tuple[Member, ...] = ()
    include_invalid: bool = False
    priors: Priors = field(default_factory=lambda: Priors(()))
    confirm: Confirm = nobody
    jobs: int = 0
    scheduler: str = ""


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
    merged = merge(_taken(found, asked, on_progress), asked.unit, asked.members, include_invalid=asked.include_invalid)
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


def _taken(paths: Sequence[Path], asked: Asked, on_progress: Progress) -> tuple[Delivery | Unusable, ...]:
    """Every file read and checked; then, with all of them known, the questions."""
    unasked = replace(asked, confirm=nobody)
    results = engines.each(_one, unasked, paths, asked.jobs, asked.scheduler)
    found = tuple(result for _, result in zip(on_progress(paths), results, strict=False))
    if asked.confirm is nobody:
        return found
    return tuple(_one(asked, path) if _to_confirm(each) else each for path, each in zip(paths, found, strict=True))


def _to_confirm(taken: Delivery | Unusable) -> bool:
    return isinstance(taken, Delivery) and taken.by == "file-name" and taken.member is None


def _one(asked: Asked, path: Path) -> Delivery | Unusable:
    try:
        return _delivered(path, asked)
    except Unreadable as error:
        said = error.sentence
    except NoEdition as error:
        said = text("{file}: {what}", file=str(path), what=error.sentence)
    return Unusable(str(path), said, belonging(asked.members, Unit(""), path.stem).member)


def _delivered(path: Path, asked: Asked) -> Delivery:
    """A file read, matched and checked.

    Raises:
        Unreadable: it cannot be read, or changed while it was.
    """
    digest = _digest(path)
    reading = intake(path)
    if _digest(path) != digest:
        raise Unreadable(text("{file}: it changed while it was read; close it elsewhere and merge again",
                              file=str(path)))  # fmt: skip
    match = belonging(asked.members, reading.filing.unit, path.stem)
    member, remarks = _agreed(match, asked, path)
    unit = reading.filing.unit
    if member is not None:
        whose = member.unit
        unit = Unit(whose.name, whose.code or unit.code, whose.level or unit.level)
    known = replace(reading, filing=replace(reading.filing, unit=unit))
    checked = check(known, prior_of(known.filing, member, asked.members, asked.priors))
    made = delivery(known, checked.findings, digest)
    return replace(made, member=member, by=match.by, remarks=remarks)


def _digest(path: Path) -> str:
    return hashlib.sha256(files.content(path)).hexdigest()


def _agreed(match: Match, asked: Asked, path: Path) -> tuple[Member | None, tuple[Text, ...]]:
    """The unit a file belongs to, and what is to be said of it; by its name alone only where somebody confirms it."""
    if match.member is None:
        return None, ()
    name = match.member.unit.name
    if match.by != "file-name":
        if match.other is not None and match.other is not match.member:
            return match.member, (text("its file name speaks of {other}", other=match.other.unit.name),)
        return match.member, ()
    if asked.confirm(text("{file}: it says of no unit on the roster; by its file name it is {unit}'s. Take it so?",
                          file=str(path), unit=name)):  # fmt: skip
        return match.member, (text("taken for {unit} by its file name", unit=name),)
    return None, (
        text("only its file name speaks of {unit}; enter the unit on its cover, or confirm with --yes", unit=name),
    )
