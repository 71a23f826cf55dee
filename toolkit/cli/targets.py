"""Where an output goes: a name that will not do is refused with what to type instead, a forgotten one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.cli import screen
from toolkit.ground.claims import claim
from toolkit.ground.errors import WrongUse
from toolkit.ground.files import STREAM, WORKBOOKS
from toolkit.ground.language import listed, text
from toolkit.ground.patterns import pattern
from toolkit.ground.typed import typed

WORKBOOK = (".xlsx",)
_DOCUMENTS = WORKBOOKS | {".docx", ".doc", ".wps", ".pdf", ".html", ".csv", ".txt", ".json", ".zip"}
_KIND = pattern(r"\.[A-Za-z][A-Za-z0-9]{0,7}")
"""An ending that says a kind of file; that of 云岭县1.20 says none."""


def target(given: Path, name: str, endings: Sequence[str] = WORKBOOK, option: str = "-o ") -> Path:
    """The file that is to be written, claimed until the command ends; `name` is what it might be called in a folder.

    Raises:
        WrongUse: it is a folder, or its name has none of the endings.
        NotWritten: another run is writing it.
    """
    if given.is_dir():
        instead = option + typed(given / name)
        raise WrongUse(text("{file}: a folder; name the file in it: {instead}", file=str(given), instead=instead))
    if given.suffix.lower() not in endings:
        instead = option + typed(name if str(given) == STREAM else _ending(given, endings[0]))
        said = text("{file}: what is written here ends in {endings}; type {instead}",
                    file=str(given), endings=listed(endings, len(endings)), instead=instead)  # fmt: skip
        raise WrongUse(said)
    return _claimed(given)


def chosen(given: Path | None, default: Path, endings: Sequence[str] = WORKBOOK, *, streams: bool = True) -> Path:
    """The file that is to be written, or `-` where it `streams`; where none is given the default, and that is said.

    Raises:
        WrongUse: what is given is a folder, or its name has none of the endings.
        NotWritten: another run is writing it.
    """
    if given is not None:
        if streams and str(given) == STREAM:
            return given
        return target(given, default.name, endings)
    screen.remark(text("no -o was given; the output is called {file}", file=str(default)))
    return _claimed(default)


def folder(given: Path, option: str) -> Path:
    """The folder that many files go into, claimed as a file is.

    Raises:
        WrongUse: it is a file, or is called like one.
        NotWritten: another run is writing into it.
    """
    if given.is_file() or given.suffix.lower() in _DOCUMENTS or str(given) == STREAM:
        instead = f"{option} {typed(given.with_suffix('') if given.suffix else '退回')}"
        said = text("{file}: many files are written here, into a folder; type {instead}", file=str(given),
                    instead=instead)  # fmt: skip
        raise WrongUse(said)
    return _claimed(given)


def beside(path: Path, added: str, ending: str = ".xlsx") -> Path:
    """A file beside another, called like it with something added; of standard input, in the folder one is in."""
    stem = "" if str(path) == STREAM else path.stem
    return path.with_name(f"{stem}{added if stem else added.strip('-（）')}{ending}")


def _claimed(path: Path) -> Path:
    if str(path) != STREAM:
        claim(path)
    return path


def _ending(path: Path, ending: str) -> Path:
    """The path with another ending in place of the one it has, if that is one."""
    return path.with_suffix(ending) if _KIND.fullmatch(path.suffix) else path.with_name(path.name + ending)
