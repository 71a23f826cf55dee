"""The command in a process that has loaded everything already: it divides for each command line, so that a test does
not wait for the same imports again. What is run is the command's own `main`, in a process and a folder of its own;
tests/cli/test_warm.py holds it to the command started anew.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

from tests import ROOT

MEASURED = "COVERAGE_PROCESS_CONFIG"
"""Set where programs that are started are to be measured for coverage."""


class Warm:
    """A process that waits for command lines."""

    def __init__(self) -> None:
        self._started = subprocess.Popen(
            [sys.executable, "-c", "from tests.warm import serve; serve()"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        atexit.register(self.end)

    def run(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float
    ) -> tuple[Any, ...]:
        """The exit status, and what stands on the standard output and error, of `xls` with these words in a folder.

        Raises:
            TimeoutExpired: it takes too long; the process is ended, with those it divided into.
        """
        asked, answered = self._pipes()
        with tempfile.TemporaryDirectory() as away:
            out, err = Path(away, "out"), Path(away, "err")
            line = {"words": list(words), "folder": str(folder), "environment": dict(environment)}
            asked.write(json.dumps({**line, "out": str(out), "err": str(err)}) + "\n")
            asked.flush()
            if not select.select([answered], [], [], seconds)[0]:
                self.end()
                raise subprocess.TimeoutExpired(list(words), seconds)
            status = json.loads(answered.readline())
            return status, out.read_bytes(), err.read_bytes()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._started.stdin is not None
        assert self._started.stdout is not None
        return self._started.stdin, self._started.stdout

    def end(self) -> None:
        """End it, by the end of what it reads; it is killed where it does not."""
        for pipe in self._pipes():
            pipe.close()
        try:
            self._started.wait(20)
        except subprocess.TimeoutExpired:
            self._started.kill()
            self._started.wait()
        atexit.unregister(self.end)
        _warm.cache_clear()


def warm() -> Warm:
    """The one process of this worker, and a second for what is not measured."""
    return _warm(measured=MEASURED in os.environ)


@cache
def _warm(*, measured: bool) -> Warm:
    return Warm()


def serve() -> None:
    """Divide for each line of the standard input; what comes of it is answered on the standard output."""
    _load()
    asked, answered = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    for line in asked:
        child = os.fork()
        if not child:
            asked.close()
            answered.close()
            _command(**json.loads(line))
        _, status = os.waitpid(child, 0)
        answered.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answered.flush()


def _command(words: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8"), os.fdopen(2, "w", encoding="utf-8")
    sys.argv = ["-c", *words]
    from toolkit.cli import main

    main()
    raise SystemExit(0)


def _load() -> None:
    """Load what commands load, but for the commands: those are said in the language of who asks."""
    import importlib
    import pkgutil

    import toolkit

    for found in pkgutil.walk_packages(toolkit.__path__, "toolkit."):
        if not found.name.startswith("toolkit.cli.") and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    importlib.import_module("toolkit.cli.application")
    from tests.filings import filing
    from toolkit.form.edition import editions
    from toolkit.intake import of_bytes
    from toolkit.rules import check
    from toolkit.workbook.write import write

    for each in editions():  # what is put together once for a form
        check(of_bytes(write(each, filing(each.id)), "a.xlsx"))
