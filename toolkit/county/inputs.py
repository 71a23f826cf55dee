"""What the paths of a command give: files, members of archives, and what is not read; each of them named once."""

from __future__ import annotations

import glob
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from toolkit.ground import files
from toolkit.ground.errors import NoForm, Unreadable, WrongUse
from toolkit.ground.language import text
from toolkit.ground.limits import limits
from toolkit.ground.patterns import pattern
from toolkit.ground.writing import is_unfinished
from toolkit.intake import several

_ARCHIVE = ".zip"
_URL = pattern(r"[a-zA-Z][a-zA-Z0-9+.-]+://.+")
_OTHER_ARCHIVES = frozenset({".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".cab", ".arj"})
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx"})
"""Bytes, as they unpack; what an archive says of itself may be untrue."""

_DAMAGED = (OSError, zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, KeyError)
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


def is_url(path: str) -> bool:
    """Whether a path is a URL; what reads those is loaded where one is given."""
    return _URL.fullmatch(path) is not None


class Input(NamedTuple):
    """One thing that is given: a file, a URL (its `path`), or with `member` one in an archive. `source` is how it is
    named to people.

    `listed`: it was found in a folder or an archive, so that it need not be a filing at all.
    """

    source: str
    path: str
    member: str = ""
    listed: bool = False

    @property
    def stem(self) -> str:
        """The name of the file without its ending; units are known by it."""
        return PurePosixPath(self.source.rpartition(" › ")[2].replace("\\", "/")).stem


class Given(NamedTuple):
    """What paths give, in order; `litter` counts lock files, hidden files and what systems leave in folders."""

    inputs: tuple[Input, ...]
    litter: int = 0


def inputs(paths: Iterable[str], besides: Sequence[Path] = ()) -> Given:
    """The inputs that paths, folders and globs name, each once: of a folder every file at any depth, of an archive
    every member. What the command itself writes (`besides`: files and folders) is none. A path that does not exist is
    given back, for its reader to refuse by name.

    Raises:
        WrongUse: a folder or a glob in which there is no file; a path that is empty.
    """
    found: dict[Path, bool] = {}
    urls: dict[str, bool] = {}
    litter = 0
    written = tuple(each.resolve() for each in besides)
    for said in paths:
        if not said:  # of the system it would be the folder one is in
            raise WrongUse(text("an empty path; name a file or a folder"))
        if is_url(said):
            from toolkit.county import remote

            urls |= dict(remote.listed(said))
            continue
        path = Path(said)
        if not path.is_dir() and (path.exists() or not glob.has_magic(said)):
            found.setdefault(path, False)
            continue
        kept = []
        for each in _listed(said):
            if is_unfinished(each.name):
                continue
            litter += _is_litter(each, path)
            if not _is_litter(each, path) and not _is_one_of(each, written):
                kept.append(each)
        if not kept:
            raise WrongUse(text("{path}: no workbook in it; name the folder with the filled-in workbooks", path=said))
        for each in kept:
            found.setdefault(each, True)
    made = [each for path, listed in found.items() for each in _opened(path, listed)]
    for url, listed in urls.items():
        stray = listed and _left_behind(url.rpartition("/")[2])
        made.append(None if stray else Input(url, url, listed=listed))
    return Given(tuple(each for each in made if each is not None), litter + made.count(None))


def _listed(said: str) -> Iterator[Path]:
    path = Path(said)
    if path.is_dir():
        yield from (each for each in sorted(path.rglob("*")) if not each.is_dir())
        return
    for each in sorted(glob.glob(said, recursive=True)):  # noqa: PTH207 - an absolute pattern
        if not Path(each).is_dir():
            yield Path(each)


def _is_litter(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts if folder in path.parents else (path.name,)
    return any(_left_behind(part) for part in parts)


def _left_behind(name: str) -> bool:
    """Whether a file or folder is a lock, hidden, or something that a system leaves everywhere."""
    return name.startswith((".", "~$")) or name.lower() in _LEFT_BY_SYSTEMS


def _is_one_of(path: Path, written: Sequence[Path]) -> bool:
    resolved = path.resolve()
    return any(resolved == each or each in resolved.parents for each in written)


def _opened(path: Path, listed: bool) -> Iterator[Input | None]:
    """A file as an input, an archive as its members; None for each member that is litter."""
    whole = Input(shown(path), str(path), listed=listed)
    if path.suffix.lower() != _ARCHIVE or not path.is_file():
        yield whole
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError, IndexError):  # a member without a name is one
        members = []
    names = {each.filename for each in members}
    if not members or len(members) > limits().members or names & {"[Content_Types].xml", "mimetype"}:
        yield whole  # its reader says what is wrong with it; a workbook may have been renamed
        return
    for each in sorted(members, key=_name):
        name = _name(each)
        if any(_left_behind(part) for part in PurePosixPath(name).parts):
            yield None
        else:
            yield Input(f"{whole.source} › {name}", str(path), each.orig_filename, listed=True)


def shown(path: Path) -> str:
    """A path as people read it: names in another encoding than the system's are taken for UTF-8 or Chinese ones."""
    return _decoded(os.fsencode(path))


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member; a Chinese Windows writes it in the system's encoding and does not say so."""
    name = member.filename if member.flag_bits & _UTF8_NAME else _decoded(_raw(member.filename))
    return name.replace("\\", "/")


def _raw(name: str) -> bytes:
    try:
        return name.encode("cp437")
    except UnicodeEncodeError:
        return name.encode()


def _state(path: str) -> tuple[str, int, int]:
    about = Path(path).stat()
    return path, about.st_size, about.st_mtime_ns


@lru_cache(maxsize=1)
def _archive(path: str, size: int, changed: int) -> tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]:
    """An archive and its members by name; it stays open for the next of them, else its list is read for each anew."""
    archive = zipfile.ZipFile(path)
    members: dict[str, zipfile.ZipInfo] = {}
    for each in archive.infolist():
        members.setdefault(each.orig_filename, each)
    return archive, members


def content(given: Input) -> bytes:
    """The bytes of an input.

    Raises:
        NoForm: it is of a kind that is not read: another archive, an archive in an archive, no file at all.
        Unreadable: it is not there, may not be read, is damaged, encrypted, or unpacks to too much.
    """
    _refuse_kinds(given)
    if is_url(given.path):
        from toolkit.county import remote

        return remote.content(given.path)
    if not given.member:
        return files.content(Path(given.path))
    most = limits().file_mb << 20
    try:
        archive, members = _archive(*_state(given.path))
        member = members[given.member]
        if member.flag_bits & _ENCRYPTED:
            raise Unreadable(
                text("{file}: encrypted; unpack it with its password and put it beside", file=given.source)
            )
        with archive.open(member) as stream:
            read = stream.read(most + 1)
    except (*_DAMAGED, zlib.error) as error:
        raise Unreadable(
            text("{file}: damaged in its archive; ask for the archive, or the file itself, again", file=given.source)
        ) from error
    if len(read) > most:
        raise Unreadable(text("{file}: it unpacks to more than a filing can be; ask for it again", file=given.source))
    return read


def _refuse_kinds(given: Input) -> None:
    """Refuse what needs not be opened to be refused.

    Raises:
        NoForm: an archive of a kind that is not opened, or something that is no file.
    """
    suffix = PurePosixPath(given.source).suffix.lower()
    if suffix in _OTHER_ARCHIVES or (suffix == _ARCHIVE and given.member):
        raise NoForm(text("{file}: this archive is not opened; unpack it into the folder", file=given.source))
    path = Path(given.path)
    if given.listed and not given.member and not is_url(given.path) and not path.is_file():
        raise NoForm(text("{file}: neither a file nor a folder; put the file itself there", file=given.source))


def may_run_away(given: Input) -> bool:
    """Whether an input is to be read in a process of its own."""
    if given.member or is_url(given.path):
        return PurePosixPath(given.source).suffix.lower() == ".pdf"
    return several.may_run_away(Path(given.path))


def absolute(given: Input) -> Input:
    """The same input by a path that holds in every folder; a URL does."""
    return given if is_url(given.path) else given._replace(path=str(Path(given.path).absolute()))


def saved(given: Input) -> str:
    """When an input was saved last as its file system or archive says: a sortable time, empty where nobody knows."""
    if is_url(given.path):
        from toolkit.county import remote

        return remote.saved(given.path)
    try:
        if given.member:
            _, members = _archive(*_state(given.path))
            return datetime(*members[given.member].date_time, tzinfo=UTC).isoformat()
        return datetime.fromtimestamp(Path(given.path).stat().st_mtime, UTC).isoformat()
    except (OSError, ValueError, zipfile.BadZipFile, KeyError):
        return ""
