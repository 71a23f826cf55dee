"""How often the diagnosis names the cell that is wrong, over filings spoiled in known ways.

Usage: python benchmarks/diagnosis.py [filings a setting, 1000] [seed]. Prints a table for docs/diagnosis.md: per
mistake and in all, the true repair first, among three, among those named, a wrong one named alone, and the
milliseconds a diagnosis takes. Filings of which nothing is told are counted apart: no rule sees the mistake (a row
moved where totals are formulas), or more than three cells are wrong. Of two mistakes, those that would be seen one by
one stand once more.
"""

from __future__ import annotations

import dataclasses
import random
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from toolkit.form.edition import named
from toolkit.form.parts import Ref
from toolkit.model.figures import filled
from toolkit.model.filing import Entry, Filing, Unit
from toolkit.rules.case import case
from toolkit.rules.suspects import SURE, Cause, causes, named_alone

EDITION = named("2021")
FIGURES = EDITION.figures
Values = dict[Ref, int | None]
True_ = dict[Ref, int]
COLUMNS = [line.id for line in EDITION.table("requests").columns if line.kind == "entry"]
DONE = [line.id for line in EDITION.table("requests").rows if line.kind == "entry" and line.id.startswith("done")]
ROWS = [line.id for line in EDITION.table("requests").rows if line.kind != "heading"]
SHARES = dict(
    zip(DONE, (30, 7, 0.3, 1, 0.2, 1, 2, 2, 0.6, 5, 22, 4, 3, 3, 1.5, 0.3, 0.5, 0.5, 2, 0.2, 3), strict=False)
)
"""What share of requests ends how, as in the reports of cities and districts that were read."""
COLUMN_SHARES = dict(zip(COLUMNS, (88, 8, 0.3, 0.8, 1.5, 1.4), strict=True))


def drawn(chance: random.Random, size: float, before: Values | None) -> Values:
    """A unit's requests and disputes of a year; carried in is what last year carried out."""
    made: Values = dict.fromkeys(EDITION.entries, 0)
    for column, share in COLUMN_SHARES.items():
        received = _some(chance, size * share / 100)
        carried = (before[f"requests/carried_out/{column}"] or 0) if before else _some(chance, received * 0.05)
        out = min(received + carried, _some(chance, received * 0.05))
        made[f"requests/received/{column}"] = received
        made[f"requests/carried_in/{column}"] = carried
        made[f"requests/carried_out/{column}"] = out
        for row in chance.choices(DONE, [SHARES.get(each, 0.3) for each in DONE], k=received + carried - out):
            ref = f"requests/{row}/{column}"
            made[ref] = (made[ref] or 0) + 1
    for ref in EDITION.entries:
        if FIGURES[ref].table == "disputes":
            made[ref] = _some(chance, size * chance.choice((0.005, 0.03, 0.06)))
    return made


def _some(chance: random.Random, mean: float) -> int:
    """A count that varies as counts do, with some years apart from the rest."""
    mean *= chance.lognormvariate(0, 0.3)
    return max(0, round(chance.gauss(mean, mean**0.5))) if mean > 1 else int(chance.random() < mean)


def slip(chance: random.Random, number: int, how: str) -> int | None:
    """A number as a hand may spoil it; None where it cannot be spoiled so."""
    digits = str(number)
    at = chance.randrange(len(digits))
    if how == "swapped" and len(digits) > 1:
        at = chance.randrange(len(digits) - 1)
        digits = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    elif how == "dropped" and len(digits) > 1:
        digits = digits[:at] + digits[at + 1 :]
    elif how == "doubled" and number:
        digits = digits[:at] + digits[at] + digits[at:]
    elif how == "added" and number:
        digits = digits[:at] + str(chance.randrange(10)) + digits[at:]
    elif how == "beside" and number:
        near = {"1": "24", "2": "135", "3": "26", "4": "157", "5": "2468", "6": "359", "7": "48", "8": "579", "9": "68",
                "0": "12"}  # fmt: skip
        digits = digits[:at] + chance.choice(near[digits[at]]) + digits[at + 1 :]
    else:
        return None
    return int(digits) if int(digits) != number else None


SLIPS = ("swapped", "dropped", "doubled", "added", "beside")
MOVES = ("column", "row")
EACH_SEEN = "each seen by itself"
KINDS = (*SLIPS, *MOVES, "copied", "blank", "cancelling", "total")


def spoiled(chance: random.Random, values: Values, kind: str, typed: bool) -> tuple[Values, True_] | None:
    """Figures with one mistake, and what is right in the cells that are wrong."""
    entries = [ref for ref in values if ref.startswith(("requests/", "disputes/"))]
    cells = [ref for ref in entries if FIGURES[ref].kind == "entry" and (values[ref] or 0) > 0]
    if kind == "total":
        cells = [ref for ref in entries if FIGURES[ref].kind == "total" and (values[ref] or 0) > 0]
        kind = chance.choice(SLIPS)
        if not typed:
            return None
    if not cells:
        return None
    ref = chance.choice(cells)
    was = values[ref] or 0
    if kind in SLIPS:
        new = slip(chance, was, kind)
        return None if new is None else ({**values, ref: new}, {ref: was})
    if kind == "blank":
        return {**values, ref: None}, {ref: was}
    table, row, column = ref.split("/")
    if table != "requests":
        return None
    if kind in ("column", "cancelling"):
        other = _beside(chance, COLUMNS, column)
        there = f"{table}/{row}/{other}"
    else:
        there = f"{table}/{_beside(chance, ROWS, row)}/{column}"
        if FIGURES[there].kind != "entry":
            return None
    if kind == "copied":
        new, due = values[ref] or 0, values[there] or 0
        return None if new == due else ({**values, there: new}, {there: due})
    count = 1 if kind == "cancelling" else was
    return (
        {**values, ref: was - count, there: (values[there] or 0) + count},
        {ref: was, there: values[there] or 0},
    )


