"""What starting costs: `xls --help` and `xls check` of one workbook against bare Python, in one run.

Seconds of computing are compared, the program's own and the system's: what else the machine does at the time counts
less. The bytecode is there, as it is after an installation.
"""

from __future__ import annotations

import compileall
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import toolkit
from toolkit.form.edition import named
from toolkit.ground.files import sample
from toolkit.intake import intake
from toolkit.workbook.write import write

ROUNDS = 21
START = "from toolkit.cli import main; main()"


def main() -> None:
    """Measure and print medians and ratios."""
    compileall.compile_dir(Path(toolkit.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "one.xlsx"
        filing = intake(sample("suqian-city/suqian-city-2024.json")).filing
        workbook.write_bytes(write(named(filing.edition), filing))
        commands = {
            "python -c pass": ["-c", "pass"],
            "import typer, rich": ["-c", "import typer, rich"],
            "xls --help": ["-c", START, "--help"],
            "xls check one.xlsx": ["-c", START, "check", str(workbook)],
            "xls check --format json": ["-c", START, "check", str(workbook), "--format", "json"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, arguments in commands.items():
                times[name].append(_computing(arguments))
    base = statistics.median(times["import typer, rich"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:26} {median * 1000:6.0f} ms   {median / base:5.2f} x import typer, rich")


def _computing(arguments: Sequence[str]) -> float:
    """The seconds of computing that Python with some arguments takes."""
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    process = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ, file_actions=nowhere)
    _, _, used = os.wait4(process, 0)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
