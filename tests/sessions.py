"""Transcripts of the command: a file of commands after `$ `, each with what it says and its exit status if not 0."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.warm import warm


def commands(transcript: str) -> list[str]:
    """The commands of a transcript, without their `$ `."""
    return [line[2:] for line in transcript.splitlines() if line.startswith("$ ")]


def run(command: str, folder: Path, *, language: str = "zh", columns: int = 100) -> subprocess.CompletedProcess[str]:
    """Run a command line that begins with `xls` in a folder, as a user would, with nothing on its standard input."""
    words = shlex.split(command)
    assert words[0] == "xls"
    environment = {**os.environ, "XLS_LANG": language, "COLUMNS": str(columns), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    if hasattr(os, "fork"):
        status, out, err = warm().run(words[1:], folder, environment, 240)
        return subprocess.CompletedProcess(words, status, _read(out), _read(err))
    return started(words[1:], folder, environment)


def _read(printed: bytes) -> str:
    return printed.decode("utf-8").replace("\r\n", "\n")


def started(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `xls` with these words as a program started anew."""
    start = "from toolkit.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, *words],
        cwd=folder, env=environment, text=True, encoding="utf-8",
        capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=240,
    )  # fmt: skip


_WAITING = """
import pathlib, signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may have turned it off
import toolkit.ground.files as files
real = files.content
def content(path):
    if path.name == {name!r}:
        pathlib.Path({marker!r}).touch()
        time.sleep(100)
    return real(path)
files.content = content
from toolkit.cli import main
main()
"""


def interrupted(words: Sequence[str], folder: Path, waiting: Path) -> tuple[int, str]:
    """The exit status and what is said on stderr, in English, by a command that gets Ctrl-C while it reads a file.

    `waiting` is the file, which is made and keeps its reader waiting.
    """
    marker = waiting.with_name(f".{waiting.name}.read")
    waiting.write_bytes(b"waiting")
    started = subprocess.Popen(
        [sys.executable, "-c", _WAITING.format(name=waiting.name, marker=str(marker)), *words],
        cwd=folder, env={**os.environ, "XLS_LANG": "en"}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        while not marker.exists() and started.poll() is None:
            time.sleep(0.02)
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=100)
    finally:
        started.kill()
        waiting.unlink()
        marker.unlink(missing_ok=True)
    return started.returncode, said


def transcribed(transcript: str, folder: Path) -> str:
    """A transcript run anew: each command with what it says now, remarks on stderr first."""
    said = []
    for command in commands(transcript):
        done = run(command, folder)
        status = f"(exit {done.returncode})\n" if done.returncode else ""
        said.append(f"$ {command}\n{done.stderr}{done.stdout}{status}")
    return "\n".join(said)