def _beside(chance: random.Random, lines: list[str], line: str) -> str:
    at = lines.index(line)
    return chance.choice(lines[max(0, at - 1) : at] + lines[at + 1 : at + 2])


def _filing(values: Values, year: int) -> Filing:
    return Filing("2021", year, Unit("某区", None, "county"), {ref: Entry(each) for ref, each in values.items()}, {})


def _totals(values: Values) -> Values:
    """The figures with every total the sum of its lines."""
    known = filled(EDITION, {ref: Entry(values[ref]) for ref in EDITION.entries})
    return {ref: _whole(known[ref].value) for ref in FIGURES}


def _of(first: tuple[Values, True_], second: tuple[Values, True_] | None, cells: True_) -> Values:
    """The figures that one of two mistakes left in its cells."""
    spoiled = (second or first)[0]
    return {ref: spoiled[ref] for ref in cells}


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | Decimal) else None


@dataclasses.dataclass(slots=True)
class Tally:
    """What came of the filings with one kind of mistake."""

    tried: int = 0
    unseen: int = 0
    first: int = 0
    three: int = 0
    named: int = 0
    wrong: int = 0
    times: list[float] = dataclasses.field(default_factory=list)


def looked_at(now: Values, last: Values | None) -> tuple[list[Cause], float]:
    """The causes found in a filing, and the seconds it took."""
    made = case(EDITION, _filing(now, 2023), _filing(last, 2022) if last else None, EDITION if last else None)
    start = time.perf_counter()
    found = causes(made, {})
    return found, time.perf_counter() - start


def diagnosed(tally: Tally, found: list[Cause], took: float, true: list[True_]) -> None:
    """One spoiled filing looked at: whether every true repair is first, among three, named, or a wrong one alone."""
    tally.times.append(took)
    if not found:
        tally.unseen += 1
        return
    tally.tried += 1
    due = {(ref, number) for each in true for ref, number in each.items()}
    sets = [[set(changes.items()) for changes, *_ in cause.repairs] for cause in found]
    for most, name in ((1, "first"), (3, "three"), (5, "named")):
        told = {pair for cause in sets for each in cause[:most] if each <= due for pair in each}
        setattr(tally, name, getattr(tally, name) + (told >= due))
    tally.wrong += any(named_alone(cause) and not sets[n][0] <= due for n, cause in enumerate(found))


def setting(count: int, seed: int, typed: bool, prior: bool, twice: bool) -> dict[str, Tally]:
    """Every kind of mistake in turn, over as many filings."""
    chance, tallies = random.Random(seed), {kind: Tally() for kind in (*KINDS, EACH_SEEN)}
    done = 0
    while done < count:
        size = chance.choice((8, 30, 100, 400, 1500))
        before = drawn(chance, size, None)
        right = _totals(drawn(chance, size, before))
        last = _totals(before) if prior else None
        kind = KINDS[done % len(KINDS)]
        first = spoiled(chance, right, kind, typed)
        second = spoiled(chance, first[0], chance.choice(KINDS), typed) if twice and first else None
        done += kind == "total" and not typed
        if first is None or (twice and (second is None or first[1].keys() & second[1].keys())):
            continue
        shown: Callable[[Values], Values] = (lambda values: values) if typed else _totals
        found, took = looked_at(shown((second or first)[0]), last)
        true = [each[1] for each in (first, second) if each]
        diagnosed(tallies[kind], found, took, true)
        if twice and all(looked_at(shown({**right, **_of(first, second, each)}), last)[0] for each in true):
            diagnosed(tallies[EACH_SEEN], found, took, true)
        done += 1
    return tallies


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"{count} filings a setting, seed {seed}, sure from {SURE}")
    print("| setting | mistake | filings | unseen | first | of three | named | wrong alone | ms, median (95 %) |")
    print("|---|---|---|---|---|---|---|---|---|")
    for typed in (True, False):
        for prior in (True, False):
            for twice in (False, True):
                words = ("typed" if typed else "formulas", "with last year" if prior else "alone",
                         "two mistakes" if twice else "one mistake")  # fmt: skip
                _print(", ".join(words), setting(count, seed, typed, prior, twice))


def _print(name: str, tallies: dict[str, Tally]) -> None:
    every = Tally()
    for each in (tally for kind, tally in tallies.items() if kind != EACH_SEEN):
        for field in ("tried", "unseen", "first", "three", "named", "wrong"):
            setattr(every, field, getattr(every, field) + getattr(each, field))
        every.times += each.times
    share: Callable[[int, Tally], str] = lambda part, of: f"{100 * part / of.tried:.1f}" if of.tried else "–"  # noqa: E731
    apart = tallies.pop(EACH_SEEN)
    for kind, each in (*tallies.items(), ("all", every), (f"all, {EACH_SEEN}", apart)):
        if each.times:
            rates = " | ".join(share(part, each) for part in (each.first, each.three, each.named, each.wrong))
            slow = sorted(each.times)[int(len(each.times) * 0.95)]
            print(f"| {name} | {kind} | {each.tried} | {each.unseen} | {rates} | "
                  f"{statistics.median(each.times) * 1000:.1f} ({slow * 1000:.1f}) |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
