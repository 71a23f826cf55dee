"""A path as it has to be typed in a terminal: what a refusal or a next step shows can be copied as it stands."""

from __future__ import annotations

from pathlib import Path

from toolkit.ground.patterns import pattern

_PLAIN = pattern(r"[\w./\\:~+,%@=（）《》〔〕、，。·—…“”-]+")
"""Signs that need no quotes, in bash as in cmd and PowerShell; brackets of full width are among them."""


def typed(path: Path | str) -> str:
    """The path, in double quotes where it has blanks or signs that a shell takes for its own."""
    said = str(path)
    if _PLAIN.fullmatch(said):
        return said
    return f'"{said}"' if '"' not in said else "'" + said + "'"
