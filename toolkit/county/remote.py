"""Inputs that are no files of this machine: URLs, by fsspec, which knows `s3://`, `oss://`, `webhdfs://` and more; it
is loaded where a URL is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.ground.errors import Unreadable, WrongUse
from toolkit.ground.language import Text, text
from toolkit.ground.limits import limits


def listed(url: str) -> Iterator[tuple[str, bool]]:
    """The files that a URL names, each with whether it was found in a folder.

    Raises:
        WrongUse: a folder without files; a kind of URL that is not known, or whose library is not installed.
    """
    system, path = _system(url)
    try:
        if not system.isdir(path):
            yield url, False
            return
        found = sorted(system.find(path))
    except Exception as error:  # every kind of store has errors of its own
        raise WrongUse(_unreached(url, error)) from error
    if not found:
        raise WrongUse(text("{path}: no workbook in it; name the folder with the filled-in workbooks", path=url))
    for each in found:
        within = each.startswith(path)  # named as the folder was, whatever else the store calls it
        yield url.rstrip("/") + each[len(path.rstrip("/")) :] if within else str(system.unstrip_protocol(each)), True


def content(url: str) -> bytes:
    """The bytes at a URL.

    Raises:
        Unreadable: nothing is there, it may not be read, or it is larger than any filing.
    """
    most = limits().file_mb << 20
    try:
        system, path = _system(url)
        with system.open(path, "rb") as stream:
            held = bytes(stream.read(most + 1))
    except Exception as error:  # as above
        raise Unreadable(_unreached(url, error)) from error
    if len(held) > most:
        raise Unreadable(
            text("{file}: larger than {size} MB, which no filing is; it is not read", file=url, size=limits().file_mb)
        )
    return held


def saved(url: str) -> str:
    """When what is at a URL was saved last, a sortable time; empty where its store does not say."""
    try:
        system, path = _system(url)
        return str(system.modified(path).isoformat())
    except Exception:  # as above; some do not know it at all
        return ""


def _system(url: str) -> tuple[Any, str]:
    """The store that a URL is of, and the path in it.

    Raises:
        WrongUse: its kind is not known, or its library is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        missing = text(
            "{url}: URLs need one more library; install it: `pip install xls-annual-report[remote]`", url=url
        )
        raise WrongUse(missing) from error
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        said = text("{url}: this kind of address is not known here ({reason})", url=url, reason=str(error))
        raise WrongUse(said) from error
    return system, path


def _unreached(url: str, error: Exception) -> Text:
    said = " ".join(str(error).split())[:120] or type(error).__name__
    return text("{file}: cannot be read ({reason}); check the address and the right to read it", file=url, reason=said)
