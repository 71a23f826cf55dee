"""Writing that leaves the old file or the new one, whatever comes: a crash, a kill, a full disk, another run."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from toolkit.ground.errors import NotWritten, WrongUse
from toolkit.ground.language import Text, text
from toolkit.ground.reasons import reason

PREFIX = ".xls-"
"""How the hidden files are called that we keep beside an output."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC, errno.EFBIG})
_BUSY = frozenset({errno.EBUSY, errno.ETXTBSY if hasattr(errno, "ETXTBSY") else errno.EBUSY})
_IN_USE = frozenset({32, 33})
"""What Windows says of a file that is open elsewhere."""
_DENIED = 5
"""What it says of one that is to be replaced while Excel or WPS has it open."""
_REFUSED = frozenset({errno.EACCES, errno.EPERM})


def save(path: Path, written: bytes, *, force: bool = False) -> None:
    """Write a file; see `save_by`.

    Raises:
        NotWritten: it exists and `force` is not given, or it cannot be written: no space, no right, no such name.
    """
    save_by(path, lambda stream: stream.write(written), force=force)


def save_by(path: Path, writing: Callable[[IO[bytes]], object], *, force: bool = False) -> None:
    """Have a file written beside its target and rename it into place: a crash leaves the old file or the new one.

    `writing` is given the open file. A file that is replaced keeps its permissions; behind a symbolic link it is the
    file itself that is. What a run that was killed left beside it is cleared away.

    Raises:
        NotWritten: it exists and `force` is not given, or it cannot be written: no space, no right, no such name.
    """
    import secrets

    try:
        target = _target(path, force)
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(target.parent)
        beside = target.parent / f"{PREFIX}{here()}-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            _write(beside, writing)
            if target.exists():
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            _place(beside, target, force)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
        _settle(target.parent)
    except (OSError, ValueError) as error:
        raise NotWritten(_why(path, error)) from error


def refuse_inputs(output: Path, inputs: Iterable[Path]) -> None:
    """Refuse to write onto a file that is read, whatever it is called there.

    Raises:
        WrongUse: the output is one of the inputs.
    """
    for each in inputs:
        if str(each) == str(output) == "-":
            continue  # standard input and standard output are two things
        with contextlib.suppress(OSError, ValueError):
            if each.resolve() == output.resolve() or (output.exists() and each.exists() and each.samefile(output)):
                raise WrongUse(text("{file}: it is one of the inputs; give another name", file=str(output)))


def is_unfinished(name: str) -> bool:
    """Whether a file is called as what we keep beside an output until it is written: nobody's input, no leftover."""
    return name.startswith(PREFIX)


def _target(path: Path, force: bool) -> Path:
    """The file that is meant: behind a link the one it leads to.

    Raises:
        NotWritten: it is no file, or there is one already.
    """
    target = path.resolve() if path.is_symlink() else path
    if target.is_dir():
        raise NotWritten(text("{file}: a folder; give the name of a file", file=str(path)))
    if target.exists() and not target.is_file():
        raise NotWritten(text("{file}: no file but a pipe or a device; give the name of a file", file=str(path)))
    if target.exists() and not force:
        raise NotWritten(_exists(path))
    return target


def _write(beside: Path, writing: Callable[[IO[bytes]], object]) -> None:
    with beside.open("xb") as stream:  # the system itself takes the umask off its permissions
        writing(stream)
        stream.flush()
        os.fsync(stream.fileno())


def _place(beside: Path, target: Path, force: bool) -> None:
    """Give the finished file its name; without `force` never over one that came while it was written.

    Raises:
        NotWritten: one came.
    """
    if not force:
        try:
            target.hardlink_to(beside)
            return
        except FileExistsError as error:
            raise NotWritten(_exists(target)) from error
        except (OSError, NotImplementedError):  # a file system without hard links
            pass
    beside.replace(target)


def _settle(folder: Path) -> None:
    """Have the system keep the new name, too; not every system can."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def here() -> str:
    """What tells this machine from others that write to the same folder."""
    import socket

    return f"{zlib.crc32(socket.gethostname().encode()):08x}"


def _clear(folder: Path) -> None:
    """Take away what runs on this machine left unfinished that are no more."""
    for left in _left(folder):
        with contextlib.suppress(OSError):
            left.unlink()


_cleared: set[tuple[str, int]] = set()


def _left(folder: Path) -> Iterator[Path]:
    key = (str(folder), os.getpid())
    if key in _cleared:  # thousands of letters go into one folder
        return
    _cleared.add(key)
    for name in os.listdir(folder):  # noqa: PTH208 - names suffice, in a folder that may hold thousands
        if not name.startswith(PREFIX + here()):
            continue
        owner = name[len(PREFIX) :].split("-")[1]
        if owner.isdigit() and not runs(int(owner)):
            yield folder / name


def runs(process: int) -> bool:
    """Whether a process of this machine goes on; where that is not known, it does not."""
    if sys.platform == "win32":  # there a signal of 0 would end it; an open file cannot be taken away anyhow
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _exists(path: Path) -> Text:
    return text("{file}: exists already; give another name, or --force to replace it", file=str(path))


def _opened(path: Path) -> bool:
    """Whether an office program has left its mark beside a file: it has it open, perhaps on another machine."""
    marks = (f"~${path.name}", f"~${path.name[2:]}", f".~{path.name}", f".~lock.{path.name}#")
    return any(path.with_name(each).exists() for each in marks)


def _why(path: Path, error: OSError | ValueError) -> Text:
    number = getattr(error, "errno", None)
    if number in _FULL:
        return text("{file}: the disk is full or its quota used up; free some space and run it again", file=str(path))
    if number == errno.ENAMETOOLONG or isinstance(error, ValueError):
        return text("{file}: no such name can be given to a file; give a shorter, plain one", file=str(path)[:80] + "…")
    windows = getattr(error, "winerror", None)
    denied = windows == _DENIED and path.is_file()
    if number in _BUSY or windows in _IN_USE or denied or (number in _REFUSED and _opened(path)):
        return text("{file}: it may be open in Excel or WPS; close it there and run it again", file=str(path))
    said = reason(error)
    return text("{file}: cannot be written ({reason}); choose another folder", file=str(path), reason=said)
