"""One run at a time writes an output: a second one is refused while the first goes on, not after its work is done."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path

from toolkit.ground.errors import NotWritten
from toolkit.ground.language import text
from toolkit.ground.writing import PREFIX

_BEGINS = f"{PREFIX}claim-"


class _Run(ExitStack):
    """What a run has claimed."""

    def __init__(self) -> None:
        super().__init__()
        self.claimed: set[Path] = set()


_run: ContextVar[_Run | None] = ContextVar("run", default=None)


@contextmanager
def run() -> Iterator[None]:
    """A run: what is claimed within the `with` block is let go at its end."""
    with _Run() as own:
        before = _run.set(own)
        try:
            yield
        finally:
            _run.reset(before)


def claim(output: Path) -> None:
    """Hold an output, or the file behind a link, as this run's own until the run ends; outside of one, hold nothing.

    It is held by a lock of the system on a hidden file beside it, which ends with the process however that ends; what
    killed runs left of such files in the folder is taken away. Where the folder is not there yet, cannot be written to,
    or knows no locks, nothing is held.

    Raises:
        NotWritten: another run holds it.
    """
    from hashlib import sha256

    own = _run.get()
    if own is None:
        return
    try:
        target = Path(os.path.realpath(output))
        if target in own.claimed:
            return
        beside = target.with_name(_BEGINS + sha256(os.fsencode(target.name)).hexdigest()[:16])
        own.callback(_let_go, _held(beside), beside)
    except BlockingIOError as error:
        raise NotWritten(
            text(
                "{file}: another run of xls is writing it; wait until it has ended and run this again", file=str(output)
            )
        ) from error
    except (OSError, ValueError):
        return
    own.claimed.add(target)
    _sweep(target.parent, beside)


def _held(path: Path) -> int:
    """The handle of a file that this process has locked.

    Raises:
        BlockingIOError: another has.
        OSError: it cannot be made or locked.
    """
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            _lock(handle)
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.stat()):
                    return handle
        except OSError:
            os.close(handle)
            raise
        os.close(handle)  # who held it took it away meanwhile: it locks nothing any more


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_go(handle: int, path: Path) -> None:
    if sys.platform == "win32":  # there a file that is open cannot be taken away
        os.close(handle)
    with contextlib.suppress(OSError):
        path.unlink()
    if sys.platform != "win32":
        os.close(handle)


def _sweep(folder: Path, own: Path) -> None:
    for name in os.listdir(folder):  # noqa: PTH208 - names suffice, in a folder that may hold thousands
        if name.startswith(_BEGINS) and name != own.name:
            with contextlib.suppress(OSError):
                _let_go(_held(folder / name), folder / name)
