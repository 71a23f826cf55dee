"""All that is promised of speed, in one run that takes turns: each work as a ratio to its floor, which is unzipping the
sheets and strings, and to what a user would write instead (`peers/`), whose sums are held against ours.

Usage: python -m benchmarks.run [--count 1000] [--rounds 3] [--json FILE]. Works on made workbooks (`made`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import made
from benchmarks.measured import Taken, in_turns, taken
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.model.belonging import belonging
from toolkit.model.ledger import Member

PEERS = Path(__file__).parent / "peers"
PYTHON, XLS = sys.executable, (sys.executable, "-m", "toolkit")
FEW = 60
"""Workbooks that slow programs are tried on; what they take is counted by the workbook."""
MOST_UNITS = 5000
"""Units on the roster that a file is matched with."""
LETTERS = 1000
"""Units that deliver nothing and get a letter."""
DONE_OR_WRONG = (0, 1)


class Row(NamedTuple):
    """A line of the table: what was measured, in what, the figure, and what was aimed at."""

    work: str
    figure: float
    of: str
    aim: str = ""


class Place(NamedTuple):
    """Where a run works: the folders of filings, and how many workbooks are in them."""

    scratch: Path
    many: Path
    few: Path
    last: Path
    workbooks: int
    totals: Mapping[str, Any]

    def path(self, name: str) -> str:
        """A file of the run."""
        return str(self.scratch / name)


def prepared(scratch: Path, count: int) -> Place:
    """Folders of filings, the cells that scripts add, the rosters."""
    many, few, last = (scratch / name for name in ("many", "few", "last"))
    known = made.folder(many, count, only_workbooks=True)
    few.mkdir()
    for path in sorted(many.iterdir())[:FEW]:
        shutil.copy(path, few)
    last.mkdir()
    for number in range(count):
        (last / f"{made.unit(number).name}.xlsx").write_bytes(made.workbook(number, year=made.YEAR - 1))
    edition = named(made.EDITION)
    places = layout(edition).places
    cells = {ref: (places[ref].sheet, places[ref].cell) for ref in edition.entries}
    (scratch / "cells.json").write_text(json.dumps(cells, ensure_ascii=False), encoding="utf-8")
    for name, numbers in (("roster", range(count)), ("waiting", range(FEW + LETTERS))):
        rows = [f"{unit.code},{unit.name},{unit.level}\n" for unit in map(made.unit, numbers)]
        (scratch / f"{name}.csv").write_text("code,name,level\n" + "".join(rows), encoding="utf-8")
    return Place(scratch, many, few, last, count, known.totals)


def works(place: Place) -> dict[str, Callable[[], Taken]]:
    """What is measured by the command, each as it is called."""
    one = str(place.few / "000001.xlsx")

    def xls(*words: str) -> Callable[[], Taken]:
        said = place.scratch / f"{'sum' if 'json' in words else words[0]}.out"

        def run() -> Taken:
            for made_before in ("sum.xlsx", "few.xlsx"):  # else what the county wrote in it would be read first
                Path(place.path(made_before)).unlink(missing_ok=True)
            return taken([*XLS, *words], said, DONE_OR_WRONG)

        return run

    def script(name: str, folder: Path) -> Callable[[], Taken]:
        words = [PYTHON, str(PEERS / f"{name}.py"), place.path("cells.json"), str(folder)]
        return lambda: taken(words, place.scratch / f"{name}.json")

    merge = ("merge", str(place.many), "-o", place.path("sum.xlsx"), "--include-invalid", "--force", "--format", "json")
    waiting = ("merge", str(place.few), "-o", place.path("few.xlsx"), "--roster", place.path("waiting.csv"), "--force",
               "--jobs", "1")  # fmt: skip
    new = ("new", "2024", "--roster", place.path("roster.csv"), "-o", place.path("new"), "--force", "--jobs", "1")
    found = {
        "floor": script("floor", place.many),
        "calamine": script("calamine", place.many),
        "merge --jobs 2": xls(*merge, "--jobs", "2"),
        "merge --jobs 1": xls(*merge, "--jobs", "1"),
        "check --jobs 2": xls("check", str(place.many), "--jobs", "2"),
        "check --jobs 1": xls("check", str(place.many), "--jobs", "1"),
        "floor, few": script("floor", place.few),
        "openpyxl": script("openpyxl_adds", place.few),
        "pandas": script("pandas_adds", place.few),
        "new": xls(*new),
        "check one": xls("check", one),
        "imports": lambda: taken([PYTHON, "-c", "import typer, rich"], place.scratch / "imports.out"),
        "check one, --prior": xls("check", one, "--prior", str(place.last)),
        "merge, nobody written to": xls(*waiting),
        "merge, letters": xls(*waiting, "--letters", place.path("letters")),
    }
    if shutil.which("soffice"):
        found["LibreOffice"] = script("office_adds", place.few)
    return found


def matched(count: int) -> float:
    """Seconds of computing for matching one file with a roster, its index made before."""
    units = [made.unit(number) for number in range(count)]
    members = tuple(Member(unit) for unit in units)
    belonging(members, units[0], "x")
    start = time.process_time()
    for number, unit in enumerate(units):
        match = belonging(members, unit, f"{number:06}")
        assert match.member is members[number]
    return (time.process_time() - start) / count


def rows(place: Place, came: Mapping[str, Taken], by: str) -> list[Row]:
    """The table. `by` is what the ratios are of: computing or clock."""

    def seconds(name: str) -> float:
        return float(getattr(came[name], by))

    floor, start = seconds("floor"), seconds("imports")
    few = seconds("floor, few")
    ours = seconds("merge --jobs 1") / place.workbooks
    aims = {"merge --jobs 2": "≤ 3 (clock)", "merge --jobs 1": "≤ 4.5", "check --jobs 2": "≤ 2.5 (clock)"}
    names = ("calamine", "merge --jobs 1", "merge --jobs 2", "check --jobs 1", "check --jobs 2")
    table = [Row(name, seconds(name) / floor, "× floor", aims.get(name, "")) for name in names]
    aims = {"openpyxl": "≥ 15", "pandas": "≥ 25"}
    for name in ("openpyxl", "pandas", "LibreOffice"):
        if name in came:
            table.append(Row(f"a script with {name}", seconds(name) / few, "× floor"))
            table.append(Row(f"a script with {name}", seconds(name) / FEW / ours, "× merge", aims.get(name, "")))
    table += [
        Row("new --roster, a workbook", (seconds("new") - seconds("check one")) / place.workbooks * 1000, "ms", "≤ 4"),
        Row("check one.xlsx", seconds("check one") / start, "× import typer, rich", "≤ 2.5"),
        Row(f"matching with a roster of {MOST_UNITS:,}", matched(MOST_UNITS) * 1000, "ms", "≤ 0.05"),
        Row(f"check one file, --prior folder of {place.workbooks:,}: more",
            seconds("check one, --prior") - seconds("check one"), "s", "≤ 0.3"),
        Row("merge with letters: more for 1,000 of them",
            (seconds("merge, letters") - seconds("merge, nobody written to")) * 1000 / letters(place), "s", "≤ 8"),
        Row("merge --jobs 1, memory", came["merge --jobs 1"].memory, "MB"),
    ]  # fmt: skip
    return table


def letters(place: Place) -> int:
    """How many letters were written."""
    return len([*Path(place.path("letters")).rglob("*.docx")])


def agreed(place: Place) -> None:
    """Hold all sums against what was made.

    Raises:
        ValueError: some are others.
    """
    said = json.loads(Path(place.path("sum.out")).read_text(encoding="utf-8"))["totals"]
    _same("merge", said, place.totals)
    few = made.totals(range(min(FEW, place.workbooks)))
    for name in ("openpyxl_adds", "pandas_adds", "office_adds"):
        path = Path(place.path(f"{name}.json"))
        if path.exists():
            _same(name, json.loads(path.read_text()), few)


def _same(name: str, said: Mapping[str, Any], due: Mapping[str, Any]) -> None:
    wrong = [ref for ref, number in due.items() if abs(Decimal(str(said[ref])) - Decimal(number)) > Decimal("1e-6")]
    if wrong:
        raise ValueError(f"{name}: other sums than were made: {wrong[:5]}")


def machine() -> dict[str, Any]:
    """What a run was made on."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": [round(each, 1) for each in os.getloadavg()],
    }


