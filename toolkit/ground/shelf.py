"""Values put by in a file that is gone with the process: a country's would not fit into memory. Nothing is known here
of what they are.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import IO, Generic, TypeVar, overload

from toolkit.ground.errors import NotWritten
from toolkit.ground.language import text
from toolkit.ground.reasons import reason

Value = TypeVar("Value")

MANY = 2000
"""Of more values than these the heavy ones are put by; fewer take less memory than the machine gives away at once."""


@contextmanager
def room() -> Iterator[None]:
    """While something is put by where the system keeps temporary files.

    Raises:
        NotWritten: there is no such place, or no room in it.
    """
    try:
        yield
    except OSError as error:
        said = text(
            "what so many files need is put by where the system keeps temporary files, and cannot be written there "
            "({reason}); free some space, or name another folder by TMPDIR",
            reason=reason(error),
        )
        raise NotWritten(said) from error


class Shelf(Generic[Value]):
    """Values in a file without a name. Each comes back by the place that it was given.

    Every call raises `NotWritten` where there is no room for them.
    """

    def __init__(self) -> None:
        """Open the file; no other process sees it, and none is left of it.

        Raises:
            NotWritten: there is no place for it.
        """
        self._file: IO[bytes] = _unnamed()
        self._end = 0
        self._last: tuple[int, Value] | None = None

    def put(self, value: Value) -> int:
        """Put a value by; its place.

        Raises:
            NotWritten: there is no room for it.
        """
        import pickle

        at = self._end
        with room():
            self._file.seek(at)
            self._end += self._file.write(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        self._last = at, value
        return at

    def get(self, at: int) -> Value:
        """The value of a place; asked for several times in a row it is read once.

        Raises:
            NotWritten: there was no room for what was put by last.
        """
        import pickle

        if self._last is None or self._last[0] != at:
            with room():
                self._file.seek(at)
                self._last = at, pickle.load(self._file)
        return self._last[1]

    def __del__(self) -> None:
        """Let go of the file."""
        if hasattr(self, "_file"):
            with suppress(OSError):  # what was to be written yet is nobody's any more
                self._file.close()


class PutBy(Sequence[Value]):
    """A sequence of which each value is read when it is asked for; of any two one only need be in memory."""

    def __init__(self, values: Iterable[Value]) -> None:
        """Put the values by, one after the other."""
        self._shelf: Shelf[Value] = Shelf()
        self._places = array("Q", (self._shelf.put(each) for each in values))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, at: int | slice) -> Value | tuple[Value, ...]:
        """One of them, or those of a slice."""
        if isinstance(at, slice):
            return tuple(map(self._shelf.get, self._places[at]))
        return self._shelf.get(self._places[at])

    def __iter__(self) -> Iterator[Value]:
        """All of them, in order."""
        return map(self._shelf.get, self._places)


def put_by(values: Iterable[Value], count: int) -> Sequence[Value]:
    """So many values as a sequence: of many each is on disk."""
    return PutBy(values) if count > MANY else tuple(values)


def stream(count: int) -> IO[bytes]:
    """Where a file is made that has so much in it: in memory, or of much on disk. It is gone when nobody holds it.

    Raises:
        NotWritten: there is no place for it.
    """
    return _unnamed() if count > MANY else io.BytesIO()


def _unnamed() -> IO[bytes]:
    import tempfile  # few need it

    with room():
        return tempfile.TemporaryFile()


def repeated(signs: Iterable[Hashable]) -> frozenset[int]:
    """The hashes of the signs that come more than once, and by chance another's: whoever asks looks at those again. A
    table of all signs would take ten times the memory.
    """
    hashes = sorted(array("q", map(hash, signs)))
    return frozenset(one for one, other in pairwise(hashes) if one == other)
