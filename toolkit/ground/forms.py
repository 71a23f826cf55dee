"""Which forms the user wants besides ours, and which of them: said once, and heard wherever an edition is chosen.

Here are folders and an id alone, carried into threads and processes as the language is; what they hold is `form`'s.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = "XLS_FORMS"


@dataclass(frozen=True, slots=True)
class Forms:
    """Folders of edition files of the user's own, absolute, and the id of the form meant where nothing tells."""

    folders: tuple[str, ...] = ()
    form: str = ""


_active: ContextVar[Forms | None] = ContextVar("forms", default=None)


def active() -> Forms:
    """The forms wanted here: those chosen, else the folders that `XLS_FORMS` names."""
    chosen = _active.get()
    return chosen if chosen is not None else Forms(of(os.environ.get(ENVIRONMENT, "")))


def of(said: str) -> tuple[str, ...]:
    """The folders of a list such as PATH is."""
    return tuple(str(Path(each).absolute()) for each in said.split(os.pathsep) if each.strip())


def choose(forms: Forms) -> None:
    """Make some forms the wanted ones."""
    _active.set(forms)


@contextmanager
def using(*folders: Path | str, form: str = "") -> Iterator[None]:
    """The forms within a `with` block: ours, those of the folders, and of all of them `form` where nothing tells."""
    before = _active.set(Forms(tuple(str(Path(each).absolute()) for each in folders), form))
    try:
        yield
    finally:
        _active.reset(before)
