"""A path as it has to be typed in a terminal: what a refusal or a next step shows can be copied as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.ground.patterns import pattern

_PLAIN = pattern(r"[\w./\\:~+,%@=（）《》〔〕、，。·—…“”-]+")
"""Signs that need no quotes, in bash as in cmd and PowerShell; brackets of full width are among them."""

_MOST_BLANKS = 8
"""In a path that is looked for."""


def typed(path: Path | str) -> str:
    """The path, in double quotes where it has blanks or signs that a shell takes for its own."""
    said = str(path)
    if _PLAIN.fullmatch(said):
        return said
    return f'"{said}"' if '"' not in said else "'" + said + "'"


def torn(words: Sequence[str]) -> str:
    """The path that several words of a command line are together, since nobody put it in quotes; empty if none is."""
    for start, first in enumerate(words):
        if first.startswith("-") or Path(first).exists():
            continue
        here = words[start : start + _MOST_BLANKS + 1]
        for end in range(2, len(here) + 1):
            whole = " ".join(here[:end])
            if here[end - 1].startswith("-"):
                break
            if Path(whole).exists():
                return whole
    return ""
