"""Files and folders: which ones are meant, safe names for new ones, and writing that leaves the old file or the new."""

from __future__ import annotations

import glob
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.ground.errors import Unreadable, WrongUse
from toolkit.ground.language import text
from toolkit.ground.limits import limits
from toolkit.ground.patterns import pattern
from toolkit.ground.reasons import reason
from toolkit.ground.writing import refuse_inputs, save, save_by

__all__ = [
    "SAMPLES",
    "WORKBOOKS",
    "content",
    "distinct",
    "expand",
    "refuse_inputs",
    "safe_name",
    "sample",
    "save",
    "save_by",
]

STREAM = "-"
"""In place of a file: standard input, or standard output."""

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"})
_RESERVED = pattern(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = pattern(r'[/\\:*?"<>|]')
_LONGEST, _MOST_BYTES = 80, 240
"""Characters, and bytes, of a name without its ending: systems take 255 bytes with it."""

_PACKAGED = Path(__file__).parents[1] / "samples"
SAMPLES = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "samples"
"""The samples that come with the package: beside it in a checkout, inside it when installed."""


def expand(paths: Iterable[str]) -> tuple[Path, ...]:
    """The files that paths, folders and globs name, each once: a folder gives the workbooks in it, at any depth.

    Lock files (`~$…`) and hidden files are passed over. A path that does not exist is given back, for its reader to
    refuse by name.

    Raises:
        WrongUse: a folder or a glob in which there is no workbook.
    """
    found: dict[Path, None] = {}
    for said in paths:
        path = Path(said)
        if path.is_dir():
            here = tuple(_workbooks(path))
        elif not path.exists() and glob.has_magic(said):
            here = tuple(
                Path(each)
                for each in sorted(glob.glob(said, recursive=True))  # noqa: PTH207 - an absolute pattern
                if Path(each).is_file() and not _passed_over(Path(each))
            )
        else:
            here = (path,)
        if not here:
            raise WrongUse(text("{path}: no workbook in it; name the folder with the filled-in workbooks", path=said))
        found |= dict.fromkeys(here)
    return tuple(found)


def _workbooks(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if (
            path.suffix.lower() in WORKBOOKS
            and path.is_file()
            and not any(_passed_over(Path(part)) for part in path.relative_to(folder).parts)
        ):
            yield path


def _passed_over(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def content(path: Path) -> bytes:
    """The bytes of a file, or with `-` of standard input.

    Raises:
        Unreadable: it is not there, is no plain file, is larger than any filing, or may not be read.
    """
    if str(path) == STREAM:
        return _from_the_stream()
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise IsADirectoryError(path)
        if not stat.S_ISREG(about.st_mode):  # reading a pipe would wait for ever, a device give for ever
            raise Unreadable(text("{file}: no file but a pipe or a device; name the file itself", file=str(path)))
        if about.st_size > limits().file_mb << 20:
            raise Unreadable(
                text("{file}: larger than {size} MB, which no filing is; it is not read",
                     file=str(path), size=limits().file_mb)
            )  # fmt: skip
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(text("{file}: no such file; check the path", file=str(path))) from error
    except IsADirectoryError as error:
        raise Unreadable(text("{file}: a folder, not a file; name a file in it", file=str(path))) from error
    except (OSError, ValueError) as error:
        raise Unreadable(
            text(
                "{file}: cannot be read ({reason}); close it elsewhere or ask for access",
                file=str(path),
                reason=reason(error),
            )
        ) from error


def _from_the_stream() -> bytes:
    """What comes on standard input; it can be read once."""
    most = limits().file_mb << 20
    held = sys.stdin.buffer.read(most + 1) if sys.stdin is not None else b""
    if len(held) > most:
        raise Unreadable(
            text(
                "{file}: larger than {size} MB, which no filing is; it is not read", file=STREAM, size=limits().file_mb
            )
        )
    return held


def distinct(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A file name for every (name, code), each another one: names that come out the same get the code, or a number."""
    taken: set[str] = set()
    for number, (name, code) in enumerate(names, start=1):
        made = safe_name(name)
        if made.casefold() in taken:
            made = safe_name(f"{made[:60]}-{code or number}")
        if made.casefold() in taken:
            made = safe_name(f"{made[:60]}-{number}")
        taken.add(made.casefold())
        yield made


def safe_name(name: str) -> str:
    """A file name, without its ending, that Windows, macOS and Linux take, whatever a unit is called."""
    plain = "".join(
        "_" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") else sign
        for sign in unicodedata.normalize("NFC", name)
    )
    plain = _FORBIDDEN.sub("_", plain).strip(" .")[:_LONGEST]
    plain = plain.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    return "_" + plain if not plain or _RESERVED.fullmatch(plain) else plain


def sample(name: str) -> Path:
    """The path of a sample, by its folder and file name."""
    return SAMPLES / name
