"""How well anybody could tell the cell that is wrong, knowing how the benchmark draws figures and spoils them.

Usage: python -m benchmarks.diagnosis_oracle [filings a setting, 400] [seed]. For one mistake, every way in which the
benchmark could have come to the filing is weighed by how likely it is there: the shares of the rows, how big a unit is,
how often a kind of mistake finds a cell it can spoil. What it does not rank first nothing can, save by chance. The
toolkit knows none of that: it has last year, the rest of the table and how people err.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import log

from benchmarks.diagnosis import case_of
from benchmarks.diagnosis_likelihood import likelihood, slipped
from benchmarks.spoiling import (
    AGAIN,
    COLUMNS,
    EDITION,
    FEES,
    FIGURES,
    KINDS,
    MYRIAD,
    PARTIAL,
    ROWS,
    SLIPS,
    Values,
    after,
    filings,
    found_to_spoil,
)  # fmt: skip
from toolkit.form.parts import Number, Ref
from toolkit.rules.suspects_system import System, absent, system, totals

Changes = Mapping[Ref, int]


class Oracle:
    """What the benchmark does, and how often each of its kinds finds something to spoil (`rates`)."""

    def __init__(self, typed: bool, rates: Mapping[str, float]) -> None:
        self.typed, self.rates = typed, rates

    def ranked(self, now: Values, last: Values | None) -> list[Changes]:
        """The repairs of a filing with one mistake, the likeliest first; none where no equation fails."""
        case = case_of(now, last)
        made = system(case, absent(case) if self.typed else totals(case))
        shown = {ref: value or 0 for ref, value in now.items()}
        if all(each.holds(made.values) for each in made.equations):
            return apart(now)
        found: dict[frozenset[tuple[Ref, int]], float] = defaultdict(float)
        for changes, chance in self._acts(made, now, shown):
            found[frozenset(changes.items())] += chance
        weights: dict[frozenset[tuple[Ref, int]], float] = {}
        for each, chance in found.items():
            right = {**shown, **dict(each)}
            if any(right[ref] < 0 for ref in EDITION.entries):
                continue
            entries = sum(1 for ref in EDITION.entries if ref.startswith(("requests/", "disputes/")) and right[ref] > 0)
            sums = sum(1 for ref in right if FIGURES[ref].kind == "total" and right[ref] > 0)
            cells = sums if FIGURES[next(iter(each))[0]].kind == "total" else entries
            weights[each] = log(chance / (cells if len(each) < 3 else 1)) + likelihood(right, last)
        return [dict(each) for each in sorted(weights, key=lambda each: -weights[each])]

    def _acts(self, made: System, now: Values, shown: Mapping[Ref, int]) -> Iterator[tuple[Changes, float]]:
        off = {n: gap for n, each in enumerate(made.equations) if (gap := each.off(made.values))}
        gaps = {abs(int(gap)) for gap in off.values()}
        steps = gaps | {gap // 2 for gap in gaps if not gap % 2} | {1}
        for ref in dict.fromkeys(ref for n in off for ref in made.equations[n].terms):
            for step in (*steps, *(-each for each in steps)):
                due = shown[ref] + step
                if due >= 0 and _mends(made, off, {ref: due}):
                    chance = self.single(now, shown, ref, due)
                    if chance:
                        yield {ref: due}, chance
        for ref in (each for each in EDITION.entries if now[each] is not None):
            for there, kinds in self.beside(ref):
                for count in steps:
                    if count > shown[there]:
                        continue
                    changes = {ref: shown[ref] + count, there: shown[there] - count}
                    chance = sum(
                        part / self.rates[kind] for kind, part in kinds
                        if (count == 1 if kind == "cancelling" else shown[ref] == 0)
                    )  # fmt: skip
                    if chance and _mends(made, off, changes):
                        yield changes, chance
        for each, chance in self.pairs(now, shown):
            if _mends(made, off, each):
                yield each, chance

    def pairs(self, now: Values, shown: Mapping[Ref, int]) -> Iterator[tuple[Changes, float]]:
        """What may have been where figures changed places or digits went into the next cell, or whole columns did."""
        for ref in (each for each in EDITION.entries if each.startswith("requests/") and shown[each] > 0):
            table, row, column = ref.split("/")
            near = self._near(COLUMNS, column)
            for other in near:
                there = f"{table}/{row}/{other}"
                if shown[there] > 0 and shown[there] != shown[ref]:
                    yield {ref: shown[there], there: shown[ref]}, 1 / len(near) / self.rates["exchanged"]
            for way in ("row", "column"):
                there_ = after(ref, way)
                if there_ is not None:
                    yield from self._typed_on(ref, there_, now, shown)
        for one, other in pairwise(COLUMNS):
            sides = [(f"requests/{row}/{one}", f"requests/{row}/{other}") for row in ROWS]
            yield (
                {ref: shown[to] for a, b in sides for ref, to in ((a, b), (b, a)) if shown[a] != shown[b]},
                1 / (len(COLUMNS) - 1) / self.rates["columns"],
            )

    def _typed_on(self, ref: Ref, there: Ref, now: Values, shown: Mapping[Ref, int]) -> Iterator[tuple[Changes, float]]:
        digits = str(shown[ref])
        if shown[there] > 0:
            yield (
                {ref: int(f"{digits}{shown[there]}"), there: 0},
                0.5 / (len(f"{digits}{shown[there]}") - 1) / self.rates["split"],
            )
        elif now[there] is None:
            for n in range(1, len(digits)):
                if digits[n] != "0":
                    yield {ref: int(digits[:n]), there: int(digits[n:])}, 0.5 / self.rates["joined"]

    def single(self, now: Values, shown: Mapping[Ref, int], ref: Ref, due: int) -> float:
        """How likely one mistake in one cell made what it shows of a number."""
        if FIGURES[ref].kind == "total":
            return sum(slipped(due, shown[ref], kind) for kind in SLIPS) / len(SLIPS) / self.rates["total"]
        if now[ref] is None:
            return 1 / self.rates["blank"] if due else 0.0
        if shown[ref] < 0:
            return 1 / self.rates["sign"] if due == -shown[ref] else 0.0
        chance = sum(slipped(due, shown[ref], kind) / self.rates[kind] for kind in SLIPS)
        table, row, column = ref.split("/")
        if table == "requests" and row in AGAIN and 0 < shown[f"{table}/{PARTIAL}/{column}"] == shown[ref] - due:
            chance += 1 / len(AGAIN) / self.rates["again"]
        if table == "requests" and shown[ref] > 0:
            for other in self._near(ROWS, row):
                here = f"{table}/{other}/{column}"
                if FIGURES[here].kind == "entry" and shown[here] == shown[ref]:
                    chance += 1 / len(self._near(ROWS, other)) / self.rates["copied"]
        return chance

    def beside(self, ref: Ref) -> Iterator[tuple[Ref, list[tuple[str, float]]]]:
        """The cells a figure may have been moved to, with the kinds that do so and how likely each goes there."""
        table, row, column = ref.split("/")
        if table != "requests" or FIGURES[ref].kind != "entry":
            return
        near = self._near(COLUMNS, column)
        for other in near:
            yield f"{table}/{row}/{other}", [("column", 1 / len(near)), ("cancelling", 1 / len(near))]
        near = self._near(ROWS, row)
        for other in near:
            there = f"{table}/{other}/{column}"
            if FIGURES[there].kind == "entry":
                yield there, [("row", 1 / len(near))]

    @staticmethod
    def _near(lines: list[str], line: str) -> list[str]:
        at = lines.index(line)
        return lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]


def apart(now: Values) -> list[Changes]:
    """The mistakes that break no equation and show: a figure below 0, and fees that are 10,000 times too many."""
    numbers = {ref: number or 0 for ref, number in now.items() if FIGURES[ref].kind == "entry"}
    found: list[Changes] = [{ref: -number} for ref, number in numbers.items() if number < 0]
    fees = numbers[FEES]
    return found or ([{FEES: fees // MYRIAD}] if fees and not fees % MYRIAD else [])


def _mends(made: System, off: Mapping[int, Number], changes: Changes) -> bool:
    """Whether every equation holds when some cells are changed."""
    left = dict(off)
    for n, each in enumerate(made.equations):
        for ref in changes.keys() & each.terms.keys():
            left[n] = left.get(n, 0) + each.terms[ref] * (changes[ref] - made.values[ref])
    return not any(left.values())


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"{count} filings a setting, seed {seed}")
    print("| setting | mistake | filings | first | of three | named |")
    print("|---|---|---|---|---|---|")
    for typed in (True, False):
        oracle = Oracle(typed, found_to_spoil(400, 0, typed=typed))
        for prior in (True, False):
            ranks: dict[str, list[int]] = {kind: [] for kind in KINDS}
            for each in filings(count, seed, typed=typed, twice=False):
                found = oracle.ranked(each.now, each.last if prior else None)
                if found:
                    due = each.mistakes[0]
                    ranks[each.kind].append(found.index(due) if due in found else len(found) + 5)
            words = f"{'typed' if typed else 'formulas'}, {'with last year' if prior else 'alone'}"
            for kind, places in (*ranks.items(), ("all", [n for every in ranks.values() for n in every])):
                _print(f"{words}, one mistake | {kind}", places)


def _print(name: str, ranks: list[int]) -> None:
    if ranks:
        shares = " | ".join(f"{100 * sum(n < most for n in ranks) / len(ranks):.1f}" for most in (1, 3, 5))
        print(f"| {name} | {len(ranks)} | {shares} |", flush=True)


if __name__ == "__main__":
    main()