def printed(table: Sequence[Row]) -> str:
    """The table as Markdown."""
    lines = ["| work | figure | of | aim |", "|---|---:|---|---|"]
    return "\n".join([*lines, *(f"| {each.work} | {each.figure:.3g} | {each.of} | {each.aim} |" for each in table)])


def main() -> None:
    """Measure, hold the sums together, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=1000, help="workbooks")
    asked.add_argument("--rounds", type=int, default=3, help="turns of which the median counts")
    asked.add_argument("--json", type=Path, help="where the figures go besides")
    said = asked.parse_args()
    before = machine()
    with tempfile.TemporaryDirectory() as scratch:
        place = prepared(Path(scratch), said.count)
        came = in_turns(works(place), said.rounds)
        agreed(place)
        tables = {by: rows(place, came, by) for by in ("computing", "clock")}
    print(f"{said.count} workbooks, medians of {said.rounds} turns, {before}\n")
    for by, table in tables.items():
        print(f"By {by}:\n\n{printed(table)}\n")
    if said.json:
        seconds = {name: each._asdict() for name, each in came.items()}
        ratios = {by: [each._asdict() for each in table] for by, table in tables.items()}
        document = {"machine": before, "count": said.count, "rounds": said.rounds, "seconds": seconds, "rows": ratios}
        said.json.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
