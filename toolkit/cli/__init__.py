"""The `xls` command: parse, call one function, print, set the exit status. Nothing is decided here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; `arguments` are those after its name, the process's own where None. Ends by SystemExit."""
    from toolkit import language

    given = list(sys.argv[1:] if arguments is None else arguments)
    language.choose(language.detect(given, os.environ))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from toolkit.cli.application import run

    run(_language_first(given))


def _language_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with `--lang` before the command, wherever it was typed."""
    said: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            said += [word, *[value for value in [next(words, None)] if value is not None]]
        elif word.startswith("--lang="):
            said.append(word)
        else:
            rest.append(word)
    return said + rest
