"""What lies on the desk, and sessions: all of it with what was typed, as one file to go on with another day."""

from __future__ import annotations

import json
import zipfile
from pathlib import PurePosixPath
from typing import Any

from toolkit.ground.errors import NotWritten
from toolkit.ground.language import text

from . import places

Answer = dict[str, Any]

_FOLDERS = (places.COUNTY, places.LAST, places.ROSTER)


def keep(asked: Answer) -> Answer:
    """A session: all that was given and what was typed, as one archive."""
    made = [(str(each.relative_to(places.WORK)), each.read_bytes()) for name in _FOLDERS for each in places.files(name)]
    typed = json.dumps(asked.get("typed", {}), ensure_ascii=False, sort_keys=True).encode()
    return {
        "file": places.given_back("session.xls.zip", places.zipped([("typed.json", typed), *made]), "application/zip")
    }


def resume(asked: Answer) -> Answer:
    """Lay out what a session has; what was typed is given back.

    Raises:
        NotWritten: the file is no session.
    """
    try:
        with zipfile.ZipFile(asked["path"]) as archive:
            typed = json.loads(archive.read("typed.json"))
            found = {each.filename: archive.read(each) for each in archive.infolist() if _belongs(each.filename)}
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        none = text("{file}: no session of this page; give the file that it saved", file=asked["name"])
        raise NotWritten(none) from error
    places.emptied(*_FOLDERS)
    for name, content in found.items():
        target = places.at(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return {"typed": typed, **lying(asked)}


def _belongs(name: str) -> bool:
    """Whether a member of a session is a file of the desk, and stays in its folder."""
    folder, *rest = PurePosixPath(name).parts
    return folder in _FOLDERS and bool(rest) and ".." not in rest and not name.endswith("/")


def lying(asked: Answer) -> Answer:
    """What lies on the desk, by name."""
    return {name: [str(each.relative_to(places.at(name))) for each in places.files(name)]
            for name in _FOLDERS}  # fmt: skip


def emptied(asked: Answer) -> Answer:
    """Clear a folder of the desk, or all of it."""
    places.emptied(*([asked["folder"]] if asked.get("folder") else _FOLDERS))
    return lying(asked)
