"""The `xls` command: parse, call one function, print, set the exit status. Nothing is decided here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

STOPPED = 3
"""The exit status after Ctrl-C: some output was not written."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; `arguments` are those after its name, the process's own where None. Ends by SystemExit."""
    try:
        _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        from toolkit.ground.language import text

        sys.stderr.write(str(text("stopped; what was not finished is as it was")) + "\n")
        raise SystemExit(STOPPED) from None


def _run(given: list[str]) -> None:
    from toolkit.ground import garbage, language

    garbage.seldom_looked_for()
    language.choose(language.detect(given, os.environ))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from toolkit.cli.application import run

    run(_application_first(_mark_alone(given)))


_EVERYWHERE = ("--lang", "--forms", "--form", "--limits")
"""The options of the application, which may stand behind the command, too."""


def _application_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with what every command takes, language and forms, before the command, wherever it was typed."""
    said: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in _EVERYWHERE:
            said += [word, *[value for value in [next(words, None)] if value is not None]]
        elif word.startswith(tuple(f"{each}=" for each in _EVERYWHERE)):
            said.append(word)
        else:
            rest.append(word)
    return said + rest


def _mark_alone(arguments: Sequence[str]) -> list[str]:
    """The arguments with an empty value for a `--mark` that no folder stands behind: its folder may be left out."""
    said: list[str] = []
    for word, after in pairwise((*arguments, "-")):
        said.append("--mark=" if word == "--mark" and (after.startswith("-") or Path(after).is_file()) else word)
    return said
