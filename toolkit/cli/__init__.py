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

    run(given)
