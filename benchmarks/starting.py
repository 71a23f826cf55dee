"""What starting costs: `xls --help` and `xls check` of one workbook against bare Python, in one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from toolkit.form.edition import named
from toolkit.ground.files import sample
from toolkit.intake import intake
from toolkit.workbook.write import write

ROUNDS = 21
START = "from toolkit.cli import main; main()"


def main() -> None:
    """Measure and print medians and ratios."""
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
                start = time.perf_counter()
                subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
                times[name].append(time.perf_counter() - start)
    base = statistics.median(times["import typer, rich"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:26} {median * 1000:6.0f} ms   {median / base:5.2f} x import typer, rich")


if __name__ == "__main__":
    main()
