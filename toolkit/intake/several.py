"""Several documents read one after the other, each an island; which of them need a process of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.ground import engines
from toolkit.ground.errors import NoEdition, Unreadable
from toolkit.ground.language import Text, text
from toolkit.intake import intake
from toolkit.model.filing import Reading

_LARGE = 4 * 2**20
"""Bytes; a hundred times a filing."""


def several(paths: Sequence[Path]) -> Iterator[Reading | Text]:
    """The filing in each document, or why it could not be read."""
    return engines.each(_read, None, paths, 1, lost=_lost, apart=may_run_away)


def may_run_away(path: Path) -> bool:
    """Whether reading a document is work that is not bounded beforehand, so that it is done in a process of its own."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            head = stream.read(1024).lstrip()
        return head.startswith(b"%PDF") or path.suffix.lower() == ".pdf" or path.stat().st_size > _LARGE
    except (OSError, ValueError):
        return False


def _read(_: None, path: Path) -> Reading | Text:
    try:
        return intake(path)
    except (Unreadable, NoEdition) as error:
        return error.sentence


def _lost(_: None, path: Path, reason: Text) -> Text:
    return text("{file}: {what}", file=str(path), what=reason)
