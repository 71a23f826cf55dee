"""Many files checked: each read, matched with last year's and checked; one that cannot be read stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from toolkit import files
from toolkit.check import check
from toolkit.errors import NoEdition, Unreadable
from toolkit.intake import intake
from toolkit.language import Text, text
from toolkit.model import Checked, Unread
from toolkit.prior import Priors, priors

Progress = Callable[[Sequence[Path]], Iterable[Path]]
"""Wraps the files while they are gone through, to show how far it is."""


def check_files(
    paths: Sequence[str], prior: Path | None, on_progress: Progress
) -> tuple[list[Checked | Unread], list[Text]]:
    """What came of checking the filings at some paths, in their order; and what of last year's could not be read.

    Raises:
        WrongUse: a folder without workbooks, or a prior filing that is another's.
        Unreadable: the one prior filing given cannot be read.
    """
    found = files.expand(paths)
    before, unread = priors(prior, single=len(found) == 1) if prior else (Priors(()), ())
    results: list[Checked | Unread] = []
    for path in on_progress(found):
        try:
            reading = intake(path)
            results.append(check(reading, before.of(reading.filing)))
        except Unreadable as error:
            results.append(Unread(str(path), error.sentence))
        except NoEdition as error:
            results.append(Unread(str(path), text("{file}: {what}", file=str(path), what=error.sentence)))
    return results, [each.sentence for each in unread]
