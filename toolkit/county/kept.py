"""What a merge of many files has read, kept beside its output while it runs: one that was cut off goes on from there.

Each run writes a hidden file of its own and reads those that others left; the end of a merge takes them away. A file is
lines of JSON, each behind a digest of it: a line that is torn, and a file that anybody else could have written, are as
if they were not there. What could not be read is not kept: that may be otherwise the next time.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.county import inputs
from toolkit.county.inbox import Asked
from toolkit.county.inputs import Input
from toolkit.ground import forms
from toolkit.ground.errors import NoForm, Unreadable
from toolkit.ground.language import Text, chosen, text
from toolkit.ground.limits import stated
from toolkit.ground.shelf import Shelf
from toolkit.ground.writing import here, runs
from toolkit.model import notation
from toolkit.model.ledger import Delivery, Unread

WORTH_KEEPING = 100
"""So many files take longer to read than anybody wants to wait for twice."""

_LARGEST = 2**30
_SIGNS = 16
_OF_NO_WEIGHT = frozenset({"besides", "confirm", "jobs", "scheduler", "priors"})
"""What is asked for besides and changes nothing of what an input gives, and last year's filings, which are looked at by
themselves.
"""

_Key = tuple[str, str]


class _Was(NamedTuple):
    """What is known of an input that was read: how long its file was, when it was changed, and where on a shelf it is
    said what was made of it: of very many that is more than memory should take.
    """

    size: int
    changed: int
    made: Shelf[str]
    at: int


class Kept:
    """What a merge keeps beside its output, and what merges that were cut off have left there."""

    def __init__(self, output: Path) -> None:
        """Look for what was left beside an output."""
        self._folder = output.absolute().parent
        self._begins = f".xls-merge-{_digest(output.name)}-"
        self._left = tuple(sorted(self._found()))
        self._known: dict[_Key, _Was] = {}
        self._placed: dict[str, set[str]] = {}
        self._stream = -1
        self._path: Path | None = None
        self._files = self._again = self._unused = 0
        self._makes = False
        self._lines = tuple(_Lines(path) for path in self._left)
        for path, digest in (each for lines in self._lines for each in lines.placed):
            self._placed.setdefault(path, set()).add(digest)

    def begin(self, asked: Asked, things: Sequence[Input]) -> None:
        """Begin to keep what is read of some inputs, where they are many."""
        if len(things) < WORTH_KEEPING:
            return
        self._files = len(things)
        now = _circumstances(asked)
        for lines in self._lines:
            if lines.circumstances == now:
                self._known |= lines.read
            self._unused += lines.circumstances != now or lines.torn
        self._open(now)

    def known(self, given: Input) -> Delivery | None:
        """What an input gave before the merge was cut off, where it is still the same to the byte."""
        was = self._known.pop((given.source, given.member), None)
        if was is None or (was.size, was.changed) != _state(given):
            return None
        try:
            made = notation.read(was.made.get(was.at))
            if isinstance(made, Delivery) and made.digest == sha256(inputs.content(given)).hexdigest():
                self._again += 1
                return made
        except (ValueError, Unreadable, NoForm):
            self._unused += 1
        return None

    def keep(self, given: Input, made: Delivery | Unread) -> None:
        """Keep what an input gave."""
        if self._stream < 0 or not isinstance(made, Delivery):
            return
        with contextlib.suppress(notation.Unwritable):
            self._add(["read", given.source, given.member, *_state(given)], notation.written(made))

    def places(self, path: Path, digest: str) -> None:
        """Remember what is going to be written, by its digest, before it is: should the merge end there, it is known as
        its own.
        """
        if self._stream >= 0:
            self._add(["placed", os.fsdecode(path.absolute()), digest])

    def placed(self, path: Path) -> bool:
        """Whether a file is one that a merge that was cut off wrote, and nobody has changed since."""
        digests = self._placed.get(os.fsdecode(path.absolute()))
        if not digests:
            return False
        try:
            return sha256(path.read_bytes()).hexdigest() in digests
        except OSError:
            return False

    def clear(self) -> None:
        """Take away what was kept, for the merge has ended."""
        self._close()
        for path in (*self._left, *([self._path] if self._path else [])):
            if path == self._path or not _is_written(path):
                with contextlib.suppress(OSError):
                    path.unlink()
        self._path = None
        if self._makes:
            with contextlib.suppress(OSError):  # nothing could be merged, or something is there now
                self._folder.rmdir()

    @property
    def keeps(self) -> bool:
        """Whether something is kept now for a run that begins again."""
        return self._stream >= 0

    def remarks(self) -> Iterator[Text]:
        """What of it was used, and what was not, for whoever wants to know."""
        if self._again:
            yield text("{count} of {files} files had been read before an earlier merge was cut off; they were not read "
                       "again", count=self._again, files=self._files)  # fmt: skip
        if self._unused:
            yield text(
                "what an earlier merge that was cut off has kept in {folder} is not used, or not all of it: it was "
                "another version of xls or had other options, or it is damaged",
                folder=str(self._folder),
            )

    def _found(self) -> Iterator[Path]:
        with contextlib.suppress(OSError):
            for name in os.listdir(self._folder):  # noqa: PTH208 - names suffice, in a folder that may hold thousands
                if name.startswith(self._begins):
                    yield self._folder / name

    def _open(self, circumstances: str) -> None:
        name = f"{self._begins}{here()}-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            self._makes = not self._folder.exists()
            self._folder.mkdir(parents=True, exist_ok=True)
            self._stream = os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        except OSError:
            return  # where nothing can be kept, the merge itself goes on
        self._path = self._folder / name
        self._add(["begun", circumstances])

    def _add(self, head: list[Any], made: str = "") -> None:
        said = f"{json.dumps(head, separators=(',', ':'))}\t{made}".encode()
        whole = b"%s %s\n" % (_digest(said).encode(), said)
        try:
            if os.write(self._stream, whole) == len(whole):
                return
        except OSError:
            pass
        self._close()  # no room, no right any more: the place is given back
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._path = None

    def _close(self) -> None:
        if self._stream >= 0:
            with contextlib.suppress(OSError):
                os.close(self._stream)
        self._stream = -1


class _Lines:
    """What stands in a file that was left."""

    def __init__(self, path: Path) -> None:
        self.circumstances = ""
        self.read: dict[_Key, _Was] = {}
        self.placed: list[tuple[str, str]] = []
        self.torn = False
        self._made: Shelf[str] = Shelf()
        try:
            for kind, *rest in _told(path):
                self._take(kind, rest)
        except (OSError, ValueError, TypeError):
            self.torn = True

    def _take(self, kind: str, rest: list[Any]) -> None:
        if kind == "begun":
            self.circumstances, _ = rest
        elif kind == "read":
            source, member, size, changed, made = rest
            self.read[source, member] = _Was(size, changed, self._made, self._made.put(made))
        elif kind == "placed":
            path, digest, _ = rest
            self.placed.append((path, digest))


def _told(path: Path) -> Iterator[list[Any]]:
    """The lines of a file up to the first that is not whole; the last one is torn wherever a process was killed.

    Raises:
        OSError: it cannot be opened, or may be another's.
        ValueError: a line in the middle of it is damaged.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as stream:  # noqa: PTH123 - what is open already
        about = os.fstat(handle)
        own = not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o022)
        if not stat.S_ISREG(about.st_mode) or not own or about.st_size > _LARGEST:
            raise PermissionError(path)
        for line in stream:
            digest, said = line[:_SIGNS], line[_SIGNS + 1 : -1]
            if not line.endswith(b"\n"):
                return
            if digest != _digest(said).encode():
                raise ValueError(path)
            head, _, made = said.partition(b"\t")  # in JSON of ours there is none
            yield [*json.loads(head), made.decode()]


