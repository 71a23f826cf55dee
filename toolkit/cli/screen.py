"""The terminal: results to stdout, remarks to stderr, as wide as the screen, in colour only where there is one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

DEFAULT_WIDTH = 80


def width() -> int:
    """The columns of the screen; of a file or a pipe a fixed number, so that output does not depend on who looks."""
    import os
    import shutil

    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return max(40, shutil.get_terminal_size((DEFAULT_WIDTH, 40)).columns)
    return DEFAULT_WIDTH


def show(renderable: Any, *, beside: bool = False) -> None:
    """Print what Rich can draw; `beside`: as a remark, where standard output takes a file."""
    from rich.console import Console

    Console(
        file=sys.stderr if beside else None, width=width(), highlight=False, markup=False, emoji=False, soft_wrap=False
    ).print(renderable)


def document(value: Any) -> None:
    """Print one JSON document."""
    from toolkit.render.data import documents

    for piece in documents.pieces(value):
        sys.stdout.write(piece)
    sys.stdout.write("\n")


def result(said: str) -> None:
    """Print a result that is text already."""
    sys.stdout.write(said)


def deliver(path: Path, written: bytes, *, force: bool) -> bool:
    """Write a file, or with `-` to standard output; whether it was a file.

    Raises:
        NotWritten: it exists and `force` is not given, or it cannot be written.
    """
    return deliver_by(path, lambda to: to.write(written), force=force)


def deliver_by(path: Path, writing: Callable[[IO[bytes]], object], *, force: bool) -> bool:
    """Have a file written, or with `-` standard output; whether it was a file.

    Raises:
        NotWritten: it exists and `force` is not given, or it cannot be written.
    """
    from toolkit.ground import files

    if str(path) == files.STREAM:
        sys.stdout.flush()
        writing(sys.stdout.buffer)
        return False
    files.save_by(path, writing, force=force)
    return True


def remark(said: object) -> None:
    """Say something beside the result."""
    from toolkit.render import plain

    sys.stderr.write(plain(str(said)) + "\n")


def asks() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin is not None and sys.stdin.isatty()


def agreed(question: object) -> bool:
    """Whether somebody says yes; anything else, Ctrl-C and Ctrl-D too, is a no."""
    sys.stdout.flush()
    from toolkit.render import plain

    sys.stderr.write(plain(str(question)))
    sys.stderr.flush()
    try:
        said = sys.stdin.readline()
    except KeyboardInterrupt:
        said = ""
    if not said.endswith("\n"):
        sys.stderr.write("\n")
    return said.strip().lower() in _YES


def progress() -> Any:
    """A wrapper that shows how far a run over files is, on a terminal, once it takes longer than a second."""

    def plain(paths: Any) -> Any:
        return paths

    if not sys.stderr.isatty():
        return plain

    def shown(paths: Any) -> Any:
        if len(paths) < _WORTH_SHOWING:
            return paths
        return _drawn(paths)

    return shown


def _drawn(paths: Any) -> Any:
    """A bar with how many files, how many a second and how long it will take yet."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text as Line

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Line:
            return Line(f"{task.speed:.0f}/s" if task.speed else "")

    shown = (BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*shown, console=Console(file=sys.stderr), transient=True) as bar:
        yield from bar.track(paths)


_YES = frozenset({"y", "yes", "是", "好"})
_WORTH_SHOWING = 100
"""Files that take about a second."""
