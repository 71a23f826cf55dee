"""A real LibreOffice as a second reader and calculator. Where it is missing the tests that need it fail, not skip."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8", "xls": "xls:MS Excel 97", "pdf": "pdf"}


def resaved(source: Path, ending: str, folder: Path) -> Path:
    """A workbook opened by LibreOffice and saved in another format, all formulas calculated anew."""
    return resaved_all([source], ending, folder)[0]


def resaved_all(sources: list[Path], ending: str, folder: Path) -> list[Path]:
    """Workbooks opened by one LibreOffice and saved in another format; what it has saved before is not saved again."""
    made = [folder / f"{source.stem}.{ending.partition(':')[0]}" for source in sources]
    keys = [(sha256(source.read_bytes()).digest(), source.suffix, ending) for source in sources]
    new = [source for source, key in zip(sources, keys, strict=True) if key not in _saved]
    folder.mkdir(exist_ok=True)
    if new:
        _convert(new, ending, folder)
    for key, path in zip(keys, made, strict=True):
        if key in _saved:
            path.write_bytes(_saved[key])
        elif path.stat().st_size < _WORTH_KEEPING:
            _saved[key] = path.read_bytes()
    return made


def opened_all(sources: list[Path], folder: Path) -> list[Path]:
    """What LibreOffice makes of those workbooks that it opens, one file each; of the others there is none."""
    folder.mkdir(exist_ok=True)
    _convert(sources, "csv", folder)
    return sorted(folder.iterdir())


class Saved:
    """What several tests of a module want LibreOffice to have saved: all that one format is wanted of, in one go.

    `sources` are workbooks by name, each made when the first is asked for, with the formats it is wanted in.
    """

    def __init__(self, sources: Mapping[str, tuple[Callable[[], bytes], Sequence[str]]]) -> None:
        self._sources = sources
        self._made: dict[tuple[str, str], bytes] = {}

    def __call__(self, name: str, ending: str) -> bytes:
        """A source as LibreOffice saved it in a format."""
        if (name, ending) not in self._made:
            wanted = {each: make for each, (make, endings) in self._sources.items() if ending in endings}
            with tempfile.TemporaryDirectory() as folder:
                sources = [Path(folder) / f"{n}.xlsx" for n in range(len(wanted))]
                for source, make in zip(sources, wanted.values(), strict=True):
                    source.write_bytes(make())
                made = resaved_all(sources, ending, Path(folder) / "out")
                self._made |= {(each, ending): path.read_bytes() for each, path in zip(wanted, made, strict=True)}
        return self._made[name, ending]


_saved: dict[tuple[bytes, str, str], bytes] = {}
_WORTH_KEEPING = 200_000
"""Bytes; two hundred larger ones would fill the memory for nothing."""


_AT_ONCE = 20
"""Workbooks, which take 10 seconds; what is waited for is not to hang on how many there are, nor on a busy machine."""


def _convert(sources: list[Path], ending: str, folder: Path) -> None:
    for at in range(0, len(sources), _AT_ONCE):
        words = ("--outdir", str(folder), *map(str, sources[at : at + _AT_ONCE]))
        try:
            _running().ask("--convert-to", FORMATS.get(ending, ending), *words)
        except subprocess.TimeoutExpired:
            _office().end()
            _running().ask("--convert-to", FORMATS.get(ending, ending), *words)


def _running() -> _Office:
    if not _office().runs:  # it gave up on something: whoever comes next has another
        _office().end()
    return _office()


class _Office:
    """A LibreOffice of this process that goes on running: a program that is given its profile hands over to it what it
    is asked for and waits, which takes a third of the time of starting one each time.
    """

    def __init__(self) -> None:
        program = shutil.which("soffice")
        assert program, "LibreOffice is missing: apt-get install libreoffice-calc, or run `make test`, which does"
        self._folder = Path(tempfile.mkdtemp())
        atexit.register(self.end)
        _always_recalculate(self._folder / "profile")
        self._command = [program, f"-env:UserInstallation=file://{self._folder}/profile", "--headless", "--norestore"]
        self._kept = self._folder / "kept.txt"
        """Without a document that is open it would end with what it is asked for first. Not a workbook: while it parses
        the sheets of one it takes up what it is asked for next, in the middle of the first, and computes for ever."""
        self._kept.write_text("kept\n", encoding="utf-8")
        for seconds in (20, 60, 120):
            if self._start(seconds):
                return
            self._kill()

    def _start(self, seconds: int) -> bool:
        """Start it; whether it has opened its document within some seconds."""
        self._started = subprocess.Popen(
            [*self._command, str(self._kept)],
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(20 * seconds):
            if self._kept.with_name(f".~lock.{self._kept.name}#").exists():
                return True
            if not self.runs:
                return False
            time.sleep(0.05)
        return False

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._started.poll() is None

    def ask(self, *words: str) -> None:
        """Have it do something, and wait."""
        subprocess.run([*self._command, *words], check=True, capture_output=True, timeout=120)

    def end(self) -> None:
        """End it and take away what is its own."""
        self._kill()
        shutil.rmtree(self._folder, ignore_errors=True)
        atexit.unregister(self.end)
        _office.cache_clear()

    def _kill(self) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(self._started.pid, number)
                self._started.wait(10)


@cache
def _office() -> _Office:
    return _Office()


def _always_recalculate(profile: Path) -> None:
    """LibreOffice keeps stored values when it loads a workbook unless its profile says otherwise."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    always = 'oor:op="fuse"><value>0</value></prop></item>'
    keys = "".join(
        f'<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="{name}" {always}'
        for name in ("OOXMLRecalcMode", "ODFRecalcMode")
    )
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{keys}</oor:items>",
        encoding="utf-8",
    )