def _circumstances(asked: Asked) -> str:
    """What decides what is read of an input besides it: a digest of the toolkit, its forms and the options."""
    from importlib.metadata import version

    wanted = forms.active()
    options = [repr(getattr(asked, each.name)) for each in fields(asked) if each.name not in _OF_NO_WEIGHT]
    priors = asked.priors.digest() if asked.priors is not None else ""
    said = (version("xls-annual-report"), _code(wanted.folders), wanted, stated(), chosen(), options, priors)
    return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _code(folders: Sequence[str]) -> list[tuple[str, int, int]]:
    """The state of the toolkit's own files and of the forms: a checkout changes without a new version."""
    from toolkit.form.edition import TEMPLATES

    places = (Path(__file__).parents[1], TEMPLATES, *map(Path, folders))
    found = [each for place in places for ending in ("py", "toml") for each in place.rglob(f"*.{ending}")]
    states = [(str(each), each.stat()) for each in sorted(found)]
    return [(name, state.st_size, state.st_mtime_ns) for name, state in states]


def _state(given: Input) -> tuple[int, int]:
    """The size of an input's file, and when it was changed; nothing like it where it cannot be looked at."""
    try:
        about = os.stat(given.path)  # noqa: PTH116 - of thousands
    except (OSError, ValueError):
        return -1, -1
    return about.st_size, about.st_mtime_ns


def _is_written(path: Path) -> bool:
    """Whether another process of this machine still writes a file of ours."""
    machine, owner, _ = path.name.rsplit("-", 2) if path.name.count("-") > 1 else ("", "", "")
    return machine.endswith(here()) and owner.isdigit() and int(owner) != os.getpid() and runs(int(owner))


def _digest(said: str | bytes) -> str:
    return sha256(os.fsencode(said)).hexdigest()[:_SIGNS]
