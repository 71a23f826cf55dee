"""Filings on their way into a long table: what was read of each is put by on disk, since what becomes of one is known
when all are read, and a country's would not fit into memory.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from typing import IO, NamedTuple

from toolkit.county.inbox import Asked, only_read
from toolkit.county.inputs import Input
from toolkit.county.standing import has_error, standing
from toolkit.form.edition import named
from toolkit.form.parts import Ref, Value
from toolkit.model.filing import Entry, Filing, Reading, Unit
from toolkit.model.ledger import Unread


class Outgoing(NamedTuple):
    """A filing as a long table has it: no texts, no origins; `refs` are None where they are all of the form's."""

    unit: Unit
    year: int
    edition: str
    source: str
    wrong: bool
    refs: tuple[Ref, ...] | None
    values: tuple[Value, ...]


def outgoing(asked: Asked, given: Input) -> Outgoing | Unread:
    """An input as a long table has it, and whether it has an error; small enough to be sent between processes."""
    made = only_read(asked, given)
    if isinstance(made, Unread):
        return made
    filing = made.filing
    refs = tuple(filing.entries)
    values = tuple(entry.value for entry in filing.entries.values())
    whole = refs == tuple(named(filing.edition).figures)
    return Outgoing(filing.unit, filing.year, filing.edition, filing.source, has_error(made), None if whole else refs,
                    values)  # fmt: skip


class Spool:
    """Filings put by in a file that is gone with the process; of each there stays in memory whose it is."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._units: list[tuple[Unit, int]] = []
        self._wrong: list[bool] = []

    def put(self, made: Outgoing) -> None:
        """Put one by."""
        pickle.dump(made, self._file, pickle.HIGHEST_PROTOCOL)
        self._units.append((made.unit, made.year))
        self._wrong.append(made.wrong)

    def statuses(self) -> tuple[str, ...]:
        """What becomes of each; see `standing`."""
        return standing(self._units, self._wrong)

    def readings(self) -> Iterator[Reading]:
        """All of them, in the order in which they were put by."""
        self._file.seek(0)
        for _ in self._units:
            yield _reading(pickle.load(self._file))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _reading(made: Outgoing) -> Reading:
    refs = tuple(named(made.edition).figures) if made.refs is None else made.refs
    entries = {ref: Entry(value) for ref, value in zip(refs, made.values, strict=True)}
    return Reading(Filing(made.edition, made.year, made.unit, entries, {}, made.source), (), len(refs), len(refs))
